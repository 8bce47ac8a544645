"""Joins small shards into large ones, and deletes files that nobody can need any more."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from communique.records import Versions
from communique.store import coded
from communique.store.database import change, transaction
from communique.store.rows import REPORTS
from communique.store.shards import MARKER, TEMPORARY, insert_manifest, retire, write_table

GRACE = 3600.0
"""Seconds for which a retired file stays: a reader that opened the record before may still read it."""
ABANDONED = 86_400.0
"""Seconds after which unpublished work is taken to be given up."""
SMALL = 50_000
"""Rows under which a shard is joined with others."""
LARGEST = 500_000
Made = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many shards were joined into how many, and how many files were deleted."""

    joined: int
    into: int
    deleted: int


def compact(connection: sqlite3.Connection, folder: Path, grace: float = GRACE) -> Compacted:
    """Joins small shards of the same versions, each group in one transaction, then deletes what is out of use."""
    joined = into = 0
    for made, group in groups(connection):
        if join(connection, folder, made, group):
            joined, into = joined + len(group), into + 1
    return Compacted(joined, into, delete_unused(connection, folder, grace))


def groups(connection: sqlite3.Connection) -> list[tuple[Made, list[int]]]:
    """Live shards of reports that are small or hold retired rows, by versions, in groups of two or more."""
    rows = connection.execute(
        "SELECT shard, rows, coder, codebook, lexicon FROM shards s WHERE kind = 'reports' AND retired IS NULL"
        " AND (rows < ? OR EXISTS (SELECT 1 FROM retired_documents r WHERE r.shard = s.shard)) ORDER BY shard", (SMALL,)
    ).fetchall()  # fmt: skip
    out: list[tuple[Made, list[int]]] = []
    sizes: dict[Made, tuple[int, int]] = {}
    for shard, count, *versions in rows:
        made = (versions[0], versions[1], versions[2])
        place, size = sizes.get(made, (-1, LARGEST))
        if size + count > LARGEST:
            out.append((made, []))
            place, size = len(out) - 1, 0
        out[place][1].append(shard)
        sizes[made] = (place, size + count)
    return [(made, group) for made, group in out if len(group) > 1]


def join(connection: sqlite3.Connection, folder: Path, made: Made, group: list[int]) -> bool:
    """Publishes one shard with the current rows of a group; False where another process changed the group meanwhile."""
    before = state(connection, group)
    table = current_rows(connection, folder, group)
    written = write_table(folder, "compact", table)
    with transaction(connection):
        if state(connection, group) != before:
            (folder / written.file).unlink()
            return False
        seq = change(connection, "compact", f"{len(group)} shards")
        marks = ", ".join("?" * len(group))
        outcomes = dict(connection.execute(
            f"SELECT outcome, count(*) FROM documents WHERE shard IN ({marks}) GROUP BY 1", group
        ))  # fmt: skip
        counts = {name: outcomes.get(name, 0) for name in ("coded", "gated", "quarantined")}
        counts["inputs"] = sum(counts.values())
        versions = Versions(coder=made[0], codebook=made[1], lexicon=made[2])
        shard = insert_manifest(
            connection, "reports", written, seq, input_hash=written.sha256, versions=versions, counts=counts
        )
        retired = connection.execute(
            f"SELECT doc FROM documents WHERE shard IN ({marks}) AND superseded_by IS NOT NULL", group
        )
        gone = [(shard, row[0], seq) for row in retired.fetchall()]
        connection.execute(f"UPDATE documents SET shard = ? WHERE shard IN ({marks})", (shard, *group))
        connection.executemany("INSERT INTO retired_documents VALUES (?, ?, ?)", gone)
        for old in group:
            retire(connection, old)
    return True


def state(connection: sqlite3.Connection, group: list[int]) -> tuple[list[tuple[int, ...]], ...]:
    """What must be the same before and after the rows of a group are read."""
    marks = ", ".join("?" * len(group))
    live = connection.execute(
        f"SELECT shard FROM shards WHERE shard IN ({marks}) AND retired IS NULL ORDER BY 1", group
    )
    gone = connection.execute(f"SELECT shard, doc FROM retired_documents WHERE shard IN ({marks}) ORDER BY 1, 2", group)
    return live.fetchall(), gone.fetchall()


def current_rows(connection: sqlite3.Connection, folder: Path, group: list[int]) -> pa.Table:
    """The rows of a group whose document still has its home there; those of superseded documents stay as history."""
    marks = ", ".join("?" * len(group))
    rows = connection.execute(f"SELECT doc, shard FROM documents WHERE shard IN ({marks})", group).fetchall()
    memory = duckdb.connect()
    try:
        memory.register("homes", pa.table({
            "doc": pa.array([r[0] for r in rows], pa.int64()), "shard": pa.array([r[1] for r in rows], pa.int64()),
        }))  # fmt: skip
        source = coded.source(connection, folder, group)
        names = ", ".join(f'c."{name}"' for name in REPORTS.names)
        found = memory.sql(
            f"SELECT {names} FROM {source} c SEMI JOIN homes h ON c.doc = h.doc AND c.shard = h.shard"
            " ORDER BY c.doc, c.item"
        )
        return found.to_arrow_table().cast(REPORTS)
    finally:
        memory.close()


def delete_unused(connection: sqlite3.Connection, folder: Path, grace: float) -> int:
    """How many files were deleted: retired ones after `grace` seconds, unpublished ones after a day."""
    named = {str(r[0]): r[1] for r in connection.execute("SELECT file, retired FROM shards")}
    now = time.time()
    deleted = 0
    for path in folder.iterdir():
        if path.name in named:
            since = named[path.name]
            due = since is not None and now - dt.datetime.fromisoformat(since).timestamp() >= grace
        elif path.name.endswith((MARKER, TEMPORARY, ".parquet")):
            due = now - path.stat().st_mtime >= (ABANDONED if grace > 0 else 0)
        else:
            due = False
        if due:
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted
