"""A point for each state and territory: the centre of its largest piece of land, from Natural Earth (public domain)."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from communique.errors import LexiconError, did_you_mean

CENTROIDS = Path(__file__).parent / "data" / "state_centroids.csv"


def state_centre(code: str) -> tuple[float, float]:
    """Latitude and longitude in degrees of a point inside the state; raises LexiconError for an unknown code.

    >>> state_centre("FRA")
    (46.62, 2.453)
    """
    table = _table()
    if code not in table:
        raise LexiconError(f"no state {code!r} in {CENTROIDS.name}; {did_you_mean(code, table)}")
    return table[code]


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[float, float]]:
    if not CENTROIDS.exists():
        raise LexiconError(f"no table {CENTROIDS.name} in {CENTROIDS.parent}; install communique again")
    with CENTROIDS.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(stream)}
