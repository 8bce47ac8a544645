"""Small charts as shapes: what a template needs to draw them, in units of a box that stretches with the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.codebook import load_codebook

MOST_YEARS = 32
TAIL = 0.03
"""The part of all events that may be drawn together as earlier, or as later, than the others."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: what it stands for, its number, and where it is drawn, from 0 at the top to 100."""

    name: str
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of one year, or of all years before or after one where `first` is not `last`.

    `named` bars bear their label, and only the `mainly` named ones where there is little room.
    """

    label: str
    first: int
    last: int
    count: int
    parts: tuple[Part, ...]
    named: bool
    mainly: bool


@dataclass(frozen=True, slots=True)
class YearChart:
    """Bars in order of time, their highest number, how many events have no date, and the types that occur."""

    bars: tuple[Bar, ...]
    highest: int
    undated: int
    types: tuple[str, ...]


def year_chart(rows: Iterable[Mapping[str, Any]]) -> YearChart:
    """The chart of rows with `year`, `type` and `n`. Years without events are drawn; a thin early tail is one bar."""
    table: dict[int, dict[str, int]] = {}
    undated = 0
    for row in rows:
        if row["year"] is None:
            undated += row["n"]
        else:
            held = table.setdefault(int(row["year"]), {})
            held[row["type"]] = held.get(row["type"], 0) + row["n"]
    order = [t for t in load_codebook().types if any(t in held for held in table.values())]
    if not table:
        return YearChart((), 0, undated, ())
    last = last_year(table)
    first = first_year(table, last)
    spans = [(year, year) for year in range(first, last + 1)]
    if min(table) < first:
        spans.insert(0, (min(table), first - 1))
    if max(table) > last:
        spans.append((last + 1, max(table)))
    sums = [summed(table, span) for span in spans]
    highest = max(sum(held.values()) for held in sums)
    every = max(1, -(-len(spans) // 8))
    tail = min(table) < first
    bars = []
    for i, (span, held) in enumerate(zip(spans, sums, strict=True)):
        early, late = tail and i == 0, span[1] > last
        label = f"before {first}" if early else f"after {last}" if late else str(span[0])
        near = (tail and i < min(every, 3)) or (max(table) > last and last - span[1] < min(every, 2) - 1)
        named = early or late or (span[1] % every == 0 and not near)
        mainly = early or late or (named and span[1] % (2 * every) == 0)
        bars.append(Bar(label, *span, sum(held.values()), stacked(held, order, highest), named, mainly))
    return YearChart(tuple(bars), highest, undated, tuple(order))


def last_year(table: Mapping[int, Mapping[str, int]]) -> int:
    """The last year that is drawn by itself: few events long after the others go together as `after` it."""
    total = sum(sum(held.values()) for held in table.values())
    seen, last = 0, max(table)
    for year in sorted(table, reverse=True):
        seen += sum(table[year].values())
        if seen > TAIL * total:
            return year if last > year + 2 else last
    return last


def first_year(table: Mapping[int, Mapping[str, int]], last: int) -> int:
    """The first year that is drawn by itself: early ones go together where they are few, or the years are many."""
    total = sum(sum(held.values()) for held in table.values())
    years, seen = sorted(table), 0
    for year in years:
        seen += sum(table[year].values())
        if seen > TAIL * total:
            return max(min(year, last), last - MOST_YEARS + 1)
    return years[0]


def summed(table: Mapping[int, Mapping[str, int]], span: tuple[int, int]) -> dict[str, int]:
    """Numbers by type of all years of a span."""
    out: dict[str, int] = {}
    for year in range(span[0], span[1] + 1):
        for name, number in table.get(year, {}).items():
            out[name] = out.get(name, 0) + number
    return out


def stacked(held: Mapping[str, int], order: Sequence[str], highest: int) -> tuple[Part, ...]:
    """The pieces of a bar from the bottom up."""
    parts, top = [], 100.0
    for name in order:
        if held.get(name):
            height = 100 * held[name] / highest
            top -= height
            parts.append(Part(name, held[name], round(top, 2), round(height, 2)))
    return tuple(parts)


def shares(numbers: Iterable[tuple[str, int]]) -> list[tuple[str, int, float, float]]:
    """Name, number, start and width of the pieces of a bar that is 100 wide; those of nothing are left out.

    >>> shares([("a", 3), ("b", 0), ("c", 1)])
    [('a', 3, 0.0, 75.0), ('c', 1, 75.0, 25.0)]
    """
    held = [(name, number) for name, number in numbers if number]
    total = sum(number for _, number in held)
    out, at = [], 0.0
    for name, number in held:
        width = 100 * number / total
        out.append((name, number, round(at, 2), round(width, 2)))
        at += width
    return out


def spark(counts: Sequence[int]) -> list[tuple[int, float, float]]:
    """Place, top and height of the bars of a small chart that is 20 high; a year of few is still seen."""
    highest = max(counts, default=0)
    return [
        (i, round(20 - max(2.0, 20 * n / highest), 2), round(max(2.0, 20 * n / highest), 2))
        for i, n in enumerate(counts)
        if n
    ]
