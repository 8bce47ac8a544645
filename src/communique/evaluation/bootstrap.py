"""Percentile intervals of the headline figures, by resampling documents.

Documents are drawn with replacement; a document's counts are sufficient, so a resample is a weighted sum of rows of
one matrix and nothing is matched again (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from communique.evaluation.counts import DIGITS
from communique.evaluation.tally import Tally

Matrix = NDArray[np.float64]

LEVEL = 0.95
DRAWS_AT_ONCE = 100
"""Resamples held in memory together; does not change the result."""


class Bounds(NamedTuple):
    """The lower and upper end of a figure's interval."""

    low: float
    high: float


def bootstrap_bounds(
    tallies: Sequence[Tally], *, resamples: int = 1000, seed: int = 0, level: float = LEVEL
) -> dict[str, Bounds]:
    """The percentile interval of each headline figure over resampled documents, by the measure's name.

    F1 for counted measures, the share for the others, `status_macro` as the mean F1 of the statuses that gold holds.
    A resample in which a figure is undefined (nothing in gold nor predicted) is left out of that figure's interval.
    The same tallies and seed give the same bounds. Empty without documents or resamples.
    """
    if not tallies or resamples < 1:
        return {}
    names, columns = _columns(tallies)
    sums = _resampled_sums(columns, resamples, np.random.default_rng(seed))
    at = {name: sums[:, i] for i, name in enumerate(names)}
    return {
        measure: _bounds(figures, level)
        for measure, figures in _figures(at).items()
        if not bool(np.isnan(figures).all())
    }


def _columns(tallies: Sequence[Tally]) -> tuple[list[tuple[str, str, str]], Matrix]:
    """The names of the counts, (kind, measure, part), and their matrix, a row for each document."""
    rows = [_cells(tally) for tally in tallies]
    names = list(dict.fromkeys(name for row in rows for name in row))
    place = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for n, row in enumerate(rows):
        for name, value in row.items():
            matrix[n, place[name]] = value
    return names, matrix


def _cells(tally: Tally) -> dict[tuple[str, str, str], int]:
    cells: dict[tuple[str, str, str], int] = {}
    statuses = {str(status): counts for status, counts in tally.by_status.items()}
    for kind, group in (("counts", tally.counts), ("status", statuses)):
        for measure, counts in group.items():
            cells[kind, measure, "right"] = counts.right
            cells[kind, measure, "false"] = counts.false
            cells[kind, measure, "missed"] = counts.missed
    for measure, share in tally.shares.items():
        cells["share", measure, "right"] = share.right
        cells["share", measure, "of"] = share.of
    return cells


def _resampled_sums(columns: Matrix, resamples: int, rng: np.random.Generator) -> Matrix:
    """The sums of the columns in each resample, one row a resample."""
    documents = len(columns)
    even = np.full(documents, 1 / documents)
    sums = [
        rng.multinomial(documents, even, size=min(DRAWS_AT_ONCE, resamples - done)) @ columns
        for done in range(0, resamples, DRAWS_AT_ONCE)
    ]
    return np.concatenate(sums)


def _figures(at: Mapping[tuple[str, str, str], Matrix]) -> dict[str, Matrix]:
    """Each measure's figure in every resample; NaN where it is undefined."""
    figures: dict[str, Matrix] = {}
    by_status = []
    for kind, measure, part in at:
        if part != "right":
            continue
        right = at[kind, measure, "right"]
        if kind == "share":
            figures[measure] = _ratio(right, at[kind, measure, "of"])
            continue
        false, missed = at[kind, measure, "false"], at[kind, measure, "missed"]
        f1 = _ratio(2 * right, 2 * right + false + missed)
        if kind == "counts":
            figures[measure] = f1
        else:
            by_status.append(np.where(right + missed > 0, f1, np.nan))
    if by_status:
        figures["status_macro"] = _mean_of_defined(np.stack(by_status))
    return figures


def _mean_of_defined(rows: Matrix) -> Matrix:
    defined = ~np.isnan(rows)
    return _ratio(np.where(defined, rows, 0.0).sum(axis=0), defined.sum(axis=0).astype(np.float64))


def _ratio(part: Matrix, whole: Matrix) -> Matrix:
    ratio: Matrix = np.full(part.shape, np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio


def _bounds(figures: Matrix, level: float) -> Bounds:
    tail = (1 - level) / 2
    low, high = np.nanquantile(figures, [tail, 1 - tail])
    return Bounds(round(float(low), DIGITS), round(float(high), DIGITS))
