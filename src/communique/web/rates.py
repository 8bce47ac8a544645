"""How often something was told of before and after a day: two rates and their ratio."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Z95 = 1.959964
RARE = 0.025
"""The chance on each side of an interval of 95 %."""
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Comparison:
    """Numbers before and after, per year, their ratio and its 95 % interval; None for no end and what cannot be told.

    The interval is that of the logarithm of two Poisson rates' ratio (Rothman, Greenland and Lash, Modern Epidemiology,
    3rd ed., 2008, ch. 14). Where one number is 0 it is the exact one, given the sum of both (Przyborowski and Wilenski,
    Biometrika 31, 1940). Reporting changes too: it says nothing of a cause.
    """

    name: str
    before: int
    after: int
    rate_before: float
    rate_after: float
    ratio: float | None
    low: float | None
    high: float | None


def compare(name: str, before: int, after: int, years_before: float, years_after: float) -> Comparison:
    """The comparison of two numbers of events over two times in years, both above 0.

    >>> c = compare("all", 10, 20, 2.0, 2.0)
    >>> c.ratio, round(c.low, 2), round(c.high, 2)
    (2.0, 0.94, 4.27)
    >>> c = compare("none after", 10, 0, 2.0, 2.0)
    >>> c.ratio, c.low, round(c.high, 2)
    (0.0, 0.0, 0.45)
    >>> c = compare("none before", 0, 10, 2.0, 1.0)
    >>> c.ratio, round(c.low, 2), c.high
    (None, 4.48, None)
    """
    rates = before / years_before, after / years_after
    if not before and not after:
        return Comparison(name, before, after, *rates, None, None, None)
    if not before or not after:
        share = RARE ** (1 / (before + after))  # of all on one side, the least share that is not too rare to be seen
        odds = share / (1 - share)
        if not after:
            return Comparison(name, before, after, *rates, 0.0, 0.0, years_before / years_after / odds)
        return Comparison(name, before, after, *rates, None, odds * years_before / years_after, None)
    ratio = rates[1] / rates[0]
    spread = math.exp(Z95 * math.sqrt(1 / before + 1 / after))
    return Comparison(name, before, after, *rates, ratio, ratio / spread, ratio * spread)


def around(
    rows: Iterable[Mapping[str, Any]], day: dt.date, first: dt.date, last: dt.date
) -> tuple[Comparison, ...] | None:
    """Comparisons of all types and of each, of rows with `type`, `before` and `after`; None for a day outside."""
    if not first < day < last:
        return None
    times = ((day - first).days / YEAR, ((last - day).days + 1) / YEAR)
    held = [(row["type"], int(row["before"]), int(row["after"])) for row in rows]
    total = (sum(b for _, b, _ in held), sum(a for _, _, a in held))
    own = [compare(name, b, a, *times) for name, b, a in held]
    return (compare("all", *total, *times), *own)
