"""A date expression as the interval of days that it tells, never more exact than its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from communique.pipeline.resolve.dates.bounds import ONE_DAY, Bounds, precision_of, step
from communique.pipeline.resolve.dates.calendar_intervals import calendar_bounds, latest_bounds
from communique.pipeline.resolve.dates.context import Context, Tense
from communique.pipeline.resolve.dates.expressions import DateExpression
from communique.pipeline.resolve.dates.points import Length, Point, Stretch, What
from communique.pipeline.resolve.dates.relative_intervals import (
    ahead_bounds,
    nth_bounds,
    shift_bounds,
    unit_bounds,
    weekday_bounds,
    window_bounds,
)
from communique.records import DateInterval

_INFERRED_DAYS: Final = 3
_YEARS: Final = frozenset({"year", "fiscal", "split_year", "decade"})
_RESOLVERS: Final[dict[str, Callable[[Point, Context], Bounds | None]]] = {
    "calendar": calendar_bounds,
    "fixed": calendar_bounds,
    "weekday": weekday_bounds,
    "unit": unit_bounds,
    "shift": shift_bounds,
    "ahead": ahead_bounds,
    "window": window_bounds,
    "nth_of": nth_bounds,
    "latest": latest_bounds,
}


def inferred(published: dt.date) -> DateInterval:
    """The weak interval of an undated event told in the plain past: publication and the three days before."""
    return DateInterval(start=published - _INFERRED_DAYS * ONE_DAY, end=published, precision="inferred", text=None)


def normalise(
    expr: DateExpression,
    published: dt.date | None,
    *,
    reference: DateInterval | None = None,
    tense: Tense | None = None,
) -> DateInterval | None:
    """The interval that the expression tells, or None where its words alone and what is passed in do not determine one.

    `published` is what relative words count from, `reference` the interval told before it, which anaphoric words
    ("the following day", "that month") count from, `tense` that of the clause.
    """
    bounds = _normalised(expr, Context(published, reference, tense))
    if bounds is None or bounds.start > bounds.end:
        return None
    return DateInterval(start=bounds.start, end=bounds.end, precision=bounds.precision, text=expr.text)


def _normalised(expr: DateExpression, context: Context) -> Bounds | None:
    weekday = isinstance(expr.parts[0], Point) and expr.parts[0].form == "weekday"
    return _FORMS[expr.form](expr.parts, replace(context, tense=_tense(expr.hint, context.tense, weekday=weekday)))


def _tense(hint: Tense | None, told: Tense | None, *, weekday: bool) -> Tense | None:
    """The tense of the date: what the words beside it say goes before what the caller says of the clause."""
    if hint is None or told == "present" or told == hint:
        return told
    if told is None or weekday:
        return hint
    return None  # the words disagree with the caller: the nearest date counts


def is_yearless(point: Point) -> bool:
    """Whether the point is a day, month or season of the calendar whose year is not told."""
    return (
        point.form == "calendar"
        and point.month is not None
        and point.year is None
        and point.within is None
        and point.relation is None
    )


def bounds_of(what: What, context: Context) -> Bounds | None:
    """First and last day of a point or stretch; None for a length."""
    if isinstance(what, Length):
        return None
    if isinstance(what, Stretch):
        return _stretch(what.first, what.last, context)
    return _RESOLVERS[what.form](what, context)


def _plain(parts: tuple[What, ...], context: Context) -> Bounds | None:
    return bounds_of(parts[0], context)


def _joined(parts: tuple[What, ...], context: Context) -> Bounds | None:
    first, last = parts[0], parts[-1]
    if not (isinstance(first, Point) and isinstance(last, Point)):
        return None
    return _stretch(first, last, context)


def _stretch(first: Point, last: Point, context: Context) -> Bounds | None:
    if first.form == last.form == "weekday":
        return _weekdays(first, last, context)
    start = bounds_of(first, context)
    if start is None:
        return None
    end = _after(last, start, context)
    if end is not None and end.end < start.start:
        end = _after(last, start, replace(context, tense="future"))
    if end is None or end.end < start.start:
        return None
    if start == end:
        return start
    return Bounds(start.start, end.end, "span" if {first.unit, last.unit} & _YEARS else "range")


def _after(last: Point, start: Bounds, context: Context) -> Bounds | None:
    """The last point of a range: where it has no year, the first that does not lie before the range's start."""
    if not is_yearless(last):
        return bounds_of(last, context)
    for year in (start.start.year, start.start.year + 1):
        end = bounds_of(replace(last, year=year, weekday=None), context)
        if end is not None and end.end >= start.start:
            return end
    return None


def _weekdays(first: Point, last: Point, context: Context) -> Bounds | None:
    """A range of weekdays: in the past it ends on or before publication, in the future it begins on or after it."""
    if first.weekday is None or last.weekday is None:
        return None
    days = (last.weekday - first.weekday) % 7
    if context.tense in {"future", "present"}:
        start = bounds_of(first, context)
        return None if start is None else Bounds(start.start, start.start + days * ONE_DAY, "range")
    end = bounds_of(last, context)
    return None if end is None else Bounds(end.end - days * ONE_DAY, end.end, "range")


def _since(parts: tuple[What, ...], context: Context) -> Bounds | None:
    """From the point's first day to publication; the point itself where publication is unknown or lies before it."""
    begin = bounds_of(parts[0], replace(context, tense="past"))
    if begin is None or context.published is None:
        return begin
    if begin.start >= context.published and isinstance(parts[0], Point) and is_yearless(parts[0]):
        begin = bounds_of(replace(parts[0], year=begin.start.year - 1), context) or begin
    if context.published < begin.start:
        return begin
    return Bounds(begin.start, context.published, "span")


def _until(parts: tuple[What, ...], context: Context) -> Bounds | None:
    """From publication to the point's last day; what lies in the past gives only its last point."""
    end = _deadline(parts[0], context)
    if end is None or context.published is None or end.end < context.published:
        return end
    return Bounds(context.published, end.end, "range")


def _by(parts: tuple[What, ...], context: Context) -> Bounds | None:
    """From the decision or publication to the deadline; a deadline in a later year is that year, as coders read it."""
    end = _deadline(parts[0], context)
    if end is None or context.published is None or end.end < context.published:
        return end
    if isinstance(parts[0], Point) and parts[0].unit == "year" and end.start > context.published:
        return end
    begin = context.published
    if (
        context.reference is not None
        and context.reference.end <= begin
        and (begin - context.reference.start).days <= 14
    ):
        begin = context.reference.start
    return Bounds(begin, end.end, "range")


def _deadline(what: What, context: Context) -> Bounds | None:
    """The point of "by" or "until"; "by the end of 2025" is 2025."""
    if isinstance(what, Point) and what.part == "end" and what.unit in {"month", "year", "week"}:
        what = replace(what, part=None)
    return bounds_of(what, replace(context, tense="future"))


def _before(parts: tuple[What, ...], context: Context) -> Bounds | None:
    """Up to the day before the point where that lies ahead; what was before a past point is not determined."""
    if isinstance(parts[0], Point) and parts[0].part == "end":
        return _by(parts, context)
    end = _deadline(parts[0], context)
    if end is None or context.published is None or end.start <= context.published:
        return None
    return Bounds(context.published, end.start - ONE_DAY, "range")


def _after_point(parts: tuple[What, ...], context: Context) -> Bounds | None:
    """From the point to publication in the past; what comes after a future point is not determined."""
    begin = bounds_of(parts[0], context)
    if begin is None or context.published is None or begin.start > context.published:
        return None
    return Bounds(begin.start, context.published, "span")


def _from(parts: tuple[What, ...], context: Context) -> Bounds | None:
    """The point itself, or with a length ("for six weeks from January 4") that length from the point on."""
    if isinstance(parts[0], Length):
        begin = bounds_of(parts[1], context)
        return None if begin is None else lasting(begin, parts[0])
    return bounds_of(parts[0], context)


def lasting(begin: Bounds, length: Length) -> Bounds:
    """The interval of that length from the single day `begin` on; `begin` itself where it is no single day."""
    if begin.start != begin.end:
        return begin
    if length.unit == "hour":
        days = max(1, -(-int(length.count) // 24))
        return Bounds(begin.start, begin.start + (days - 1) * ONE_DAY, "day" if days == 1 else "range")
    if length.count != int(length.count):
        return begin
    end = step(length.unit, int(length.count), begin.start) - ONE_DAY
    return Bounds(begin.start, max(begin.start, end), "day" if end <= begin.start else "range")


def _lasting(parts: tuple[What, ...], context: Context) -> Bounds | None:
    """A length alone tells no date; what has been going on for it began so long before publication."""
    length = parts[0]
    if (
        context.tense != "present"
        or context.published is None
        or not isinstance(length, Length)
        or length.count != int(length.count)
    ):
        return None
    begin = step(length.unit, -int(length.count), context.published)
    return Bounds(begin, context.published, "span" if precision_of(length.unit) in {"year", "span"} else "range")


def _nothing(parts: tuple[What, ...], context: Context) -> Bounds | None:
    return None


_FORMS: Final[dict[str, Callable[[tuple[What, ...], Context], Bounds | None]]] = {
    "plain": _plain,
    "range": _joined,
    "list": _joined,
    "since": _since,
    "until": _until,
    "by": _by,
    "from": _from,
    "before": _before,
    "after": _after_point,
    "length": _nothing,
    "lasting": _lasting,
    "frequency": _nothing,
}
