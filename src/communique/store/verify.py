"""Checks a record against its own hashes and numbers: what is damaged, and what is only left over."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import zstandard

from communique.store import decision_log
from communique.store.shards import MARKER, TEMPORARY, file_hash
from communique.text import content_hash


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that verification found. What is not `grave` is left over from interrupted work and harms nothing."""

    kind: str
    what: str
    detail: str
    grave: bool = True

    def __str__(self) -> str:
        """The problem in one line."""
        return f"{'DAMAGED' if self.grave else 'left over'} {self.kind} {self.what}: {self.detail}"


def verify(connection: sqlite3.Connection, folder: Path) -> list[Problem]:
    """Every problem of the record, grave ones first; an intact one gives none that is grave."""
    checks = (database, texts, raws, manifest, homes, overlays, decision_log_chain, leftovers)
    found = [problem for check in checks for problem in check(connection, folder)]
    return sorted(found, key=lambda p: not p.grave)


def database(connection: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    """SQLite's own view of the file, and rows that point to nothing."""
    for (said,) in connection.execute("PRAGMA integrity_check(10)"):
        if said != "ok":
            yield Problem("database", "record.sqlite", f"{said}; restore the last backup")
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem("database", f"{table} row {row}", f"points to a row of {parent} that is not there")
    counts = connection.execute("SELECT (SELECT count(*) FROM texts), (SELECT count(*) FROM documents)").fetchone()
    indexed = connection.execute("SELECT count(*) FROM words_docsize").fetchone()[0]
    if len({*counts, indexed}) != 1:
        yield Problem("database", "texts", f"{counts[1]} documents, {counts[0]} texts, {indexed} of them searchable")


def texts(connection: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    """Texts that are not those of their document's hash."""
    for ident, digest, text in connection.execute("SELECT id, hash, text FROM documents JOIN texts USING (doc)"):
        if content_hash(text) != digest:
            yield Problem("text", ident, f"its hash is {content_hash(text)}, {digest} was recorded")


def raws(connection: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    """Raw bytes that are not those of their hash."""
    unpack = zstandard.ZstdDecompressor()
    for sha, size, packed in connection.execute("SELECT sha, size, bytes FROM raws"):
        try:
            data = unpack.decompress(packed, max_output_size=max(1, size))
        except zstandard.ZstdError as broken:
            yield Problem("raw bytes", sha, str(broken))
            continue
        if hashlib.sha256(data).hexdigest() != sha:
            yield Problem("raw bytes", sha, "the bytes have another hash than was recorded")


def manifest(connection: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    """Published files that are missing, changed, of another length, or whose rows do not fit their documents."""
    rows = connection.execute(
        "SELECT shard, kind, file, sha256, rows, first_doc FROM shards WHERE retired IS NULL ORDER BY shard"
    ).fetchall()
    for shard, kind, file, sha, count, first in rows:
        digest = file_hash(folder / file)
        if digest is None:
            yield Problem("shard", file, "the published file is missing; restore it from a backup, or `recode`")
        elif digest != sha:
            yield Problem("shard", file, "the published file was changed; restore it from a backup, or `recode`")
        else:
            table = pq.read_table(folder / file)
            if table.num_rows != count:
                yield Problem("shard", file, f"{table.num_rows} rows, {count} were published")
            if kind == "reports":
                yield from offsets(connection, shard, file, first, table)


def offsets(connection: sqlite3.Connection, shard: int, file: str, first: int, table: pa.Table) -> Iterator[Problem]:
    """Rows of documents that the record lacks, and evidence or mentions that their texts do not bear out."""
    lean = table.select(["doc", "doc_hash", "report_id", "evidence", "participants"])
    if lean.num_rows == 0:
        return
    gone = {r[0] for r in connection.execute("SELECT doc FROM retired_documents WHERE shard = ?", (shard,))}
    low, high = pc.min(lean["doc"]).as_py() + first, pc.max(lean["doc"]).as_py() + first
    held = connection.execute(
        "SELECT d.doc, d.hash, d.shard, t.text FROM documents d JOIN texts t USING (doc) WHERE d.doc BETWEEN ? AND ?",
        (low, high),
    )
    known = {doc: (digest, home, text) for doc, digest, home, text in held if home == shard}
    for row in lean.to_pylist():
        number = row["doc"] + first
        if number in gone:
            continue
        if number not in known or known[number][0] != row["doc_hash"]:
            yield Problem("report", row["report_id"], f"in {file}: document {number} is not the one that was coded")
            continue
        text = known[number][2]
        spans = [(s["start"], s["end"]) for s in row["evidence"]]
        told = [(p["start"], p["end"], p["mention"]) for p in row["participants"] if p["start"] is not None]
        bad = [s for s in spans if not 0 <= s[0] < s[1] <= len(text)]
        bad += [(a, b) for a, b, mention in told if mention is not None and text[a:b] != mention]
        if bad:
            yield Problem("report", row["report_id"], f"in {file}: {bad[0]} does not stand in the text of {number}")


def homes(connection: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    """Documents whose shard does not count any more, and shards whose numbers do not add up."""
    lost = connection.execute(
        "SELECT d.id FROM documents d LEFT JOIN shards s USING (shard) WHERE s.shard IS NULL OR s.retired IS NOT NULL"
    )
    for (ident,) in lost:
        yield Problem("document", ident, "its reports lie in no published shard; `recode` makes them anew")
    cut = connection.execute(
        "SELECT r.shard, r.doc FROM retired_documents r JOIN documents d USING (doc)"
        " WHERE d.shard = r.shard AND d.superseded_by IS NULL"
    )
    for shard, doc in cut:
        yield Problem("document", str(doc), f"current, but its rows in shard {shard} are taken out; `recode` it")


def overlays(connection: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    """Decisions that are neither attached nor listed."""
    rows = connection.execute("SELECT d.id, d.anchors, count(a.decision) FROM decisions d"
                              " LEFT JOIN attachments a ON a.decision = d.id GROUP BY d.id")  # fmt: skip
    for ident, anchors, attached in rows:
        if len(json.loads(anchors)) != attached:
            yield Problem("decision", str(ident), "not all that it is about is attached or listed")
    lost = connection.execute(
        "SELECT decision FROM attachments a WHERE rid IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM overlays o WHERE o.rid = a.rid)"
    )
    for (ident,) in lost:
        yield Problem("decision", str(ident), "attached to a report whose corrected state was not worked out")


def decision_log_chain(connection: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    """The first decision that is not as it was written, or is missing before a later one."""
    broken = decision_log.broken_link(connection)
    if broken is not None:
        yield Problem("decision", str(broken), "it, or one before it, was changed after it was written")


def leftovers(connection: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    """Files that no manifest row names: unpublished work that a later `add` can take up, or retired files."""
    named = {r[0]: r[1] for r in connection.execute("SELECT file, retired FROM shards")}
    for path in sorted(folder.iterdir()):
        if path.name in named and named[path.name] is None:
            continue
        if path.name in named:
            why = "retired; `compact` deletes it when no reader can need it any more"
        elif path.name.endswith((TEMPORARY, MARKER, ".parquet")):
            why = "unfinished or unpublished; `add` of the same inputs takes it up, `compact` deletes it when it is old"
        else:
            why = "no file of the record"
        yield Problem("file", path.name, why, grave=False)
