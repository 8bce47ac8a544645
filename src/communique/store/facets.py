"""Counts the values of every facet among the engagements or reports of one selection."""

from __future__ import annotations

from typing import Any, Protocol

import duckdb
import numpy as np
import pyarrow as pa

from communique.store.cube import Cube
from communique.store.query import Filters

MOST = 500
"""Values of one facet that are told, the most frequent first; of months all."""
MONTHS = 100_000
PLAIN = ("type", "mode", "status", "level", "place_country", "review", "strftime(\"start\", '%Y-%m') AS month")
LISTS = ("actors", "pairs", "domains")
HELD = {"country": "actors", "pair": "pairs", "domain": "domains", "outlet": "outlet"} | {
    name: name for name in ("type", "mode", "status", "level", "review", "place_country")
}
"""Filters that the cube answers, much sooner than a scan of lists of text does, and the facets that they look at."""


def new_cubes() -> dict[str, Cube]:
    """The cubes of both units, empty."""
    return {
        "engagements": Cube("e", PLAIN, (*LISTS, "camps", "outlet_names AS outlet")),
        "reports": Cube("r", (*PLAIN, "outlet", "camp_of(voice, actors) AS camps"), LISTS),
    }


class Asked(Protocol):
    """What facets are counted on: `views.Views`."""

    memory: duckdb.DuckDBPyConnection
    cubes: dict[str, Cube]
    seq: int

    def matching(self, unit: str, filters: Filters) -> tuple[str, list[Any]]:
        """The condition of the filters."""
        ...


def facets(views: Asked, unit: str, filters: Filters) -> dict[str, pa.Table]:
    """For each facet a table of `value` and `count`; `total` has one row, `month` is in order of time."""
    cube = views.cubes[unit]
    cube.follow(views.memory, views.seq)
    chosen = cube.alive
    for name, facet in HELD.items():
        if getattr(filters, name):
            chosen = chosen & cube.having(facet, getattr(filters, name))
    where, values = views.matching(unit, filters.model_copy(update=dict.fromkeys(HELD, ())))
    if where != "true":
        found = views.memory.execute(f"SELECT n FROM {cube.table} WHERE {where}", values).fetchnumpy()["n"]
        chosen = chosen & cube.places(np.asarray(found, dtype=np.int64))
    out = {"total": table([("all", int(np.count_nonzero(chosen)))])}
    for name in cube.columns:
        out[name] = table(cube.counts(name, chosen, MONTHS if name == "month" else MOST))
    out["month"] = out["month"].sort_by("value")
    return out


def table(counted: list[tuple[str, int]]) -> pa.Table:
    """Values and counts as a table."""
    return pa.table({
        "value": pa.array([v for v, _ in counted], pa.string()), "count": pa.array([c for _, c in counted], pa.int64()),
    })  # fmt: skip
