"""The SQLite file of a record: opening it durably, writing in one transaction, and failures in plain words."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from communique.errors import RecordError

FILE = "record.sqlite"
FORMAT = "1"
BUSY_SECONDS = 120.0
PROMPT_SECONDS = 0.002
NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}


def create(path: Path) -> None:
    """An empty record file at `path`, complete or not there at all."""
    connection = connect(path)
    try:
        with transaction(connection):
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
                for statement in statements(files("communique.store").joinpath("schema.sql").read_text("utf-8")):
                    connection.execute(statement)
                connection.execute("INSERT INTO meta VALUES ('format', ?), ('created', ?)", (FORMAT, now()))
    finally:
        connection.close()


def statements(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would commit a transaction that is open."""
    held = ""
    for line in script.splitlines():
        held += line + "\n"
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection that waits for other writers and whose commits survive a loss of power."""
    with plain_failures(path):
        if not read_only:
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        else:
            # Without the right to make the -shm file SQLite reads a WAL database only as one that nobody changes.
            still = "" if os.access(path.parent, os.W_OK) else "&immutable=1"
            address = f"{path.resolve().as_uri()}?mode=ro{still}"
            connection = sqlite3.connect(
                address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        connection.execute("PRAGMA cache_size = -65536")
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection, *, prompt: bool = False) -> Iterator[None]:
    """All or nothing: what is written inside is there after the block, durably, or not at all.

    `prompt` is for a short change that a person waits for: it goes ahead of others that wait for the same writer.
    """
    with plain_failures():
        begin(connection, prompt)
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def begin(connection: sqlite3.Connection, prompt: bool) -> None:
    """Waits until no other process writes: SQLite looks every tenth of a second at last, a prompt one all the time."""
    if not prompt:
        connection.execute("BEGIN IMMEDIATE")
        return
    end = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as busy:
                if "locked" not in str(busy) or time.monotonic() > end:
                    raise
            time.sleep(PROMPT_SECONDS)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(1000 * BUSY_SECONDS)}")


def change(connection: sqlite3.Connection, kind: str, note: str | None = None) -> int:
    """The sequence number of the change that the open transaction makes."""
    cursor = connection.execute("INSERT INTO changes (at, kind, note) VALUES (?, ?, ?)", (now(), kind, note))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def sequence(connection: sqlite3.Connection) -> int:
    """The number of the last acknowledged change, 0 for an empty record."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").fetchone()
    return int(row[0]) if row is not None else 0


def now() -> str:
    """The time in UTC, ISO 8601 to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def plain_failures(path: Path | None = None) -> Iterator[None]:
    """Turns what SQLite and the file system say into RecordErrors with the way out."""
    where = f" {path}" if path is not None else ""
    try:
        yield
    except sqlite3.Error as broken:
        raise RecordError(f"the record{where} {in_words(str(broken))}") from broken
    except OSError as broken:
        if broken.errno in NO_SPACE:
            raise RecordError(f"the record{where} {in_words('disk is full')} ({broken})") from broken
        if broken.errno in NO_RIGHT:
            raise RecordError(f"the record{where} {in_words('readonly')} ({broken})") from broken
        raise


def in_words(said: str) -> str:
    """What SQLite's message means for the record, and the way out."""
    if "full" in said or "disk I/O" in said:
        return (
            f"cannot be written: no room on the disk or a failing one ({said}); what was acknowledged before is safe: "
            "free some space and run the same command again"
        )
    if "readonly" in said or "unable to open" in said:
        return f"cannot be written ({said}); check the folder's permissions, or open it with read_only=True"
    if "locked" in said or "busy" in said:
        return f"is being written by another process for over {BUSY_SECONDS:g} s ({said}); wait for it and try again"
    if "malformed" in said or "not a database" in said:
        return f"is damaged ({said}); restore the last backup, then `add` the same inputs again"
    return f"refused: {said}"
