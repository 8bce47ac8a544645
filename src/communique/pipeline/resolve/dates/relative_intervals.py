"""Relative points as first and last day: weekdays, "last week", "two days later", "over the past two years"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from communique.pipeline.resolve.dates.bounds import ONE_DAY, Bounds, part_of, precision_of, step, unit_around, week_of
from communique.pipeline.resolve.dates.calendar_intervals import cut_at
from communique.pipeline.resolve.dates.context import OF_REFERENCE, STEPS, Context
from communique.pipeline.resolve.dates.points import Point
from communique.records import DateInterval

_SUNDAY: Final = 6
_SATURDAY: Final = 5
_VAGUE_REACH: Final = 2
_HOURS: Final = 24
_BACK: Final = 4  # so many days back a weekday may lie of which nobody says whether it lies ahead


def weekday_bounds(point: Point, context: Context) -> Bounds | None:
    """The day of a weekday: in the past the latest on or before publication, in the future the next on or after it;
    where the tense is open the nearer one, the past before the future."""
    weekday, published = point.weekday, context.published
    if weekday is None:
        return None
    if point.relation in OF_REFERENCE:
        return _weekday_of_reference(weekday, point.relation, context)
    if published is None:
        return None
    if point.within is not None:
        week = unit_bounds(Point("unit", "week", relation=point.within), context)
        return None if week is None else _one(week.start + weekday * ONE_DAY)
    back = (published.weekday() - weekday) % 7
    if point.relation in {"last", "past"}:
        return _one(published - (back or 7) * ONE_DAY)
    if point.relation in {"next", "coming"}:
        return _one(published + ((-back) % 7 or 7) * ONE_DAY)
    if point.relation == "this":
        return _one(week_of(published).start + weekday * ONE_DAY)
    ahead = context.tense == "future" or (context.tense is None and back > _BACK)
    return _one(published + ((-back) % 7) * ONE_DAY if ahead else published - back * ONE_DAY)


def _weekday_of_reference(weekday: int, relation: str | None, context: Context) -> Bounds | None:
    if context.reference is None:
        return None
    start, end = context.reference.start, context.reference.end
    if relation == "following":
        return _one(end + (((weekday - end.weekday()) % 7) or 7) * ONE_DAY)
    if relation == "previous":
        return _one(start - (((start.weekday() - weekday) % 7) or 7) * ONE_DAY)
    inside = [
        start + i * ONE_DAY for i in range(min(7, (end - start).days + 1)) if (start + i * ONE_DAY).weekday() == weekday
    ]
    return _one(inside[0]) if inside else _one(week_of(start).start + weekday * ONE_DAY)


def _one(day: dt.date) -> Bounds:
    return Bounds(day, day, "day")


def unit_bounds(point: Point, context: Context) -> Bounds | None:
    """The calendar week, weekend, month, year ... that "last", "this", "next" or "the same" points to.

    On a Sunday the week that ends counts as the last one, and "this week" as the next seven days unless the clause
    tells of what is over or going on.
    """
    relation = point.relation or "this"
    if relation not in STEPS:
        return None
    if relation in OF_REFERENCE:
        return _unit_of_reference(point, relation, context)
    if context.published is None:
        return None
    if point.unit == "weekend":
        return _weekend(point.relation, context.published, context)
    anchor = context.published
    if (
        point.unit == "week"
        and anchor.weekday() == _SUNDAY
        and (relation != "this" or context.tense in ("future", None))
    ):
        anchor += ONE_DAY
    whole = unit_around(point.unit, step(point.unit, STEPS[relation], anchor))
    return None if whole is None else _cut_unit(whole, point, relation, context)


def _cut_unit(whole: Bounds, point: Point, relation: str, context: Context) -> Bounds:
    published = context.published
    assert published is not None
    if STEPS[relation] == 0 and point.part in {"earlier", "later"}:
        return cut_at(whole, point.part, published)
    if point.unit == "year" and relation == "this" and point.part is None and context.tense == "future":
        return cut_at(whole, "later", published)
    return part_of(whole, point.unit, point.part)


def _unit_of_reference(point: Point, relation: str, context: Context) -> Bounds | None:
    reference = context.reference
    if reference is None:
        return None
    if point.part == "whole":
        return Bounds(reference.start, reference.end, reference.precision)
    if point.unit == "weekend":
        saturday = week_of(reference.end).start + _SATURDAY * ONE_DAY
        return _weekend_from(saturday + 7 * STEPS[relation] * ONE_DAY)
    if len(point.unit) and precision_rank(reference) > _RANKS.get(point.unit, 0):
        return None
    base = reference.end if relation == "following" else reference.start
    whole = unit_around(point.unit, step(point.unit, STEPS[relation], base))
    return (
        None
        if whole is None
        else part_of(whole, point.unit, None if point.part in {"earlier", "later"} else point.part)
    )


def _weekend(relation: str | None, published: dt.date, context: Context) -> Bounds:
    saturday = week_of(published).start + _SATURDAY * ONE_DAY
    if relation == "last":
        return _weekend_from(saturday - 7 * ONE_DAY)
    if relation in {"next", "coming"}:
        return _weekend_from(
            saturday if relation == "coming" or published < saturday - 2 * ONE_DAY else saturday + 7 * ONE_DAY
        )
    if relation == "this" or context.tense == "future" or published >= saturday:
        return _weekend_from(saturday)
    return _weekend_from(saturday - 7 * ONE_DAY)


def _weekend_from(saturday: dt.date) -> Bounds:
    return Bounds(saturday, saturday + ONE_DAY, "range")


_RANKS: Final = {
    "day": 0,
    "week": 1,
    "month": 2,
    "season": 3,
    "quarter": 3,
    "half": 3,
    "year": 4,
    "decade": 5,
    "century": 6,
}


def precision_rank(interval: Bounds | DateInterval) -> int:
    """How coarse an interval is: 0 for a few days, 1 up to a week or two, 2 a month, 3 a season, 4 a year, 5 more."""
    days = (interval.end - interval.start).days + 1
    return next((rank for rank, limit in enumerate((7, 14, 31, 185, 366)) if days <= limit), 5)


def shift_bounds(point: Point, context: Context) -> Bounds | None:
    """The day, week, month or year so many units before or after publication or the reference."""
    count = point.count or 0.0
    unit, count = _whole_units(point.unit, count)
    if point.origin == "publication":
        return (
            None
            if context.published is None
            else _shifted(unit, count * point.direction, context.published, point.vague)
        )
    reference = None if point.relation == "other" else context.reference
    if (
        unit == "day"
        and count == 0
        and context.published is not None
        and (reference is None or precision_rank(reference) > 0)
    ):
        return _one(context.published)
    if reference is None:
        return None
    if precision_rank(reference) > max(1, _RANKS.get(unit, 0)) or (unit == "day" and precision_rank(reference) > 0):
        return None
    base = reference.end if point.direction > 0 and count > 0 else reference.start
    if unit == "day" and count == 0:
        return Bounds(reference.start, reference.end, reference.precision)
    return _shifted(unit, count * point.direction, base, point.vague)


def ahead_bounds(point: Point, context: Context) -> Bounds | None:
    """As `shift_bounds`, but None unless the clause tells of the future: "in 90 days" is else a length."""
    return shift_bounds(point, context) if context.tense == "future" else None


def _whole_units(unit: str, count: float) -> tuple[str, int]:
    """The count in whole units: hours as days, half years as months, fortnights as weeks, decades as years."""
    if unit == "hour":
        return "day", round(count / _HOURS)
    if unit == "fortnight":
        return "week", round(count * 2)
    if unit in {"decade", "century"}:
        return "year", round(count * (10 if unit == "decade" else 100))
    if count != int(count):
        return ("month", round(count * 12)) if unit == "year" else ("day", max(1, round(count * 7)))
    return unit, int(count)


def _shifted(unit: str, count: int, base: dt.date, vague: bool) -> Bounds | None:
    try:
        if vague:
            near, far = sorted((step(unit, count + _VAGUE_REACH, base), step(unit, count - _VAGUE_REACH, base)))
            inside = sorted((base, near if count > 0 else far))
            return (
                Bounds(max(near, base) if count > 0 else near, far if count > 0 else min(far, base), "span")
                if inside
                else None
            )
        day = step(unit, count, base)
    except (OverflowError, ValueError):
        return None
    return _one(day) if unit == "day" else unit_around(unit, day)


def _these_years(context: Context) -> Bounds | None:
    """From the first day of a reference that lies a year or more back to publication."""
    if context.published is None or context.reference is None:
        return None
    if step("year", 1, context.reference.start) > context.published:
        return None
    return Bounds(context.reference.start, context.published, "span")


def window_bounds(point: Point, context: Context) -> Bounds | None:
    """The stretch of so many units that ends at publication ("the past two years") or begins there."""
    anchor = context.published
    if point.relation == "these":
        return _these_years(context)
    if point.origin == "reference":
        anchor = None if context.reference is None else context.reference.end
    if anchor is None:
        return None
    unit, count = _whole_units(point.unit, point.count or 1.0)
    try:
        other = step(unit, count * point.direction, anchor)
    except (OverflowError, ValueError):
        return None
    precision = "range" if unit in {"day", "week"} else precision_of("decade")
    return Bounds(min(anchor, other), max(anchor, other), "range" if precision == "range" else "span")


def nth_bounds(point: Point, context: Context) -> Bounds | None:
    """The nth day of the reference, the last one for -1; None where the reference is no stretch of days."""
    reference = context.reference
    if reference is None or reference.precision not in {"day", "range", "week"}:
        return None
    nth = int(point.count or 1)
    day = reference.end if nth < 0 else reference.start + (nth - 1) * ONE_DAY
    return _one(day) if day <= reference.end or reference.precision == "day" else None
