"""Documents as they are kept: text for search, metadata, raw bytes, and which text took the place of which."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import zstandard

from communique.records import Document, Quarantined, Span
from communique.store.database import now
from communique.store.shards import Outcome

COLUMNS = (
    "id", "hash", "title", "outlet", "outlet_country", "published", "url", "lang", "byline", "source", "restates",
    "ignored", "raw", "part", "given", "extractor", "outcome", "reason", "shard", "added", "seq",
)  # fmt: skip
WORD = re.compile(r'"[^"]+"|\w[\w\'’.]*\*?')


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes that a document was read from, with their SHA-256. `suffix` names their kind, `part` the item."""

    bytes: bytes
    sha: str
    suffix: str
    extractor: str
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document to be kept, the bytes that it came from, and what the caller said of it when it was read.

    `replaces` is the number of the document whose place it takes, where that is known beforehand.
    """

    document: Document
    raw: Raw | None = None
    given: dict[str, str] = field(default_factory=dict)
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as the record holds it."""

    number: int
    document: Document
    outcome: str
    reason: str | None
    shard: int
    superseded_by: int | None
    added: str
    raw: str | None
    part: int | None
    given: dict[str, str]
    extractor: str | None


def known(connection: sqlite3.Connection, doc: Document) -> int | None:
    """The number of the document with this id and text, or this address and text; None for a new one."""
    row = connection.execute("SELECT doc FROM documents WHERE id = ? AND hash = ?", (doc.id, doc.hash)).fetchone()
    if row is None and own_page(doc.url):
        row = connection.execute("SELECT doc FROM documents WHERE url = ? AND hash = ?", (doc.url, doc.hash)).fetchone()
    return None if row is None else int(row[0])


def own_page(url: str | None) -> bool:
    """Whether an address is that of one page and not of a whole site.

    >>> own_page("https://example.org/news/1"), own_page("https://example.org/"), own_page(None)
    (True, False, False)
    """
    if not url:
        return False
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def earlier_versions(connection: sqlite3.Connection, doc: Document, replaces: int | None) -> list[tuple[int, int]]:
    """Number and shard of the current documents whose place a new one takes: the same id, or the same page."""
    rows = connection.execute(
        "SELECT doc, shard FROM documents WHERE superseded_by IS NULL AND (id = ? OR doc = ? OR (url = ? AND ?))",
        (doc.id, replaces, doc.url, own_page(doc.url)),
    ).fetchall()
    return [(int(number), int(shard)) for number, shard in rows]


def insert_document(
    connection: sqlite3.Connection, number: int, item: Incoming, outcome: Outcome, shard: int, seq: int
) -> None:
    """Keeps the document, its words for searching and its raw bytes under `number`."""
    doc, raw = item.document, item.raw
    sha = None if raw is None else raw.sha
    if raw is not None and connection.execute("SELECT 1 FROM raws WHERE sha = ?", (sha,)).fetchone() is None:
        packed = zstandard.ZstdCompressor(level=9).compress(raw.bytes)
        connection.execute("INSERT INTO raws VALUES (?, ?, ?, ?)", (sha, len(raw.bytes), raw.suffix, packed))
    values = (
        doc.id, doc.hash, doc.title, doc.outlet, doc.outlet_country, doc.published and doc.published.isoformat(),
        doc.url, doc.lang, doc.byline, doc.source, json.dumps(doc.restates, ensure_ascii=False),
        json.dumps([[s.start, s.end] for s in doc.ignored]), sha, raw and raw.part,
        json.dumps(item.given, sort_keys=True), raw and raw.extractor, outcome.outcome, outcome.reason, shard, now(),
        seq,
    )  # fmt: skip
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    connection.execute(f"INSERT INTO documents (doc, {', '.join(COLUMNS)}) VALUES ({marks})", (number, *values))
    connection.execute("INSERT INTO texts VALUES (?, ?)", (number, doc.text))
    connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, doc.text))


def next_number(connection: sqlite3.Connection) -> int:
    """The first document number that was never given out; for use in a writing transaction."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'next_doc'").fetchone()
    return int(row[0]) if row is not None else 1


def reserve_numbers(connection: sqlite3.Connection, count: int) -> int:
    """The first of `count` numbers that are now given out."""
    first = next_number(connection)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('next_doc', ?)", (str(first + count),))
    return first


def set_aside(connection: sqlite3.Connection, items: Iterable[Quarantined], seq: int) -> None:
    """Notes what could not be used; the same input for the same reason has one row for ever."""
    connection.executemany(
        "INSERT INTO quarantine (source, reason, detail, doc_id, seen, seq) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (source, reason) DO UPDATE SET detail = excluded.detail, resolved = NULL, seq = excluded.seq",
        [(i.source, i.reason, i.detail, i.doc_id, now(), seq) for i in items],
    )


def not_noted(connection: sqlite3.Connection, items: Iterable[Quarantined]) -> list[Quarantined]:
    """Those of the items that have no open row in the quarantine with the same words."""
    return [
        item
        for item in items
        if connection.execute(
            "SELECT 1 FROM quarantine WHERE source = ? AND reason = ? AND detail = ? AND resolved IS NULL",
            (item.source, item.reason, item.detail),
        ).fetchone()
        is None
    ]


def resolve(connection: sqlite3.Connection, source: str | None) -> None:
    """Notes that an input which was set aside before has been read."""
    if source is not None:
        connection.execute("UPDATE quarantine SET resolved = ? WHERE source = ? AND resolved IS NULL", (now(), source))


SELECT = (
    "SELECT d.doc, d.id, d.hash, d.title, d.outlet, d.outlet_country, d.published, d.url, d.lang, d.byline, d.source,"
    " d.restates, d.ignored, t.text, d.outcome, d.reason, d.shard, d.superseded_by, d.added, d.raw, d.part, d.given,"
    " d.extractor FROM documents d JOIN texts t USING (doc)"
)


def fetch(connection: sqlite3.Connection, where: str, values: Sequence[Any] = (), limit: int = -1) -> list[Kept]:
    """The kept documents that fulfil an SQL condition on `documents d`, in order of their numbers."""
    rows = connection.execute(f"{SELECT} WHERE {where} ORDER BY d.doc LIMIT {int(limit)}", values)
    return [kept(row) for row in rows]


def kept(row: Sequence[Any]) -> Kept:
    """The document of a row of `SELECT`."""
    number, ident, digest, title, outlet, country, published, url, lang, byline, source, restates, ignored = row[:13]
    doc = Document(
        id=ident, text=row[13], title=title, outlet=outlet, outlet_country=country, published=published, url=url,
        lang=lang, byline=byline, source=source, restates=tuple(json.loads(restates)), hash=digest,
        ignored=tuple(Span(start=a, end=b) for a, b in json.loads(ignored)),
    )  # fmt: skip
    outcome, reason, shard, superseded_by, added, raw, part, given, extractor = row[14:]
    return Kept(number, doc, outcome, reason, shard, superseded_by, added, raw, part, json.loads(given), extractor)


def raw_bytes(connection: sqlite3.Connection, sha: str) -> tuple[bytes, str] | None:
    """The bytes with this hash and their suffix, None where the record has no such bytes."""
    row = connection.execute("SELECT bytes, size, suffix FROM raws WHERE sha = ?", (sha,)).fetchone()
    if row is None:
        return None
    return zstandard.ZstdDecompressor().decompress(row[0], max_output_size=max(1, row[1])), row[2]


def search(connection: sqlite3.Connection, words: str) -> list[int]:
    """The numbers of the documents that hold all the words; "quoted words" must follow each other, `word*` begins one.

    `OR` between two words takes either. Letters with and without accents, and the endings of a word, count as the same.
    """
    question = match_expression(words)
    if question is None:
        return []
    return [int(row[0]) for row in connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (question,))]


def match_expression(words: str) -> str | None:
    """The words as an expression of FTS5 that cannot be malformed, None where there is no word.

    >>> match_expression('naval drill* OR "air defence" (NATO)')
    '"naval" "drill" * OR "air defence" "NATO"'
    """
    out: list[str] = []
    for token in WORD.findall(words):
        if token == "OR":
            if out and out[-1] != "OR":
                out.append("OR")
            continue
        plain = token.strip('"')
        if any(c.isalnum() for c in plain):
            out.append(f'"{plain[:-1]}" *' if plain.endswith("*") else f'"{plain}"')
    while out and out[-1] == "OR":
        out.pop()
    return " ".join(out) or None
