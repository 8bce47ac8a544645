"""Chooses the pairs of reports that are compared at all, so that cost grows nearly in line with the number of reports.

Two reports are compared if they share the family and one of these keys:
 - two parties and a fortnight, or two parties and a season where one date is broad, announced or untold;
 - one party and a fortnight, or one party, a season and a person, place, name or interval, where one report knows one
   party only, or more than four;
 - all parties and a season, where they are more than four;
 - the name of an exercise, instrument or meeting and a season, whoever takes part;
 - a group of near-copies.
A block with more pairs than `limits.block_pairs` is compared by neighbours in the order of dates, of persons and of
places and names, `limits.neighbours` each; how often that happened is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from communique.pipeline.link.features import ANNOUNCED, BROAD, UNTOLD, Interner, Ints
from communique.pipeline.link.knowledge import Rules, load_rules

Mask = NDArray[np.bool_]

MANY = 4
"""A report of more parties than this is found by single parties: thirty have 435 pairs."""
SEASONS = 24
"""An interval is looked for in at most this many seasons, its last ones."""


@dataclass(slots=True)
class Blocking:
    """The pairs to compare, first < second, each once; how many blocks and reports were compared by neighbours only."""

    first: Ints
    second: Ints
    crowded_blocks: int = 0
    crowded_reports: int = 0


@dataclass(slots=True)
class _Entries:
    """Rows under keys. A pair needs at least one row that leads; where all lead, all pairs of a block are meant."""

    key: NDArray[np.uint64]
    row: Ints
    leads: Mask


def candidate_pairs(
    columns: Mapping[str, Ints], values: Mapping[str, Interner], rules: Rules | None = None
) -> Blocking:
    """The pairs of rows that share a block."""
    blocks = _Blocks(columns, values, rules or load_rules())
    found = Blocking(np.zeros(0, np.int64), np.zeros(0, np.int64))
    count = len(columns["family"])
    kept: Ints = np.zeros(0, np.int64)
    for entries in blocks.all():
        first, second = blocks.pairs(entries, found)
        low, high = np.minimum(first, second), np.maximum(first, second)
        kept = _distinct(np.concatenate([kept, (low * count + high)[low != high]]))
    found.first, found.second = kept // max(count, 1), kept % max(count, 1)
    return found


@dataclass(slots=True)
class _Blocks:
    columns: Mapping[str, Ints]
    values: Mapping[str, Interner]
    rules: Rules
    broad: Mask = field(init=False)
    open: Mask = field(init=False)
    many: Mask = field(init=False)
    frame: Ints = field(init=False)

    def __post_init__(self) -> None:
        kind = self.columns["kind"]
        self.broad = (kind == BROAD) | (kind == ANNOUNCED) | (kind == UNTOLD)
        known = np.array([len({actor for _, actor in v or ()}) for v in self.values["sides"].values])[
            self.columns["sides"]
        ]
        self.many = known > MANY
        self.open = (known < 2) | self.many
        self.frame = self.columns["family"] * 2 + self.columns["aggregate"]

    def all(self) -> Iterator[_Entries]:
        """The entries of each kind of key."""
        rows = np.arange(len(self.frame), dtype=np.int64)
        dated, closed = rows[~self.broad], rows[~self.open]
        pairs, actors = self._listed("sides", _actor_pairs), self._listed("sides", _actors)
        everything = np.ones(len(rows), dtype=bool)
        yield self._entries(1, dated[~self.open[dated]], pairs, self._fine, everything)
        yield self._entries(2, closed, pairs, self._coarse, self.broad)
        yield self._entries(3, dated, actors, self._fine, self.open)
        for salt, name in enumerate(("people", "place", "title")):
            told = rows[self.columns[name] > 0]
            yield self._entries(4 + salt, told, actors, self._coarse, self.open, extra=self.columns[name])
        many = rows[self.many[rows]]
        yield self._entries(7, many, None, self._coarse, everything, extra=self.columns["sides"])
        yield self._entries(8, rows, actors, self._whole, self.open)
        titled = rows[self.columns["title"] > 0]
        yield self._entries(9, titled, self._listed("title", _title_keys), self._coarse, everything)
        copied = rows[self.columns["copies"] > 0]
        yield self._entries(10, copied, None, None, everything, extra=self.columns["copies"])

    def _listed(self, column: str, keys: Callable[[object], tuple[Hashable, ...]]) -> tuple[Ints, Ints, Ints]:
        """For each row how many keys its value has; the keys of all values end to end; where each value's begin."""
        numbers = Interner()
        lists = [[numbers.number(key) for key in keys(value)] for value in self.values[column].values]
        sizes = np.array([len(x) for x in lists], dtype=np.int64)
        flat = np.array([n for x in lists for n in x], dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        return sizes[self.columns[column]], flat, starts[self.columns[column]]

    def _entries(
        self,
        salt: int,
        rows: Ints,
        listed: tuple[Ints, Ints, Ints] | None,
        times: Callable[[Ints], tuple[Ints, Ints]] | None,
        leads: Mask,
        extra: Ints | None = None,
    ) -> _Entries:
        """One entry for each row, key of its value and bucket of its time."""
        key = _mixed(np.full(len(rows), salt, dtype=np.uint64), self.frame[rows])
        if extra is not None:
            key = _mixed(key, extra[rows])
        if listed is not None:
            sizes, flat, starts = listed
            counts = sizes[rows]
            at, offset = _repeated(counts)
            key, rows = _mixed(key[at], flat[starts[rows[at]] + offset]), rows[at]
        if times is not None:
            begin, end = times(rows)
            at, offset = _repeated(end - begin + 1)
            key, rows = _mixed(key[at], begin[at] + offset), rows[at]
        return _Entries(key, rows, leads[rows])

    def _fine(self, rows: Ints) -> tuple[Ints, Ints]:
        margin, size = self.rules.limits["day_margin"], self.rules.limits["day_bucket"]
        return (self.columns["lo"][rows] - margin) // size, (self.columns["hi"][rows] + margin) // size

    def _coarse(self, rows: Ints) -> tuple[Ints, Ints]:
        """Seasons in which the row may meet its like: an announcement looks ahead, an untold date around."""
        kind, size = self.columns["kind"][rows], self.rules.limits["season_bucket"]
        margin = self.rules.limits["day_margin"]
        before = np.where(kind == UNTOLD, 25, margin)
        after = np.select(
            [kind == ANNOUNCED, kind == UNTOLD], [self.rules.limits["far_ahead_days"], 60], default=margin
        )
        begin, end = (self.columns["lo"][rows] - before) // size, (self.columns["hi"][rows] + after) // size
        return np.maximum(begin, end - SEASONS + 1), end

    def _whole(self, rows: Ints) -> tuple[Ints, Ints]:
        """The interval itself as the only bucket."""
        same = self.columns["lo"][rows] * 1_000_003 + self.columns["hi"][rows]
        return same, same

    def pairs(self, entries: _Entries, found: Blocking) -> tuple[Ints, Ints]:
        """All pairs of each block with a leading row; of crowded blocks those of neighbours."""
        order = np.lexsort((entries.row, ~entries.leads, entries.key))
        key, row, leads = entries.key[order], entries.row[order], entries.leads[order]
        begins = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.zeros(0, np.int64)
        sizes = np.diff(np.r_[begins, len(key)])
        leading = np.add.reduceat(leads, begins) if len(begins) else np.zeros(0, np.int64)
        group = np.repeat(np.arange(len(begins)), sizes)
        counts = np.minimum(np.arange(len(key)) - begins[group], leading[group])
        pairs_of = np.add.reduceat(counts, begins) if len(begins) else np.zeros(0, np.int64)
        crowded = pairs_of > self.rules.limits["block_pairs"]
        counts[crowded[group]] = 0
        at, offset = _repeated(counts)
        first, second = row[begins[group[at]] + offset], row[at]
        if crowded.any():
            found.crowded_blocks += int(crowded.sum())
            found.crowded_reports += int(sizes[crowded].sum())
            near = self._neighbours(key[crowded[group]], row[crowded[group]], leads[crowded[group]])
            first, second = np.r_[first, near[0]], np.r_[second, near[1]]
        return first, second

    def _neighbours(self, key: NDArray[np.uint64], row: Ints, leads: Mask) -> tuple[Ints, Ints]:
        """Pairs of rows that stand near each other in their block in one of three orders."""
        c = {name: values[row] for name, values in self.columns.items()}
        orders = ((c["lo"], c["hi"], c["people"]), (c["people"], c["lo"], c["hi"]), (c["title"], c["place"], c["lo"]))
        firsts, seconds = [], []
        for by in orders:
            order = np.lexsort((row, *reversed(by), key))
            for step in range(1, self.rules.limits["neighbours"] + 1):
                a, b = order[:-step], order[step:]
                meet = (key[a] == key[b]) & (leads[a] | leads[b])
                firsts.append(row[a[meet]])
                seconds.append(row[b[meet]])
        return np.concatenate(firsts), np.concatenate(seconds)


def _distinct(values: Ints) -> Ints:
    """Each value once, in order; by sorting, which took 0.13 s for five million pairs where `np.unique` took 9 s."""
    ordered = np.sort(values)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]] if len(ordered) else ordered


def _repeated(counts: Ints) -> tuple[Ints, Ints]:
    """Each position as often as it counts, and the running number of each repetition."""
    at = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    begins = np.cumsum(counts) - counts
    return at, np.arange(len(at), dtype=np.int64) - begins[at]


def _mixed(key: NDArray[np.uint64], more: Ints) -> NDArray[np.uint64]:
    """The key with another number mixed in (multiply and shift); a rare clash only makes a needless comparison."""
    mixed = (key ^ more.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(29))


def _actors(value: object) -> tuple[Hashable, ...]:
    """The actors of a set of sides, or the one nameless party."""
    return tuple(sorted({actor for _, actor in value})) if value else ("",)  # type: ignore[attr-defined]


def _actor_pairs(value: object) -> tuple[Hashable, ...]:
    return tuple(combinations(_actors(value), 2)) if value and len(_actors(value)) <= MANY else ()


def _title_keys(value: object) -> tuple[Hashable, ...]:
    """A title is looked for by its acronyms, its initials and all its words."""
    if value is None:
        return ()
    own = {" ".join(sorted(value.words)), value.initials}  # type: ignore[attr-defined]
    return tuple(sorted((value.acronyms | own) - {""}))  # type: ignore[attr-defined]
