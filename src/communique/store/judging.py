"""Lays merges and splits that people decided over the links of the last run, which may be older than they are."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from communique.store.attaching import holding_decisions
from communique.store.rows import engagement_number
from communique.text import content_hash


@dataclass(slots=True)
class Grouping:
    """The engagements of the reports that merges and splits speak of, as they change from decision to decision.

    `of` gives each report's engagement by the last run, `alone` the engagement that it would found. A group that a
    split makes has a negative number until it is named.
    """

    of: dict[int, int]
    alone: dict[int, int]
    merged: dict[int, int] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    founders: dict[int, int] = field(default_factory=dict)

    def group(self, rid: int) -> int:
        """The present group of a report."""
        return self.top(self.moved.get(rid, self.of[rid]))

    def top(self, group: int) -> int:
        """The group that a group was merged into, itself if it was not."""
        while group in self.merged:
            group = self.merged[group]
        return group

    def merge(self, rids: list[int]) -> None:
        """Makes one group of those of the reports; it keeps the name of the first."""
        groups = list(dict.fromkeys(self.group(rid) for rid in rids))
        for other in groups[1:]:
            self.merged[other] = groups[0]

    def split(self, rids: list[int], rest: list[int]) -> None:
        """Takes the first reports out of the group of the rest, together."""
        stay = {self.group(rid) for rid in rest}
        leaving = [rid for rid in rids if self.group(rid) in stay]
        if leaving:
            group = -1 - len(self.founders)
            self.founders[group] = leaving[0]
            self.moved |= dict.fromkeys(leaving, group)

    def names(self) -> dict[int, int]:
        """The engagement of each group that is left: that of the last run, else that of its founder if it is free.

        Where a founder itself was split off, those who stay keep its name until the next run of linking.
        """
        left = dict.fromkeys(self.top(g) for g in (*self.of.values(), *self.founders))
        out = {g: g for g in left if g >= 0}
        for group in left:
            if group < 0:
                name = self.alone[self.founders[group]]
                while name in out.values():
                    name = engagement_number(content_hash("engagement", "split", str(name)))
                out[group] = name
        return out


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


def place(memory: duckdb.DuckDBPyConnection, connection: sqlite3.Connection) -> set[int]:
    """Sets the engagement of each report that a merge or split moves, or moved before; the engagements that changed."""
    judged = sides(connection)
    held = memory.execute("SELECT count(*) FROM placed").fetchall()
    if not judged and held == [(0,)]:
        return set()
    names = sorted({rid for _, parts in judged for rids in parts.values() for rid in rids})
    memory.register("named", pa.table({"rid": pa.array(names, pa.int64())}))
    rows = memory.execute(
        "SELECT r.rid, coalesce(l.engagement, r.alone), r.alone FROM r SEMI JOIN named USING (rid)"
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


def write(memory: duckdb.DuckDBPyConnection, grouping: Grouping) -> set[int]:
    """Gives `r` the engagements of the grouping; the engagements that gained or lost reports."""
    memory.execute("CREATE OR REPLACE TEMP TABLE former AS SELECT rid FROM placed")
    memory.execute("DELETE FROM renamed")
    names = grouping.names()
    renamed = {g: names[grouping.top(g)] for g in grouping.merged if g >= 0}
    memory.register("moves", pa.table({
        "old": pa.array(list(renamed), pa.uint64()), "new": pa.array(list(renamed.values()), pa.uint64()),
    }))  # fmt: skip
    memory.execute("INSERT INTO renamed SELECT * FROM moves")
    taken = {rid: names[grouping.group(rid)] for rid in grouping.moved}
    memory.register("takes", pa.table({
        "rid": pa.array(list(taken), pa.int64()), "engagement": pa.array(list(taken.values()), pa.uint64()),
    }))  # fmt: skip
    memory.execute("DELETE FROM placed")
    memory.execute(
        "INSERT INTO placed SELECT rid, engagement FROM takes UNION ALL"
        " SELECT r.rid, n.new FROM r LEFT JOIN links l USING (rid) JOIN renamed n"
        " ON n.old = coalesce(l.engagement, r.alone) ANTI JOIN takes t ON t.rid = r.rid"
    )
    memory.execute(
        "CREATE OR REPLACE TEMP TABLE due AS SELECT r.rid, r.engagement AS old,"
        " coalesce(p.engagement, l.engagement, r.alone) AS new FROM r"
        " SEMI JOIN (SELECT rid FROM former UNION SELECT rid FROM placed) f ON f.rid = r.rid"
        " LEFT JOIN placed p ON p.rid = r.rid LEFT JOIN links l ON l.rid = r.rid"
    )
    memory.execute("UPDATE r SET engagement = due.new FROM due WHERE due.rid = r.rid AND due.old <> due.new")
    changed = memory.execute("SELECT old, new FROM due WHERE old <> new").fetchall()
    return {name for pair in changed for name in pair}
