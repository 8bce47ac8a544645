"""The tables of review within a record: made when something is first written, empty until then."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from communique.store import Record
from communique.store.database import change, statements, transaction

Change = tuple[sqlite3.Connection, int]
"""The connection in an open transaction, and the number of the change that it makes."""


@contextmanager
def changing(record: Record, kind: str, note: str | None = None) -> Iterator[Change]:
    """A change in one transaction; the tables of review are there."""
    with record.writing() as connection, transaction(connection, prompt=True):
        if not present(connection):
            for statement in statements(files("communique.review").joinpath("schema.sql").read_text("utf-8")):
                connection.execute(statement)
        yield connection, change(connection, kind, note)


def present(connection: sqlite3.Connection) -> bool:
    """Whether anything of review was ever written."""
    row = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'reviewers'").fetchone()
    return row is not None


def rows(record: Record, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query on the tables of review; none where nothing was written yet."""
    with record.reading() as connection:
        return connection.execute(query, values).fetchall() if present(connection) else []
