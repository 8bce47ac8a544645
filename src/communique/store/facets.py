"""Counts the values of every facet among the engagements or reports of one selection."""

from __future__ import annotations

from typing import Any, Protocol

import duckdb
import pyarrow as pa

from communique.store.query import Filters

LISTS = ("actors", "pairs", "domains")
PLAIN = ("type", "mode", "status", "level", "place_country", "review")
MOST = 500
"""Values of one facet that are told, the most frequent first."""


class Asked(Protocol):
    """What facets are counted on: `views.Views`."""

    memory: duckdb.DuckDBPyConnection

    def matching(self, unit: str, filters: Filters) -> tuple[str, list[Any]]:
        """The condition of the filters."""
        ...

    def ask(self, query: str, values: list[Any] = ...) -> pa.Table:
        """The answer to a query."""
        ...


def facets(views: Asked, unit: str, filters: Filters) -> dict[str, pa.Table]:
    """For each facet a table of `value` and `count`; `total` has one row, `month` is in order of time."""
    where, values = views.matching(unit, filters)
    table = "e" if unit == "engagements" else "(SELECT *, camp_of(voice, actors) AS camp FROM r)"
    camp = "camps" if unit == "engagements" else "[camp] AS camps"
    keys = ", ".join((*LISTS, *PLAIN, camp, "engagement_id", '"start"'))
    rid = "" if unit == "engagements" else ", rid, outlet"
    views.memory.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS SELECT {keys}{rid} FROM {table} WHERE {where}", values)
    out = {"total": views.ask("SELECT 'all' AS value, count(*) AS count FROM chosen")}
    for name in (*LISTS, "camps"):
        out[name] = views.ask(counted(f"SELECT unnest({name}) AS value FROM chosen"))
    for name in PLAIN:
        out[name] = views.ask(counted(f"SELECT {name} AS value FROM chosen WHERE {name} IS NOT NULL"))
    outlets = (
        "SELECT DISTINCT r.engagement_id, r.outlet AS value FROM r SEMI JOIN chosen USING (engagement_id)"
        " WHERE r.outlet IS NOT NULL"
        if unit == "engagements"
        else "SELECT outlet AS value FROM chosen WHERE outlet IS NOT NULL"
    )
    out["outlet"] = views.ask(counted(outlets))
    out["month"] = views.ask(
        "SELECT strftime(m, '%Y-%m') AS value, count FROM (SELECT date_trunc('month', \"start\") AS m, count(*) AS count"
        " FROM chosen WHERE \"start\" IS NOT NULL GROUP BY 1) ORDER BY m"
    )
    return out


def counted(rows: str) -> str:
    """The query that counts the values of rows."""
    return f"SELECT value, count(*) AS count FROM ({rows}) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}"
