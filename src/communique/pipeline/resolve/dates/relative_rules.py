"""The grammar of relative dates and of lengths: "last week", "two days later", "the same month", "three-day"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from communique.pipeline.resolve.dates.calendar_rules import Build, names, one_name, one_number
from communique.pipeline.resolve.dates.points import Length, Origin, Point
from communique.pipeline.resolve.dates.tokens import Token
from communique.pipeline.resolve.dates.vocabulary import NAME, TABLE

_UNITS: Final = (
    "HOUR",
    "UDAY",
    "UWEEK",
    "UMONTH",
    "UYEAR",
    "ULONG",
    "HOURS",
    "USDAY",
    "USWEEK",
    "USMONTH",
    "USYEAR",
    "USLONG",
)
_FIGURES: Final = frozenset({"NUM", "DAY", "SMALL"})
_COUNTS: Final = frozenset({"NUM", "DAY", "SMALL", "VAGUE"})
_COUNT: Final = "(NUM | DIGITS | a? VAGUE of? | a | a? NUM (to | and | dash) NUM | DIGITS (to | and | dash) DIGITS)"
_LENGTH: Final = f"HEDGE* {_COUNT} (UNIT | UNITS)"
_AGO: Final = "(and x)? ago"
_ANAPHORIC: Final = frozenset({"same", "following", "that", "previous", "those"})
_DAY_SHIFTS: Final[dict[str, tuple[int, Origin]]] = {
    "same": (0, "reference"),
    "that": (0, "reference"),
    "following": (1, "reference"),
    "next": (1, "reference"),
    "previous": (-1, "reference"),
    "this": (0, "publication"),
}
_WINDOWS: Final = {"last": -1, "past": -1, "previous": -1, "these": -1, "next": 1, "coming": 1, "following": 1}


def unit_of(tokens: Sequence[Token]) -> str:
    """The unit of time that the tokens name last: day, week, month, year, ..."""
    return names(tokens, *_UNITS)[-1]


def count_of(tokens: Sequence[Token]) -> float | None:
    """How many units the tokens say: the last number, one for "a", None where no number is told."""
    found = [float(t.value) for t in tokens if NAME.get(t.cls) in _COUNTS and isinstance(t.value, int | float)]
    if found:
        return found[-1]
    return 1.0 if any(NAME.get(t.cls) == "a" for t in tokens) else None


def _cut(tokens: Sequence[Token]) -> str | None:
    cut = next((NAME[t.cls] for t in tokens if NAME.get(t.cls) in {"earlier", "later"}), None)
    return cut or one_name(tokens, "PART", "EDGE")


def _shift(direction: int, origin: Origin) -> Build:
    def build(tokens: Sequence[Token]) -> Point | None:
        count = count_of(tokens)
        if count is None:
            return None
        return Point("shift", unit_of(tokens), count=count, direction=direction, origin=origin, vague=_is_vague(tokens))

    return build


def _ahead(tokens: Sequence[Token]) -> Point | None:
    """So many units ahead of publication ("in two weeks"); outside the future tense it tells no date."""
    count = count_of(tokens)
    return None if count is None else Point("ahead", unit_of(tokens), count=count, direction=1, vague=_is_vague(tokens))


def _is_vague(tokens: Sequence[Token]) -> bool:
    return any(NAME.get(t.cls) == "VAGUE" for t in tokens)


def _one_day(direction: int) -> Build:
    return lambda tokens: Point("shift", "day", count=1, direction=direction, origin="reference")


def _unit(tokens: Sequence[Token]) -> Point | None:
    relation, unit, cut = one_name(tokens, "REL"), unit_of(tokens), _cut(tokens)
    with_article = any(NAME.get(t.cls) == "the" for t in tokens)
    if cut is None and (
        relation in {"past", "coming"} or (with_article and relation in {"last", "next"} and unit != "day")
    ):
        return Point("window", unit, count=1, direction=_WINDOWS[str(relation)])
    if unit == "day":
        shift = _DAY_SHIFTS.get(str(relation))
        return None if shift is None else Point("shift", "day", count=shift[0], direction=1, origin=shift[1])
    if unit == "hour" or relation in {"these", "those"}:
        return None
    return _related(relation, unit, cut)


def _related(relation: str | None, unit: str, part: str | None) -> Point:
    return Point(
        "unit", unit, relation=relation, part=part, origin="reference" if relation in _ANAPHORIC else "publication"
    )


def _running(tokens: Sequence[Token]) -> Point:
    """The running unit: "the end of the year", "earlier in the month"."""
    unit = unit_of(tokens)
    if unit == "day":
        return Point("shift", "day", count=0, direction=1, origin="reference")
    return _related("this", unit, _cut(tokens))


def _window(tokens: Sequence[Token]) -> Point | None:
    relation, unit = str(one_name(tokens, "REL")), unit_of(tokens)
    if relation == "these" and unit == "year":
        return Point("window", unit, count=1, direction=-1, relation=relation, origin="reference")
    if relation == "those" or (relation == "these" and unit != "day"):
        return Point("unit", unit, relation="same", part="whole", origin="reference")
    if relation not in _WINDOWS:
        return None
    count = count_of([t for t in tokens if NAME.get(t.cls) != "a"]) or float(TABLE["bare_plurals"].get(unit, 3))
    origin: Origin = "reference" if relation == "following" else "publication"
    vague = not any(NAME.get(t.cls) in _FIGURES for t in tokens)
    return Point("window", unit, count=count, direction=_WINDOWS[relation], origin=origin, vague=vague)


def _day_word(more: int) -> Build:
    return lambda tokens: Point("shift", "day", count=(one_number(tokens, "DAYWORD") or 0) + more, direction=1)


def _part_of_day(tokens: Sequence[Token]) -> Point | None:
    """A part of a day: "this morning" counts from publication, "the same evening" from the reference."""
    relation = one_name(tokens, "REL")
    if relation == "last":
        return Point("shift", "day", count=-1, direction=1)
    shift = _DAY_SHIFTS.get(str(relation))
    return None if shift is None else Point("shift", "day", count=shift[0], direction=1, origin=shift[1])


def _weekend(tokens: Sequence[Token]) -> Point:
    return _related(one_name(tokens, "REL"), "weekend", None)


def _bare_day(tokens: Sequence[Token]) -> Point:
    """ "The 5th of this month"; without "this" the month may be told beside it, so that it counts from there."""
    relation, day = one_name(tokens, "REL"), one_number(tokens, "NTH")
    if relation is None:
        return Point("calendar", "day", day=day, relation="this", origin="reference")
    return Point("calendar", "day", day=day, relation=relation)


def _nth_day(tokens: Sequence[Token]) -> Point:
    nth = one_number(tokens, "NTHWORD", "NTH")
    return Point("nth_of", "day", count=float(nth if nth is not None else -1), origin="reference")


def _edge_day(tokens: Sequence[Token]) -> Point:
    """A first, last or nth day of a month: "the last day of the month", "the first day of May"."""
    nth = one_number(tokens, "NTHWORD", "NTH")
    month = one_number(tokens, "MONTH")
    related = names(tokens, "REL")[1 if nth is None else 0 :]
    return Point(
        "calendar",
        "day",
        year=one_number(tokens, "YEAR"),
        month=month,
        day=nth if nth is not None else -1,
        relation=None if month is not None else (related[0] if related else "this"),
    )


def _length(tokens: Sequence[Token]) -> Length | None:
    count = count_of(tokens)
    return None if count is None else Length(count, unit_of(tokens), vague=_is_vague(tokens))


def _length_word(tokens: Sequence[Token]) -> Length | None:
    value = tokens[0].value
    return Length(*value) if isinstance(value, tuple) else None


RULES: Final[list[tuple[str, Build]]] = [
    (f"{_LENGTH} {_AGO}", _shift(-1, "publication")),
    (f"{_LENGTH} (later | after)", _shift(1, "reference")),
    (f"{_LENGTH} (earlier | before)", _shift(-1, "reference")),
    (f"{_LENGTH} from now", _shift(1, "publication")),
    (f"in {_LENGTH}", _ahead),
    ("the UDAY (after | later)", _one_day(1)),
    ("the UDAY (before | earlier)", _one_day(-1)),
    ("(PART | earlier | later)? in? (the? EDGE of)? the? REL UNIT", _unit),
    ("(earlier | later | PART) in the (UDAY | UWEEK | UMONTH | UYEAR)", _running),
    ("(the? EDGE of | PART in) the (UWEEK | UMONTH | UYEAR | ULONG)", _running),
    ("the part_of (of | dash)? the (UWEEK | UMONTH | UYEAR)", _running),
    ("HEDGE* the? REL HEDGE* (NUM | DIGITS | a? VAGUE of?)? UNITS", _window),
    ("(PART | earlier | later)? DAYWORD PART? TOD?", _day_word(0)),
    ("the UDAY before DAYWORD", _day_word(-1)),
    ("the UDAY after DAYWORD", _day_word(1)),
    ("OVERNIGHT", lambda tokens: Point("window", "day", count=1, direction=-1)),
    ("(PART | earlier | later)? the? REL TOD", _part_of_day),
    ("(REL | the)? WEEKEND", _weekend),
    ("LATELY", lambda tokens: Point("window", "day", count=3, direction=-1)),
    ("the NTH (of (the | REL) UMONTH)?", _bare_day),
    ("(its | the) (NTHWORD | NTH) UDAY", _nth_day),
    ("the (NTHWORD | REL) UDAY of ((the | REL) UMONTH | MONTH YEAR?)", _edge_day),
    ("HEDGE* (NUM | DIGITS | a? VAGUE of?) dash? (UNIT | UNITS)", _length),
    ("a (UDAY | UWEEK | UMONTH | UYEAR | ULONG)", _length),
    ("(UDAY | UWEEK | UMONTH | UYEAR) dash? long", lambda tokens: Length(1, unit_of(tokens))),
    ("LENGTH", _length_word),
]
