"""The grammar of calendar dates: days, months, seasons, years, budget years, other calendars, ranges sharing a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from communique.pipeline.resolve.dates.points import Point, Stretch, What
from communique.pipeline.resolve.dates.tokens import Token
from communique.pipeline.resolve.dates.vocabulary import NAME

Build = Callable[[Sequence[Token]], "What | None"]

_YEAR: Final = "(comma? of? YEAR | comma? of? the? REL UYEAR)?"
_MD: Final = f"MONTH the? DAYNUM {_YEAR}"
_DM: Final = f"the? DAYNUM of? MONTH {_YEAR}"
_WEEKDAY: Final = "(PART | earlier | later)? the? WEEKDAY TOD?"
_LAST_MONTH: Final = 12
_CONNECT: Final = "(dash | to | until | and)"


def numbers(tokens: Sequence[Token], *classes: str) -> list[int]:
    """The integer values of the tokens of the given classes, in order."""
    return [t.value for t in tokens if NAME.get(t.cls) in classes and isinstance(t.value, int)]


def names(tokens: Sequence[Token], *classes: str) -> list[str]:
    """The string values of the tokens of the given classes, in order."""
    return [t.value for t in tokens if NAME.get(t.cls) in classes and isinstance(t.value, str)]


def one_number(tokens: Sequence[Token], *classes: str) -> int | None:
    """The first integer among the tokens of the given classes, if there is one."""
    found = numbers(tokens, *classes)
    return found[0] if found else None


def one_name(tokens: Sequence[Token], *classes: str) -> str | None:
    """The first name among the tokens of the given classes, if there is one."""
    found = names(tokens, *classes)
    return found[0] if found else None


def _relation(tokens: Sequence[Token]) -> str | None:
    return one_name(tokens, "REL") if any(NAME.get(t.cls) == "UYEAR" for t in tokens) else None


def _day(tokens: Sequence[Token]) -> Point:
    return Point(
        "calendar",
        "day",
        year=one_number(tokens, "YEAR"),
        month=one_number(tokens, "MONTH"),
        day=one_number(tokens, "DAY", "NTH"),
        weekday=one_number(tokens, "WEEKDAY"),
        within=_relation(tokens),
    )


def _related_day(tokens: Sequence[Token]) -> Point:
    """ "last October 16": the day of the last October."""
    return replace(_day(tokens), relation=one_name(tokens, "REL"))


def _week_of(tokens: Sequence[Token]) -> Point:
    """ "the week of July 13": the week that holds the day."""
    return replace(_day(tokens), unit="week")


def _nth_week(tokens: Sequence[Token]) -> Point | None:
    """ "the first week of August": seven days counted from the month's first, or its last seven days."""
    nth = one_number(tokens, "NTHWORD")
    if nth is None and one_name(tokens, "REL") != "last":
        return None
    return replace(_month(tokens), unit="month_week", count=-1.0 if nth is None else float(nth))


def _days(tokens: Sequence[Token]) -> Stretch | None:
    """A range of days of one month: "May 2 to 8, 2023", "5, 6 and 7 June"."""
    days = numbers(tokens, "DAY", "NTH")
    if days != sorted(set(days)):
        return None
    listed = any(NAME.get(t.cls) in {"and", "comma"} for t in tokens) and not any(
        NAME.get(t.cls) in {"to", "until"} for t in tokens
    )
    point = _day(tokens)
    return Stretch(replace(point, day=days[0], weekday=None), replace(point, day=days[-1], weekday=None), listed)


def _months(tokens: Sequence[Token]) -> Stretch | None:
    """A range of months: "October-November 2013", "June and July"; None where listed months are not neighbours."""
    month = _month(tokens)
    first, last = numbers(tokens, "MONTH")
    if any(NAME.get(t.cls) == "and" for t in tokens) and last - first not in {1, -11}:
        return None
    begin = replace(month, month=first, year=month.year - 1 if month.year is not None and first > last else month.year)
    return Stretch(begin, replace(month, month=last))


def _month(tokens: Sequence[Token]) -> Point:
    return Point(
        "calendar",
        "month",
        year=one_number(tokens, "YEAR"),
        month=one_number(tokens, "MONTH"),
        part=one_name(tokens, "PART", "EDGE"),
        within=_relation(tokens),
    )


def _related_month(tokens: Sequence[Token]) -> Point:
    relation = one_name(tokens, "REL")
    return Point(
        "calendar", "month", month=one_number(tokens, "MONTH"), part=one_name(tokens, "PART", "EDGE"), relation=relation
    )


def _year(tokens: Sequence[Token]) -> Point:
    part = one_name(tokens, "PART", "EDGE")
    cut = next((NAME[t.cls] for t in tokens if NAME.get(t.cls) in {"earlier", "later"}), None)
    return Point("calendar", "year", year=one_number(tokens, "YEAR"), part=part or cut)


def _season(tokens: Sequence[Token]) -> Point:
    relation = None if _relation(tokens) else one_name(tokens, "REL")
    return Point(
        "calendar",
        "season",
        year=one_number(tokens, "YEAR"),
        month=one_number(tokens, "SEASON"),
        part=one_name(tokens, "PART", "EDGE"),
        relation=relation,
        within=_relation(tokens),
    )


def _quarter(tokens: Sequence[Token]) -> Point | None:
    code = one_name(tokens, "QN")
    nth = int(code[1]) if code else (one_number(tokens, "NTHWORD") or 0)
    half = (code is not None and code[0] == "h") or any(NAME.get(t.cls) == "HALF" for t in tokens)
    if not 1 <= nth <= (2 if half else 4):
        return None
    year, within = one_number(tokens, "YEAR"), _relation(tokens)
    if year is None and within is None:
        return None
    unit, length = ("half", 6) if half else ("quarter", 3)
    return Point("calendar", unit, year=year, month=(nth - 1) * length + 1, within=within)


def _decade(tokens: Sequence[Token]) -> Point:
    return Point("calendar", "decade", year=one_number(tokens, "DECADE"), part=one_name(tokens, "PART", "EDGE"))


def _fiscal(tokens: Sequence[Token]) -> What | None:
    ends = numbers(tokens, "FY") or numbers(tokens, "YEAR")
    points = [Point("calendar", "fiscal", year=year) for year in ends]
    return points[0] if len(points) == 1 else Stretch(points[0], points[-1], listed=True)


def _split_year(tokens: Sequence[Token]) -> What | None:
    """A budget year such as "2004-05", where the second number is the next year's, or years such as "1983-88"."""
    year, short = one_number(tokens, "YEAR"), int(tokens[-1].text)
    if year is None or len(tokens[-1].text) != 2 or tokens[-1].start - tokens[-3].end != 1:
        return None
    if short == (year + 1) % 100:
        return Point("calendar", "split_year", year=year)
    if short > max(_LAST_MONTH, year % 100):  # what could be a month ("2004-08") is no second year
        return Stretch(Point("calendar", "year", year=year), Point("calendar", "year", year=year - year % 100 + short))
    return None


def _weekday(tokens: Sequence[Token]) -> Point:
    week = any(NAME.get(t.cls) == "UWEEK" for t in tokens)
    relation = one_name(tokens, "REL")
    return Point(
        "weekday",
        "day",
        weekday=one_number(tokens, "WEEKDAY"),
        relation=None if week else relation,
        within=relation if week else None,
    )


def _weekday_then_relation(tokens: Sequence[Token]) -> Point | None:
    """ "Monday last", "Tuesday next"; not "on Monday that ..."."""
    return _weekday(tokens) if one_name(tokens, "REL") in {"last", "next"} else None


def _numeric(tokens: Sequence[Token]) -> Point | None:
    """An ISO date, or day, month and year in figures; None where day and month could be exchanged."""
    figures = [int(p) for p in tokens[0].text.replace(".", "/").replace("-", "/").split("/")]
    if figures[0] > 31:
        year, month, day = figures
    else:
        left, right, short = figures
        if left != right and left <= 12 and right <= 12:
            return None
        day, month = (left, right) if right <= 12 else (right, left)
        year = short + (0 if short > 99 else 1900 if short >= 70 else 2000)
    if not (1500 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Point("calendar", "day", year=year, month=month, day=day)


def _other_calendar(calendar: str, cls: str) -> Build:
    def build(tokens: Sequence[Token]) -> Point | None:
        year, day = one_number(tokens, "OLDYEAR"), one_number(tokens, "DAY", "NTH")
        if year is None and day is None and calendar == "persian":
            return None
        return Point(
            "calendar",
            "month" if day is None else "day",
            year=year,
            month=one_number(tokens, cls),
            day=day,
            calendar=calendar,
        )

    return build


def _holiday(tokens: Sequence[Token]) -> Point:
    calendar, *figures = str(tokens[0].value).split("-")
    if calendar == "fixed":
        told, month, day = (int(f) for f in figures)
        return Point("calendar", "day", year=told, month=month, day=day)
    return Point(
        "fixed",
        "day",
        year=one_number(tokens, "YEAR"),
        month=int(figures[0]),
        day=int(figures[1]),
        calendar=calendar,
        within=_relation(tokens),
    )


RULES: Final[list[tuple[str, Build]]] = [
    (f"(({_WEEKDAY} | the? REL WEEKDAY) lpar? comma? )? {_MD} rpar?", _day),
    (f"(({_WEEKDAY} | the? REL WEEKDAY) lpar? comma? )? {_DM} rpar?", _day),
    ("DAY dash MONTH dash YEAR", _day),
    ("the? REL MONTH DAYNUM", _related_day),
    (f"the UWEEK (of | from) ({_MD} | {_DM})", _week_of),
    (f"{_MD} comma? lpar? WEEKDAY rpar?", _day),
    (f"MONTH (dash | and | to) MONTH {_YEAR}", _months),
    (f"{_DM} comma? lpar? WEEKDAY rpar?", _day),
    (f"MONTH the? DAYNUM (comma the? DAYNUM)* comma? {_CONNECT} the? DAYNUM {_YEAR}", _days),
    (f"the? DAYNUM (comma the? DAYNUM)* comma? {_CONNECT} the? DAYNUM of? MONTH {_YEAR}", _days),
    (f"(the UMONTH of | the? (PART | EDGE) dash? (of the)?)? MONTH {_YEAR}", _month),
    (f"the? EDGE of MONTH {_YEAR}", _month),
    ("PART? (the (EDGE|PART) of)? (the? REL) MONTH", _related_month),
    ("(the UYEAR)? ((PART | EDGE) dash? | the? EDGE of)? YEAR", _year),
    ("(earlier | later) in YEAR", _year),
    ("(the? PART dash? | the? EDGE of)? (the | REL)? SEASON (of? YEAR | of? the? REL UYEAR)?", _season),
    ("QN of? YEAR?", _quarter),
    ("the? NTHWORD (HALF | ULONG) of (YEAR | the? REL UYEAR)", _quarter),
    ("the? (PART dash? | EDGE of the)? DECADE", _decade),
    ("FY (comma? and FY)?", _fiscal),
    ("the? fiscal (UYEAR|USYEAR)? YEAR (and YEAR)?", _fiscal),
    ("(the? fiscal (UYEAR | USYEAR)?)? YEAR dash (DAY | SMALL)", _split_year),
    (f"{_WEEKDAY}", _weekday),
    ("(PART | earlier)? the? REL WEEKDAY TOD?", _weekday),
    ("WEEKDAY TOD? of? the? REL UWEEK", _weekday),
    ("WEEKDAY REL", _weekday_then_relation),
    ("TOD of WEEKDAY | TOD to WEEKDAY | the TOD of WEEKDAY | the TOD to WEEKDAY", _weekday),
    (f"the (NTHWORD | REL) UWEEK of MONTH {_YEAR}", _nth_week),
    ("NUMERIC", _numeric),
    ("the? DAYNUM of? PMONTH comma? OLDYEAR?", _other_calendar("persian", "PMONTH")),
    ("PMONTH DAYNUM? comma? OLDYEAR", _other_calendar("persian", "PMONTH")),
    ("the? DAYNUM of? IMONTH comma? OLDYEAR?", _other_calendar("islamic", "IMONTH")),
    ("IMONTH (DAYNUM comma?)? OLDYEAR?", _other_calendar("islamic", "IMONTH")),
    ("HOLIDAY (comma? of? YEAR | comma? of? the? REL UYEAR)?", _holiday),
]
