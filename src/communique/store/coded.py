"""Reading coded rows from the published shards, as the coder left them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.store.rows import REPORTS


def live_shards(connection: sqlite3.Connection, kind: str = "reports") -> list[tuple[int, str, int]]:
    """Number, file and first document of the shards that count now, in order of publication."""
    rows = connection.execute(
        "SELECT shard, file, first_doc FROM shards WHERE kind = ? AND retired IS NULL ORDER BY shard", (kind,)
    )
    return [(int(s), str(f), int(d)) for s, f, d in rows]


def of_documents(connection: sqlite3.Connection, folder: Path, numbers: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
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
    """The rows of some documents of one shard."""
    table = pq.read_table(path)
    table = table.set_column(1, REPORTS.field("doc"), pc.add(table["doc"], pa.scalar(first_doc, pa.int64())))
    chosen = table.filter(pc.is_in(table["doc"], value_set=pa.array(numbers, pa.int64())))
    rows: list[dict[str, Any]] = chosen.to_pylist()
    return rows


def source(connection: sqlite3.Connection, folder: Path) -> str:
    """An SQL expression of DuckDB for all rows of the live shards, with the column `shard`; retired rows included."""
    shards = live_shards(connection)
    if not shards:
        return "(SELECT *, 0 AS shard FROM empty_reports)"
    listed = ", ".join(quoted(str(folder / file)) for _, file, _ in shards)
    table = ", ".join(f"({number}, {quoted(file)}, {first})" for number, file, first in shards)
    return (
        f"(SELECT r.* REPLACE (r.doc + s.first_doc AS doc) EXCLUDE (filename), s.shard FROM"
        f" read_parquet([{listed}], filename = true) r"
        f" JOIN (VALUES {table}) s (shard, file, first_doc) ON s.file = parse_filename(r.filename))"
    )


def quoted(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def where(connection: sqlite3.Connection, folder: Path, column: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    """The current coded rows whose `column` (`rid` or `report_id`) is one of the values."""
    if not values:
        return []
    memory = duckdb.connect()
    try:
        memory.register("empty_reports", REPORTS.empty_table())
        kind = pa.int64() if column == "rid" else pa.string()
        memory.register("wanted", pa.table({"value": pa.array(values, kind)}))
        memory.register("gone", retired(connection))
        found = memory.sql(
            f"SELECT * FROM {source(connection, folder)} c SEMI JOIN wanted w ON c.{column} = w.value"
            " ANTI JOIN gone g ON c.shard = g.shard AND c.doc = g.doc ORDER BY rid"
        )
        rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
        return rows
    finally:
        memory.close()


def retired(connection: sqlite3.Connection) -> pa.Table:
    """Shard and document of all rows that lie in live shards but no longer count."""
    rows = connection.execute("SELECT shard, doc FROM retired_documents").fetchall()
    return pa.table({
        "shard": pa.array([r[0] for r in rows], pa.int64()), "doc": pa.array([r[1] for r in rows], pa.int64()),
    })  # fmt: skip
