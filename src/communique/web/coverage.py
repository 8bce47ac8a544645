"""What a record covers, drawn: documents by month, outcome and affiliation of the outlet, and one year in numbers."""

from __future__ import annotations

import calendar
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from communique.errors import UnusableOption
from communique.store.covering import AFFILIATIONS
from communique.web import wording

OUTCOMES = tuple(wording.OUTCOMES)
TAIL, WIDE = 0.01, 24
"""The part of all documents that may be left out at either end, and the months without any that part them."""
SHORT = 60
"""Months up to which each is drawn apart."""
LEVELS = 4
MOST_NAMED = 8
ROOM = 3.0
"""Years that bear their name at most, and the percent of the width that one needs for it."""
BARS = 84
HEAD, LANE, GAP, AXIS = 17, 13, 7, 20
"""Pixels of the bars, a strip's name, a strip, what lies between, and the years below."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The months of one affiliation: how many documents, where it is drawn, and a path for each depth of colour."""

    name: str
    count: int
    top: int
    paths: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year: its documents, and its place in percent of the width; None where it is not drawn."""

    year: int
    count: int
    x: float | None
    width: float
    named: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A month in numbers: as `published` of an address, its name, numbers by affiliation and by outcome, and all."""

    month: str | None
    label: str
    numbers: tuple[int, ...]
    outcomes: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Bars by outcome and strips by affiliation over `months` months, all years, and the months of the chosen one."""

    months: int
    height: int
    first: str
    last: str
    before: int
    after: int
    bars: tuple[tuple[str, str], ...]
    strips: tuple[Strip, ...]
    years: tuple[Year, ...]
    chosen: int | None
    kinds: tuple[str, ...]
    lines: tuple[Line, ...]
    highest: int


def covered(told: Sequence[Mapping[str, Any]], chosen: str | None = None) -> Coverage:
    """The coverage of rows with `month`, `affiliation`, `outcome` and `documents` (see `store.covering.coverage`).

    `chosen` is a year, the last one without it. Raises UnusableOption for one in which nothing was published.
    """
    by_kind: Counter[tuple[int | None, str]] = Counter()
    by_outcome: Counter[tuple[int | None, str]] = Counter()
    for row in told:
        at = None if row["month"] is None else number_of(row["month"])
        by_kind[at, row["affiliation"]] += row["documents"]
        by_outcome[at, row["outcome"]] += row["documents"]
    totals: Counter[int | None] = Counter()
    for (at, _), number in by_kind.items():
        totals[at] += number
    dated = {at: number for at, number in totals.items() if at is not None}
    kinds = tuple(kind for kind in AFFILIATIONS if any(kind == held for _, held in by_kind))
    first, last = span(dated) if dated else (0, -1)
    months = range(first, last + 1)
    highest = max(by_kind.values(), default=0)
    year = chosen_year(dated, chosen)
    return Coverage(
        len(months), BARS + GAP + len(kinds) * (HEAD + LANE + GAP) + AXIS, label(first), label(last),
        sum(n for at, n in dated.items() if at < first), sum(n for at, n in dated.items() if at > last),
        bars(by_outcome, months, max((dated.get(at, 0) for at in months), default=0)),
        tuple(strip(kind, i, by_kind, months) for i, kind in enumerate(kinds)),
        years(dated, months), year, kinds, lines(by_kind, by_outcome, kinds, year), highest,
    )  # fmt: skip


def number_of(month: str) -> int:
    """A month as a number that grows by one each month.

    >>> number_of("2020-01") - number_of("2019-12")
    1
    """
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def month_of(at: int) -> str:
    """The month of a number, as addresses have it.

    >>> month_of(number_of("2020-07"))
    '2020-07'
    """
    return f"{at // 12:04d}-{at % 12 + 1:02d}"


def label(at: int) -> str:
    """The month of a number in words.

    >>> label(number_of("2020-07"))
    'Jul 2020'
    """
    return f"{calendar.month_abbr[at % 12 + 1]} {at // 12}"


def span(dated: Mapping[int, int]) -> tuple[int, int]:
    """The first and the last month that are drawn: all but a few documents far from the others."""
    few = TAIL * sum(dated.values())
    return end_of(sorted(dated), dated, few), end_of(sorted(dated, reverse=True), dated, few)


def end_of(order: Sequence[int], dated: Mapping[int, int], few: float) -> int:
    """The first month of an order after the last wide gap before which lie no more than a few documents."""
    seen, end = 0, order[0]
    for before, at in pairwise(order):
        seen += dated[before]
        if seen > few:
            break
        if abs(at - before) > WIDE:
            end = at
    return end


def chosen_year(dated: Iterable[int], chosen: str | None) -> int | None:
    """The year of an address, or the last one; None where no document bears a day."""
    held = sorted({at // 12 for at in dated})
    if chosen is None:
        return held[-1] if held else None
    if chosen not in map(str, held):
        told = f"the documents are of {held[0]} to {held[-1]}" if held else "no document bears a day"
        raise UnusableOption(f"no document was published in the year {chosen!r}; {told}")
    return int(chosen)


def block(x: int, y: float, height: float, months: int) -> str:
    """A month as part of a path; few months stand apart, many as one."""
    width = 0.92 if months <= SHORT else 1
    return f"M{x},{y:g}h{width}v{height:g}h-{width}z"


def bars(told: Mapping[tuple[int | None, str], int], months: range, most: int) -> tuple[tuple[str, str], ...]:
    """For each outcome a path of the pieces of all months, one above the other, in a box as wide as the months."""
    out = []
    for i, outcome in enumerate(OUTCOMES):
        pieces = []
        for x, at in enumerate(months):
            below = sum(told.get((at, other), 0) for other in OUTCOMES[:i])
            own = told.get((at, outcome), 0)
            if own:
                top = round(100 - 100 * (below + own) / most, 2)
                pieces.append(block(x, top, round(100 * own / most, 2), len(months)))
        if pieces:
            out.append((outcome, "".join(pieces)))
    return tuple(out)


def strip(kind: str, place: int, told: Mapping[tuple[int | None, str], int], months: range) -> Strip:
    """The strip of an affiliation, the deeper the colour the more documents in the month, on a scale of its own."""
    highest = max((told.get((at, kind), 0) for at in months), default=0)
    pieces: dict[int, list[str]] = {}
    for x, at in enumerate(months):
        number = told.get((at, kind), 0)
        if number:
            pieces.setdefault(depth(number, highest), []).append(block(x, 0, 1, len(months)))
    top = BARS + GAP + place * (HEAD + LANE + GAP)
    count = sum(number for (_, held), number in told.items() if held == kind)
    return Strip(kind, count, top, tuple((level, "".join(own)) for level, own in sorted(pieces.items())))


def depth(number: int, highest: int) -> int:
    """How deep the colour of a number is, from 0 for nothing to LEVELS.

    >>> depth(0, 8), depth(1, 8), depth(8, 8)
    (0, 1, 4)
    """
    return math.ceil(LEVELS * number / highest) if highest else 0


def years(dated: Mapping[int, int], months: range) -> tuple[Year, ...]:
    """All years with documents, each with its place; some bear their name."""
    counts: Counter[int] = Counter()
    for at, number in dated.items():
        counts[at // 12] += number
    every = max(1, -(-len(months) // (12 * MOST_NAMED)))
    out = []
    for year, count in sorted(counts.items()):
        begin, end = max(year * 12, months.start), min(year * 12 + 12, months.stop)
        drawn = begin < end
        x = round(100 * (begin - months.start) / len(months), 3) if drawn else None
        width = round(100 * (end - begin) / len(months), 3) if drawn else 0.0
        out.append(Year(year, count, x, width, width > ROOM and year % every == 0))
    return tuple(out)


def lines(
    by_kind: Mapping[tuple[int | None, str], int], by_outcome: Mapping[tuple[int | None, str], int],
    kinds: Sequence[str], year: int | None,
) -> tuple[Line, ...]:  # fmt: skip
    """The months of a year in numbers, those without a document too, and what bears no day."""
    wanted: list[tuple[int | None, str | None, str]] = []
    if year is not None:
        wanted = [(at, month_of(at), label(at)) for at in range(year * 12, year * 12 + 12)]
    wanted.append((None, None, "No day"))
    out = []
    for at, month, told in wanted:
        numbers = tuple(by_kind.get((at, kind), 0) for kind in kinds)
        if at is not None or any(numbers):
            outcomes = tuple(by_outcome.get((at, one), 0) for one in OUTCOMES)
            out.append(Line(month, told, numbers, outcomes, sum(numbers)))
    return tuple(out)
