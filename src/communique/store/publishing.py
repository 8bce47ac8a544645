"""Publishing coded shards: one transaction makes documents, rows, quarantine and supersession count, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.store import attaching, documents
from communique.store.database import change, transaction
from communique.store.shards import Coded, discard, insert_manifest, retire_document, retire_empty


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication added: its sequence number, and the outcomes of the documents that were new."""

    seq: int
    new: int
    outcomes: tuple[str, ...]
    superseded: int


def publish_new(
    connection: sqlite3.Connection, folder: Path, items: Sequence[documents.Incoming], coded: Coded
) -> Published:
    """Keeps a shard of new documents with its rows; documents that another process kept meanwhile are passed over."""
    assert len(items) == len(coded.outcomes), "a shard has one outcome for each of its documents"
    with transaction(connection):
        published = _publish_new(connection, folder, items, coded)
        # Two processes may have taken up one marker: the file can be the other's, and published.
        named = connection.execute("SELECT 1 FROM shards WHERE file = ?", (coded.written.file,)).fetchone()
    discard(folder, coded, file=named is None)
    return published


def _publish_new(
    connection: sqlite3.Connection, folder: Path, items: Sequence[documents.Incoming], coded: Coded
) -> Published:
    fresh = [documents.known(connection, item.document) is None for item in items]
    if not any(fresh):
        return Published(0, 0, (), 0)
    seq = change(connection, "add", coded.input_hash)
    first = documents.reserve_numbers(connection, len(items))
    shard = insert_manifest(
        connection, "reports", coded.written, seq, first_doc=first, input_hash=coded.input_hash,
        versions=coded.versions, counts=coded.counts(),
    )  # fmt: skip
    moved: list[tuple[int, int]] = []
    outcomes: list[str] = []
    for number, (item, outcome) in enumerate(zip(items, coded.outcomes, strict=True), start=first):
        # Asked again: two items of one shard may be one page with one text.
        if documents.known(connection, item.document) is not None:
            retire_document(connection, shard, number, seq)
            continue
        earlier = documents.earlier_versions(connection, item.document, item.replaces)
        documents.insert_document(connection, number, item, outcome, shard, seq)
        documents.resolve(connection, item.document.source)
        outcomes.append(outcome.outcome)
        for old, held in earlier:
            connection.execute("UPDATE documents SET superseded_by = ? WHERE doc = ?", (number, old))
            retire_document(connection, held, old, seq)
            moved.append((old, number))
    documents.set_aside(connection, coded.quarantined, seq)
    attaching.follow(connection, folder, moved, seq)
    return Published(seq, len(outcomes), tuple(outcomes), len(moved))


def publish_recoded(connection: sqlite3.Connection, folder: Path, numbers: Sequence[int], coded: Coded) -> Published:
    """Puts a shard of newly coded rows in the place of those that its documents had; decisions follow or are listed."""
    with transaction(connection):
        seq = change(connection, "recode", coded.input_hash)
        shard = insert_manifest(
            connection, "reports", coded.written, seq, input_hash=coded.input_hash, versions=coded.versions,
            counts=coded.counts(),
        )  # fmt: skip
        left: set[int] = set()
        for number, outcome in zip(numbers, coded.outcomes, strict=True):
            row = connection.execute("SELECT shard, superseded_by FROM documents WHERE doc = ?", (number,)).fetchone()
            left.add(int(row[0]))
            retire_document(connection, int(row[0]), number, seq)
            if row[1] is not None:
                retire_document(connection, shard, number, seq)
            connection.execute(
                "UPDATE documents SET shard = ?, outcome = ?, reason = ? WHERE doc = ?",
                (shard, outcome.outcome, outcome.reason, number),
            )
        documents.set_aside(connection, coded.quarantined, seq)
        attaching.follow(connection, folder, [(n, n) for n in numbers], seq)
        retire_empty(connection, left)
    discard(folder, coded, file=False)
    return Published(seq, len(numbers), tuple(o.outcome for o in coded.outcomes), 0)
