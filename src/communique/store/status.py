"""What a record holds, in numbers."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of a record: documents by outcome, rows, outlets, dates covered, what was set aside and why."""

    documents: int
    superseded: int
    coded: int
    gated: int
    failed: int
    reports: int
    engagements: int
    outlets: int
    first_published: str | None
    last_published: str | None
    first_event: str | None
    last_event: str | None
    quarantined: dict[str, int]
    decisions: int
    listed: int
    shards: int
    bytes: int
    versions: dict[str, int]
    sequence: int


def stored(connection: sqlite3.Connection, folder: Path) -> dict[str, Any]:
    """The parts of Status that the record file itself tells."""
    one = connection.execute
    counts = one(
        "SELECT count(*), count(superseded_by), count(DISTINCT outlet), min(published), max(published) FROM documents"
    ).fetchone()
    outcomes = dict(one("SELECT outcome, count(*) FROM documents WHERE superseded_by IS NULL GROUP BY outcome"))
    quarantined = one("SELECT reason, count(*) FROM quarantine WHERE resolved IS NULL GROUP BY reason ORDER BY reason")
    shards = one("SELECT count(*), coalesce(sum(bytes), 0) FROM shards WHERE retired IS NULL").fetchone()
    versions = one(
        "SELECT s.coder || ' · codebook ' || s.codebook || ' · lexicon ' || s.lexicon, count(*) FROM documents d"
        " JOIN shards s USING (shard) WHERE d.superseded_by IS NULL GROUP BY 1 ORDER BY 2 DESC"
    )
    listed = one("SELECT count(DISTINCT decision) FROM attachments WHERE how = 'listed'").fetchone()[0]
    size = sum(path.stat().st_size for path in folder.parent.glob("record.sqlite*"))
    return {
        "documents": counts[0],
        "superseded": counts[1],
        "outlets": counts[2],
        "first_published": counts[3],
        "last_published": counts[4],
        "coded": outcomes.get("coded", 0),
        "gated": outcomes.get("gated", 0),
        "failed": outcomes.get("quarantined", 0),
        "quarantined": dict(quarantined),
        "decisions": one("SELECT count(*) FROM decisions").fetchone()[0],
        "listed": listed,
        "shards": shards[0],
        "bytes": size + shards[1],
        "versions": dict(versions),
    }
