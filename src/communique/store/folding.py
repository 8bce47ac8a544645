"""What a row of decisions makes of one report: pure, so that a rebuild gives the same as the running record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from communique.errors import UnusableOption, did_you_mean
from communique.records import Report

Kind = Literal["accept", "reject", "unsure", "note", "edit", "add", "merge", "split", "undo"]
KINDS: tuple[Kind, ...] = ("accept", "reject", "unsure", "note", "edit", "add", "merge", "split", "undo")
EDITABLE = (
    "type", "mode", "status", "participants", "date", "place", "domains", "asserted_by", "evidence", "aggregate",
    "details", "claims", "lat", "lon", "geo_precision",
)  # fmt: skip
SEVERAL = "*"
"""The field of an edit whose value maps fields to values: they are checked together, as a new type needs new roles."""
NESTED = ("date", "place", "asserted_by", "details")


@dataclass(frozen=True, slots=True)
class Step:
    """One decision that bears on a report."""

    id: int
    kind: str
    field: str | None = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Folded:
    """The state of a report after its decisions. `report` is None only where nobody coded or added one."""

    state: Literal["coded", "rejected", "edited", "added"]
    review: Literal["accepted", "rejected"] | None
    report: Report | None


def active(decisions: Iterable[tuple[int, int | None]]) -> set[int]:
    """The ids of the decisions that hold, of pairs of id and the id that it undoes; an undo can be undone.

    >>> sorted(active([(1, None), (2, None), (3, 1), (4, 3)]))
    [1, 2, 4]
    """
    undone: dict[int, bool] = {}
    rows = sorted(decisions, reverse=True)
    for ident, undoes in rows:
        if undoes is not None and not undone.get(ident, False):
            undone[undoes] = True
    return {ident for ident, _ in rows if not undone.get(ident, False)}


def fold(coded: Report | None, steps: Sequence[Step]) -> Folded:
    """The report after its decisions in their order; the last of two that contradict each other counts."""
    report = coded
    changed = added = False
    review: Literal["accepted", "rejected"] | None = None
    for step in sorted(steps, key=lambda s: s.id):
        if step.kind == "accept":
            review = "accepted"
        elif step.kind == "reject":
            review = "rejected"
        elif step.kind == "add":
            given = Report.model_validate(step.after)
            added = coded is None
            changed = not added
            report = given if coded is None else keep_identity(given, coded)
        elif step.kind == "edit" and report is not None:
            assert step.field is not None
            report = edited(report, step.field, step.after)
            changed = True
    if review == "rejected" or report is None:
        return Folded("rejected", review, report)
    return Folded("added" if added else "edited" if changed else "coded", review, report)


def keep_identity(given: Report, coded: Report) -> Report:
    """What a person said of an event, under the id of the coded report of the same event."""
    return given.model_copy(update={"report_id": coded.report_id, "doc_id": coded.doc_id})


def edited(report: Report, field: str, value: Any) -> Report:
    """The report with the field set; `date.start` names a part of a field. Raises UnusableOption for what cannot be."""
    data = report.model_dump(mode="json")
    if field == SEVERAL and not isinstance(value, dict):
        raise UnusableOption(f"an edit of several fields needs a mapping of fields to values, not {value!r}")
    for path, told in value.items() if field == SEVERAL else ((field, value),):
        name, _, part = path.partition(".")
        if name not in EDITABLE or (part and name not in NESTED):
            raise UnusableOption(f"{path!r} is no field of a report that can be edited; {did_you_mean(name, EDITABLE)}")
        data[name] = {**(data[name] or {}), part: told} if part else told
    try:
        return Report.model_validate(data)
    except ValidationError as broken:
        first = broken.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UnusableOption(f"{field} cannot be {value!r}: {place}: {first['msg']}; see the codebook") from broken


def value_of(report: Report, field: str) -> Any:
    """The present value of a field or of a part of one, as JSON has it."""
    name, _, part = field.partition(".")
    value = report.model_dump(mode="json").get(name)
    return (value or {}).get(part) if part else value
