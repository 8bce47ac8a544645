"""A copy of the tables in memory on the disk, so that a large record opens in seconds. It may be deleted at any time.

The copy is derived from what is published and names the change that it stands at; what came later is added on opening.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

import duckdb

from communique.store import loading
from communique.store.own_rows import lexicon_of
from communique.store.shards import write_file
from communique.text import content_hash

FOLDER = "views"
INDEX = "snapshot.json"
TABLES = ("r", "e", "outlets", "links", "copy_groups", "renamed", "placed", "documents_table")
FEWEST = 50_000
"""Reports under which loading anew is quick enough."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a copy stands for: the change, the shards and the run of linking; and its files with their sizes."""

    form: str
    seq: int
    shards: tuple[int, ...]
    links: int | None
    files: dict[str, tuple[str, int]]


def form(folder: Path) -> str:
    """The same as long as the tables, the columns and what is known of outlets are the same."""
    text = files("communique.store").joinpath("views.sql").read_text("utf-8")
    return content_hash(text, repr(loading.FLAT), loading.VOICE, lexicon_of(folder.parent).version)


def save(memory: duckdb.DuckDBPyConnection, folder: Path, seq: int, shards: set[int], links: int | None) -> None:
    """Writes the copy; a record whose folder cannot be written does without."""
    with contextlib.suppress(OSError, duckdb.Error):
        folder.mkdir(exist_ok=True)
        made: dict[str, tuple[str, int]] = {}
        for table in TABLES:
            path = folder / f"{table}-{seq}-{secrets.token_hex(4)}.parquet"
            memory.execute(f"COPY {table} TO '{literal(path)}' (FORMAT parquet)")
            sync(path)
            made[table] = (path.name, path.stat().st_size)
        told = Snapshot(form(folder), seq, tuple(sorted(shards)), links, made)
        write_file(folder / INDEX, json.dumps(asdict(told)).encode("utf-8"))
        named = {INDEX, *(name for name, _ in made.values())}
        for path in folder.iterdir():
            if path.name not in named:
                path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Makes a file's content survive a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(folder: Path) -> Snapshot | None:
    """The copy's index where there is a whole one of today's form, else None."""
    try:
        told = json.loads((folder / INDEX).read_bytes())
        held = {table: (str(name), int(size)) for table, (name, size) in told["files"].items()}
        whole = all((folder / name).stat().st_size == size for name, size in held.values())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if told["form"] != form(folder) or not whole or set(held) != set(TABLES):
        return None
    return Snapshot(told["form"], told["seq"], tuple(told["shards"]), told["links"], held)


def restore(memory: duckdb.DuckDBPyConnection, folder: Path, snapshot: Snapshot) -> bool:
    """Fills the empty tables from the copy; False where it cannot be read, and then they may hold anything."""
    try:
        for table, (name, _) in snapshot.files.items():
            memory.execute(f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet('{literal(folder / name)}')")
        last = memory.execute("SELECT greatest((SELECT max(n) FROM r), (SELECT max(n) FROM e), 0)").fetchall()[0][0]
        memory.execute("DROP SEQUENCE numbers")
        memory.execute(f"CREATE SEQUENCE numbers START {int(last) + 1}")
    except duckdb.Error:
        return False
    return True


def literal(path: Path) -> str:
    """The path within an SQL literal."""
    return str(path).replace("'", "''")
