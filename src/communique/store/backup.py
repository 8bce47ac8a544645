"""Copies a record that may be in use: SQLite's own online backup, then the files that the copy's manifest names."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from communique.errors import RecordError
from communique.store.database import FILE, plain_failures
from communique.store.own_rows import OWN, own_rows
from communique.store.shards import FOLDER, file_hash, sync_folder


@dataclass(frozen=True, slots=True)
class Backup:
    """Where the copy lies, as of which change, and how many files it has."""

    folder: Path
    sequence: int
    files: int


def backup(connection: sqlite3.Connection, folder: Path, to: Path) -> Backup:
    """The copy, which appears under its name only when it is whole; RecordError where something is there already."""
    if to.exists():
        raise RecordError(f"{to} is there already; name a new folder for the backup")
    temporary = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
    with plain_failures(to):
        try:
            (temporary / FOLDER).mkdir(parents=True)
            made = copy(connection, folder, temporary)
            temporary.rename(to)
            sync_folder(to.parent)
        finally:
            if temporary.exists():
                shutil.rmtree(temporary)
    return Backup(to, *made)


def copy(connection: sqlite3.Connection, folder: Path, temporary: Path) -> tuple[int, int]:
    """Fills the new folder: the sequence number that it stands at, and its number of files."""
    target = sqlite3.connect(temporary / FILE)
    try:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = WAL")
        rows = target.execute("SELECT file, sha256 FROM shards WHERE retired IS NULL").fetchall()
        seq = target.execute("SELECT coalesce(max(seq), 0) FROM changes").fetchone()[0]
    finally:
        target.close()
    for file, sha in rows:
        shutil.copyfile(folder / FOLDER / file, temporary / FOLDER / file)
        if file_hash(temporary / FOLDER / file) != sha:
            raise RecordError(f"{file} is not as it was published, so no backup was made; `verify` tells more")
    own = own_rows(folder)
    if own is not None:
        shutil.copytree(own, temporary / OWN)
    sync_folder(temporary / FOLDER)
    return int(seq), len(rows)
