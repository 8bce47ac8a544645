"""What the names of engagements and reports mean in the tables in memory."""

from __future__ import annotations

import re
import sqlite3

import duckdb

from communique.errors import RecordError
from communique.store.rows import key_of

MOST_REDIRECTS = 100
NAME = re.compile("[0-9a-f]{16}")


class Names:
    """Answers by name from the tables of one record."""

    def __init__(self, memory: duckdb.DuckDBPyConnection, connection: sqlite3.Connection) -> None:
        """The tables in memory, and the record's own for redirects."""
        self.memory = memory
        self.connection = connection

    def engagement(self, name: str) -> int:
        """The present engagement that a name means: its own, a former one, or that of a report; else RecordError."""
        at = name
        for _ in range(MOST_REDIRECTS):
            number = int(at, 16) if NAME.fullmatch(at) else None
            rows = self.memory.execute(
                "SELECT engagement FROM r WHERE engagement = $1::UBIGINT OR alone = $1::UBIGINT OR report_id = $2"
                " ORDER BY coalesce(engagement = $1::UBIGINT, false) DESC, coalesce(alone = $1::UBIGINT, false) DESC"
                " LIMIT 1",
                [number, at],
            ).fetchall()
            if rows:
                return int(rows[0][0])
            moved = self.connection.execute("SELECT new FROM redirects WHERE old = ?", (at,)).fetchone()
            if moved is None:
                break
            at = moved[0]
        raise RecordError(f"no engagement {name!r} in the record; `list` shows those that there are")

    def members(self, engagement: int) -> list[int]:
        """The keys of an engagement's reports, the founder first."""
        rows = self.memory.execute(
            "SELECT rid FROM r WHERE engagement = ? ORDER BY published NULLS LAST, doc_id, item", [engagement]
        ).fetchall()
        return [int(row[0]) for row in rows]

    def report_number(self, ident: str, doc_id: str | None = None) -> int:
        """The key of the report with an id; RecordError where there is none or several."""
        rows = self.memory.execute(
            "SELECT rid, doc_id FROM r WHERE report_id = $1 AND ($2 IS NULL OR doc_id = $2)", [ident, doc_id]
        ).fetchall()
        if len(rows) != 1:
            told = "no current report" if not rows else f"{len(rows)} reports of documents with one text"
            raise RecordError(f"{told} {ident!r}; `list` shows the reports, and doc_id tells them apart")
        return int(rows[0][0])

    def engagement_of(self, rid: int) -> int:
        """The engagement of a report."""
        rows = self.memory.execute("SELECT engagement FROM r WHERE rid = ?", [rid]).fetchall()
        if not rows:
            told = f"report {key_of(rid)} is not among the corrected reports"
            raise RecordError(f"{told}; `show` tells what became of it")
        return int(rows[0][0])
