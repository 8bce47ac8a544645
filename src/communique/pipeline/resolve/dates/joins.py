"""Which points may be joined to a range or a list, and how they share the words that only one of them has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from communique.pipeline.resolve.dates.points import Point

_FINE: Final = frozenset({"day", "month", "season", "year", "fiscal", "split_year", "quarter", "decade", "week"})


def joined(points: Sequence[Point]) -> list[Point]:
    """The points with a year that only the last or only the first of them tells: "May and September 2017"."""
    out = list(points)
    for i in range(len(out) - 2, -1, -1):
        out[i] = _borrow(out[i], out[i + 1], backwards=True)
    for i in range(1, len(out)):
        out[i] = _borrow(out[i], out[i - 1], backwards=False)
    return out


def _has_year(point: Point) -> bool:
    return point.year is not None or point.within is not None


def _borrow(point: Point, other: Point, *, backwards: bool) -> Point:
    yearless = (
        point.form == other.form == "calendar"
        and point.month is not None
        and point.relation is None
        and not _has_year(point)
    )
    if not yearless or not _has_year(other) or other.relation is not None:
        return point
    year = other.year
    if year is not None and other.month is not None and point.calendar == other.calendar:
        earlier, later = (point, other) if backwards else (other, point)
        wraps = ((earlier.month or 0), (earlier.day or 0)) > ((later.month or 0), (later.day or 31))
        year += (-1 if backwards else 1) if wraps else 0
    return replace(point, year=year, within=other.within)


def can_range(points: Sequence[Point]) -> bool:
    """Whether two points bound a range: both calendar points, or weekdays, or days and words such as "today"."""
    if len(points) != 2:
        return False
    first, last = points
    if first.form == last.form == "calendar":
        if first.unit == last.unit == "year":
            return (first.year or 0) < (last.year or 0) or (first == last and first.part is not None)
        return (
            first.unit in _FINE
            and last.unit in _FINE
            and (first.unit == last.unit or "year" not in (first.unit, last.unit))
        )
    return (_is_day(first) and _is_day(last)) or first.form == last.form == "unit"


def _is_day(point: Point) -> bool:
    return point.unit == "day" and point.form in {"weekday", "shift", "calendar"}


def can_list(points: Sequence[Point]) -> bool:
    """Whether listed points are one stretch: years, or weekdays, days, months that follow upon one another."""
    if len(points) < 2 or len({p.form for p in points}) != 1:
        return False
    units = {p.unit for p in points}
    if len(units) != 1:
        return False
    pairs = list(pairwise(points))
    if points[0].form == "weekday":
        return all(a.relation is None and ((a.weekday or 0) + 1) % 7 == b.weekday for a, b in pairs)
    if points[0].form != "calendar":
        return False
    if units <= {"year", "fiscal", "split_year"}:
        return all((a.year or 0) <= (b.year or 0) for a, b in pairs)
    if units == {"month"}:
        return all(_months(b) - _months(a) in {1, -11} for a, b in pairs)
    if units == {"day"}:
        return all(a.month is not None and b.month is not None and _days_apart(a, b) for a, b in pairs)
    return False


def _months(point: Point) -> int:
    return (point.year or 0) * 12 + (point.month or 0)


def _days_apart(first: Point, second: Point) -> bool:
    """Whether the second day is the day after the first (31 and 1, or the like, across months)."""
    if first.month == second.month:
        return (second.day or 0) - (first.day or 0) == 1
    return (second.month or 0) - (first.month or 0) in {1, -11} and (first.day or 0) >= 28 and second.day == 1
