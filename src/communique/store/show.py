"""One engagement, report or document with all that belongs to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.records import Report
from communique.store import attaching, coded, decision_log, documents, loading
from communique.store.decision_log import Entry
from communique.store.documents import Kept
from communique.store.folding import Folded, fold
from communique.store.rows import key_of, report_of
from communique.store.selecting import ENGAGEMENTS
from communique.store.views import Views


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report as coded (None if a person added it) and as corrected, its engagement, and why it was linked there."""

    key: str
    engagement_id: str
    coded: Report | None
    corrected: Folded
    document: Kept
    partner: str | None
    score: float | None
    why: tuple[str, ...]
    copies: str | None
    decisions: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an id stands for: `kind` is engagement, report or document; `row` is the engagement's row in the views."""

    kind: str
    ident: str
    row: dict[str, object] | None
    reports: tuple[ShownReport, ...]
    document: Kept | None = None


def show(connection: sqlite3.Connection, folder: Path, views: Views, ident: str) -> Shown:
    """What belongs to the id of an engagement (present or former), report or document; RecordError for no such id."""
    found = views.memory.execute("SELECT rid FROM r WHERE report_id = ? ORDER BY doc, item", [ident]).fetchall()
    if not found:
        found = connection.execute(
            "SELECT rid FROM overlays WHERE report_id = ? AND state = 'rejected'", (ident,)
        ).fetchall()
    if found:
        return Shown("report", ident, None, reports(connection, folder, views, [row[0] for row in found]))
    kept = documents.fetch(connection, "d.id = ? OR d.hash = ?", (ident, ident))
    if kept:
        current = next((k for k in reversed(kept) if k.superseded_by is None), kept[-1])
        rows = views.memory.execute("SELECT rid FROM r WHERE doc = ? ORDER BY item", [current.number]).fetchall()
        return Shown("document", ident, None, reports(connection, folder, views, [r[0] for r in rows]), current)
    name = views.names.engagement(ident)
    ident = f"{name:016x}"
    row = views.ask(f"SELECT {ENGAGEMENTS} FROM e WHERE engagement = ?", [name]).to_pylist()[0]
    return Shown("engagement", ident, row, reports(connection, folder, views, views.names.members(name)))


def reports(connection: sqlite3.Connection, folder: Path, views: Views, rids: list[int]) -> tuple[ShownReport, ...]:
    """The reports with these keys, in their order."""
    marks = ", ".join("?" * len(rids))
    rows = coded_rows(connection, folder, views, rids)
    steps, homes = attaching.steps_of(connection, rids)
    links = reasons(connection, folder, views, rids)
    query = "SELECT rid, printf('%016x', engagement) FROM r WHERE rid IN (SELECT unnest(?::BIGINT[]))"
    engagements = dict(views.memory.execute(query, [rids]).fetchall())  # a rejected report has none
    docs = {row["doc"] for row in rows.values()} | set(homes.values())
    kept = {d: documents.fetch(connection, "d.doc = ?", (d,))[0] for d in docs}
    groups = copy_groups(connection, folder, views, docs)
    decided = connection.execute(f"SELECT rid, decision FROM attachments WHERE rid IN ({marks})", rids).fetchall()
    log = decision_log.about(connection, {decision for _, decision in decided})
    out = []
    for rid in rids:
        if rid not in rows and rid not in homes:
            continue
        base = report_of(rows[rid]) if rid in rows else None
        partner, score, why = links.get(rid, (None, None, ()))
        own = {decision for key, decision in decided if key == rid}
        doc = rows[rid]["doc"] if rid in rows else homes[rid]
        out.append(ShownReport(
            key_of(rid), engagements.get(rid, ""), base, fold(base, steps.get(rid, [])), kept[doc],
            None if partner is None else key_of(partner), score, why, groups.get(doc),
            tuple(e for e in log if e.id in own or e.undoes in own),
        ))  # fmt: skip
    return tuple(out)


def coded_rows(
    connection: sqlite3.Connection, folder: Path, views: Views, rids: list[int]
) -> dict[int, dict[str, Any]]:
    """The coded rows with these keys: from their documents alone, which the tables and the overlays know."""
    if not rids:
        return {}
    listed = ", ".join(map(str, rids))
    present = views.memory.execute("SELECT DISTINCT doc FROM r WHERE rid IN (SELECT unnest(?::BIGINT[]))", [rids])
    docs = {row[0] for row in present.fetchall()}
    docs |= {row[0] for row in connection.execute(
        f"SELECT doc FROM overlays JOIN documents USING (doc) WHERE superseded_by IS NULL AND rid IN ({listed})"
    )}  # fmt: skip
    wanted = set(rids)
    if len(docs) > coded.FEW:
        return {row["rid"]: row for row in coded.where(connection, folder, "rid", rids)}
    found = coded.of_documents(connection, folder, docs)
    return {row["rid"]: row for rows in found.values() for row in rows if row["rid"] in wanted}


def reasons(
    connection: sqlite3.Connection, folder: Path, views: Views, rids: list[int]
) -> dict[int, tuple[int | None, float | None, tuple[str, ...]]]:
    """Partner, score and reasons of the links of reports, as the last run gave them."""
    rows = newest_rows(connection, folder, views, "links", "rid, partner, score, why", "rid", rids)
    return {row[0]: (row[1], row[2], tuple(row[3] or ())) for row in rows}


def copy_groups(connection: sqlite3.Connection, folder: Path, views: Views, docs: set[int]) -> dict[int, str]:
    """The group of near-copies of each of the documents that has one."""
    rows = newest_rows(connection, folder, views, "copies", "doc, copies", "doc", docs)
    return {doc: copies for doc, copies in rows if copies is not None}


def newest_rows(
    connection: sqlite3.Connection, folder: Path, views: Views, file: str, columns: str, key: str,
    wanted: Collection[int],
) -> list[tuple[Any, ...]]:  # fmt: skip
    """The columns of the rows with a wanted key in the newest published file of that name; none without a file."""
    path = loading.path_of(connection, folder.resolve(), loading.newest(connection, file))
    if path is None or not wanted:
        return []
    query = f"SELECT {columns} FROM read_parquet({path}) WHERE {key} IN (SELECT unnest(?::BIGINT[]))"
    return views.memory.execute(query, [list(wanted)]).fetchall()
