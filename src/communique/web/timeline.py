"""A selection as lanes of intervals by type: what a template needs, in percent of the width and pixels of height."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from communique.codebook import load_codebook
from communique.web.reader import Row

MOST = 800
"""Intervals that are drawn, the latest ones."""
ROW = 9
HEAD = 20
DEEPEST = 14
TAIL = 0.03
NARROWEST = 0.35


@dataclass(frozen=True, slots=True)
class Piece:
    """One event: its row, where it is drawn, whether its date was inferred, and whether it begins before the axis."""

    row: Row
    x: float
    width: float
    y: int
    inferred: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one type from `top`, `height` pixels high."""

    type: str
    count: int
    top: int
    height: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes between two days; marks of the axis as label and place; how many have no date or lie before the axis."""

    first: dt.date
    last: dt.date
    height: int
    lanes: tuple[Lane, ...]
    marks: tuple[tuple[str, float], ...]
    undated: int
    earlier: int
    drawn: int


def timeline(rows: Sequence[Row]) -> Timeline | None:
    """The timeline of rows with `start`, `end`, `precision` and `type`; None where none has a date."""
    dated = [row for row in rows if row["start"] is not None]
    if not dated:
        return None
    first, last = bounds(dated)
    shown = [row for row in dated if row["end"] >= first]
    lanes, top = [], 0
    for name in load_codebook().types:
        own = sorted((row for row in shown if row["type"] == name), key=lambda r: (r["start"], r["end"]))
        if own:
            lane = packed(name, own, first, last, top)
            lanes.append(lane)
            top += lane.height
    return Timeline(
        first, last, top, tuple(lanes), marks(first, last), len(rows) - len(dated), len(dated) - len(shown), len(shown),
    )  # fmt: skip


def bounds(dated: Sequence[Row]) -> tuple[dt.date, dt.date]:
    """The days between which the axis runs: without a thin early tail, and no shorter than two months."""
    starts = sorted(max(row["start"], row["end"] - dt.timedelta(days=366)) for row in dated)
    ends = sorted(row["end"] for row in dated)
    first, last = starts[int(TAIL * len(starts))], ends[-1]
    told = max((row["start"] for row in dated), default=last)
    last = min(last, told + dt.timedelta(days=366))
    if (last - first).days < 60:
        first, last = first - dt.timedelta(days=30), last + dt.timedelta(days=30)
    return first, last


def packed(name: str, rows: Sequence[Row], first: dt.date, last: dt.date, top: int) -> Lane:
    """A lane in which no two events lie over each other, until it is too deep."""
    free: list[float] = []
    pieces = []
    for row in rows:
        x = max(0.0, at(row["start"], first, last))
        width = max(NARROWEST, min(100.0, at(row["end"] + dt.timedelta(days=1), first, last)) - x)
        x = min(x, 100 - width)
        place = next((i for i, end in enumerate(free) if end <= x + 1e-9), None)
        if place is None and len(free) < DEEPEST:
            free.append(0.0)
            place = len(free) - 1
        if place is None:
            place = min(range(len(free)), key=free.__getitem__)
        free[place] = x + width + 0.05
        y = top + HEAD + place * ROW
        pieces.append(Piece(row, round(x, 3), round(width, 3), y, row["precision"] == "inferred", row["start"] < first))
    return Lane(name, len(rows), top, HEAD + len(free) * ROW + 6, tuple(pieces))


def at(day: dt.date, first: dt.date, last: dt.date) -> float:
    """The place of the beginning of a day, in percent."""
    return 100 * (day - first).days / max(1, (last - first).days + 1)


def marks(first: dt.date, last: dt.date) -> tuple[tuple[str, float], ...]:
    """Years, or months of a short axis, at most about ten."""
    days = (last - first).days
    if days > 800:
        years = list(range(first.year + 1, last.year + 1))
        every = max(1, -(-len(years) // 9))
        return tuple((str(y), round(at(dt.date(y, 1, 1), first, last), 2)) for y in years if y % every == 0)
    months = [dt.date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    inside = [day for day in months if first <= day <= last]
    every = max(1, -(-len(inside) // 8))
    return tuple((day.strftime("%b %Y"), round(at(day, first, last), 2)) for day in inside[::every])
