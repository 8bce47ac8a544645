"""What a reviewer does with one report or with many: every act is a decision in the log, an undo too."""

from __future__ import annotations

from typing import Any, Literal

from communique.errors import RecordError, UnusableOption
from communique.records import Report
from communique.review.queue import selected
from communique.review.tables import changing
from communique.store import Decision, Record
from communique.store.database import now
from communique.store.decision_log import Entry
from communique.store.folding import EDITABLE, SEVERAL
from communique.store.query import Filters

Verdict = Literal["accept", "reject", "unsure", "note", "save"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "unsure", "note", "save")
MOST_IN_BULK = 5_000
Changes = dict[str, tuple[Any, Any]]
"""Fields that differ, each with the value before and after, as JSON has them."""


def changes(before: Report, after: Report) -> Changes:
    """The fields that a person changed; what people cannot edit does not count."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return {name: (old[name], new[name]) for name in EDITABLE if old[name] != new[name]}


def decisions_of(
    verdict: str, reviewer: str, report: Report, after: Report | None = None, note: str | None = None
) -> list[Decision]:
    """The decisions of one judgement: the edits, then the verdict. Raises UnusableOption where there is nothing to say.

    Edits that hang together because the type changed are one decision; the note goes with the last.
    """
    if verdict not in VERDICTS:
        raise UnusableOption(f"no verdict {verdict!r}; use one of: {', '.join(VERDICTS)}")
    why = (note or "").strip() or None
    told: dict[str, Any] = {"who": reviewer, "report": report.report_id, "doc_id": report.doc_id}
    made: list[Decision] = []
    if verdict in ("accept", "save") and after is not None:
        made = edits(changes(report, after), told)
    if verdict == "note" and why is None:
        raise UnusableOption("the note is empty; write something first")
    if verdict != "save":
        made.append(Decision(kind=verdict, **told))
    if not made:
        raise UnusableOption("nothing was changed; edit a field, or accept the report as it is")
    return [*made[:-1], made[-1].model_copy(update={"why": why})]


def edits(changed: Changes, told: dict[str, Any]) -> list[Decision]:
    """One decision for each changed field, or one for all of them where the type is among them."""
    if "type" in changed:
        value = {name: new for name, (_, new) in changed.items()}
        return [Decision(kind="edit", field=SEVERAL, value=value, **told)]
    return [Decision(kind="edit", field=name, value=new, expected=old, **told) for name, (old, new) in changed.items()]


def decide_in_bulk(
    record: Record, verdict: str, reviewer: str, filters: Filters, selection: str, why: str
) -> list[int]:
    """The ids of one decision for each undecided report of the selection; the log says that it was made in bulk.

    All are written or none. Raises UnusableOption for another verdict than accept or reject, or too many reports.
    """
    if verdict not in ("accept", "reject"):
        raise UnusableOption(f"{verdict!r} cannot be decided in bulk; use accept or reject")
    kind: Literal["accept", "reject"] = "accept" if verdict == "accept" else "reject"
    with record.reading():
        chosen = selected(record.views(), filters)
    if not chosen:
        raise RecordError("nothing that is undecided fulfils these filters")
    if len(chosen) > MOST_IN_BULK:
        raise UnusableOption(f"{len(chosen):,} reports are too many at once; narrow the filters to {MOST_IN_BULK:,}")
    said = f"in bulk, {len(chosen)} reports by the filter {selection or 'of everything'}" + (f": {why}" if why else "")
    return record.decide_many(
        [Decision(kind=kind, who=reviewer, why=said, report=ident, doc_id=doc) for ident, doc in chosen]
    )


def undo_in_order(record: Record, reviewer: str, decision: int | None = None) -> int:
    """The decision that was taken back: the one named, else the reviewer's last that holds. Undoing is a decision too.

    Raises RecordError where there is none.
    """
    target = decision if decision is not None else last_holding(record, reviewer)
    if target is None:
        raise RecordError(f"{reviewer} has no decision to take back")
    record.undo(target, reviewer)
    return target


def last_holding(record: Record, reviewer: str) -> int | None:
    """The last decision of a reviewer that was not taken back; undoings are passed over."""
    with record.reading() as connection:
        row = connection.execute(
            "SELECT max(id) FROM decisions WHERE who = ? AND kind <> 'undo'"
            " AND id NOT IN (SELECT undoes FROM decisions WHERE undoes IS NOT NULL)", (reviewer,)
        ).fetchone()  # fmt: skip
    return None if row[0] is None else int(row[0])


def last_decisions(record: Record, number: int) -> list[tuple[Entry, bool]]:
    """The newest entries of the log, the newest first, each with whether it was taken back."""
    with record.reading() as connection:
        newest = connection.execute("SELECT coalesce(max(id), 0) FROM decisions").fetchone()[0]
        undone = {row[0] for row in connection.execute("SELECT undoes FROM decisions WHERE undoes IS NOT NULL")}
    log = record.decisions(since=max(0, newest - number))
    return [(entry, entry.id in undone) for entry in reversed(log)]


def skip(record: Record, reviewer: str, report: str) -> None:
    """Puts a report at the end of the reviewer's queue; no decision, so that nobody else sees it."""
    with changing(record, "skip") as (connection, seq):
        values = (reviewer, report, now(), seq)
        connection.execute("INSERT OR REPLACE INTO review_skips VALUES (?, ?, ?, ?)", values)


def sign_off(record: Record, reviewer: str, doc_id: str) -> None:
    """Says that no event of the document's present text is missing. Raises RecordError for an unknown document."""
    found = record.documents("d.id = ? AND d.superseded_by IS NULL", (doc_id,))
    if not found:
        raise RecordError(f"no current document {doc_id!r} in the record")
    with changing(record, "sign off", doc_id) as (connection, seq):
        connection.execute(
            "INSERT INTO review_signoffs (at, reviewer, doc, seq) VALUES (?, ?, ?, ?)",
            (now(), reviewer, found[-1].number, seq),
        )


def withdraw_sign_off(record: Record, reviewer: str, doc_id: str) -> None:
    """Takes back every sign-off of the document's present text, by rows of their own."""
    with changing(record, "sign off", doc_id) as (connection, seq):
        connection.execute(
            "INSERT INTO review_signoffs (at, reviewer, doc, undoes, seq) SELECT ?, ?, s.doc, s.id, ?"
            " FROM review_signoffs s JOIN documents d USING (doc) WHERE d.id = ? AND d.superseded_by IS NULL"
            " AND s.undoes IS NULL AND s.id NOT IN (SELECT undoes FROM review_signoffs WHERE undoes IS NOT NULL)",
            (now(), reviewer, seq, doc_id),
        )
