"""Links as the record keeps them: published like shards, with redirects from names that are no more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from communique.store import loading
from communique.store.database import change, transaction
from communique.store.judging import sides
from communique.store.rows import key_of
from communique.store.shards import Written, insert_manifest, retire, write_table

LINKS = pa.schema([
    ("rid", pa.int64()), ("engagement", pa.uint64()), ("partner", pa.int64()), ("score", pa.float32()),
    ("why", pa.list_(pa.string())),
])  # fmt: skip
FULL_LINKS = LINKS.append(pa.field("level", pa.string())).append(pa.field("telling", pa.int64()))
"""LINKS with what linking knows beyond them: the level that learned tenures give the officials of a report whose posts
nothing else tells, and the number of the telling within the engagement where it differs from the document's own."""
COPIES = pa.schema([("doc", pa.int64()), ("telling", pa.int64()), ("copies", pa.string()), ("wire", pa.string())])
"""Documents that are no telling of their own: the number of the telling, the group of near-copies, the agency."""
TENURE = ("tenure", "person", "name", "state", "post", "level", "start", "end", "doc_id", "evidence", "why")


@dataclass(frozen=True, slots=True)
class Links:
    """What a run of linking found: a table of the form LINKS or FULL_LINKS, one of the form COPIES, learned tenures.

    `sequence` is that of the record when the run read it. `tenures` have the keys of TENURE.
    """

    table: pa.Table
    copies: pa.Table | None = None
    tenures: tuple[Mapping[str, Any], ...] = ()
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Linked:
    """What a publication of links came to."""

    reports: int
    engagements: int
    redirects: int


@dataclass(frozen=True, slots=True)
class Judgements:
    """Pairs of report keys (`rows.key_of`) that people hold to be one event, and pairs that they hold apart.

    They do not contradict each other: of two decisions that would, the later one counts.
    """

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


def judgements(connection: sqlite3.Connection) -> Judgements:
    """The judgements of all merges and splits that hold."""
    found = Consistent()
    for kind, parts in reversed(sides(connection)):
        if kind == "merge":
            rids = [rid for side in sorted(parts) for rid in parts[side]]
            found.join([(rids[0], rid) for rid in rids[1:]])
        else:
            out, stay = parts.get(0, []), parts.get(1, [])
            found.part([(a, b) for a in out for b in stay])
            found.join([(out[0], rid) for rid in out[1:]])
    pairs = [tuple((key_of(a), key_of(b)) for a, b in some) for some in (found.together, found.apart)]
    return Judgements(*pairs)


@dataclass(slots=True)
class Consistent:
    """Judgements taken one by one; what contradicts those before it is left out."""

    together: list[tuple[int, int]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)
    parent: dict[int, int] = field(default_factory=dict)

    def top(self, rid: int) -> int:
        """The representative of all that are held to be one with a report."""
        while rid in self.parent:
            rid = self.parent[rid]
        return rid

    def join(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Holds pairs together."""
        for a, b in pairs:
            one, other = self.top(a), self.top(b)
            if one != other and not any({self.top(x), self.top(y)} == {one, other} for x, y in self.apart):
                self.parent[other] = one
                self.together.append((a, b))

    def part(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Holds pairs apart."""
        self.apart += [(a, b) for a, b in pairs if self.top(a) != self.top(b)]


def publish(connection: sqlite3.Connection, folder: Path, links: Links) -> Linked:
    """Makes the links the record's own in one transaction: the last run to publish counts."""
    form = FULL_LINKS if "level" in links.table.column_names else LINKS
    written = {"links": write_table(folder, "links", links.table.cast(form))}
    if links.copies is not None:
        written["copies"] = write_table(folder, "copies", links.copies.cast(COPIES))
    with transaction(connection):
        seq = change(connection, "link", f"{links.table.num_rows} reports as of change {links.sequence}")
        moved = redirects(connection, folder, links.table)
        connection.executemany("INSERT OR REPLACE INTO redirects VALUES (?, ?, ?)", [(a, b, seq) for a, b in moved])
        alive = {f"{number:016x}" for number in links.table["engagement"].unique().to_pylist()}
        named = [row[0] for row in connection.execute("SELECT old FROM redirects")]
        connection.executemany("DELETE FROM redirects WHERE old = ?", [(name,) for name in named if name in alive])
        for kind, file in written.items():
            take_over(connection, kind, file, seq)
        learn(connection, links.tenures, seq)
    return Linked(links.table.num_rows, len(alive), len(moved))


def take_over(connection: sqlite3.Connection, kind: str, written: Written, seq: int) -> None:
    """Puts a file in the place of the one of its kind."""
    for (old,) in connection.execute("SELECT shard FROM shards WHERE kind = ? AND retired IS NULL", (kind,)).fetchall():
        retire(connection, old)
    insert_manifest(connection, kind, written, seq, input_hash=written.sha256)


def redirects(connection: sqlite3.Connection, folder: Path, table: pa.Table) -> list[tuple[str, str]]:
    """Where most reports of each engagement went whose name is no more; the smaller name among equals."""
    old = loading.path_of(connection, folder, loading.newest(connection, "links"))
    if old is None:
        return []
    memory = duckdb.connect()
    try:
        memory.register("new", table)
        rows = memory.execute(
            "SELECT old, arg_max(new, (n, -place)) FROM"
            " (SELECT o.engagement AS old, w.engagement AS new, count(*) AS n,"
            f" row_number() OVER (ORDER BY w.engagement) AS place FROM read_parquet({old}) o JOIN new w USING (rid)"
            " GROUP BY 1, 2) WHERE old NOT IN (SELECT engagement FROM new) GROUP BY old ORDER BY old"
        ).fetchall()
    finally:
        memory.close()
    return [(f"{a:016x}", f"{b:016x}") for a, b in rows]


def learn(connection: sqlite3.Connection, tenures: Iterable[Mapping[str, Any]], seq: int) -> None:
    """Keeps the tenures that the record's documents tell of, in the place of those that former runs learned."""
    connection.execute("DELETE FROM tenures")
    rows = [(*(row.get(name) for name in TENURE), seq) for row in tenures]
    marks = ", ".join("?" * (len(TENURE) + 1))
    connection.executemany(f"INSERT OR REPLACE INTO tenures VALUES ({marks})", rows)
