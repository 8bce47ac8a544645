"""Immutable Parquet files: written under a temporary name, synced, renamed; a marker beside each until published."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import secrets
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.records import Quarantined, Versions
from communique.store.database import now

FOLDER = "reports"
TEMPORARY = ".writing"
MARKER = ".json"
ROW_GROUP = 2_048


@dataclass(frozen=True, slots=True)
class Written:
    """A Parquet file that lies safely on the disk."""

    file: str
    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document of a shard: coded, gated or quarantined, and why."""

    outcome: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A shard's work done: its file, what became of each of its documents, and by which versions."""

    input_hash: str
    written: Written
    outcomes: tuple[Outcome, ...]
    quarantined: tuple[Quarantined, ...]
    versions: Versions

    def counts(self) -> dict[str, int]:
        """How many documents went in, were coded, gated and quarantined."""
        told = [o.outcome for o in self.outcomes]
        counts = {name: told.count(name) for name in ("coded", "gated", "quarantined")}
        return {"inputs": len(told), **counts}


def write_table(folder: Path, name: str, table: pa.Table) -> Written:
    """The table as a new file `name-<random>.parquet` in `folder`, whole and synced, or an OSError and no such file."""
    held = io.BytesIO()
    pq.write_table(table, held, compression="zstd", row_group_size=ROW_GROUP)
    data = held.getvalue()
    file = f"{name}-{secrets.token_hex(4)}.parquet"
    write_file(folder / file, data)
    return Written(file, hashlib.sha256(data).hexdigest(), len(data), table.num_rows)


def write_file(path: Path, data: bytes) -> None:
    """The bytes under `path`, whole and synced, or an OSError and nothing under that name."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}{TEMPORARY}")
    try:
        with temporary.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temporary.rename(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def marker_path(folder: Path, input_hash: str) -> Path:
    """Where the marker of a shard with these inputs lies until the shard is published."""
    return folder / f"{input_hash}{MARKER}"


def write_marker(folder: Path, coded: Coded) -> None:
    """The marker of finished work: what a later run needs to publish the shard without coding it again."""
    told = {
        **asdict(coded),
        "quarantined": [q.model_dump() for q in coded.quarantined],
        "versions": coded.versions.model_dump(),
    }
    write_file(marker_path(folder, coded.input_hash), json.dumps(told, ensure_ascii=False).encode("utf-8"))


def read_marker(folder: Path, input_hash: str) -> Coded | None:
    """The finished work that a marker tells of, or None where there is no marker or its file is not whole."""
    try:
        told: dict[str, Any] = json.loads(marker_path(folder, input_hash).read_bytes())
        coded = Coded(
            told["input_hash"],
            Written(**told["written"]),
            tuple(Outcome(**o) for o in told["outcomes"]),
            tuple(Quarantined(**q) for q in told["quarantined"]),
            Versions(**told["versions"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return coded if file_hash(folder / coded.written.file) == coded.written.sha256 else None


def file_hash(path: Path) -> str | None:
    """The SHA-256 of a file in hexadecimal digits, None where there is no such file."""
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def discard(folder: Path, coded: Coded, *, file: bool) -> None:
    """Takes away the marker of published work, and its file where nothing of it was published."""
    marker_path(folder, coded.input_hash).unlink(missing_ok=True)
    if file:
        (folder / coded.written.file).unlink(missing_ok=True)


def insert_manifest(
    connection: sqlite3.Connection, kind: str, written: Written, seq: int, *, first_doc: int = 0,
    input_hash: str = "", versions: Versions | None = None, counts: dict[str, int] | None = None,
) -> int:  # fmt: skip
    """The number of the shard that the open transaction publishes."""
    made = versions or Versions(coder="", codebook="", lexicon="")
    told = counts or {"inputs": 0, "coded": 0, "gated": 0, "quarantined": 0}
    cursor = connection.execute(
        "INSERT INTO shards (kind, file, sha256, bytes, rows, first_doc, input_hash, coder, codebook, lexicon,"
        " inputs, coded, gated, quarantined, published, seq) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (kind, written.file, written.sha256, written.bytes, written.rows, first_doc, input_hash, made.coder,
         made.codebook, made.lexicon, told["inputs"], told["coded"], told["gated"], told["quarantined"], now(), seq),
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def retire_document(connection: sqlite3.Connection, shard: int, doc: int, seq: int) -> None:
    """From now on the shard's rows of this document do not count."""
    connection.execute("INSERT OR IGNORE INTO retired_documents VALUES (?, ?, ?)", (shard, doc, seq))


def retire_empty(connection: sqlite3.Connection, shards: set[int]) -> None:
    """Retires those of the shards that hold no current document any more."""
    for shard in shards:
        if connection.execute("SELECT 1 FROM documents WHERE shard = ? LIMIT 1", (shard,)).fetchone() is None:
            retire(connection, shard)


def retire(connection: sqlite3.Connection, shard: int) -> None:
    """Takes the shard out of use; its file stays until `compact` finds it old enough."""
    connection.execute("UPDATE shards SET retired = ? WHERE shard = ? AND retired IS NULL", (now(), shard))
    connection.execute("DELETE FROM retired_documents WHERE shard = ?", (shard,))
