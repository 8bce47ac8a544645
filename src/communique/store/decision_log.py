"""The append-only log of what people decided: each entry bears a hash of itself and of the one before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from communique.store.anchors import Anchor
from communique.store.database import now
from communique.text import content_hash

SLICE = 10_000
COLUMNS = "id, at, who, kind, why, field, before, after, anchors, undoes, chain"


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision as it stands in the log."""

    id: int
    at: str
    who: str
    kind: str
    why: str | None
    field: str | None
    before: Any
    after: Any
    anchors: tuple[Anchor, ...]
    undoes: int | None


def append(
    connection: sqlite3.Connection, seq: int, *, who: str, kind: str, why: str | None, field: str | None = None,
    before: Any = None, after: Any = None, anchors: Sequence[Anchor] = (), undoes: int | None = None,
) -> int:  # fmt: skip
    """The id of the decision that the open transaction writes into the log."""
    row = connection.execute("SELECT id, chain FROM decisions ORDER BY id DESC LIMIT 1").fetchone()
    told = (
        now(), who, kind, why, field, as_json(before), as_json(after),
        json.dumps([a.model_dump(mode="json") for a in anchors], ensure_ascii=False), undoes,
    )  # fmt: skip
    chain = link_of(row[1] if row is not None else "", told)
    cursor = connection.execute(
        "INSERT INTO decisions (at, who, kind, why, field, before, after, anchors, undoes, chain, seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*told, chain, seq)
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def as_json(value: Any) -> str | None:
    """The value as JSON, None for None."""
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def link_of(before: str, told: Sequence[Any]) -> str:
    """The hash of an entry and of the one before it."""
    return content_hash(before, *(json.dumps(value, ensure_ascii=False) for value in told))


def broken_link(connection: sqlite3.Connection) -> int | None:
    """The id of the first entry whose hash does not follow from the one before it, None for an intact log."""
    before = ""
    for row in connection.execute(f"SELECT {COLUMNS} FROM decisions ORDER BY id"):
        if link_of(before, row[1:10]) != row[10]:
            return int(row[0])
        before = row[10]
    return None


def entries(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = ()) -> list[Entry]:
    """The entries that fulfil an SQL condition, in order."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM decisions WHERE {where} ORDER BY id", values)
    return [entry(row) for row in rows]


def about(connection: sqlite3.Connection, ids: Collection[int]) -> list[Entry]:
    """The entries with these ids and their undoings, in order."""
    found: dict[int, Entry] = {}
    wanted = sorted(ids)
    for at in range(0, len(wanted), SLICE):
        part = wanted[at : at + SLICE]
        marks = ", ".join("?" * len(part))
        found |= {e.id: e for e in entries(connection, f"id IN ({marks})", part)}
        found |= {e.id: e for e in entries(connection, f"undoes IN ({marks})", part)}
    return [found[ident] for ident in sorted(found)]


def entry(row: Sequence[Any]) -> Entry:
    """The entry of a row."""
    ident, at, who, kind, why, field, before, after, anchors, undoes, _ = row
    told = tuple(Anchor.model_validate(a) for a in json.loads(anchors))
    return Entry(
        ident, at, who, kind, why, field, before and json.loads(before), after and json.loads(after), told, undoes
    )
