"""Compares two dates of reports, with what is known of their precision; all pairs at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from communique.pipeline.link.features import ANNOUNCED, BROAD, EXACT, INFERRED, STATUSES, UNTOLD, Ints

DATE_LEVELS = (
    "same",
    "overlap",
    "next",
    "close",
    "within",
    "same_broad",
    "same_year",
    "in_year",
    "inferred",
    "inferred_close",
    "announced",
    "ahead",
    "far_ahead",
    "under_way",
    "untold",
    "untold_both",
    "untold_far",
    "apart",
    "far_apart",
)
"""The levels of agreement between two dates, as weights.yml names them."""

ONGOING = STATUSES.index("ongoing")
AHEAD, FAR_AHEAD, SLACK = 45, 210, 3
MONTH, YEAR = 45, 200
ALIKE = 0.3
"""Two long intervals that share at least this part of their union are taken as told of the same days."""


def date_levels(columns: Mapping[str, Ints], first: Ints, second: Ints) -> Ints:
    """The level of each pair, as a number in DATE_LEVELS."""
    kind, lo, hi = columns["kind"], columns["lo"], columns["hi"]
    swap = kind[first] > kind[second]
    a, b = np.where(swap, second, first), np.where(swap, first, second)
    ka, kb, la, lb, ha, hb = kind[a], kind[b], lo[a], lo[b], hi[a], hi[b]
    gap = np.maximum(np.maximum(la - hb, lb - ha), 0)
    level = np.select(
        [kb == UNTOLD, kb == ANNOUNCED, kb == INFERRED, kb == BROAD],
        [
            _untold(ka, la, ha, lb, columns["status"][b] == ONGOING),
            _announced(ka, la, ha, lb, hb, gap),
            _inferred(gap),
            _broad(ka, la, ha, lb, hb, gap),
        ],
        default=_exact(la, ha, lb, hb, gap),
    )
    return level.astype(np.int64)


def _number(name: str) -> int:
    return DATE_LEVELS.index(name)


def _steps(gap: Ints, *steps: tuple[int, str], beyond: str = "far_apart") -> Ints:
    """The level of the first step whose days hold the gap."""
    return np.select([gap <= days for days, _ in steps], [_number(name) for _, name in steps], default=_number(beyond))


def _exact(la: Ints, ha: Ints, lb: Ints, hb: Ints, gap: Ints) -> Ints:
    same = (la == lb) & (ha == hb)
    return np.where(same, _number("same"), _steps(gap, (0, "overlap"), (1, "next"), (SLACK, "close"), (MONTH, "apart")))


def _broad(ka: Ints, la: Ints, ha: Ints, lb: Ints, hb: Ints, gap: Ints) -> Ints:
    """`b` is broad, `a` exact or broad."""
    shared = np.maximum(np.minimum(ha, hb) - np.maximum(la, lb) + 1, 0)
    alike = shared / (np.maximum(ha, hb) - np.minimum(la, lb) + 1) >= ALIKE
    year = np.maximum(ha - la, hb - lb) > YEAR
    same = (la == lb) & (ha == hb)
    held: NDArray[np.int64] = np.where(year, _number("in_year"), _number("within"))
    held = np.where((ka == BROAD) & alike & ~year, _number("overlap"), held)
    held = np.where(same, np.where(year, _number("same_year"), _number("same_broad")), held)
    return np.where(gap == 0, held, _steps(gap, (7, "close"), (MONTH, "apart")))


def _inferred(gap: Ints) -> Ints:
    return _steps(gap, (0, "inferred"), (10, "inferred_close"), (MONTH, "apart"))


def _announced(ka: Ints, la: Ints, ha: Ints, lb: Ints, hb: Ints, gap: Ints) -> Ints:
    """`b` is the day of an announcement; what `a` tells comes then or later, unless it is an announcement too."""
    both = _steps(gap, (2, "announced"), (10, "inferred_close"), (FAR_AHEAD, "far_ahead"))
    lead = la - hb
    later = _steps(lead, (0, "inferred"), (AHEAD, "ahead"), (FAR_AHEAD, "far_ahead"))
    later = np.where(ha < lb - SLACK, _number("far_apart"), later)
    long = (ha - la > MONTH) & (lead <= 0) & (ha >= lb - SLACK)
    later = np.where(long, _number("ahead"), later)  # months hold the day of many an announcement
    return np.where(ka == ANNOUNCED, both, later)


def _untold(ka: Ints, la: Ints, ha: Ints, published: Ints, ongoing: NDArray[np.bool_]) -> Ints:
    """`b` is undated, of `published`, perhaps ongoing then; `a` is dated, or was published on `la`."""
    apart = np.abs(la - published)
    both = _steps(apart, (10, "untold_both"), beyond="untold_far")
    near = (published > 0) & (la - published <= 60) & (published - ha <= 25)
    told = np.where(near, _number("untold"), _number("untold_far"))
    held = ongoing & (ka <= INFERRED) & (la - SLACK <= published) & (published <= ha + SLACK)
    told = np.where(held, _number("under_way"), told)
    return np.where(ka == UNTOLD, np.where(published > 0, both, _number("untold_far")), told)


__all__ = ["DATE_LEVELS", "EXACT", "date_levels"]
