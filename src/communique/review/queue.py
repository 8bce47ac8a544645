"""The queue of review: the reports that nobody has settled, those first of which a decision is worth most.

Worth is a sum of three parts, each from 0 to 1, told with every report in words:
- doubt: how near the coder's confidence is to even odds, or that a reviewer was unsure;
- conflict: that it gives another status, mode, country or day than its engagement, as all its reports have it;
- weight: what hangs on it: few other tellings, a high office, an aggregate of several events.
Reports whose text changed since they were decided come before all others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from communique.review.tables import rows
from communique.store import Record
from communique.store.attaching import holding_decisions
from communique.store.query import Filters
from communique.store.views import Views

ASKED_AGAIN = 10.0
PUT_OFF = -10.0
CHANGED = "its text changed since it was decided"
WORTH = """
  1 - 2 * abs(least(greatest(r.confidence, 0), 1) - 0.5) AS doubt,
  CASE WHEN c.reports > 1 THEN (coalesce(r.status <> c.status, false)::INT + coalesce(r.mode <> c.mode, false)::INT
    + coalesce(r.place_country <> c.place_country, false)::INT
    + coalesce(r."start" > c."end" OR r."end" < c."start", false)::INT) / 4.0 ELSE 0 END AS conflict,
  (1.0 / greatest(coalesce(c.witnesses, 1), 1) + coalesce((4 - least(level_rank(r.level), 4)) / 4.0, 0)
    + r.aggregate::INT) / 3.0 AS weight"""

WEIGHED: WeakKeyDictionary[Views, tuple[int, int, int]] = WeakKeyDictionary()
"""Of the tables in memory: the change as of which `review_worth` stands, and the last numbers of `r` and `e` then."""
TOLD = """rid, report_id, doc_id, printf('%016x', engagement) AS engagement_id, type, mode, status, actors, "start",
  "end", "precision", outlet, confidence"""


@dataclass(frozen=True, slots=True)
class Open:
    """A report that waits for a decision, what one is worth, and why."""

    rid: int
    report_id: str
    doc_id: str
    engagement_id: str
    type: str
    mode: str | None
    status: str
    actors: tuple[str, ...]
    start: Any
    end: Any
    precision: str | None
    outlet: str | None
    confidence: float
    worth: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a selection is: its reports, those settled, and decisions by reviewer with those of today."""

    reports: int
    accepted: int
    rejected: int
    unsure: int
    by_reviewer: tuple[tuple[str, int], ...]

    @property
    def settled(self) -> int:
        """Reports that were accepted or rejected."""
        return self.accepted + self.rejected

    @property
    def total(self) -> int:
        """All reports of the selection, with those that were rejected."""
        return self.reports + self.rejected


@dataclass(frozen=True, slots=True)
class Marks:
    """What the log says of reports beside accepting and rejecting: their keys."""

    unsure: frozenset[int]
    mine: frozenset[int]
    changed: frozenset[int]


def open_reports(
    record: Record, reviewer: str | None = None, filters: Filters | None = None, limit: int = 20
) -> tuple[int, list[Open]]:
    """How many reports of the selection wait for this reviewer, and the first of them in the order of the queue."""
    chosen = filters or Filters()
    marked = marks(record, reviewer)
    views = record.views()
    with record.reading():
        skipped = skips(record, reviewer)
        weigh(views)
        where = views.matching("reports", chosen)
        best = views.ask(ranked(where, marked, skipped, limit)).to_pylist()
        waiting_now = f"({where}) AND (review IS NULL OR rid IN ({numbers(marked.changed)}))"
        total = int(views.ask(f"SELECT count(*) AS n FROM review_worth WHERE {waiting_now}").to_pylist()[0]["n"])
        wanted = [[row["n"] for row in best]]
        told = views.ask(f"SELECT {TOLD} FROM r WHERE n IN (SELECT unnest(?::BIGINT[]))", wanted).to_pylist()
    by_key = {row["rid"]: row for row in told}
    found = [{**row, **by_key[row["rid"]]} for row in best]
    hidden = [] if chosen != Filters() else rejected_again(record, marked)
    waiting = [*hidden, *(opened(row, marked, skipped) for row in found)]
    return total + len(hidden), sorted(waiting, key=lambda one: -one.worth)[:limit]


def ranked(where: str, marked: Marks, skipped: Collection[str], limit: int) -> str:
    """The query of the queue. Keys are numbers and ids are hashes of our own, so they stand in it as they are."""
    changed, mine, unsure = (numbers(keys) for keys in (marked.changed, marked.mine, marked.unsure))
    late = ", ".join(f"'{ident}'" for ident in sorted(skipped) if ident.isalnum()) or "NULL"
    worth = "base"
    if marked.unsure:
        worth += f" + CASE WHEN rid IN ({unsure}) THEN 1 ELSE 0 END"
    if marked.changed:
        worth += f" + CASE WHEN rid IN ({changed}) THEN {ASKED_AGAIN} ELSE 0 END"
    if marked.mine or skipped:
        worth += f" + CASE WHEN rid IN ({mine}) OR report_id IN ({late}) THEN {PUT_OFF} ELSE 0 END"
    # Narrow columns alone are ranked; what a row shows is fetched for those that are shown.
    return f"""
      SELECT n, rid, doubt, conflict, weight, {worth} AS worth
      FROM review_worth WHERE ({where}) AND (review IS NULL OR rid IN ({changed}))
      ORDER BY worth DESC, doc, item LIMIT {int(limit)}"""


def weigh(views: Views) -> None:
    """Brings the table `review_worth` up to date: a row for each row of `r`, made anew only where something changed.

    Rows of `r` and `e` that are made anew bear numbers after all earlier ones.
    """
    memory = views.memory
    held = WEIGHED.get(views)
    if held is not None and held[0] == views.seq:
        return
    if held is None:
        memory.execute(
            "CREATE OR REPLACE TEMP TABLE review_worth (n BIGINT, rid BIGINT, report_id VARCHAR, doc BIGINT,"
            " item INTEGER, review VARCHAR, doubt DOUBLE, conflict DOUBLE, weight DOUBLE, base DOUBLE)"
        )
    _, last_r, last_e = held or (-1, -1, -1)
    memory.execute(
        "CREATE OR REPLACE TEMP TABLE review_touched AS SELECT n, rid FROM r"
        f" WHERE n > {last_r} OR engagement IN (SELECT engagement FROM e WHERE n > {last_e})"
    )
    if held is not None:
        memory.execute("DELETE FROM review_worth WHERE rid IN (SELECT rid FROM review_touched)")
    memory.execute(
        "INSERT INTO review_worth SELECT *, doubt + conflict + weight FROM"
        f" (SELECT r.n, r.rid, r.report_id, r.doc, r.item, r.review, {WORTH}"
        " FROM (SELECT * FROM r SEMI JOIN review_touched USING (n)) r LEFT JOIN e c ON c.engagement = r.engagement)"
    )
    sizes = memory.execute("SELECT (SELECT count(*) FROM review_worth), (SELECT count(*) FROM r)").fetchall()[0]
    if sizes[0] != sizes[1]:  # some left `r`
        memory.execute("DELETE FROM review_worth WHERE n IN (SELECT n FROM review_worth ANTI JOIN r USING (n))")
    newest = memory.execute(
        "SELECT (SELECT coalesce(max(n), -1) FROM r), (SELECT coalesce(max(n), -1) FROM e)"
    ).fetchall()[0]
    WEIGHED[views] = (views.seq, int(newest[0]), int(newest[1]))


def numbers(keys: Collection[int]) -> str:
    """Keys for a list in SQL."""
    return ", ".join(map(str, sorted(keys))) or "NULL"


def opened(row: dict[str, Any], marked: Marks, skipped: Collection[str]) -> Open:
    """The row with its reasons in words."""
    why = []
    if row["rid"] in marked.changed:
        why.append(CHANGED)
    if row["rid"] in marked.unsure:
        why.append("a reviewer was unsure")
    if row["conflict"] > 0:
        why.append("it differs from its engagement")
    if row["doubt"] >= 0.5:
        why.append(f"the coder is unsure ({row['confidence']:.2f})")
    if row["weight"] >= 0.5:
        why.append("much hangs on it")
    if row["report_id"] in skipped:
        why.append("you put it off")
    told = {name: row[name] for name in (
        "rid", "report_id", "doc_id", "engagement_id", "type", "mode", "status", "start", "end", "precision", "outlet",
        "confidence",
    )}  # fmt: skip
    return Open(**told, actors=tuple(row["actors"] or ()), worth=float(row["worth"]), why=tuple(why))


def next_open(record: Record, reviewer: str, filters: Filters | None = None, after: str | None = None) -> Open | None:
    """The report to decide next, not the one named `after`; None where the queue is empty.

    What was decided is not asked again, so the reviewer goes on where the last session ended.
    """
    _, found = open_reports(record, reviewer, filters, 2)
    return next((one for one in found if one.report_id != after), None)


def marks(record: Record, reviewer: str | None) -> Marks:
    """The reports that anybody or this reviewer is unsure of, and those whose text changed since the last decision."""
    with record.reading() as connection:
        holds = holding_decisions(connection)
        told = connection.execute(
            "SELECT d.id, d.who, a.rid FROM decisions d JOIN attachments a ON a.decision = d.id"
            " WHERE d.kind = 'unsure' AND a.rid IS NOT NULL"
        ).fetchall()
        judged = connection.execute(
            "SELECT d.id, a.rid, json_extract(d.anchors, '$[' || a.place || '].doc_hash') = t.hash FROM attachments a"
            " JOIN decisions d ON d.id = a.decision JOIN documents t ON t.doc = a.doc"
            " WHERE a.rid IN (SELECT rid FROM attachments WHERE how = 'moved') AND d.kind IN ('accept', 'reject')"
        ).fetchall()
    held = [(who, rid) for ident, who, rid in told if holds(ident)]
    on_present_text: dict[int, bool] = {}
    for ident, rid, present in judged:
        if holds(ident):
            on_present_text[rid] = on_present_text.get(rid, False) or bool(present)
    return Marks(
        frozenset(rid for _, rid in held), frozenset(rid for who, rid in held if who == reviewer),
        frozenset(rid for rid, present in on_present_text.items() if not present),
    )  # fmt: skip


def rejected_again(record: Record, marked: Marks) -> list[Open]:
    """The rejected reports whose text changed since; no selection holds them, so they are looked up one by one."""
    with record.reading() as connection:
        rejected = connection.execute(
            "SELECT rid, report_id, d.id FROM overlays JOIN documents d USING (doc) WHERE state = 'rejected'"
            f" AND rid IN ({numbers(marked.changed)})"
        ).fetchall()
    out = []
    for rid, ident, doc_id in rejected:
        shown = next((r for r in record.show(ident).reports if r.document.document.id == doc_id), None)
        if shown is not None and shown.corrected.report is not None:
            told, doc = shown.corrected.report, shown.document.document
            start, end, precision = (told.date.start, told.date.end, told.date.precision) if told.date else (None,) * 3
            out.append(Open(
                rid, ident, doc_id, shown.engagement_id, told.type, told.mode, told.status,
                tuple(sorted({p.actor for p in told.participants})), start, end, precision, doc.outlet,
                told.confidence, ASKED_AGAIN, (CHANGED,),
            ))  # fmt: skip
    return out


def skips(record: Record, reviewer: str | None) -> frozenset[str]:
    """The ids of the reports that a reviewer put off."""
    found = rows(record, "SELECT report_id FROM review_skips WHERE reviewer = ?", (reviewer,))
    return frozenset(row[0] for row in found)


def progress(record: Record, filters: Filters | None = None) -> Progress:
    """How far the selection is. Rejected reports are counted of the whole record, since they are in no selection."""
    views = record.views()
    with record.reading() as connection:
        where = views.matching("reports", filters or Filters())
        row = views.ask(
            f"SELECT count(*) AS n, count(*) FILTER (review = 'accepted') AS accepted FROM r WHERE {where}"
        ).to_pylist()[0]
        rejected = connection.execute("SELECT count(*) FROM overlays WHERE state = 'rejected'").fetchone()[0]
        people = connection.execute(
            "SELECT who, count(*) FROM decisions WHERE kind <> 'undo' GROUP BY who ORDER BY 2 DESC, 1"
        ).fetchall()
    unsure = marks(record, None).unsure
    return Progress(int(row["n"]), int(row["accepted"]), int(rejected), len(unsure), tuple(map(tuple, people)))


def selected(views: Views, filters: Filters) -> Sequence[tuple[str, str]]:
    """Report and document ids of every undecided report of a selection, for a decision in bulk."""
    where = views.matching("reports", filters)
    found = views.ask(f"SELECT report_id, doc_id FROM r WHERE ({where}) AND review IS NULL ORDER BY doc, item")
    return [(row["report_id"], row["doc_id"]) for row in found.to_pylist()]
