"""Keeps decisions with the reports that they are about: after a decision, a recoding, a new version of a text."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from communique.lexicon import Lexicon
from communique.records import Report
from communique.store import coded, documents
from communique.store.anchors import Anchor, matching
from communique.store.documents import Kept
from communique.store.folding import Step, active, fold
from communique.store.own_rows import lexicon_of
from communique.store.rows import report_number, report_of, row_of

SLICE = 10_000
ADDED = -1  # the index of a report that the coder did not find


def follow(connection: sqlite3.Connection, folder: Path, moves: Sequence[tuple[int, int]], seq: int) -> None:
    """Attaches the decisions on each old document to the reports of the new one, in the open transaction.

    A decision that finds no report stays in the log and is listed (`how` = 'listed') until it is asked again.
    """
    held = {row[0] for row in connection.execute("SELECT DISTINCT doc FROM attachments")} if moves else set()
    for old, new in moves:
        if old not in held:
            continue
        held.add(new)
        rows = connection.execute(
            "SELECT a.decision, a.place, a.rid, d.kind, d.anchors, d.after FROM attachments a"
            " JOIN decisions d ON d.id = a.decision WHERE a.doc = ? ORDER BY a.decision, a.place", (old,)
        ).fetchall()  # fmt: skip
        kept = documents.fetch(connection, "d.doc = ?", (new,))[0]
        reports = [report_of(row) for row in coded.of_documents(connection, folder, [new])[new]]
        touched = {rid for _, _, rid, *_ in rows if rid is not None}
        for decision, place, _, kind, anchors, after in rows:
            anchor = Anchor.model_validate(json.loads(anchors)[place])
            rid, how = found(anchor, kept, reports, kind, after)
            connection.execute(
                "UPDATE attachments SET doc = ?, rid = ?, how = ? WHERE decision = ? AND place = ?",
                (new, rid, how, decision, place),
            )
            if rid is not None:
                touched.add(rid)
        refresh(connection, folder, touched, seq)


def found(
    anchor: Anchor, kept: Kept, reports: Sequence[Report], kind: str, after: str | None
) -> tuple[int | None, str]:
    """The key of the report that an anchor means in a document, and how it was found."""
    doc = kept.document
    report = matching(anchor, doc.hash, doc.text, reports)
    if report is not None:
        same = report.report_id == anchor.report_id and doc.hash == anchor.doc_hash
        return report_number(doc.id, doc.hash, report.report_id), "same" if same else "moved"
    if kind == "add" and doc.hash == anchor.doc_hash and after is not None:
        return report_number(doc.id, doc.hash, anchor.report_id), "added"
    return None, "listed"


def refresh(connection: sqlite3.Connection, folder: Path, rids: Iterable[int], seq: int) -> None:
    """Works out the overlays of these reports anew from the log, in the open transaction."""
    wanted = sorted(set(rids))
    lexicon = cache(partial(lexicon_of, folder.parent))  # for edited reports alone
    for at in range(0, len(wanted), SLICE):
        part = wanted[at : at + SLICE]
        steps, homes = steps_of(connection, part)
        rows = {row["rid"]: row for row in coded_rows(connection, folder, homes)}
        kept = {k.number: k for k in fetch_documents(connection, homes.values())}
        for rid in part:
            if rid in homes:
                write(connection, rid, kept[homes[rid]], rows.get(rid), steps.get(rid, []), seq, lexicon)
            else:
                clear(connection, rid, seq)


def coded_rows(connection: sqlite3.Connection, folder: Path, homes: dict[int, int]) -> list[dict[str, Any]]:
    """The coded rows of reports whose documents are known."""
    if len(homes) > coded.FEW:
        return coded.where(connection, folder, "rid", homes)
    by_document = coded.of_documents(connection, folder, homes.values())
    return [row for rows in by_document.values() for row in rows]


def fetch_documents(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Kept]:
    """The documents with these numbers."""
    wanted = sorted(set(numbers))
    return documents.fetch(connection, f"d.doc IN ({', '.join('?' * len(wanted))})", wanted)


def steps_of(connection: sqlite3.Connection, rids: Sequence[int]) -> tuple[dict[int, list[Step]], dict[int, int]]:
    """The decisions that hold on each report, and the document that each report belongs to."""
    marks = ", ".join("?" * len(rids))
    rows = connection.execute(
        "SELECT a.rid, a.doc, d.id, d.kind, d.field, d.after FROM attachments a JOIN decisions d ON d.id = a.decision"
        f" WHERE a.rid IN ({marks}) ORDER BY d.id", list(rids)
    ).fetchall()  # fmt: skip
    holding = holding_decisions(connection)
    steps: dict[int, list[Step]] = {}
    homes: dict[int, int] = {}
    for rid, doc, ident, kind, field, after in rows:
        homes[rid] = doc
        if holding(ident):
            steps.setdefault(rid, []).append(Step(ident, kind, field, None if after is None else json.loads(after)))
    return steps, homes


def holding_decisions(connection: sqlite3.Connection) -> Any:
    """A function that tells whether a decision holds, that is, was not undone."""
    undos = connection.execute("SELECT id, undoes FROM decisions WHERE undoes IS NOT NULL").fetchall()
    named = {u for _, u in undos} | {i for i, _ in undos}
    known = dict(undos)
    holds = active((i, known.get(i)) for i in named)
    return lambda ident: ident not in named or ident in holds


def write(
    connection: sqlite3.Connection, rid: int, kept: Kept, row: dict[str, Any] | None, steps: Sequence[Step], seq: int,
    lexicon: Callable[[], Lexicon],
) -> None:  # fmt: skip
    """The overlay of one report; the lexicon tells the levels of an edited one."""
    base = report_of(row) if row is not None else None
    folded = fold(base, steps)
    if folded.report is None:
        clear(connection, rid, seq)
        return
    told = None
    if folded.state in ("edited", "added"):
        item = row["item"] if row is not None else ADDED
        corrected = row_of(folded.report, kept.document, kept.number, item, lexicon())
        told = json.dumps({**corrected, "rid": rid}, ensure_ascii=False, default=str)
    connection.execute(
        "INSERT OR REPLACE INTO overlays (rid, doc, report_id, state, review, report, decisions, seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (rid, kept.number, folded.report.report_id, folded.state, folded.review, told, len(steps), seq),
    )


def clear(connection: sqlite3.Connection, rid: int, seq: int) -> None:
    """The overlay of a report that no decision bears on any more: it says so, for views that showed another."""
    connection.execute(
        "UPDATE overlays SET state = 'coded', review = NULL, report = NULL, decisions = 0, seq = ? WHERE rid = ?",
        (seq, rid),
    )
