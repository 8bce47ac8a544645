"""Samples that several reviewers code without seeing each other, and the adjudication of what they differ on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from communique.errors import RecordError, UnusableOption, did_you_mean
from communique.records import Report
from communique.review.actions import decisions_of
from communique.review.reviewers import reviewers
from communique.review.tables import Change, changing, rows
from communique.store import Kept, Record
from communique.store.anchors import Anchor, anchor_of, matching
from communique.store.database import now
from communique.store.deciding import decide_within
from communique.store.query import Filters

CODED = ("accept", "reject", "unsure")
MOST_ITEMS = 5_000


@dataclass(frozen=True, slots=True)
class Sample:
    """A drawn sample: its items, how many codings were asked for and given, and its coders with what each has done."""

    name: str
    at: str
    by: str
    filters: str
    seed: int
    items: int
    asked: int
    coded: int
    coders: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A report of a sample as it was drawn, and who is to code it."""

    sample: str
    number: int
    doc: int
    doc_id: str
    type: str
    report: Report
    anchor: Anchor
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """What a reviewer says of an item: `report` is the report as corrected, None where it is not accepted."""

    reviewer: str
    role: str
    verdict: str
    report: Report | None
    note: str | None
    at: str


def draw_sample(
    record: Record, name: str, by: str, coders: Sequence[str], *, filters: Filters | None = None, told: str = "",
    size: int = 50, each: int = 2, shared: float = 1.0, seed: int = 0,
) -> Sample:  # fmt: skip
    """A sample of the reports of a selection, drawn at random and dealt out evenly.

    `shared` is the share of items that `each` coders code, the others are coded by one; `told` says the filters in
    words. The same seed draws the same reports. Raises UnusableOption for what cannot be.
    """
    known = {one.name for one in reviewers(record) if one.revoked is None}
    for coder in coders:
        if coder not in known:
            raise UnusableOption(f"no reviewer {coder!r} in the record; {did_you_mean(coder, known)}")
    if not 1 <= each <= len(set(coders)):
        raise UnusableOption(f"{each} codings of an item need as many coders; these are {len(set(coders))}")
    if not name.strip() or not name.isprintable() or len(name) > 80 or "/" in name:
        raise UnusableOption(f"a sample cannot be called {name!r}; give up to 80 printable characters without a slash")
    if rows(record, "SELECT 1 FROM review_samples WHERE name = ?", (name,)):
        raise UnusableOption(f"there is a sample {name!r} already; choose another name")
    drawn = drawn_reports(record, filters or Filters(), size, seed)
    deal = dealt(len(drawn), list(dict.fromkeys(coders)), each, shared, seed)
    with changing(record, "sample", name) as (connection, seq):
        cursor = connection.execute(
            "INSERT INTO review_samples (name, at, by, filters, seed, seq) VALUES (?, ?, ?, ?, ?, ?)",
            (name, now(), by, told, seed, seq),
        )
        for number, (kept, report) in enumerate(drawn, 1):
            anchor = anchor_of(report, kept.document.hash, kept.document.text)
            connection.execute(
                "INSERT INTO review_items VALUES (?, ?, ?, ?, ?, ?, ?)",
                (cursor.lastrowid, number, kept.number, report.doc_id, report.type, report.model_dump_json(),
                 anchor.model_dump_json()),
            )  # fmt: skip
            for coder in deal[number - 1]:
                connection.execute("INSERT INTO review_assignments VALUES (?, ?, ?)", (cursor.lastrowid, number, coder))
    return sample_of(record, name)


def drawn_reports(record: Record, filters: Filters, size: int, seed: int) -> list[tuple[Kept, Report]]:
    """The drawn reports with their documents, in a random order."""
    if not 1 <= size <= MOST_ITEMS:
        raise UnusableOption(f"a sample has 1 to {MOST_ITEMS:,} items, not {size:,}")
    with record.reading():
        views = record.views()
        where = views.matching("reports", filters)
        found = views.ask(f"SELECT report_id, doc_id FROM r WHERE {where} ORDER BY rid").to_pylist()
    if not found:
        raise RecordError("nothing fulfils these filters, so nothing can be drawn")
    chosen = random.Random(seed).sample(found, min(size, len(found)))
    out = []
    for row in chosen:
        shown = record.show(row["report_id"]).reports
        one = next((r for r in shown if r.document.document.id == row["doc_id"]), None)
        if one is not None and one.corrected.report is not None:
            # Coders see what the coder found, not what reviewers made of it.
            out.append((one.document, one.coded or one.corrected.report))
    return out


def dealt(items: int, coders: Sequence[str], each: int, shared: float, seed: int) -> list[list[str]]:
    """The coders of each item, so that all have equally many, give or take one.

    >>> dealt(3, ["a", "b"], 2, 1.0, 0) == [["a", "b"], ["b", "a"], ["a", "b"]]
    True
    """
    out, turn = [], 0
    together = set(random.Random(seed).sample(range(items), round(items * min(max(shared, 0.0), 1.0))))
    for number in range(items):
        many = each if number in together else 1
        out.append([coders[(turn + i) % len(coders)] for i in range(many)])
        turn += many if many % len(coders) else 1
    return out


def list_samples(record: Record) -> list[Sample]:
    """All samples, the latest first."""
    names = rows(record, "SELECT name FROM review_samples ORDER BY sample DESC")
    return [sample_of(record, row[0]) for row in names]


def sample_of(record: Record, name: str) -> Sample:
    """The sample of a name; RecordError where there is none."""
    found = rows(record, "SELECT sample, name, at, by, filters, seed FROM review_samples WHERE name = ?", (name,))
    if not found:
        raise RecordError(f"no sample {name!r} in the record; the page Review lists them")
    number, title, at, by, filters, seed = found[0]
    items = rows(record, "SELECT count(*) FROM review_items WHERE sample = ?", (number,))[0][0]
    asked = dict(rows(
        record, "SELECT reviewer, count(*) FROM review_assignments WHERE sample = ? GROUP BY 1 ORDER BY 1", (number,)
    ))  # fmt: skip
    done = dict.fromkeys(asked, 0)
    for codings in codings_of(record, name).values():
        for coding in codings:
            if coding.role == "code" and coding.reviewer in done:
                done[coding.reviewer] += 1
    coders = tuple((coder, done[coder], count) for coder, count in asked.items())
    return Sample(title, at, by, filters, seed, items, sum(asked.values()), sum(done.values()), coders)


def items_of(record: Record, name: str) -> list[Item]:
    """The items of a sample in order."""
    found = rows(
        record, "SELECT i.sample, i.item, i.doc, i.doc_id, i.type, i.report, i.anchor FROM review_items i"
        " JOIN review_samples s USING (sample) WHERE s.name = ? ORDER BY i.item", (name,)
    )  # fmt: skip
    dealt_out: dict[int, list[str]] = {}
    for item, reviewer in rows(
        record, "SELECT a.item, a.reviewer FROM review_assignments a JOIN review_samples s USING (sample)"
        " WHERE s.name = ? ORDER BY 1, 2", (name,)
    ):  # fmt: skip
        dealt_out.setdefault(item, []).append(reviewer)
    return [
        Item(
            name, item, doc, doc_id, kind, Report.model_validate_json(report), Anchor.model_validate_json(anchor),
            tuple(dealt_out.get(item, ())),
        )
        for _, item, doc, doc_id, kind, report, anchor in found
    ]  # fmt: skip


def item_of(record: Record, name: str, number: int) -> Item:
    """One item; RecordError where there is none."""
    found = [item for item in items_of(record, name) if item.number == number]
    if not found:
        raise RecordError(f"the sample {name!r} has no item {number}")
    return found[0]


def codings_of(record: Record, name: str) -> dict[int, list[Coding]]:
    """The codings that hold, by item: the last of each reviewer, unless it was withdrawn."""
    found = rows(
        record, "SELECT c.item, c.reviewer, c.role, c.verdict, c.report, c.note, c.at FROM review_codings c"
        " JOIN review_samples s USING (sample) WHERE s.name = ? ORDER BY c.id", (name,)
    )  # fmt: skip
    last: dict[tuple[int, str, str], Coding] = {}
    for item, reviewer, role, verdict, report, note, at in found:
        told = None if report is None else Report.model_validate_json(report)
        last[item, role, reviewer] = Coding(reviewer, role, verdict, told, note, at)
    out: dict[int, list[Coding]] = {}
    for (item, _, _), coding in sorted(last.items(), key=lambda pair: pair[0]):
        if coding.verdict != "withdrawn":
            out.setdefault(item, []).append(coding)
    return out


def next_item(record: Record, name: str, reviewer: str) -> Item | None:
    """The first item that the reviewer has still to code, None where all are done."""
    done = {n for n, told in codings_of(record, name).items() if any(c.reviewer == reviewer for c in told)}
    return next((i for i in items_of(record, name) if reviewer in i.coders and i.number not in done), None)


def code_item(
    record: Record, name: str, number: int, reviewer: str, verdict: str, report: Report | None = None,
    note: str | None = None,
) -> None:  # fmt: skip
    """Keeps a reviewer's own coding of an item; a later one takes its place, `withdrawn` takes it back.

    Nothing of it shows in the record's log or to other coders of the item. Raises UnusableOption for an item that is
    not the reviewer's.
    """
    item = item_of(record, name, number)
    if reviewer not in item.coders:
        raise UnusableOption(f"item {number} of {name!r} is not dealt to {reviewer}, but to {', '.join(item.coders)}")
    with changing(record, "coding", name) as within:
        keep(within, item, reviewer, "code", verdict, report, note)


def keep(
    within: Change, item: Item, reviewer: str, role: str, verdict: str, report: Report | None, note: str | None
) -> None:
    """Writes a coding down in the open transaction."""
    if verdict not in (*CODED, "withdrawn"):
        raise UnusableOption(f"no verdict {verdict!r}; use one of: {', '.join(CODED)}")
    told = (report or item.report).model_dump_json() if verdict == "accept" else None
    connection, seq = within
    connection.execute(
        "INSERT INTO review_codings (at, sample, item, reviewer, role, verdict, report, note, seq)"
        " SELECT ?, sample, ?, ?, ?, ?, ?, ?, ? FROM review_samples WHERE name = ?",
        (now(), item.number, reviewer, role, verdict, told, (note or "").strip() or None, seq, item.sample),
    )


def may_see(item: Item, codings: Sequence[Coding], reviewer: str | None) -> bool:
    """Whether a reviewer may see what others say: not while an own coding of the item is still to come."""
    return reviewer is None or reviewer not in item.coders or any(c.reviewer == reviewer for c in codings)


def adjudicate(
    record: Record, name: str, number: int, reviewer: str, verdict: str, report: Report | None = None,
    note: str | None = None,
) -> list[int]:  # fmt: skip
    """The ids of the decisions in the record's log that follow from a third's judgement of an item.

    The judgement and the decisions are written together or not at all. Raises UnusableOption for a coder of the item or
    one that is not coded by all yet, RecordError where the report is no more.
    """
    item = item_of(record, name, number)
    codings = [c for c in codings_of(record, name).get(number, []) if c.role == "code"]
    if reviewer in item.coders:
        raise UnusableOption(f"{reviewer} coded item {number} of {name!r}; a third person adjudicates")
    if {c.reviewer for c in codings} != set(item.coders):
        raise UnusableOption(f"item {number} of {name!r} is not coded by all of {', '.join(item.coders)} yet")
    present = present_report(record, item)
    after = None
    if verdict == "accept":
        wanted = report or item.report
        after = wanted.model_copy(update={"report_id": present.report_id, "doc_id": present.doc_id})
    said = f"adjudicated, item {number} of {name}" + (f": {note}" if note else "")
    decisions = decisions_of(verdict, reviewer, present, after, said)
    with changing(record, "coding", name) as within:
        keep(within, item, reviewer, "adjudicate", verdict, report, note)
        return decide_within(within[0], record.shards, decisions)


def present_report(record: Record, item: Item) -> Report:
    """The report that an item is now, after recodings and new versions of its text; RecordError where it is no more."""
    shown = record.show(item.doc_id)
    if shown.document is not None:
        doc = shown.document.document
        present = [(r.coded or r.corrected.report, r.corrected.report) for r in shown.reports]
        known = [(coded, corrected) for coded, corrected in present if coded is not None and corrected is not None]
        match = matching(item.anchor, doc.hash, doc.text, [coded for coded, _ in known])
        if match is not None:
            return next(corrected for coded, corrected in known if coded.report_id == match.report_id)
    raise RecordError(f"the report of item {item.number} of {item.sample!r} is no more; it was recoded or rejected")
