"""Scores pairs of reports: the sum of the weights of each feature's level, so that every score can say why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.pipeline.engagements import LinkReason
from communique.pipeline.link.compare import COLUMN_OF, COMPARERS
from communique.pipeline.link.dates import DATE_LEVELS, date_levels
from communique.pipeline.link.features import STATUSES, SURE, Features, Ints
from communique.pipeline.link.knowledge import Rules, load_rules

Scores = NDArray[np.float32]

FORBIDDEN = -1000.0
"""The score of two reports that can never be one: another family, or an aggregate and a single event."""

CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class Levels:
    """The names of a feature's levels and, for each pair, the number of its level."""

    names: tuple[str, ...]
    codes: Ints


class Scorer:
    """Scores pairs of rows of one table of features; the same pair has the same score in either order."""

    def __init__(self, features: Features, columns: dict[str, Ints] | None = None, rules: Rules | None = None) -> None:
        """Score rows of `columns` (those of `features` unless others are given) by `rules` (those of the package)."""
        self.values = features.values
        self.columns = columns if columns is not None else dict(features.columns)
        self.rules = rules or load_rules()
        self.families: list[str | None] = self.values["family"].values

    def scores(self, first: Ints, second: Ints) -> Scores:
        """The score of each pair (first[k], second[k]) as float32."""
        found = np.empty(len(first), dtype=np.float32)
        for start in range(0, len(first), CHUNK):
            part = slice(start, start + CHUNK)
            found[part] = self._chunk(first[part], second[part])
        return found

    def _chunk(self, first: Ints, second: Ints) -> Scores:
        family = self.columns["family"][first]
        total = self._table(self.rules.bias)[family]
        for feature, levels in self.levels(first, second):
            table = self._weights(feature, levels.names)
            total = total + table[family, levels.codes]
        apart = (family != self.columns["family"][second]) | (
            self.columns["aggregate"][first] != self.columns["aggregate"][second]
        )
        return np.where(apart, FORBIDDEN, total).astype(np.float32)

    def levels(self, first: Ints, second: Ints) -> Iterator[tuple[str, Levels]]:
        """Each feature with the level of every pair."""
        yield "date", Levels(DATE_LEVELS, date_levels(self.columns, first, second))
        for feature, compare in COMPARERS.items():
            yield feature, self._compared(COLUMN_OF.get(feature, feature), compare, first, second)
        yield "mode", self._compared("mode", self._compare_modes, first, second)
        yield "status", _statuses(self.columns["status"][first], self.columns["status"][second])
        yield "sum", Levels(("single", "both"), self.columns["aggregate"][first])
        copies = self.columns["copies"]
        yield (
            "copies",
            Levels(("other", "same"), ((copies[first] > 0) & (copies[first] == copies[second])).astype(np.int64)),
        )

        yield "doubt", self._doubts(first, second)
        yield "double", Levels(("none", "one", "both"), self.columns["double"][first] + self.columns["double"][second])

    def reasons(self, first: int, second: int) -> tuple[LinkReason, ...]:
        """Why one pair has its score: each feature whose level counts, the strongest first."""
        a, b = np.array([first]), np.array([second])
        family = int(self.columns["family"][first])
        found = [LinkReason("bias", str(self.families[family]), float(self._table(self.rules.bias)[family]))]
        for feature, levels in self.levels(a, b):
            code = int(levels.codes[0])
            found.append(
                LinkReason(feature, levels.names[code], float(self._weights(feature, levels.names)[family, code]))
            )
        return tuple(sorted((r for r in found if r.weight), key=lambda r: (-abs(r.weight), r.feature)))

    def _compared(self, column: str, compare: Callable[[Any, Any], str], first: Ints, second: Ints) -> Levels:
        """Levels of a feature of interned values: each distinct pair of values is compared once."""
        values = self.values[column].values
        a, b = self.columns[column][first], self.columns[column][second]
        pairs, where = np.unique(np.minimum(a, b) * len(values) + np.maximum(a, b), return_inverse=True)
        names: dict[str, int] = {}
        codes = [
            names.setdefault(compare(values[p // len(values)], values[p % len(values)]), len(names))
            for p in pairs.tolist()
        ]
        return Levels(tuple(names), np.array(codes, dtype=np.int64)[where])

    def _doubts(self, first: Ints, second: Ints) -> Levels:
        """Levels of doubt: the lowest of `doubt_below` that the product of both reports' confidence stays under.

        The product is the chance that both reports tell of something: what one misread is no witness of the other.
        """
        sure = self.columns["sure"]
        both = (sure[first] * sure[second]) / SURE**2
        bands = sorted(self.rules.doubt_below.items(), key=lambda band: band[1])
        codes = np.searchsorted(np.array([bound for _, bound in bands]), both, side="right")
        return Levels((*(name for name, _ in bands), "none"), codes.astype(np.int64))

    def _compare_modes(self, a: str | None, b: str | None) -> str:
        if a is None or b is None:
            return "untold"
        if a == b:
            return "same_rare" if a in self.rules.rare_modes else "same"
        if a in self.rules.umbrella_modes or b in self.rules.umbrella_modes:
            return "umbrella"
        return "clash" if frozenset((a, b)) in self.rules.clashing_modes else "differ"

    def _table(self, by_family: Any) -> NDArray[np.float64]:
        return np.array([by_family.get(f, by_family["other"]) if f else 0.0 for f in self.families])

    def _weights(self, feature: str, names: tuple[str, ...]) -> NDArray[np.float64]:
        """Weight of each level (columns) for each family (rows)."""
        common = self.rules.weights[feature]
        rows = [{**common, **self.rules.by_type.get(f or "", {}).get(feature, {})} for f in self.families]
        return np.array([[row[name] for name in names] for row in rows])


_STATUS_LEVELS = ("same", "course", "called_off", "disputed", "wish", "against")


def _statuses(a: Ints, b: Ints) -> Levels:
    """Levels of two statuses: in the course of one event, called off, disputed, only wished, or against each other."""
    table = np.array([[_STATUS_LEVELS.index(_status_level(x, y)) for y in STATUSES] for x in STATUSES])
    return Levels(_STATUS_LEVELS, table[a, b])


def _status_level(a: str, b: str) -> str:
    if a == b:
        return "same"
    both = {a, b}
    if "denied" in both:
        return "disputed"
    if "cancelled" in both:
        return "called_off" if both & {"planned", "proposed"} else "against"
    return "wish" if "proposed" in both else "course"
