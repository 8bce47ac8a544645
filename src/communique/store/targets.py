"""Finds the reports and documents that decisions speak of, within the transaction that writes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.errors import RecordError
from communique.records import Report
from communique.store import attaching, coded, documents
from communique.store.anchors import Anchor, anchor_of
from communique.store.documents import Kept
from communique.store.folding import Step, fold
from communique.store.rows import key_of, report_of


@dataclass(slots=True)
class Target:
    """A report with its document, as it was coded (None where a person added it), and the decisions on it so far."""

    rid: int
    kept: Kept
    coded: Report | None
    steps: list[Step]

    def anchor(self, side: int = 0) -> Anchor:
        """What a decision on this report is tied to."""
        report = self.coded if self.coded is not None else fold(None, self.steps).report
        assert report is not None
        return anchor_of(report, self.kept.document.hash, self.kept.document.text, side)

    def next_step(self) -> int:
        """A number after those of all decisions so far."""
        return max((s.id for s in self.steps), default=0) + 1


class Targets:
    """The reports of a list of decisions, read together."""

    def __init__(
        self, connection: sqlite3.Connection, folder: Path, reports: Collection[tuple[str, str | None]]
    ) -> None:
        """Reads the reports with these ids, each within the document that is named with it, or wherever they are."""
        self.connection = connection
        self.folder = folder
        self.by_number: dict[int, Target] = {}
        self.by_id: dict[str, list[Target]] = {}
        named = {(ident, doc_id) for ident, doc_id in reports if doc_id is not None}
        if len(named) > coded.FEW:
            named = set()
        anywhere = {ident for ident, doc_id in reports if (ident, doc_id) not in named}
        found = self.within(named)
        found |= {r["rid"]: r for r in coded.where(connection, folder, "report_id", anywhere)}
        rows = [(r["rid"], r["doc"], report_of(r)) for r in found.values()]
        self.take(rows, self.people_added({ident for ident, _ in reports}, "report_id"))

    def within(self, named: Collection[tuple[str, str | None]]) -> dict[int, dict[str, Any]]:
        """The coded rows of reports that stand in named documents: only these documents are read."""
        docs: dict[int, set[str]] = {}
        query = "SELECT doc FROM documents WHERE id = ? AND superseded_by IS NULL"
        for ident, doc_id in named:
            for (doc,) in self.connection.execute(query, (doc_id,)):
                docs.setdefault(doc, set()).add(ident)
        by_document = coded.of_documents(self.connection, self.folder, docs)
        return {r["rid"]: r for doc, rows in by_document.items() for r in rows if r["report_id"] in docs[doc]}

    def more_by_number(self, rids: Collection[int]) -> None:
        """Reads the reports with these keys too."""
        lacking = set(rids) - set(self.by_number)
        rows = [(r["rid"], r["doc"], report_of(r)) for r in coded.where(self.connection, self.folder, "rid", lacking)]
        self.take(rows, self.people_added(lacking, "rid"))

    def people_added(self, values: Collection[str] | Collection[int], column: str) -> list[tuple[int, int]]:
        """Key and document of the reports among these that people added."""
        wanted = list(values)
        out: list[tuple[int, int]] = []
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            marks = ", ".join("?" * len(part))
            query = f"SELECT rid, doc FROM overlays WHERE state = 'added' AND {column} IN ({marks})"
            out += self.connection.execute(query, part).fetchall()
        return out

    def take(self, rows: list[tuple[int, int, Report]], added: list[tuple[int, int]]) -> None:
        """Makes targets of coded reports and of added ones."""
        found: list[tuple[int, int, Report | None]] = [*rows, *((rid, doc, None) for rid, doc in added)]
        numbers = sorted({doc for _, doc, _ in found})
        kept = {}
        for at in range(0, len(numbers), 500):
            for one in attaching.fetch_documents(self.connection, numbers[at : at + 500]):
                kept[one.number] = one
        steps: dict[int, list[Step]] = {}
        rids = [rid for rid, _, _ in found]
        for at in range(0, len(rids), 10_000):
            steps |= attaching.steps_of(self.connection, rids[at : at + 10_000])[0]
        for rid, doc, report in found:
            target = Target(rid, kept[doc], report, steps.get(rid, []))
            self.by_number[rid] = target
            ident = report.report_id if report is not None else target.anchor().report_id
            self.by_id.setdefault(ident, []).append(target)

    def of(self, ident: str, doc_id: str | None) -> Target:
        """The report with this id; RecordError where there is none, or several and no document was named."""
        found = self.by_id.get(ident, [])
        if doc_id is not None:
            found = [t for t in found if t.kept.document.id == doc_id]
        if not found:
            raise RecordError(f"no current report {ident!r} in the record; `list` shows those that there are")
        if len(found) > 1:
            names = ", ".join(repr(t.kept.document.id) for t in found)
            raise RecordError(f"report {ident!r} is one of several documents with one text ({names}); give doc_id")
        return found[0]

    def anchored(self, sides: list[list[int]]) -> tuple[tuple[Anchor, ...], tuple[tuple[int, int], ...]]:
        """Anchors and places of the reports on each side of a merge or split."""
        anchors: list[Anchor] = []
        places: list[tuple[int, int]] = []
        for side, rids in enumerate(sides):
            for rid in rids:
                if rid not in self.by_number:
                    raise RecordError(f"report {key_of(rid)} was recoded meanwhile; look again")
                target = self.by_number[rid]
                anchors.append(target.anchor(side))
                places.append((target.kept.number, rid))
        return tuple(anchors), tuple(places)

    def document(self, doc_id: str) -> Kept:
        """The current document with this id; RecordError where there is none."""
        found = documents.fetch(self.connection, "d.id = ? AND d.superseded_by IS NULL", (doc_id,))
        if not found:
            raise RecordError(f"no current document {doc_id!r} in the record; `add` it first")
        return found[-1]
