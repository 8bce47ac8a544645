"""What date words say, before anything is known of the day of publication: points, ranges and lengths of time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Form = Literal["calendar", "weekday", "unit", "shift", "ahead", "window", "nth_of", "fixed", "latest"]
Origin = Literal["publication", "reference"]


@dataclass(frozen=True, slots=True)
class Point:
    """One place in time as told. Only the fields that its form needs are set.

    calendar  year, month, day, season, quarter (`unit` says the finest), `part` early/mid/late/end, `within` a year
    weekday   `weekday`, `relation` ("last Friday"), `within` the relative week ("Friday last week")
    unit      `relation` + `unit`: "last week", "this year", "the same month"; `part` earlier/later cuts at publication
    shift     `count` units before (-1) or after (+1) the origin: "three days ago", "two days later"; `relation` other
              where it counts from an event and not from a date: "two days after the attack"
    ahead     `count` units after publication, where the clause tells of the future: "in two weeks"
    window    a stretch of `count` units that ends (-1) or begins (+1) at the origin: "over the past two years"
    nth_of    the `count`th day of the reference: "on its second day"
    fixed     a named day of a calendar ("Christmas", "Nowruz")
    latest    the last of the `days` on or before publication: the beginning of "this Administration"
    `vague` marks counts such as "a few" and "several".
    """

    form: Form
    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    relation: str | None = None
    within: str | None = None
    count: float | None = None
    direction: int = 0
    origin: Origin = "publication"
    calendar: str = "gregorian"
    vague: bool = False
    days: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range between two points, both inclusive; `listed` when the text lists them ("on 5 and 6 May")."""

    first: Point
    last: Point
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: "three-day", "for six weeks"; `vague` in "for several years"."""

    count: float
    unit: str
    vague: bool = False


What = Point | Stretch | Length


@dataclass(frozen=True, slots=True)
class Atom:
    """What the tokens `first` to `last` (exclusive) say, as one piece of a date expression."""

    first: int
    last: int
    what: What
    weak: str | None = None
