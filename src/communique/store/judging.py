"""Lays merges and splits that people decided over the links of the last run, which may be older than they are."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from communique.store.attaching import holding_decisions
from communique.text import content_hash


@dataclass(slots=True)
class Grouping:
    """The engagements of the reports that merges and splits speak of, as they change from decision to decision."""

    of: dict[int, str]
    alone: dict[int, str]
    renamed: dict[str, str] = field(default_factory=dict)
    moved: dict[int, str] = field(default_factory=dict)

    def engagement(self, rid: int) -> str:
        """The present engagement of a report."""
        name = self.moved.get(rid, self.of[rid])
        while name in self.renamed:
            name = self.renamed[name]
        return name

    def merge(self, rids: list[int]) -> None:
        """Makes one engagement of those of the reports; it keeps the name of the first."""
        names = list(dict.fromkeys(self.engagement(rid) for rid in rids))
        for name in names[1:]:
            self.renamed[name] = names[0]

    def split(self, rids: list[int], rest: list[int]) -> None:
        """Takes the first reports out of the engagement of the rest, together, under the name of the first of them."""
        stay = {self.engagement(rid) for rid in rest}
        leaving = [rid for rid in rids if self.engagement(rid) in stay]
        if leaving:
            name = self.alone[leaving[0]]
            # Where the founder itself leaves, those who stay keep its name; a name that was merged away is not used again.
            while name in self.renamed or name in stay:
                name = content_hash("engagement", "split", name)
            for rid in leaving:
                self.moved[rid] = name


def sides(connection: sqlite3.Connection) -> list[tuple[str, dict[int, list[int]]]]:
    """The merges and splits that hold, in order, each with the attached reports of its sides."""
    holds = holding_decisions(connection)
    rows = connection.execute(
        "SELECT d.id, d.kind, d.anchors, a.place, a.rid FROM decisions d JOIN attachments a ON a.decision = d.id"
        " WHERE d.kind IN ('merge', 'split') AND a.rid IS NOT NULL ORDER BY d.id, a.place"
    )
    out: dict[int, tuple[str, dict[int, list[int]]]] = {}
    for ident, kind, anchors, place, rid in rows:
        if holds(ident):
            side = int(json.loads(anchors)[place]["side"])
            out.setdefault(ident, (kind, {}))[1].setdefault(side, []).append(rid)
    return list(out.values())


def place(memory: duckdb.DuckDBPyConnection, connection: sqlite3.Connection) -> set[str]:
    """Sets the engagement of every report that a merge or split moves, or moved before; the engagements that changed."""
    judged = sides(connection)
    held = memory.execute("SELECT count(*) FROM placed").fetchone()
    if not judged and held == (0,):
        return set()
    names = sorted({rid for _, parts in judged for rids in parts.values() for rid in rids})
    memory.register("named", pa.table({"rid": pa.array(names, pa.int64())}))
    rows = memory.execute(
        "SELECT r.rid, coalesce(l.engagement_id, r.alone), r.alone FROM r SEMI JOIN named USING (rid)"
        " LEFT JOIN links l ON l.rid = r.rid"
    ).fetchall()
    grouping = Grouping({r[0]: r[1] for r in rows}, {r[0]: r[2] for r in rows})
    for kind, parts in judged:
        present = {side: [rid for rid in rids if rid in grouping.of] for side, rids in parts.items()}
        if kind == "merge":
            grouping.merge([rid for side in sorted(present) for rid in present[side]])
        else:
            grouping.split(present.get(0, []), present.get(1, []))
    return write(memory, grouping)


def write(memory: duckdb.DuckDBPyConnection, grouping: Grouping) -> set[str]:
    """Gives `r` the engagements of the grouping; the engagements that gained or lost reports."""
    memory.execute("CREATE OR REPLACE TEMP TABLE former AS SELECT rid FROM placed")
    memory.execute("DELETE FROM renamed")
    moved = {old: old for old in grouping.renamed}
    for old in moved:
        name = old
        while name in grouping.renamed:
            name = grouping.renamed[name]
        moved[old] = name
    memory.register("moves", pa.table({
        "old": pa.array(list(moved), pa.string()), "new": pa.array(list(moved.values()), pa.string()),
    }))  # fmt: skip
    memory.execute("INSERT INTO renamed SELECT * FROM moves")
    taken = {rid: grouping.engagement(rid) for rid in grouping.moved}
    memory.register("takes", pa.table({
        "rid": pa.array(list(taken), pa.int64()), "engagement_id": pa.array(list(taken.values()), pa.string()),
    }))  # fmt: skip
    memory.execute("DELETE FROM placed")
    memory.execute(
        "INSERT INTO placed SELECT rid, engagement_id FROM takes UNION ALL"
        " SELECT r.rid, n.new FROM r LEFT JOIN links l USING (rid) JOIN renamed n"
        " ON n.old = coalesce(l.engagement_id, r.alone) ANTI JOIN takes t ON t.rid = r.rid"
    )
    memory.execute(
        "CREATE OR REPLACE TEMP TABLE due AS SELECT r.rid, r.engagement_id AS old,"
        " coalesce(p.engagement_id, l.engagement_id, r.alone) AS new FROM r"
        " SEMI JOIN (SELECT rid FROM former UNION SELECT rid FROM placed) f ON f.rid = r.rid"
        " LEFT JOIN placed p ON p.rid = r.rid LEFT JOIN links l ON l.rid = r.rid"
    )
    memory.execute("UPDATE r SET engagement_id = due.new FROM due WHERE due.rid = r.rid AND due.old <> due.new")
    changed = memory.execute("SELECT old, new FROM due WHERE old <> new").fetchall()
    return {name for pair in changed for name in pair}
