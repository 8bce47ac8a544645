"""What linking reads of a report and of its document: small records made of Report or of JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from communique.errors import InputError
from communique.records import UNKNOWN, Document, Report
from communique.text import content_hash


class Party(NamedTuple):
    """A participant of a report: role, code, and for persons the name, post and rank as told."""

    role: str
    actor: str
    kind: str = "country"
    name: str | None = None
    post: str | None = None
    rank: str | None = None


@dataclass(frozen=True, slots=True)
class LinkItem:
    """One report as linking sees it. Days are proleptic Gregorian ordinals; `start` is None where no date was told.

    `confidence` is the coder's; None where nobody doubts the report: a person wrote, corrected or accepted it.
    """

    doc_id: str
    index: int
    report_id: str
    type: str
    mode: str | None = None
    status: str = "occurred"
    parties: tuple[Party, ...] = ()
    start: int | None = None
    end: int | None = None
    precision: str | None = None
    place_name: str | None = None
    place_country: str | None = None
    domains: tuple[str, ...] = ()
    aggregate: bool = False
    details: Mapping[str, Any] | None = None
    lat: float | None = None
    lon: float | None = None
    asserted_by: str | None = None
    confidence: float | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Document and index: the report's place in its file."""
        return (self.doc_id, self.index)


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known of a document: who published it where and when, who stands behind the outlet, whose text it is.

    `affiliation` is `state`, `public`, `party`, `independent` or None (unknown). `restates` names the outlets whose
    reporting the text restates. `copies` is the name of its group of near-copies, `wire` the agency that it credits.
    """

    doc_id: str
    hash: str = ""
    outlet: str | None = None
    outlet_country: str | None = None
    published: dt.date | None = None
    owner: str | None = None
    affiliation: str | None = None
    restates: tuple[str, ...] = ()
    copies: str | None = None
    wire: str | None = None


def item_from_report(report: Report, index: int) -> LinkItem:
    """The report at its index in the document as a LinkItem."""
    return item_from_json(report.doc_id, index, report.model_dump(mode="json"))


def item_from_json(doc_id: str, index: int, event: Mapping[str, Any], doc_hash: str | None = None) -> LinkItem:
    """A report in the codebook's JSON form as a LinkItem; fields that a gold file lacks stay untold.

    Where the report has no id of its own, one is made of document, type and evidence as the coder makes it.
    Raises InputError where the type is missing, or a date or the confidence malformed.
    """
    if not isinstance(event.get("type"), str):
        raise InputError(f"report {index} of {doc_id!r} has no type; give reports in the codebook's form")
    date, place = event.get("date") or {}, event.get("place") or {}
    try:
        start, end = (_ordinal(date.get(side)) for side in ("start", "end"))
    except ValueError as error:
        raise InputError(
            f"report {index} of {doc_id!r} has a date that is no ISO day: {error}; write 2020-07-08"
        ) from error
    return LinkItem(
        doc_id=doc_id,
        index=index,
        report_id=event.get("report_id") or _report_id(doc_hash or doc_id, index, event),
        type=event["type"],
        mode=event.get("mode"),
        status=event.get("status") or "occurred",
        parties=tuple(_party(row) for row in event.get("participants") or ()),
        start=start,
        end=end if end is not None else start,
        precision=date.get("precision"),
        place_name=place.get("name"),
        place_country=place.get("country"),
        domains=tuple(event.get("domains") or ()),
        aggregate=bool(event.get("aggregate")),
        details=event.get("details"),
        lat=event.get("lat"),
        lon=event.get("lon"),
        asserted_by=(event.get("asserted_by") or {}).get("name"),
        confidence=_confidence(doc_id, index, event.get("confidence")),
    )


def items_of_documents(rows: Sequence[Mapping[str, Any]]) -> Iterator[LinkItem]:
    """The reports of documents with `events`, in order; `index` counts each document's reports from 0."""
    for row in rows:
        for index, event in enumerate(row.get("events") or ()):
            yield item_from_json(str(row["id"]), index, event, row.get("hash"))


def info_from_json(row: Mapping[str, Any]) -> DocumentInfo:
    """A document's row as DocumentInfo; `hash` is made of its text where the row has none."""
    published = row.get("published")
    return DocumentInfo(
        doc_id=str(row["id"]),
        hash=row.get("hash") or content_hash(row.get("text") or str(row["id"])),
        outlet=row.get("outlet"),
        outlet_country=row.get("outlet_country"),
        published=dt.date.fromisoformat(published[:10]) if isinstance(published, str) else published,
        owner=row.get("owner"),
        affiliation=row.get("affiliation"),
        restates=_restated(row.get("restates") or ()),
    )


def info_from_document(doc: Document) -> DocumentInfo:
    """A Document as DocumentInfo; owner and affiliation are added by whoever knows the outlet."""
    return DocumentInfo(
        doc_id=doc.id,
        hash=doc.hash,
        outlet=doc.outlet,
        outlet_country=doc.outlet_country,
        published=doc.published,
        restates=_restated(doc.restates),
    )


def _restated(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The outlets that are restated, else the addresses, each once and in order."""
    return tuple(
        dict.fromkeys(str(row.get("outlet") or row.get("url")) for row in rows if row.get("outlet") or row.get("url"))
    )


def _party(row: Mapping[str, Any]) -> Party:
    return Party(
        row.get("role") or "party",
        row.get("actor") or UNKNOWN,
        row.get("kind") or "country",
        row.get("name"),
        row.get("post"),
        row.get("rank"),
    )


def _ordinal(day: str | dt.date | None) -> int | None:
    if day is None:
        return None
    return (day if isinstance(day, dt.date) else dt.date.fromisoformat(day)).toordinal()


def _confidence(doc_id: str, index: int, told: object) -> float | None:
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, (int, float)) or not 0 <= told <= 1:
        raise InputError(f"report {index} of {doc_id!r} has the confidence {told!r}; write a number from 0 to 1")
    return float(told)


def _report_id(doc: str, index: int, event: Mapping[str, Any]) -> str:
    spans = [f"{s['start']}-{s['end']}" for s in event.get("evidence") or ()]
    return content_hash(doc, event["type"], *(spans or [str(index)]))
