"""What a record holds, in numbers."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb


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


def of_documents(memory: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The parts of Status that the documents tell, from the view `documents` of the tables in memory."""
    counts = memory.execute(
        "SELECT count(*), count(superseded_by), count(DISTINCT outlet), min(published)::VARCHAR,"
        " max(published)::VARCHAR FROM documents"
    ).fetchall()[0]
    outcomes = dict(
        memory.execute("SELECT outcome, count(*) FROM documents WHERE superseded_by IS NULL GROUP BY 1").fetchall()
    )
    versions = memory.execute(
        "SELECT concat(coder, ' · codebook ', codebook, ' · lexicon ', lexicon), count(*) FROM documents"
        " WHERE superseded_by IS NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    return {
        "documents": counts[0],
        "superseded": counts[1],
        "outlets": counts[2],
        "first_published": counts[3],
        "last_published": counts[4],
        "coded": outcomes.get("coded", 0),
        "gated": outcomes.get("gated", 0),
        "failed": outcomes.get("quarantined", 0),
        "versions": dict(versions),
    }


def stored(connection: sqlite3.Connection, folder: Path) -> dict[str, Any]:
    """The parts of Status that the record file itself tells."""
    one = connection.execute
    quarantined = one("SELECT reason, count(*) FROM quarantine WHERE resolved IS NULL GROUP BY reason ORDER BY reason")
    shards = one("SELECT count(*), coalesce(sum(bytes), 0) FROM shards WHERE retired IS NULL").fetchone()
    listed = one("SELECT count(DISTINCT decision) FROM attachments WHERE how = 'listed'").fetchone()[0]
    size = sum(path.stat().st_size for path in folder.parent.glob("record.sqlite*"))
    return {
        "quarantined": dict(quarantined),
        "decisions": one("SELECT count(*) FROM decisions").fetchone()[0],
        "listed": listed,
        "shards": shards[0],
        "bytes": size + shards[1],
    }
