"""Krippendorff's alpha of each field and type, with intervals by resampling documents.

Alpha is 1 - observed / expected disagreement over all pairs of values within units (Krippendorff, Content Analysis,
2013, chapter 12). Intervals are percentiles over documents drawn with replacement, since reports of one document are
not independent of each other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Metric = Literal["nominal", "interval", "sets"]
Value = Hashable
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Unit:
    """What coders say of one field of one item; values that are not there are left out. `cluster` is its document."""

    cluster: str
    group: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha of a field in a group of items: None where the values do not differ or no unit has two of them.

    `same` is the share of pairs that agree, `low` and `high` the interval of alpha, `undefined` the share of resamples
    in which alpha could not be worked out.
    """

    field: str
    group: str
    metric: Metric
    units: int
    values: int
    alpha: float | None
    low: float | None
    high: float | None
    same: float | None
    undefined: float


def nominal(a: Any, b: Any) -> float:
    """0 for the same value, else 1."""
    return float(a != b)


def interval(a: Any, b: Any) -> float:
    """The squared difference."""
    return float(a - b) ** 2


def sets(a: Any, b: Any) -> float:
    """1 less the share of members that two sets have in common; two empty sets are the same.

    >>> sets({"a", "b"}, {"b"}), sets(set(), set())
    (0.5, 0.0)
    """
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


DISTANCES: Mapping[Metric, Callable[[Any, Any], float]] = {"nominal": nominal, "interval": interval, "sets": sets}


@dataclass(frozen=True, slots=True)
class Counted:
    """Units as numbers: how often each has each value, and the distance of every two values."""

    counts: Matrix
    distances: Matrix

    def observed(self) -> Matrix:
        """The disagreement within each unit: its ordered pairs, weighted so that a unit of m values counts m times."""
        within: Matrix = ((self.counts @ self.distances) * self.counts).sum(axis=1)
        shared: Matrix = within / (self.counts.sum(axis=1) - 1)
        return shared


def counted(units: Sequence[Sequence[Value]], metric: Metric) -> Counted:
    """The units that have two values or more, as numbers."""
    kept = [unit for unit in units if len(unit) > 1]
    values = list(dict.fromkeys(value for unit in kept for value in unit))
    place = {value: i for i, value in enumerate(values)}
    counts = np.zeros((len(kept), len(values)))
    for row, unit in enumerate(kept):
        for value in unit:
            counts[row, place[value]] += 1
    far = DISTANCES[metric]
    distances = np.array([[far(a, b) for b in values] for a in values]).reshape(len(values), len(values))
    return Counted(counts, distances)


def alpha(units: Sequence[Sequence[Value]], metric: Metric = "nominal") -> float | None:
    """Krippendorff's alpha of units, each the list of values that coders gave; None where it is not defined.

    >>> alpha([("a", "a"), ("b", "b"), ("a", "b")])
    0.4444444444444444
    """
    told = counted(units, metric)
    if not len(told.counts):
        return None
    figure = float(alphas(told, np.ones((1, len(told.counts))))[0])
    return None if np.isnan(figure) else figure


def alphas(told: Counted, weights: Matrix) -> Matrix:
    """Alpha for each row of weights of the units; NaN where all values are the same."""
    observed = weights @ told.observed()
    totals = weights @ told.counts
    number = totals.sum(axis=1)
    expected = ((totals @ told.distances) * totals).sum(axis=1)
    figures: Matrix = np.full(len(weights), np.nan)
    np.divide((number - 1) * observed, expected, out=figures, where=expected > 0)
    return 1 - figures


def agreement(
    field: str, metric: Metric, units: Sequence[Unit], *, resamples: int = 1000, seed: int = 0
) -> list[Agreement]:
    """The agreement on a field over all units, then for each group of them by name."""
    groups = {"all": list(units)}
    for unit in units:
        groups.setdefault(unit.group, []).append(unit)
    names = ["all", *sorted(set(groups) - {"all"})]
    return [one_agreement(field, name, metric, groups[name], resamples, seed) for name in names]


def one_agreement(
    field: str, group: str, metric: Metric, units: Sequence[Unit], resamples: int, seed: int
) -> Agreement:
    """The agreement of one group."""
    kept = [unit for unit in units if len(unit.values) > 1]
    number = sum(len(unit.values) for unit in kept)
    told = counted([unit.values for unit in kept], metric)
    figure = alpha([unit.values for unit in kept], metric)
    same = share_of_pairs(kept)
    if figure is None:
        return Agreement(field, group, metric, len(kept), number, None, None, None, same, 1.0)
    drawn = alphas(told, resampled([unit.cluster for unit in kept], resamples, np.random.default_rng(seed)))
    defined = drawn[~np.isnan(drawn)]
    ends = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if len(defined) else (None, None)
    low, high = (None if end is None else float(end) for end in ends)
    missing = 1 - len(defined) / resamples if resamples else 1.0
    return Agreement(field, group, metric, len(kept), number, figure, low, high, same, missing)


def resampled(clusters: Sequence[str], resamples: int, rng: np.random.Generator) -> Matrix:
    """Weights of the units in each resample of their clusters, one row a resample."""
    names = {name: i for i, name in enumerate(dict.fromkeys(clusters))}
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=resamples)
    weights: Matrix = drawn[:, [names[name] for name in clusters]].astype(np.float64)
    return weights


def share_of_pairs(units: Sequence[Unit]) -> float | None:
    """The share of pairs of values within units that are the same, each pair counted once; None without pairs."""
    pairs = same = 0
    for unit in units:
        values = unit.values
        for i, value in enumerate(values):
            pairs += len(values) - i - 1
            same += sum(value == other for other in values[i + 1 :])
    return same / pairs if pairs else None
