"""First and last days: the arithmetic of weeks, months, seasons and years, and a calendar point within a given year."""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from dataclasses import dataclass
from typing import Final

from communique.pipeline.resolve.dates.calendars import month_bounds, to_gregorian
from communique.pipeline.resolve.dates.points import Point
from communique.records import Precision

ONE_DAY: Final = dt.timedelta(days=1)
_MONTHS: Final = {"month": 1, "season": 3, "quarter": 3, "half": 6, "year": 12}
_PRECISION: Final[dict[str, Precision]] = {
    "day": "day",
    "week": "week",
    "weekend": "range",
    "month": "month",
    "season": "season",
    "quarter": "range",
    "half": "range",
    "year": "year",
    "fiscal": "year",
    "split_year": "year",
    "decade": "span",
    "century": "span",
}
# The first and last month of a part of a year, and the first and last day of a part of a month.
_YEAR_PARTS: Final = {"early": (1, 3), "mid": (5, 8), "late": (10, 12), "end": (11, 12)}
_MONTH_PARTS: Final = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (25, 31)}
_DECADE_PARTS: Final = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "end": (8, 9)}
_WEEK_PARTS: Final = {"early": (0, 2), "mid": (1, 3), "late": (3, 6), "end": (4, 6)}
_FISCAL_STARTS: Final = {"fiscal": 10, "split_year": 7}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last day of an interval, both inclusive, and how exact the words were."""

    start: dt.date
    end: dt.date
    precision: Precision


def precision_of(unit: str) -> Precision:
    """The codebook's precision for an interval of the length of `unit`."""
    return _PRECISION.get(unit, "span")


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later, or that month's last day where it is shorter.

    >>> add_months(dt.date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = max(1, min(9999, index // 12)), index % 12 + 1
    return dt.date(year, month, min(day.day, gregorian.monthrange(year, month)[1]))


def months_from(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    """The first and last day of `count` months that begin with the given one."""
    first = dt.date(year, month, 1)
    return first, add_months(first, count) - ONE_DAY


def week_of(day: dt.date) -> Bounds:
    """The week from Monday to Sunday that holds the day."""
    monday = day - dt.timedelta(days=day.weekday())
    return Bounds(monday, monday + dt.timedelta(days=6), "week")


def unit_around(unit: str, day: dt.date) -> Bounds | None:
    """The calendar week, month, quarter, half, year, decade or century that holds the day; None for other units."""
    if unit == "week":
        return week_of(day)
    if unit == "month":
        return Bounds(*months_from(day.year, day.month, 1), "month")
    if unit in {"quarter", "half"}:
        length = _MONTHS[unit]
        return Bounds(*months_from(day.year, (day.month - 1) // length * length + 1, length), "range")
    if unit == "year":
        return Bounds(*months_from(day.year, 1, 12), "year")
    if unit in {"decade", "century"}:
        length = 10 if unit == "decade" else 100
        first = day.year // length * length
        return Bounds(dt.date(max(1, first), 1, 1), dt.date(min(9999, first + length - 1), 12, 31), "span")
    return None


def step(unit: str, count: int, day: dt.date) -> dt.date:
    """The day `count` units from `day`; months and years keep the day of the month."""
    if unit in {"month", "quarter", "half", "year", "decade", "century"}:
        return add_months(
            day, count * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[unit]
        )
    return day + dt.timedelta(days=count * {"week": 7, "weekend": 7, "fortnight": 14}.get(unit, 1))


def part_of(bounds: Bounds, unit: str, part: str | None) -> Bounds:
    """The early, middle, late or last part of a week, month, season, year or decade; all of it for other parts."""
    start, end = bounds.start, bounds.end
    if unit == "week" and part in _WEEK_PARTS:
        low, high = _WEEK_PARTS[part]
        return Bounds(start + low * ONE_DAY, start + high * ONE_DAY, "range")
    if unit == "month" and part in _MONTH_PARTS:
        low, high = _MONTH_PARTS[part]
        return Bounds(start + (low - 1) * ONE_DAY, min(end, start + (high - 1) * ONE_DAY), "range")
    if unit == "year" and part in _YEAR_PARTS:
        low, high = _YEAR_PARTS[part]
        return Bounds(*months_from(start.year, low, high - low + 1), "season")
    if unit == "decade" and part in _DECADE_PARTS:
        low, high = _DECADE_PARTS[part]
        return Bounds(dt.date(start.year + low, 1, 1), dt.date(start.year + high, 12, 31), "span")
    return bounds


def within_year(point: Point, year: int) -> Bounds | None:
    """The bounds of a calendar point in the given year of its calendar; None where that year has no such day."""
    unit, month = point.unit, point.month
    if point.calendar != "gregorian":
        return _other_calendar(point, year)
    if unit in {"day", "week"} and month is not None and point.day is not None:
        day = _day(year, month, point.day)
        return week_of(day.start) if day is not None and unit == "week" else day
    if unit in _FISCAL_STARTS:
        first = _FISCAL_STARTS[unit]
        return Bounds(*months_from(year - 1 if unit == "fiscal" else year, first, 12), "year")
    if unit in {"decade", "century"}:
        around = unit_around(unit, dt.date(year, 1, 1))
        return None if around is None else part_of(around, unit, point.part)
    if unit == "month_week" and month is not None:
        return _week_of_month(year, month, int(point.count or 1))
    if unit not in _MONTHS:
        return None
    whole = Bounds(*months_from(year, month or 1, _MONTHS[unit]), precision_of(unit))
    return part_of(whole, unit, point.part)


def _week_of_month(year: int, month: int, nth: int) -> Bounds | None:
    first, last = months_from(year, month, 1)
    start = last - 6 * ONE_DAY if nth < 0 else first + 7 * (nth - 1) * ONE_DAY
    return Bounds(start, min(last, start + 6 * ONE_DAY), "week") if start <= last else None


def _day(year: int, month: int, day: int) -> Bounds | None:
    if day < 0:
        day = gregorian.monthrange(year, month)[1]
    found = to_gregorian("gregorian", year, month, day)
    return None if found is None else Bounds(found, found, "day")


def _other_calendar(point: Point, year: int) -> Bounds | None:
    if point.month is None:
        return None
    if point.day is None:
        month = month_bounds(point.calendar, year, point.month)
        return None if month is None else Bounds(*month, "month")
    day = to_gregorian(point.calendar, year, point.month, point.day)
    return None if day is None else Bounds(day, day, "day")
