"""Reviewed documents as gold: what people accepted and corrected, in the form that `communique evaluate` scores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from communique.review.tables import rows
from communique.store import Record, Shown
from communique.store.documents import Kept

LEFT_OUT = {"doc_id", "report_id", "confidence", "why", "codes", "versions", "lat", "lon", "geo_precision"}
"""Fields that say how a report was made, not what it says."""


def gold_documents(record: Record, *, unsigned: bool = False) -> Iterator[dict[str, Any]]:
    """Each document that people have reviewed to the end, with its accepted reports as `events`.

    That is: every report of the present text is accepted or rejected, and a reviewer signed that none is missing.
    With `unsigned` the signature is not asked for, but then a report must have been decided. Rejected reports are left
    out, so a document of which all were rejected has no events.
    """
    signed = signed_documents(record)
    decided = decided_documents(record)
    for number in sorted(signed | decided if unsigned else signed):
        found = record.documents("d.doc = ? AND d.superseded_by IS NULL", (number,))
        if not found:
            continue
        shown = record.show(found[0].document.id)
        if shown.document is not None and shown.document.number == number and settled(shown):
            yield gold_row(found[0], shown)


def settled(shown: Shown) -> bool:
    """Whether every report of a document that stands was accepted."""
    return all(one.corrected.review == "accepted" for one in shown.reports if one.corrected.state != "rejected")


def gold_row(kept: Kept, shown: Shown) -> dict[str, Any]:
    """A document with its accepted reports, those first that begin first in the text."""
    doc = kept.document
    told = [one.corrected.report for one in shown.reports if one.corrected.state != "rejected"]
    reports = sorted((r for r in told if r is not None), key=lambda r: [(s.start, s.end) for s in r.evidence])
    known = doc.model_dump(mode="json", include={
        "id", "title", "outlet", "outlet_country", "published", "url", "lang", "text",
    })  # fmt: skip
    people = sorted({d.who for one in shown.reports for d in one.decisions})
    events = [json.loads(r.model_dump_json(exclude=LEFT_OUT)) for r in reports]
    return {**{name: value for name, value in known.items() if value is not None}, "events": events, "coders": people}


def signed_documents(record: Record) -> set[int]:
    """The numbers of the texts that a reviewer signed as complete and did not take back."""
    found = rows(
        record, "SELECT DISTINCT doc FROM review_signoffs WHERE undoes IS NULL"
        " AND id NOT IN (SELECT undoes FROM review_signoffs WHERE undoes IS NOT NULL)"
    )  # fmt: skip
    return {int(row[0]) for row in found}


def decided_documents(record: Record) -> set[int]:
    """The numbers of the texts of which a report was accepted or rejected."""
    with record.reading() as connection:
        return {row[0] for row in connection.execute("SELECT DISTINCT doc FROM overlays WHERE review IS NOT NULL")}


def write_gold(record: Record, sink: BinaryIO, *, unsigned: bool = False) -> int:
    """The number of documents that were written as JSON Lines."""
    number = 0
    for row in gold_documents(record, unsigned=unsigned):
        sink.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        number += 1
    return number
