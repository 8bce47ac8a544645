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
from communique.store.covering import days_of, standing_behind
from communique.store.documents import search
from communique.store.query import Filters
from communique.store.record import Record
from communique.store.selecting import TABLES, TIES
from communique.store.views import Views

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


class TimedOut(RecordError):
    """A question took longer than it was allowed to; a narrower selection answers sooner."""


@contextmanager
def within(record: Record, seconds: float, everything: bool = False) -> Iterator[Views]:
    """The tables of the record for this thread alone; what takes longer than `seconds` ends with TimedOut.

    Bringing the tables up to date is not counted, so that a large record that opens slowly still opens.
    `everything` has participants, documents and officials among them.
    """
    with record.reading() as connection:
        views = record.views(everything)
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
    where = views.matching(unit, filters)
    return views.ask(f"SELECT {columns} FROM {TABLES[unit]} WHERE {where} {tail}")


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
    return views.first(unit, filters, f"{allowed[name]} {way} NULLS LAST, {TIES[unit]}")


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
    published: str | None = None, affiliation: str | None = None, added: bool = False, limit: int = 50, offset: int = 0,
) -> tuple[int, list[Listing]]:  # fmt: skip
    """How many current documents fulfil the conditions, and a page of them, the latest published first.

    With `added` those that were added last come first.
    `published` is a year, a month (2020-07) or a day; `affiliation` is who stands behind the outlet (see `covering`).
    Raises UnusableOption for what is neither.
    """
    parts, values = ["superseded_by IS NULL"], list[Any]()
    if published is not None:
        parts.append("published BETWEEN ? AND ?")
        values += days_of(published)
    if affiliation is not None:
        parts.append(standing_behind(affiliation))
    if outcome is not None:
        parts.append("outcome = ?")
        values.append(outcome)
    if outlet is not None:
        parts.append("outlet = ?")
        values.append(outlet)
    if text is not None:
        parts.append("doc IN (SELECT unnest(?::BIGINT[]))")
        values.append(search(views.connection, text))
    where = f"FROM documents WHERE {' AND '.join(parts)}"
    views.load_documents()
    total = views.memory.execute(f"SELECT count(*) {where}", values).fetchall()[0][0]
    order = "ORDER BY doc DESC" if added else "ORDER BY published DESC NULLS LAST, doc DESC"
    rows = views.memory.execute(
        f"WITH first AS MATERIALIZED (SELECT doc {where} {order} LIMIT ? OFFSET ?)"
        " SELECT doc, doc_id, title, outlet, published::VARCHAR, outcome, reason, added FROM documents"
        f" SEMI JOIN first USING (doc) {order}",
        (*values, limit, offset),
    ).fetchall()
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
    query = "SELECT doc, count(*) FROM r WHERE doc IN (SELECT unnest(?::BIGINT[])) GROUP BY doc"
    return dict(views.memory.execute(query, [list(documents)]).fetchall())


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
