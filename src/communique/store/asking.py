"""Questions on a selection beyond lists and facets: counts by groups, sorted pages, documents, what was set aside."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from communique.errors import RecordError, UnusableOption, did_you_mean
from communique.store.documents import search
from communique.store.query import Filters
from communique.store.record import Record
from communique.store.views import ENGAGEMENTS, REPORT, Views

SORTS: Mapping[str, Mapping[str, str]] = {
    "engagements": {
        "date": '"end"', "start": '"start"', "type": "type", "status": "status", "place": "place", "actors": "actors",
        "reports": "reports", "witnesses": "witnesses", "confidence": "confidence", "published": "last_published",
        "level": "level_rank(level)",
    },
    "reports": {
        "date": '"end"', "start": '"start"', "type": "type", "status": "status", "place": "place", "actors": "actors",
        "outlet": "outlet", "confidence": "confidence", "published": "published", "level": "level_rank(level)",
    },
}  # fmt: skip
"""What engagements and reports can be sorted by, with the SQL of each."""
COLUMNS = {"engagements": ENGAGEMENTS, "reports": REPORT}
TABLES = {"engagements": "e", "reports": "r"}
TIES = {"engagements": "engagement", "reports": "doc, item"}


class TimedOut(RecordError):
    """A question took longer than it was allowed to; a narrower selection answers sooner."""


@contextmanager
def within(record: Record, seconds: float) -> Iterator[Views]:
    """The tables of the record for this thread alone; what takes longer than `seconds` ends with TimedOut.

    Bringing the tables up to date is not counted, so that a large record that opens slowly still opens.
    """
    with record.reading() as connection:
        views = record.views()
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            views.memory.interrupt()
            connection.interrupt()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield views
        except (duckdb.Error, sqlite3.Error, RecordError) as broken:
            if not stopped.is_set():
                raise
            raise TimedOut(f"no answer within {seconds:g} seconds; narrow the selection") from broken
        finally:
            timer.cancel()


def grouped(views: Views, unit: str, filters: Filters, columns: str, tail: str = "") -> pa.Table:
    """`SELECT columns` from the rows of the selection, with `tail` (GROUP BY, ORDER BY, LIMIT) after the condition.

    `columns` and `tail` are SQL of the program's own, never of a user.
    """
    where, values = views.matching(unit, filters)
    return views.ask(f"SELECT {columns} FROM {TABLES[unit]} WHERE {where} {tail}", values)


def page(views: Views, unit: str, filters: Filters, sort: str = "-date") -> pa.Table:
    """The rows of the selection from `filters.offset`, at most `filters.limit`, in an order.

    `sort` is a name of SORTS, with a minus before it for descending. Rows without the value come last. Raises
    UnusableOption for another name.
    """
    name = sort.removeprefix("-")
    allowed = SORTS[unit]
    if name not in allowed:
        raise UnusableOption(f"{unit} cannot be sorted by {name!r}; {did_you_mean(name, allowed)}")
    way = "DESC" if sort.startswith("-") else "ASC"
    limit = "ALL" if filters.limit is None else str(int(filters.limit))
    order = f"ORDER BY {allowed[name]} {way} NULLS LAST, {TIES[unit]} LIMIT {limit} OFFSET {int(filters.offset)}"
    return grouped(views, unit, filters, COLUMNS[unit], order)


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input that could not be used, and why."""

    source: str
    reason: str
    detail: str
    doc_id: str | None
    seen: str


def set_aside(record: Record, limit: int = -1, offset: int = 0) -> list[SetAside]:
    """The inputs that are in quarantine now, the latest first."""
    with record.reading() as connection:
        rows = connection.execute(
            "SELECT source, reason, detail, doc_id, seen FROM quarantine WHERE resolved IS NULL"
            " ORDER BY seen DESC, id DESC LIMIT ? OFFSET ?",
            (limit, offset),
        ).fetchall()
    return [SetAside(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Listing:
    """A document as a list shows it, without its text."""

    number: int
    id: str
    title: str | None
    outlet: str | None
    published: str | None
    outcome: str
    reason: str | None
    added: str
    reports: int


LISTED = "SELECT d.doc, d.id, d.title, d.outlet, d.published, d.outcome, d.reason, d.added FROM documents d"


def list_documents(
    views: Views, *, outcome: str | None = None, outlet: str | None = None, text: str | None = None,
    limit: int = 50, offset: int = 0,
) -> tuple[int, list[Listing]]:  # fmt: skip
    """How many current documents fulfil the conditions, and a page of them, the latest published first."""
    parts, values = ["d.superseded_by IS NULL"], list[Any]()
    if outcome is not None:
        parts.append("d.outcome = ?")
        values.append(outcome)
    if outlet is not None:
        parts.append("d.outlet = ?")
        values.append(outlet)
    if text is not None:
        found = search(views.connection, text)
        parts.append(f"d.doc IN ({', '.join(map(str, found)) or 'NULL'})")
    where = " AND ".join(parts)
    total = views.connection.execute(f"SELECT count(*) FROM documents d WHERE {where}", values).fetchone()[0]
    tail = f"{where} ORDER BY d.published DESC, d.doc DESC LIMIT ? OFFSET ?"
    rows = views.connection.execute(f"{LISTED} WHERE {tail}", (*values, limit, offset)).fetchall()
    told = reports_of(views, [row[0] for row in rows])
    return int(total), [listing_of(row, told) for row in rows]


def listings(views: Views, where: str, values: Sequence[Any]) -> list[Listing]:
    """The documents that fulfil a condition on `documents d`, superseded ones too, in order of their numbers."""
    rows = views.connection.execute(f"{LISTED} WHERE {where} ORDER BY d.doc", values).fetchall()
    told = reports_of(views, [row[0] for row in rows])
    return [listing_of(row, told) for row in rows]


def listing_of(row: Sequence[Any], told: Mapping[int, int]) -> Listing:
    """The listing of a row of LISTED, with the number of its reports."""
    number, ident, title, outlet, published, outcome, reason, added = row
    return Listing(number, ident, title, outlet, published, outcome, reason, added, told.get(number, 0))


def reports_of(views: Views, documents: Sequence[int]) -> dict[int, int]:
    """How many corrected reports each of the documents has."""
    numbers = ", ".join(map(str, documents)) or "NULL"
    return dict(views.memory.execute(f"SELECT doc, count(*) FROM r WHERE doc IN ({numbers}) GROUP BY doc").fetchall())


def versions(views: Views, number: int) -> list[Listing]:
    """All texts that took each other's place with this document among them, the oldest first."""
    return listings(
        views,
        "d.doc IN (WITH RECURSIVE kin(doc) AS (VALUES (?) UNION SELECT o.doc FROM documents o, kin JOIN documents k"
        " ON k.doc = kin.doc WHERE o.doc = k.superseded_by OR o.superseded_by = kin.doc) SELECT doc FROM kin)",
        (number,),
    )


def copies(views: Views, number: int) -> list[Listing]:
    """The other documents of the same telling: near-copies and the copies of one agency's text."""
    rows = views.memory.execute(
        "SELECT doc FROM copy_groups WHERE doc <> $1 AND telling IN (SELECT telling FROM copy_groups WHERE doc = $1)",
        [number],
    ).fetchall()
    numbers = ", ".join(str(row[0]) for row in rows) or "NULL"
    return listings(views, f"d.doc IN ({numbers}) AND d.superseded_by IS NULL", ())


def coverage(views: Views) -> pa.Table:
    """Current documents by year of publication, outcome and outlet, with the outlet's affiliation and country.

    Columns: year, outlet, affiliation, country, outcome, documents. Null where unknown.
    """
    rows = views.connection.execute(
        "SELECT substr(published, 1, 4), outlet, outcome, count(*) FROM documents WHERE superseded_by IS NULL"
        " GROUP BY 1, 2, 3"
    ).fetchall()
    behind = {
        name: (affiliation, country)
        for name, affiliation, country in views.memory.execute(
            "SELECT outlet, affiliation, country FROM outlets"
        ).fetchall()
    }
    return pa.table({
        "year": pa.array([r[0] for r in rows], pa.string()), "outlet": pa.array([r[1] for r in rows], pa.string()),
        "affiliation": pa.array([behind.get(r[1], (None, None))[0] for r in rows], pa.string()),
        "country": pa.array([behind.get(r[1], (None, None))[1] for r in rows], pa.string()),
        "outcome": pa.array([r[2] for r in rows], pa.string()), "documents": pa.array([r[3] for r in rows], pa.int64()),
    })  # fmt: skip
