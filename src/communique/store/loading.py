"""Fills the tables in memory: coded rows from Parquet, corrected ones from the overlays, links, copies, documents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from communique.store import coded
from communique.store.rows import REPORTS

SLICE = 50_000
"""Documents that are read at once."""

FLAT = (
    "rid", "doc", "item", "doc_id", "report_id", "alone", "outlet", "outlet_country", "published", "type", "mode",
    "status", "start", "end", "precision", "place", "place_country", "lat", "lon", "geo_precision", "actors", "pairs",
    "level", "domains", "aggregate", "confidence", "asserted_kind", "asserted_name", "cameo", "plover", "plover_mode",
    "details",
)  # fmt: skip
PARTICIPANT = ("role", "actor", "kind", "name", "post", "rank", "level")
VOICE = (
    "CASE WHEN o.affiliation IN ('state', 'government') AND o.country IS NOT NULL THEN 'state ' || o.country"
    " WHEN o.affiliation IN ('independent', 'public', 'private', 'party') THEN 'independent' ELSE 'unknown' END"
)
"""Whose voice an outlet is, for the camps of an engagement (as `pipeline.link.witnesses` names them)."""


HIGHER = "CASE WHEN level_rank(l.level) < coalesce(level_rank(c.level), 99) THEN l.level ELSE c.level END"
"""The level that a report's own words tell, or the one that learned tenures give its officials if that is higher."""


def newest(connection: sqlite3.Connection, kind: str) -> int | None:
    """The number of the live shard of links or copies, None before the first."""
    row = connection.execute("SELECT max(shard) FROM shards WHERE kind = ? AND retired IS NULL", (kind,)).fetchone()
    return None if row[0] is None else int(row[0])


def path_of(connection: sqlite3.Connection, folder: Path, shard: int | None) -> str | None:
    """The file of a shard as an SQL literal."""
    row = connection.execute("SELECT file FROM shards WHERE shard = ?", (shard,)).fetchone()
    return None if row is None else coded.quoted(str(folder / row[0]))


def load_links(memory: duckdb.DuckDBPyConnection, connection: sqlite3.Connection, folder: Path) -> None:
    """Fills `links` and `copy_groups` from the last run of linking."""
    links = path_of(connection, folder, newest(connection, "links"))
    if links is not None:
        more = "level, telling" if "level" in columns_of(connection, folder, "links") else "NULL, NULL"
        memory.execute(f"INSERT INTO links SELECT rid, engagement, {more} FROM read_parquet({links})")
    copies = path_of(connection, folder, newest(connection, "copies"))
    if copies is not None:
        memory.execute(f"INSERT INTO copy_groups SELECT doc, telling FROM read_parquet({copies})")


def columns_of(connection: sqlite3.Connection, folder: Path, kind: str) -> list[str]:
    """The columns of the live shard of links or copies; none before the first."""
    row = connection.execute("SELECT file FROM shards WHERE shard = ?", (newest(connection, kind),)).fetchone()
    return [] if row is None else list(pq.read_schema(folder / row[0]).names)


def insert_coded(
    memory: duckdb.DuckDBPyConnection, connection: sqlite3.Connection, folder: Path, shards: Iterable[int], into: str
) -> None:
    """Fills `r` or `p` with the current rows of these shards that no decision takes out or changes."""
    wanted = set(shards)
    if not wanted:
        return
    memory.register("gone", coded.retired(connection))
    overlaid = connection.execute(
        "SELECT rid, state, review FROM overlays WHERE state <> 'coded' OR review IS NOT NULL"
    )
    rows = overlaid.fetchall()
    memory.register("touched", pa.table({"rid": pa.array([r[0] for r in rows if r[1] != "coded"], pa.int64())}))
    memory.register("reviewed", pa.table({
        "rid": pa.array([r[0] for r in rows if r[1] == "coded"], pa.int64()),
        "review": pa.array([r[2] for r in rows if r[1] == "coded"], pa.string()),
    }))  # fmt: skip
    source = (
        f"{coded.source(connection, folder, wanted)} c ANTI JOIN gone g ON c.shard = g.shard AND c.doc = g.doc"
        " ANTI JOIN touched t ON c.rid = t.rid"
    )
    if into == "p":
        insert_participants(memory, source)
    else:
        insert_rows(memory, f"{source} LEFT JOIN reviewed v ON v.rid = c.rid", "'coded'", "v.review", "c.shard")


def insert_rows(memory: duckdb.DuckDBPyConnection, source: str, origin: str, review: str, shard: str) -> None:
    """Appends the rows of a source aliased `c` to `r`."""
    flat = ", ".join(HIGHER if name == "level" else f'c."{name}"' for name in FLAT)
    names = ", ".join(f'"{name}"' for name in FLAT)
    memory.execute(
        f"INSERT INTO r ({names}, engagement, telling, voice, origin, review, shard, n)"
        f" SELECT {flat}, coalesce(l.engagement, c.alone), coalesce(l.telling, k.telling, c.doc),"
        f" {VOICE}, {origin}, {review}, {shard}, nextval('numbers') FROM {source} LEFT JOIN links l ON l.rid = c.rid"
        " LEFT JOIN copy_groups k ON k.doc = c.doc LEFT JOIN outlets o ON o.outlet = c.outlet"
    )


def insert_participants(memory: duckdb.DuckDBPyConnection, source: str) -> None:
    """Appends the participants of a source aliased `c` to `p`, those named for the first time to `people`."""
    memory.execute(f"CREATE OR REPLACE TEMP TABLE coming AS SELECT c.rid, unnest(c.participants) AS u FROM {source}")
    memory.execute(
        "INSERT INTO people SELECT nextval('whos'), actor, name FROM (SELECT DISTINCT u.actor AS actor, u.name AS name"
        " FROM coming WHERE u.kind = 'person' AND u.name IS NOT NULL) ANTI JOIN people USING (actor, name)"
    )
    parts = ", ".join(f'c.u."{name}"' for name in PARTICIPANT)
    memory.execute(
        f"INSERT INTO p SELECT c.rid, {parts}, w.who FROM coming c"
        " LEFT JOIN people w ON c.u.kind = 'person' AND w.actor = c.u.actor AND w.name = c.u.name"
    )
    memory.execute("DROP TABLE coming")


def apply_overlays(
    memory: duckdb.DuckDBPyConnection, connection: sqlite3.Connection, folder: Path, since: int, into: Sequence[str]
) -> set[int]:
    """Lays what was decided after `since` over `r` or `p` or both; the engagements whose reports changed.

    On tables that `insert_coded` has just filled (`since` -1) only what is edited or added is still to be laid over.
    """
    anew = since < 0
    rows = connection.execute(
        "SELECT rid, state, review, report FROM overlays WHERE seq > ? AND (NOT ? OR state IN ('edited', 'added'))",
        (since, anew),
    ).fetchall()
    changed: set[int] = set()
    if not anew:
        marked = mark_reviews(memory, [(r[0], r[2]) for r in rows if r[1] == "coded"])
        rows, changed = [row for row in rows if row[0] not in marked], set(marked.values())
    if not rows:
        return changed
    memory.register("laid", pa.table({
        "rid": pa.array([r[0] for r in rows], pa.int64()), "state": pa.array([r[1] for r in rows], pa.string()),
        "review": pa.array([r[2] for r in rows], pa.string()), "report": pa.array([r[3] for r in rows], pa.string()),
    }))  # fmt: skip
    concerned = "SELECT DISTINCT engagement FROM r SEMI JOIN laid USING (rid)"
    changed |= set() if anew else {row[0] for row in memory.execute(concerned).fetchall()}
    form = coded.quoted(json.dumps(shape()))
    memory.execute(
        f"CREATE OR REPLACE TEMP TABLE corrected AS SELECT unnest(from_json(report, {form})),"
        " state, review FROM laid WHERE state IN ('edited', 'added')"
    )
    memory.register("gone", coded.retired(connection))
    homes = connection.execute(
        "SELECT DISTINCT d.shard FROM overlays o JOIN documents d USING (doc) WHERE o.seq > ? AND o.state = 'coded'",
        (since,),
    )
    kept = (
        f"{coded.source(connection, folder, {row[0] for row in homes})} c"
        " ANTI JOIN gone g ON c.shard = g.shard AND c.doc = g.doc"
        " JOIN laid d ON c.rid = d.rid AND d.state = 'coded'"
    )
    for table in into:
        if not anew:
            memory.execute(f"DELETE FROM {table} WHERE rid IN (SELECT rid FROM laid)")
        if table == "r":
            insert_rows(memory, "corrected c", "c.state", "c.review", "-1")
        else:
            insert_participants(memory, "corrected c")
        if not anew and any(row[1] == "coded" for row in rows):
            if table == "r":
                insert_rows(memory, kept, "'coded'", "d.review", "c.shard")
            else:
                insert_participants(memory, kept)
    return set() if anew else changed | {row[0] for row in memory.execute(concerned).fetchall()}


def mark_reviews(memory: duckdb.DuckDBPyConnection, reviews: Sequence[tuple[int, str | None]]) -> dict[int, int]:
    """Gives reports that stand in `r` as they were coded the review of their decisions: most decisions do no more.

    Which those were, each with its engagement. They bear new numbers, as every row that changes does.
    """
    if not reviews:
        return {}
    memory.register("reviews", pa.table({
        "rid": pa.array([rid for rid, _ in reviews], pa.int64()), "said": pa.array([s for _, s in reviews], pa.string())
    }))  # fmt: skip
    memory.execute(
        "CREATE OR REPLACE TEMP TABLE marked AS SELECT r.* REPLACE (w.said AS review) FROM r"
        " JOIN reviews w USING (rid) WHERE r.origin = 'coded'"
    )
    memory.execute("DELETE FROM r WHERE rid IN (SELECT rid FROM marked)")
    memory.execute("INSERT INTO r SELECT * REPLACE (nextval('numbers') AS n) FROM marked")
    return dict(memory.execute("SELECT rid, engagement FROM marked").fetchall())


def shape() -> dict[str, object]:
    """The columns of a corrected row with DuckDB's names of their types, as `from_json` asks for them."""
    return {field.name: duck_type(field.type) for field in REPORTS}


def duck_type(kind: pa.DataType) -> object:
    """DuckDB's name for an Arrow type, nested ones as lists and objects."""
    if pa.types.is_list(kind):
        return [duck_type(kind.value_type)]
    if pa.types.is_struct(kind):
        return {kind.field(i).name: duck_type(kind.field(i).type) for i in range(kind.num_fields)}
    names = {
        pa.int64(): "BIGINT", pa.uint64(): "UBIGINT", pa.int32(): "INTEGER", pa.int8(): "TINYINT",
        pa.string(): "VARCHAR", pa.date32(): "DATE", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN",
    }  # fmt: skip
    return names[kind]


def add_documents(memory: duckdb.DuckDBPyConnection, connection: sqlite3.Connection, seq: int) -> int:
    """Appends the documents that are new as of a change to those behind the view `documents`: their numbers grow.

    How many there were.
    """
    last = memory.execute("SELECT coalesce(max(doc), 0) FROM documents_table").fetchall()[0][0]
    found = connection.execute(
        "SELECT d.doc, d.id, d.hash, d.title, d.outlet, d.outlet_country, d.published, d.url, d.lang, d.source,"
        " d.outcome, d.reason, n.id, d.added, s.coder, s.codebook, s.lexicon FROM documents d"
        " JOIN shards s USING (shard) LEFT JOIN documents n ON n.doc = d.superseded_by WHERE d.doc > ? AND d.seq <= ?"
        " ORDER BY d.doc",
        (last, seq),
    )
    added = 0
    while rows := found.fetchmany(SLICE):
        append(memory, "documents_table", rows)
        added += len(rows)
    return added


def load_officials(memory: duckdb.DuckDBPyConnection, connection: sqlite3.Connection) -> None:
    """Fills the table behind the view `officials` anew."""
    officials = connection.execute(
        'SELECT person, name, state, post, level, start, "end", doc_id, evidence, why FROM tenures'
        " ORDER BY person, start"
    ).fetchall()
    memory.execute("DELETE FROM officials_table")
    append(memory, "officials_table", officials)


def append(memory: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]]) -> None:
    """Adds rows of texts and whole numbers to a table."""
    if rows:
        columns = list(zip(*rows, strict=True))
        kinds = [pa.int64() if i == 0 and table == "documents_table" else pa.string() for i in range(len(columns))]
        held = {f"c{i}": pa.array(c, k) for i, (c, k) in enumerate(zip(columns, kinds, strict=True))}
        memory.register("incoming", pa.table(held))
        memory.execute(f"INSERT INTO {table} SELECT * FROM incoming")
        memory.unregister("incoming")
