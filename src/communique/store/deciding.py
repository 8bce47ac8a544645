"""Takes decisions: checks them against the codebook and the present state, writes them down, and lays them over."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from communique.codebook import problems_of
from communique.errors import RecordError, UnusableOption
from communique.records import Report, Row
from communique.store import attaching, decision_log
from communique.store.anchors import Anchor, anchor_of
from communique.store.database import change, transaction
from communique.store.decision_log import Entry
from communique.store.folding import SEVERAL, Kind, Step, edited, fold, value_of
from communique.store.rows import report_number
from communique.store.targets import Target, Targets
from communique.store.views import Views
from communique.text import content_hash

BY_UNDONE = "CREATE INDEX IF NOT EXISTS decisions_undone ON decisions (undoes, id) WHERE undoes IS NOT NULL"
"""What tells which decisions hold without reading the whole log; older records get it with their next decision."""
MOST_STAYING = 50
"""Reports that stay in a split engagement and are written into the decision, the founder first."""


class Judgement(Row):
    """What is decided: on a report (accept, reject, unsure, note, edit), in a document (add), on engagements (merge),
    on reports of one engagement that are another event (split), or on an earlier decision (undo).

    `expected` is the value that an edit was made upon: if the field has another by then, the edit is refused.
    `doc_id` tells which report is meant where two documents have one text.
    """

    kind: Kind
    why: str | None = None
    report: str | None = None
    doc_id: str | None = None
    field: str | None = None
    value: Any = None
    expected: Any = None
    added: Report | None = None
    engagements: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    decision: int | None = Field(default=None, ge=1, lt=2**63)


class Decision(Judgement):
    """A judgement with the name of the person who made it."""

    who: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of a decision whose report is no more: the decision, what it was about, and the document now."""

    entry: Entry
    anchor: Anchor
    doc: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A decision with all that its log entry says, and the reports that it attaches to, one for each anchor."""

    decision: Decision
    anchors: tuple[Anchor, ...]
    places: tuple[tuple[int, int], ...]
    field: str | None = None
    before: Any = None
    after: Any = None


def decide(
    connection: sqlite3.Connection, folder: Path, views: Callable[[], Views], decisions: Sequence[Decision]
) -> list[int]:
    """The ids of the decisions in the log; raises UnusableOption or RecordError, and then none of them is written."""
    members = {i: members_of(d, views) for i, d in enumerate(decisions) if d.kind in ("merge", "split")}
    with transaction(connection, prompt=True):
        return decide_within(connection, folder, decisions, members)


def decide_within(
    connection: sqlite3.Connection, folder: Path, decisions: Sequence[Decision],
    members: Mapping[int, list[list[int]]] | None = None,
) -> list[int]:  # fmt: skip
    """The ids of the decisions that the open transaction writes; `members` are the sides of merges and splits."""
    sides = members or {}
    connection.execute(BY_UNDONE)
    targets = Targets(connection, folder, [(d.report, d.doc_id) for d in decisions if d.report is not None])
    targets.more_by_number({rid for parts in sides.values() for side in parts for rid in side})
    ready = [prepare(d, targets, sides.get(i, [])) for i, d in enumerate(decisions)]
    seq = change(connection, "decide", f"{len(ready)} decisions")
    ids: list[int] = []
    touched: set[int] = set()
    for one in ready:
        ids.append(write(connection, one, seq))
        touched |= {rid for _, rid in one.places}
        if one.decision.decision is not None:
            rows = connection.execute("SELECT rid FROM attachments WHERE decision = ?", (one.decision.decision,))
            touched |= {row[0] for row in rows if row[0] is not None} | root(connection, one.decision.decision)
    attaching.refresh(connection, folder, touched, seq)
    return ids


def write(connection: sqlite3.Connection, one: Ready, seq: int) -> int:
    """Puts a checked decision into the log and attaches it."""
    told = one.decision
    ident = decision_log.append(
        connection, seq, who=told.who, kind=told.kind, why=told.why, field=one.field, before=one.before,
        after=one.after, anchors=one.anchors, undoes=told.decision,
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO attachments VALUES (?, ?, ?, ?, 'made')",
        [(ident, place, doc, rid) for place, (doc, rid) in enumerate(one.places)],
    )
    return ident


def root(connection: sqlite3.Connection, decision: int | None) -> set[int]:
    """The reports of the decision that a chain of undoings is about."""
    while decision is not None:
        row = connection.execute("SELECT undoes FROM decisions WHERE id = ?", (decision,)).fetchone()
        if row is None or row[0] is None:
            rows = connection.execute("SELECT rid FROM attachments WHERE decision = ?", (decision,))
            return {r[0] for r in rows if r[0] is not None}
        decision = row[0]
    return set()


def prepare(decision: Decision, targets: Targets, members: list[list[int]]) -> Ready:
    """The decision checked; raises UnusableOption for what cannot be, RecordError where its object is not there."""
    if not decision.who.strip():
        raise UnusableOption("who is empty; a decision names the person who made it")
    if decision.kind in ("merge", "split"):
        anchors, places = targets.anchored(members)
        return Ready(decision, anchors, places, after=list(decision.engagements or decision.reports))
    if decision.kind == "undo":
        return undoing(decision, targets)
    if decision.kind == "add":
        return adding(decision, targets)
    if decision.report is None:
        raise UnusableOption(f"{decision.kind} needs the id of a report")
    target = targets.of(decision.report, decision.doc_id)
    ready = Ready(decision, (target.anchor(),), ((target.kept.number, target.rid),))
    return editing(decision, target, ready) if decision.kind == "edit" else ready


def editing(decision: Decision, target: Target, ready: Ready) -> Ready:
    """An edit that the codebook allows, with the value that it replaces."""
    if decision.field is None:
        raise UnusableOption("edit needs the name of a field")
    present = fold(target.coded, target.steps).report
    assert present is not None
    if decision.field == SEVERAL and isinstance(decision.value, dict):
        before: Any = {path: value_of(present, path) for path in decision.value}
    else:
        before = value_of(present, decision.field)
    if decision.expected is not None and decision.expected != before:
        raise RecordError(
            f"{decision.field} of {decision.report} is {before!r} by now, not {decision.expected!r}; look again"
        )
    after = edited(present, decision.field, decision.value)
    length = len(target.kept.document.text)
    spans = (*after.evidence, *(p.span for p in after.participants if p.span is not None))
    if any(not s.start < s.end <= length for s in spans):
        raise UnusableOption(f"{decision.field} points outside the {length} characters of {decision.report}'s document")
    new = sorted(set(problems_of(after)) - set(problems_of(present)))
    if new:
        raise UnusableOption(new[0])
    target.steps.append(Step(target.next_step(), "edit", decision.field, decision.value))
    return Ready(decision, ready.anchors, ready.places, decision.field, before, decision.value)


def adding(decision: Decision, targets: Targets) -> Ready:
    """A report that a person found, with the id that a coder would give it."""
    if decision.added is None:
        raise UnusableOption("add needs the report that is added")
    kept = targets.document(decision.added.doc_id)
    doc, given = kept.document, decision.added
    if not given.evidence or any(not s.start < s.end <= len(doc.text) for s in given.evidence):
        raise UnusableOption(f"the added report needs evidence within the {len(doc.text)} characters of {doc.id!r}")
    ident = content_hash(doc.hash, given.type, *(f"{s.start}-{s.end}" for s in given.evidence))
    report = given.model_copy(update={"report_id": ident, "why": given.why or (f"added by {decision.who}",)})
    wrong = problems_of(report)
    if wrong:
        raise UnusableOption(wrong[0])
    place = (kept.number, report_number(doc.id, doc.hash, ident))
    return Ready(decision, (anchor_of(report, doc.hash, doc.text),), (place,), after=report.model_dump(mode="json"))


def undoing(decision: Decision, targets: Targets) -> Ready:
    """An undoing of a decision that is in the log and holds."""
    if decision.decision is None:
        raise UnusableOption("undo needs the id of a decision")
    if not decision_log.entries(targets.connection, "id = ?", (decision.decision,)):
        raise RecordError(f"no decision {decision.decision} in the log; `decisions()` lists them")
    if not attaching.holding_decisions(targets.connection)(decision.decision):
        raise RecordError(f"decision {decision.decision} does not hold any more; undo its undoing instead")
    return Ready(decision, (), ())


def members_of(decision: Decision, views: Callable[[], Views]) -> list[list[int]]:
    """The reports on each side: the founder of each engagement to merge; those split off, and those that stay."""
    tables = views()
    if decision.kind == "merge":
        names = [tables.names.engagement(name) for name in decision.engagements]
        if len(set(names)) < 2:
            raise UnusableOption("merge needs two engagements or more that are not one already")
        return [tables.names.members(name)[:1] for name in dict.fromkeys(names)]
    chosen = [tables.names.report_number(ident, decision.doc_id) for ident in decision.reports]
    homes = {tables.names.engagement_of(rid) for rid in chosen}
    if len(homes) != 1:
        raise UnusableOption(
            "split needs reports of one engagement; these belong to "
            + (", ".join(f"{h:016x}" for h in sorted(homes)) or "none")
        )
    stay = [rid for rid in tables.names.members(homes.pop()) if rid not in chosen]
    if not stay:
        raise UnusableOption("split would leave the engagement without reports; name only those that are another event")
    return [chosen, stay[:MOST_STAYING]]


def listed_log(connection: sqlite3.Connection, report: str | None, who: str | None, since: int) -> list[Entry]:
    """The log's entries after an id, of a report (by its id now or when it was decided on), by a person."""
    found = decision_log.entries(connection, "id > ? AND (? IS NULL OR who = ?)", (since, who, who))
    if report is None:
        return found
    now = connection.execute(
        "SELECT decision FROM attachments JOIN overlays USING (rid) WHERE report_id = ?", (report,)
    )
    named = {row[0] for row in now} | {e.id for e in found if any(a.report_id == report for a in e.anchors)}
    return [e for e in found if e.id in named or e.undoes in named]


def unattached(connection: sqlite3.Connection) -> list[Listed]:
    """The parts of decisions that found no report after a recoding or a new version of the text."""
    rows = connection.execute(
        "SELECT decision, place, doc FROM attachments WHERE how = 'listed' ORDER BY 1, 2"
    ).fetchall()
    log = {e.id: e for e in decision_log.about(connection, {decision for decision, _, _ in rows})}
    return [Listed(log[decision], log[decision].anchors[place], doc) for decision, place, doc in rows]
