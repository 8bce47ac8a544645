"""Days of the Persian solar and the Islamic lunar calendar as Gregorian days.

Persian days are computed by `persiantools` (MIT), Islamic days by `hijridate` (MIT), which follows the Umm al-Qura
tables for 1343 to 1500 AH; local sightings may differ by a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

CALENDARS: Final = ("gregorian", "persian", "islamic")
_LAST_MONTH: Final = 12
_jalali: Final[Callable[..., JalaliDate]] = JalaliDate  # its constructor is not annotated


def to_gregorian(calendar: str, year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day of a day of `calendar`; None where the calendar has no such day or its tables do not reach it.

    >>> to_gregorian("persian", 1397, 4, 25)
    datetime.date(2018, 7, 16)
    >>> to_gregorian("islamic", 1440, 9, 1)
    datetime.date(2019, 5, 6)
    """
    try:
        if calendar == "gregorian":
            return dt.date(year, month, day)
        if calendar == "persian":
            return _jalali(year, month, day).to_gregorian()
        converted = Hijri(year, month, day).to_gregorian()
        return dt.date(converted.year, converted.month, converted.day)
    except (ValueError, OverflowError):
        return None


def month_bounds(calendar: str, year: int, month: int) -> tuple[dt.date, dt.date] | None:
    """The first and last Gregorian day of a month of `calendar`, or None where it cannot be converted."""
    first = to_gregorian(calendar, year, month, 1)
    following = (
        to_gregorian(calendar, year + 1, 1, 1) if month == _LAST_MONTH else to_gregorian(calendar, year, month + 1, 1)
    )
    if first is None or following is None:
        return None
    return first, following - dt.timedelta(days=1)


def year_of(calendar: str, day: dt.date) -> int | None:
    """The year of `calendar` in which a Gregorian day falls, or None beyond the calendar's tables."""
    try:
        if calendar == "gregorian":
            return day.year
        if calendar == "persian":
            return int(_jalali(day).year)
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None
