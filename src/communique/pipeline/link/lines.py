"""Reports to link as JSON lines: documents with `events`, or one report a line; and links as JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from communique.errors import InputError
from communique.pipeline.link.copies import Sketch, copy_groups, sketch, wire_credit
from communique.pipeline.link.items import DocumentInfo, LinkItem, info_from_json, item_from_json
from communique.pipeline.link.link import Links


def read_lines(
    rows: Iterable[Mapping[str, Any]], known: Mapping[str, DocumentInfo] | None = None, named: str = "row"
) -> tuple[list[LinkItem], dict[str, DocumentInfo]]:
    """The reports of the rows and what is known of their documents.

    A row is a document (`id` and `events`) or a report (`doc_id` and `type`); a report line's index is its own
    `index`, else its place among the lines of its document. `known` adds documents whose rows say less. Near-copies
    and wire credits are found where rows bring their text. Raises InputError, with `named` and the row's number, for a
    row that is neither or has an impossible value.
    """
    items: list[LinkItem] = []
    documents: dict[str, DocumentInfo] = {}
    sketches: dict[str, Sketch] = {}
    counts: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        if not ("events" in row and "id" in row) and not ("doc_id" in row and "type" in row):
            raise InputError(
                f"{named} {number} is neither a document nor a report; give `id` and `events`, or `doc_id` and `type`"
            )
        try:
            info, told = _told(row, known or {}, counts)
        except InputError as broken:
            raise InputError(f"{named} {number}: {broken}") from broken
        except (ValueError, TypeError, KeyError, AttributeError) as broken:
            raise InputError(f"{named} {number}: {broken}; give what `communique code` writes") from broken
        documents[info.doc_id] = info
        items += told
        if "events" in row and row.get("text"):
            sketches[info.doc_id] = sketch(row["text"])
    for doc_id, group in copy_groups(sketches).items():
        documents[doc_id] = replace(documents[doc_id], copies=group)
    return items, documents


def _told(
    row: Mapping[str, Any], known: Mapping[str, DocumentInfo], counts: dict[str, int]
) -> tuple[DocumentInfo, list[LinkItem]]:
    """The document of a row and its reports; `counts` holds how many lines of reports each document had so far."""
    if "events" in row and "id" in row:
        info = _document(row, known)
        events = enumerate(row["events"] or ())
        return info, [item_from_json(info.doc_id, index, event, row.get("hash")) for index, event in events]
    info = _document({**row, "id": row["doc_id"], "hash": row.get("doc_hash")}, known)
    index = row.get("index", counts.get(info.doc_id, 0))
    counts[info.doc_id] = index + 1
    return info, [item_from_json(info.doc_id, index, row)]


def _document(row: Mapping[str, Any], known: Mapping[str, DocumentInfo]) -> DocumentInfo:
    """What the row says of its document, unless it is known."""
    doc_id = str(row["id"])
    if doc_id in known:
        return known[doc_id]
    info = info_from_json(row)
    return replace(info, wire=wire_credit(row.get("text") or "", info.outlet))


def link_lines(links: Links) -> Iterator[dict[str, Any]]:
    """Each report's link as plain values: doc_id, index, engagement_id, partner, score and why, in founding order."""
    for link in links:
        yield {
            "doc_id": link.doc_id,
            "index": link.index,
            "engagement_id": link.engagement_id,
            "partner": link.partner,
            "score": link.score,
            "why": [str(reason) for reason in link.why],
        }
