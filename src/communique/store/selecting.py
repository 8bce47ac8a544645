"""Which rows of the tables in memory fulfil filters: sought once, then known by their numbers."""

from __future__ import annotations

import sqlite3

import duckdb
import pyarrow as pa

from communique.store.cube import Ints
from communique.store.documents import search
from communique.store.query import Filters, condition

ENGAGEMENTS = "printf('%016x', engagement) AS engagement_id, * EXCLUDE (engagement, n)"
REPORT = """report_id, printf('%016x', engagement) AS engagement_id, doc_id, item, outlet, outlet_country, published,
  type, mode, status, "start", "end", "precision", place, place_country, lat, lon, geo_precision,
  actors, pairs, level, domains, aggregate, confidence, asserted_kind, asserted_name, cameo, plover, plover_mode,
  details, camp_of(voice, actors) AS camp, origin, review, doc, rid"""
TABLES = {"engagements": "e", "reports": "r"}
COLUMNS = {"engagements": ENGAGEMENTS, "reports": REPORT}
TIES = {"engagements": "engagement", "reports": "doc, item"}
"""What orders rows that are equal otherwise."""
KEPT = 8
"""Selections whose rows are kept until the record changes, up to 8 MB each on a record of a million reports."""


class Selections:
    """The rows of the last selections. A page asks a dozen questions of one, and finding it is the most of their work.

    Whoever changes the tables must `clear` it.
    """

    def __init__(self, memory: duckdb.DuckDBPyConnection, connection: sqlite3.Connection) -> None:
        """None yet."""
        self.memory = memory
        self.connection = connection
        self.found: dict[tuple[str, Filters], Ints | None] = {}

    def clear(self) -> None:
        """Forgets them."""
        self.found.clear()

    def numbers(self, unit: str, filters: Filters) -> Ints | None:
        """The numbers `n` of the rows of `e` or `r` that fulfil the filters, None for all; documents with the words of
        `text` are at hand as `hits` meanwhile."""
        asked = unit, filters.model_copy(update={"limit": None, "offset": 0})
        if asked not in self.found:
            if filters.text is not None:
                hits = pa.array(search(self.connection, filters.text), pa.int64())
                self.memory.register("hits", pa.table({"doc": hits}))
            where, values = condition(unit, filters)
            query = f"SELECT n FROM {TABLES[unit]} WHERE {where}"
            self.found[asked] = None if where == "true" else self.memory.execute(query, values).fetchnumpy()["n"]
            if len(self.found) > KEPT:
                self.found.pop(next(iter(self.found)))
        return self.found[asked]
