"""What coders of a sample say field by field: the units of agreement, and what they differ on."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.records import Report
from communique.review.agreement import Agreement, Metric, Unit, agreement
from communique.review.samples import Coding, Item, codings_of, items_of, may_see
from communique.store import Record
from communique.text import fold, surname_of

FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("sample", "item", "doc_id", "report_id", "type", "field", "coder", "value", "note", "adjudicated")


@dataclass(frozen=True, slots=True)
class Compared:
    """A field that coders are compared in: how its values are told apart, and how it is read from a report."""

    metric: Metric
    read: Callable[[Report], Any]


def parties(report: Report) -> frozenset[str]:
    """Roles with the codes of their actors."""
    return frozenset(f"{p.role} {p.actor}" for p in report.participants)


def people(report: Report) -> frozenset[str]:
    """The surnames of the persons named."""
    return frozenset(surname_of(p.name) for p in report.participants if p.kind == "person" and p.name)


def dates(report: Report) -> str:
    """First and last day, or that none is given."""
    return f"{report.date.start}/{report.date.end}" if report.date is not None else "none"


FIELDS: Mapping[str, Compared] = {
    "type": Compared("nominal", lambda r: r.type),
    "mode": Compared("nominal", lambda r: r.mode or "none"),
    "status": Compared("nominal", lambda r: r.status),
    "parties": Compared("sets", parties),
    "people": Compared("sets", people),
    "date": Compared("nominal", dates),
    "first day": Compared("interval", lambda r: r.date.start.toordinal() if r.date is not None else None),
    "place": Compared("nominal", lambda r: fold(r.place.name) if r.place is not None and r.place.name else "none"),
    "country": Compared("nominal", lambda r: (r.place.country if r.place is not None else None) or "none"),
    "domains": Compared("sets", lambda r: frozenset(r.domains)),
    "asserted by": Compared("nominal", lambda r: r.asserted_by.kind),
    "aggregate": Compared("nominal", lambda r: r.aggregate),
}
"""Fields of reports; None is a missing value. `event` is compared beside them: whether there is a report at all."""
EVENT = "event"
LISTED = (EVENT, *(name for name in FIELDS if name != "first day"))


def value(field: str, coding: Coding) -> Any:
    """What a coding says of a field, None where it says nothing: of an unsure one, or of a report that is none."""
    if field == EVENT:
        return {"accept": "yes", "reject": "no"}.get(coding.verdict)
    return FIELDS[field].read(coding.report) if coding.report is not None else None


def by_coders(codings: Sequence[Coding]) -> list[Coding]:
    """The codings without those of adjudicators."""
    return [c for c in codings if c.role == "code"]


def agreement_of(
    record: Record, sample: str, *, reviewer: str | None = None, resamples: int = 1000, seed: int = 0
) -> list[Agreement]:
    """Alpha for whether there is an event, then for each field, over all items and by the type that the coder gave.

    Items that `reviewer` has still to code are left out, so that they stay blind.
    """
    codings = codings_of(record, sample)
    seen = [
        (item, by_coders(codings.get(item.number, []))) for item in items_of(record, sample)
        if may_see(item, codings.get(item.number, []), reviewer)
    ]  # fmt: skip
    out: list[Agreement] = []
    for field in (EVENT, *FIELDS):
        metric: Metric = "nominal" if field == EVENT else FIELDS[field].metric
        units = []
        for item, told in seen:
            values = tuple(v for v in (value(field, c) for c in told) if v is not None)
            units.append(Unit(item.doc_id, item.type, values))
        out += agreement(field, metric, units, resamples=resamples, seed=seed)
    return out


@dataclass(frozen=True, slots=True)
class Dispute:
    """An item on which coders differ: the fields with what each coder says, and whether a third has judged."""

    item: Item
    codings: tuple[Coding, ...]
    fields: Mapping[str, Mapping[str, str]]
    judged: Coding | None


def disputes_of(record: Record, sample: str, reviewer: str | None = None) -> list[Dispute]:
    """The items that all their coders coded and on which they differ, or of which one is unsure."""
    codings = codings_of(record, sample)
    out = []
    for item in items_of(record, sample):
        told = codings.get(item.number, [])
        own = by_coders(told)
        if len(own) < len(item.coders) or not may_see(item, told, reviewer):
            continue
        fields = differing(own)
        if fields:
            out.append(Dispute(item, tuple(own), fields, next((c for c in told if c.role == "adjudicate"), None)))
    return out


def differing(codings: Sequence[Coding]) -> dict[str, dict[str, str]]:
    """The fields in which codings differ, with each coder's value in words."""
    out: dict[str, dict[str, str]] = {}
    if any(c.verdict == "unsure" for c in codings) or len({c.verdict for c in codings}) > 1:
        out[EVENT] = {c.reviewer: {"accept": "yes", "reject": "no"}.get(c.verdict, "unsure") for c in codings}
    for field in LISTED[1:]:
        told = {c.reviewer: value(field, c) for c in codings if c.report is not None}
        if len(set(told.values())) > 1:
            out[field] = {name: in_words(v) for name, v in told.items()}
    return out


def in_words(told: Any) -> str:
    """A value in words; sets are sorted."""
    return ", ".join(sorted(told)) or "none" if isinstance(told, frozenset) else str(told)


def disputes_csv(record: Record, sample: str, reviewer: str | None = None) -> str:
    """The disagreements as CSV, a row for each item, field and coder (COLUMNS); no cell begins a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in disputes_of(record, sample, reviewer):
        notes = {c.reviewer: c.note or "" for c in one.codings}
        for field, values in one.fields.items():
            judged = "" if one.judged is None else in_words(value(field, one.judged) or "")
            for coder, told in values.items():
                row = (sample, one.item.number, one.item.doc_id, one.item.report.report_id, one.item.type, field, coder)
                writer.writerow([safe(cell) for cell in (*row, told, notes[coder], judged)])
    return text.getvalue()


def safe(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe(3)
    ("'=1+1", '3')
    """
    told = str(cell)
    return "'" + told if told.startswith(FORMULA) else told
