"""Counts the values of every facet among the engagements or reports of one selection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import duckdb
import numpy as np
import pyarrow as pa

from communique.store.cube import Cube, Ints
from communique.store.query import Filters

MOST = 500
"""Values of one facet that are told, the most frequent first; of months and officials all."""
EVERY = 10_000_000
PLAIN = ("type", "mode", "status", "level", "place_country", "review", "strftime(\"start\", '%Y-%m') AS month")
LISTS = ("actors", "pairs", "domains")
FACETS = (*PLAIN[:-1], *LISTS, "camps", "outlet")


UNSEEN = (
    "coalesce(year(\"end\")::VARCHAR, '') || ' ' || type AS year_type", "place",
    "lat || ' ' || lon || ' ' || coalesce(geo_precision::VARCHAR, '') AS spot",
)  # fmt: skip
"""What is counted in the same way and is no facet of its own."""
HIDDEN = ("year_type", "place", "spot", "tellings")
TELLINGS = "least(witnesses, 5)::VARCHAR AS tellings"
PEOPLE = """(SELECT e.n, q.people FROM e LEFT JOIN (
  SELECT e.n, list(DISTINCT p.who) AS people FROM e JOIN r USING (engagement) JOIN p USING (rid)
  WHERE e.n > {last} AND p.who IS NOT NULL GROUP BY e.n) q USING (n) WHERE e.n > {last})"""


def new_cubes() -> dict[str, Cube]:
    """The cubes of both units, and that of the officials who are named in each engagement, empty."""
    return {
        "engagements": Cube("e", (*PLAIN, *UNSEEN, TELLINGS), (*LISTS, "camps", "outlet_names AS outlet")),
        "reports": Cube("r", (*PLAIN, *UNSEEN, "outlet", "camp_of(voice, actors) AS camps"), LISTS),
        "people": Cube("e", (), ("people",), PEOPLE),
    }


SEEN = {
    unit: tuple(name for name in new_cubes()[unit].columns if name not in HIDDEN) for unit in ("engagements", "reports")
}
"""The facets of each unit, in order."""


class Asked(Protocol):
    """What facets are counted on: `views.Views`."""

    memory: duckdb.DuckDBPyConnection
    cubes: dict[str, Cube]
    seq: int

    def numbers(self, unit: str, filters: Filters) -> Ints | None:
        """The numbers of the rows that fulfil the filters, None for all."""
        ...


def facets(views: Asked, unit: str, filters: Filters) -> dict[str, pa.Table]:
    """For each facet a table of `value` and `count`; `total` has one row, `month` is in order of time."""
    out = {name: table(told) for name, told in counts(views, unit, filters, ("total", *SEEN[unit])).items()}
    out["month"] = out["month"].sort_by("value")
    return out


def counts(views: Asked, unit: str, filters: Filters, names: Sequence[str]) -> dict[str, list[tuple[Any, int]]]:
    """Of each of the columns the values with their counts, the most frequent first; `total` is the number of all."""
    cube = views.cubes[unit]
    cube.follow(views.memory, views.seq)
    chosen = cube.places(views.numbers("engagements" if unit == "people" else unit, filters))
    out: dict[str, list[tuple[Any, int]]] = {}
    for name in names:
        if name == "total":
            out[name] = [("all", int(np.count_nonzero(chosen)))]
        else:
            out[name] = cube.counts(name, chosen, MOST if name in FACETS else EVERY)
    return out


def table(counted: list[tuple[str, int]]) -> pa.Table:
    """Values and counts as a table."""
    return pa.table({
        "value": pa.array([v for v, _ in counted], pa.string()), "count": pa.array([c for _, c in counted], pa.int64()),
    })  # fmt: skip
