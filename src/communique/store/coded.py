"""Reading coded rows from the published shards, as the coder left them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.store.rows import REPORTS

DOC = REPORTS.get_field_index("doc")
FEW = 200
"""Up to so many reports are read document by document; more of them by reading everything."""


def live_shards(connection: sqlite3.Connection, kind: str = "reports") -> list[tuple[int, str, int]]:
    """Number, file and first document of the shards that count now, in order of publication."""
    rows = connection.execute(
        "SELECT shard, file, first_doc FROM shards WHERE kind = ? AND retired IS NULL ORDER BY shard", (kind,)
    )
    return [(int(s), str(f), int(d)) for s, f, d in rows]


def of_documents(
    connection: sqlite3.Connection, folder: Path, numbers: Iterable[int]
) -> dict[int, list[dict[str, Any]]]:
    """The current coded rows of each of the documents, `doc` being the document's number."""
    wanted = sorted(set(numbers))
    out: dict[int, list[dict[str, Any]]] = {number: [] for number in wanted}
    by_shard: dict[tuple[str, int], list[int]] = {}
    for number in wanted:
        row = connection.execute(
            "SELECT s.file, s.first_doc FROM documents d JOIN shards s USING (shard) WHERE d.doc = ?", (number,)
        ).fetchone()
        if row is not None:
            by_shard.setdefault((str(row[0]), int(row[1])), []).append(number)
    for (file, first), members in by_shard.items():
        for row in shard_rows(folder / file, first, members):
            out[row["doc"]].append(row)
    return out


def shard_rows(path: Path, first_doc: int, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of some documents of one shard; what they hold is shared and left as it is."""
    places = tuple(number - first_doc for number in numbers)
    return [{**row, "doc": row["doc"] + first_doc} for row in placed_rows(path, places)]


@lru_cache(maxsize=256)
def placed_rows(path: Path, places: tuple[int, ...]) -> list[dict[str, Any]]:
    """The rows of a shard at these places, kept at hand: who looks at a report decides on it next.

    Read by row groups, which takes two thirds of the time of `read_table` with a filter.
    """
    with pq.ParquetFile(path) as file:
        groups = [n for n in range(file.num_row_groups) if holds(file.metadata.row_group(n), places)]
        table = file.read_row_groups(groups, use_threads=False)
    rows: list[dict[str, Any]] = table.filter(pc.is_in(table["doc"], pa.array(places, table["doc"].type))).to_pylist()
    return rows


def holds(group: pq.RowGroupMetaData, places: tuple[int, ...]) -> bool:
    """Whether the rows of some of these places may stand in a row group, by its least and greatest."""
    told = group.column(DOC).statistics
    return told is None or not told.has_min_max or any(told.min <= place <= told.max for place in places)


def source(connection: sqlite3.Connection, folder: Path, only: Collection[int] | None = None) -> str:
    """An SQL expression of DuckDB for all rows of the live shards, with the column `shard`; retired rows included."""
    shards = [s for s in live_shards(connection) if only is None or s[0] in only]
    if not shards:
        return "(SELECT *, 0 AS shard FROM empty_reports)"
    listed = ", ".join(quoted(str(folder / file)) for _, file, _ in shards)
    table = ", ".join(f"({number}, {quoted(file)}, {first})" for number, file, first in shards)
    return (
        f"(SELECT r.* EXCLUDE (filename) REPLACE (r.doc + s.first_doc AS doc), s.shard FROM"
        f" read_parquet([{listed}], filename = true) r"
        f" JOIN (VALUES {table}) s (shard, file, first_doc) ON s.file = parse_filename(r.filename))"
    )


def quoted(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def where(connection: sqlite3.Connection, folder: Path, column: str, values: Collection[Any]) -> list[dict[str, Any]]:
    """The current coded rows whose `column` (`rid` or `report_id`) is one of the values, in order of documents."""
    if not values:
        return []
    with searching(connection, column, values) as memory:
        current = (
            f"{source(connection, folder)} c SEMI JOIN wanted w ON c.{column} = w.value"
            " ANTI JOIN gone g ON c.shard = g.shard AND c.doc = g.doc"
        )
        if len(values) > FEW:
            found = memory.sql(f"SELECT c.* EXCLUDE (shard) FROM {current} ORDER BY c.doc, c.item")
            rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
            return rows
        places = memory.sql(f"SELECT DISTINCT c.doc FROM {current}").fetchall()
    wanted = set(values)
    by_document = of_documents(connection, folder, [p[0] for p in places])
    return [row for rows in by_document.values() for row in rows if row[column] in wanted]


@contextmanager
def searching(
    connection: sqlite3.Connection, column: str, values: Collection[Any]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB with the tables that `where` looks in."""
    memory = duckdb.connect()
    try:
        memory.register("empty_reports", REPORTS.empty_table())
        kind = pa.int64() if column == "rid" else pa.string()
        memory.register("wanted", pa.table({"value": pa.array(list(values), kind)}))
        memory.register("gone", retired(connection))
        yield memory
    finally:
        memory.close()


def retired(connection: sqlite3.Connection) -> pa.Table:
    """Shard and document of all rows that lie in live shards but no longer count."""
    rows = connection.execute("SELECT shard, doc FROM retired_documents").fetchall()
    return pa.table({
        "shard": pa.array([r[0] for r in rows], pa.int64()), "doc": pa.array([r[1] for r in rows], pa.int64()),
    })  # fmt: skip
