"""Calendar points as first and last day: days, months, seasons and years, with or without a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from communique.pipeline.resolve.dates.bounds import Bounds, add_months, within_year
from communique.pipeline.resolve.dates.calendars import year_of
from communique.pipeline.resolve.dates.context import OF_REFERENCE, STEPS, Context, Tense
from communique.pipeline.resolve.dates.points import Point

_AGAINST_PAST: Final = 30  # a yearless day ahead, told in the past tense, counts as this many times as far
_AGAINST_FUTURE: Final = 12  # a yearless day behind, told in the future tense, likewise: it may date the announcement
_FORWARD: Final = 1.5  # without a tense the past is nearer, since news tells mostly of the past
_STORY: Final = frozenset({"day", "range", "week", "month"})
_NEAR_PAST: Final = dt.timedelta(days=10)


def calendar_bounds(point: Point, context: Context) -> Bounds | None:
    """The first and last day of a calendar point or named day; None where no year can be found for it."""
    if point.relation is not None:
        return _related(point, context)
    if point.within is not None:
        year = _year_within(point.within, context)
        return None if year is None else within_year(point, year)
    if point.year is not None:
        bounds = within_year(point, point.year)
        return None if bounds is None else _cut(bounds, point, context)
    return _yearless(point, context)


def latest_bounds(point: Point, context: Context) -> Bounds | None:
    """The last of the point's days on or before publication."""
    past = [d for d in point.days if context.published is not None and d <= context.published]
    return Bounds(max(past), max(past), "day") if past else None


def _cut(bounds: Bounds, point: Point, context: Context) -> Bounds:
    """ "later in 2022" begins at publication, "earlier in 2022" ends there."""
    if point.part not in {"earlier", "later"} or context.published is None:
        return bounds
    return cut_at(bounds, point.part, context.published)


def cut_at(bounds: Bounds, part: str, day: dt.date) -> Bounds:
    """The part of the interval up to the day ("earlier") or from it on ("later"); all of it if the day lies outside."""
    if not bounds.start <= day <= bounds.end:
        return bounds
    return replace(bounds, end=day) if part == "earlier" else replace(bounds, start=day)


def _year_within(relation: str, context: Context) -> int | None:
    if relation in OF_REFERENCE:
        return None if context.reference is None else context.reference.start.year + STEPS[relation]
    if context.published is None or relation not in STEPS:
        return None
    return context.published.year + STEPS[relation]


def _yearless(point: Point, context: Context) -> Bounds | None:
    """A day, month or season without a year: the one that the tense and the nearness to publication point to."""
    near = context.day()
    year = None if near is None else year_of(point.calendar, near)
    if near is None or year is None or (point.unit == "day" and point.month is None):
        return None
    first = year - 2 if context.reference is None else min(year - 2, context.reference.start.year)
    found = [b for y in range(first, year + 3) if (b := within_year(point, y)) is not None]
    if point.weekday is not None:
        found = [b for b in found if b.start.weekday() == point.weekday] or found
    if context.published is None:
        return next((b for b in found if b.start.year == near.year), None)
    told = _in_story(found, near, context)
    if told is not None:
        return told
    if point.unit == "day":
        return min(found, key=lambda b: _distance(b, near, context.tense), default=None)
    return _by_tense(found, near, context.tense)


def _in_story(found: list[Bounds], near: dt.date, context: Context) -> Bounds | None:
    """In a story of an earlier year a yearless date is the next of its kind after the date told before."""
    reference = context.reference
    if (
        context.tense != "past"
        or reference is None
        or reference.precision not in _STORY
        or reference.end.year >= near.year
    ):
        return None
    return next((b for b in found if reference.start <= b.end and b.start <= near), None)


def _distance(bounds: Bounds, near: dt.date, tense: Tense | None) -> float:
    days = (bounds.start - near).days
    if tense == "future":
        return float(days if days >= 0 else -days * _AGAINST_FUTURE)
    if tense == "past":
        return float(-days if days <= 1 else days * _AGAINST_PAST)
    return -days if days <= 0 else days * _FORWARD


def _by_tense(found: list[Bounds], near: dt.date, tense: Tense | None) -> Bounds | None:
    past = [b for b in found if b.start <= near]
    future = [b for b in found if b.end >= near]
    if tense == "future":
        lately = [b for b in past if b.end < near <= b.end + _NEAR_PAST]
        return next(iter(lately or future), None)
    if tense == "past" or not future:
        return past[-1] if past else None
    return min(
        past[-1:] + future[:1],
        key=lambda b: (near - b.start).days if b.start <= near else _FORWARD * (b.start - near).days,
        default=None,
    )


def _related(point: Point, context: Context) -> Bounds | None:
    """ "last November", "this summer", "next March", "that October", "the 5th of last month"."""
    relation = str(point.relation)
    if relation not in STEPS:
        return None
    if point.unit == "day" and point.month is None:
        return _day_of_month(point, relation, context)
    plain = replace(point, relation=None)
    if relation in OF_REFERENCE:
        return _related_to_reference(plain, relation, context)
    if context.published is None:
        return None
    years = range(context.published.year - 2, context.published.year + 3)
    found = [b for y in years if (b := within_year(plain, y)) is not None]
    if relation in {"last", "past"}:
        return next((b for b in reversed(found) if b.end < context.published), None)
    if relation == "this":
        return _this(found, context)
    return next((b for b in found if b.start > context.published), None)


def _this(found: list[Bounds], context: Context) -> Bounds | None:
    published = context.published
    assert published is not None
    around = [b for b in found if b.start <= published <= b.end]
    return (
        around[0]
        if around
        else min(found, key=lambda b: min(abs((b.start - published).days), abs((b.end - published).days)), default=None)
    )


def _related_to_reference(point: Point, relation: str, context: Context) -> Bounds | None:
    if context.reference is None:
        return None
    anchor = context.reference.start
    found = [b for y in range(anchor.year - 1, anchor.year + 3) if (b := within_year(point, y)) is not None]
    if relation == "following":
        return next((b for b in found if b.start > anchor), None)
    if relation == "previous":
        return next((b for b in reversed(found) if b.end < anchor), None)
    return next((b for b in found if b.start.year == anchor.year), None)


def _day_of_month(point: Point, relation: str, context: Context) -> Bounds | None:
    anchor = context.published
    if relation in OF_REFERENCE and context.reference is not None:
        anchor = context.reference.start
    if anchor is None or point.day is None:
        return None
    month = add_months(anchor.replace(day=1), STEPS[relation])
    return within_year(replace(point, relation=None, month=month.month), month.year)
