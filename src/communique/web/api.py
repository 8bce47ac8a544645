"""The JSON API under /api/v1: the same filters as on the pages, stable ids, an ETag on every answer. It only reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from communique.codebook import report_schema
from communique.pipeline.relinking import engagement as drawn_engagement
from communique.store import Kept, ShownReport
from communique.store.asking import SORTS, copies, list_documents, set_aside, versions
from communique.store.covering import AFFILIATIONS
from communique.text import content_hash
from communique.web.address import Address, whole
from communique.web.rendering import reader_of

router = APIRouter(prefix="/api/v1", tags=["record"])

COLUMNS = ", ".join(SORTS["engagements"])
BEHIND = ", ".join(AFFILIATIONS)


def several(words: str) -> Any:
    """A filter that takes any of several values, described."""
    return Query(description=f"{words} May be given again: any of them.")


def selection(
    request: Request,
    country: Annotated[list[str] | None, several("Code of a state or body that takes part, such as IRN.")] = None,
    pair: Annotated[list[str] | None, several("Two codes that both take part, such as IRN-SYR.")] = None,
    type: Annotated[list[str] | None, several("Event type of the codebook.")] = None,
    mode: Annotated[list[str] | None, several("Mode of the event type.")] = None,
    status: Annotated[list[str] | None, several("Status, such as occurred.")] = None,
    domain: Annotated[list[str] | None, several("Domain, such as maritime.")] = None,
    level: Annotated[list[str] | None, several("Highest level of office, such as minister.")] = None,
    place_country: Annotated[list[str] | None, several("Code of the state of the place.")] = None,
    outlet: Annotated[list[str] | None, several("Name of an outlet that tells it.")] = None,
    camp: Annotated[list[str] | None, several("Camp that tells it, such as independent, party or party IRN.")] = None,
    review: Annotated[list[str] | None, several("State of review.")] = None,
    engagement: Annotated[list[str] | None, several("Id of an engagement.")] = None,
    documents: Annotated[list[str] | None, several("Id of a document that tells it.")] = None,
    since: Annotated[str | None, Query(description="Not over before this day, as in 2020-07-08.")] = None,
    until: Annotated[str | None, Query(description="Begun by this day.")] = None,
    witnesses: Annotated[str | None, Query(description="At least so many independent tellings.")] = None,
    text: Annotated[str | None, Query(description='Words: all of them, "in a row", begun* or one OR other.')] = None,
) -> Address:  # fmt: skip
    """The selection of the address; every parameter is read by `Address`, whatever its declared type."""
    return Address.of(request.query_params.multi_items())


def paged(
    address: Annotated[Address, Depends(selection)],
    sort: Annotated[str | None, Query(description=f"Column, with a minus for descending: {COLUMNS}.")] = None,
    page: Annotated[str | None, Query(description="Number of the page, from 1.")] = None,
    size: Annotated[str | None, Query(description="Rows of a page, at most 500; 50 without it.")] = None,
) -> Address:  # fmt: skip
    """A page of the selection."""
    return address


Selection = Annotated[Address, Depends(selection)]
Page = Annotated[Address, Depends(paged)]


def answer(request: Request, make: Callable[[], Any]) -> Response:
    """What `make` gives as JSON with an ETag; 304 where the client has it already.

    The tag follows from the record's last change, the program's version and the address.
    """
    record = reader_of(request).record
    mark = content_hash(request.app.version, str(record.sequence), request.url.path, request.url.query)
    tag = f'W/"{mark}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    held = [part.strip() for part in request.headers.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(status_code=304, headers=headers)
    body = json.dumps(make(), ensure_ascii=False, default=str).encode("utf-8", "replace")
    return Response(body, media_type="application/json", headers=headers)


def listing(request: Request, address: Address) -> dict[str, Any]:
    """A page of rows with the number of all and the address of the next page."""
    reader = reader_of(request)
    total = reader.count(address.unit, address.filters())
    rows = reader.rows(address)
    more = address.page * address.size < total
    following = address.at(address.page + 1).link(request.url.path) if more else None
    return {"total": total, "page": address.page, "size": address.size, "next": following, address.unit: rows}


@router.get("/status")
def status(request: Request) -> Response:
    """What the record holds, in numbers, and what it does not."""
    return answer(request, lambda: asdict(reader_of(request).status()))


@router.get("/engagements")
def engagements(request: Request, address: Page) -> Response:
    """The engagements that fulfil all filters, a page of them."""
    return answer(request, lambda: listing(request, address.showing(unit="engagements", page=address.page)))


@router.get("/reports")
def reports(request: Request, address: Page) -> Response:
    """The corrected reports that fulfil all filters, a page of them."""
    return answer(request, lambda: listing(request, address.showing(unit="reports", page=address.page)))


@router.get("/facets")
def facets(request: Request, address: Selection) -> Response:
    """The values of every facet with their numbers among the selected engagements (or reports, by `unit=reports`)."""

    def made() -> dict[str, Any]:
        reader, filters = reader_of(request), address.filters()
        found, total = reader.counted(address.unit, filters), reader.count(address.unit, filters)
        rows = {name: [{"value": v, "count": n} for v, n in told] for name, told in found.items()}
        return {"total": total, "facets": rows}

    return answer(request, made)


@router.get("/years")
def years(request: Request, address: Selection) -> Response:
    """The selected engagements by the year in which they end and by type; year null for undated ones."""
    return answer(request, lambda: {"rows": reader_of(request).by_year(address.unit, address.filters())})


@router.get("/engagements/{ident}")
def one_engagement(request: Request, ident: str) -> Response:
    """One engagement: its row, consensus and disagreements, history of status, witnesses, and every report."""

    def made() -> dict[str, Any]:
        reader = reader_of(request)
        drawn = reader.ask(lambda _: drawn_engagement(reader.record, ident))
        shown = reader.ask(lambda _: reader.record.show(drawn.engagement_id))
        return {
            "engagement": shown.row, "drawn": asdict(drawn), "reports": [report_row(one) for one in shown.reports],
        }  # fmt: skip

    return answer(request, made)


@router.get("/reports/{ident}")
def one_report(request: Request, ident: str) -> Response:
    """The report of an id, once for each document that has this text."""
    reader = reader_of(request)
    return answer(
        request, lambda: {"reports": [report_row(r) for r in reader.ask(lambda _: reader.record.show(ident)).reports]}
    )


@router.get("/documents")
def documents(
    request: Request,
    outcome: Annotated[str | None, Query(description="coded, gated or quarantined.")] = None,
    outlet: Annotated[str | None, Query(description="Name of an outlet.")] = None,
    affiliation: Annotated[str | None, Query(description=f"Who stands behind the outlet: {BEHIND}.")] = None,
    published: Annotated[str | None, Query(description="Year, month or day of publication, as in 2020-07.")] = None,
    text: Annotated[str | None, Query(description="Words that the document holds.")] = None,
    page: Annotated[str, Query(description="Number of the page, from 1.")] = "1",
) -> Response:
    """The current documents without their texts, the latest published first, 50 a page."""
    at = whole("page", page)

    def made() -> dict[str, Any]:
        total, rows = reader_of(request).ask(
            lambda views: list_documents(
                views,
                outcome=outcome,
                outlet=outlet,
                affiliation=affiliation or None,
                published=published or None,
                text=text,
                offset=(at - 1) * 50,
            )
        )
        return {"total": total, "page": at, "size": 50, "documents": [asdict(row) for row in rows]}

    return answer(request, made)


@router.get("/documents/{ident:path}")
def one_document(request: Request, ident: str) -> Response:
    """One document with its text, its reports with offsets into that text, its versions and its near-copies."""

    def made() -> dict[str, Any]:
        reader = reader_of(request)
        shown = reader.ask(lambda _: reader.record.show(ident))
        kept = shown.document or shown.reports[0].document
        return {
            "document": {**document_row(kept), "text": kept.document.text},
            "reports": [report_row(one) for one in shown.reports],
            "versions": [asdict(v) for v in reader.ask(lambda views: versions(views, kept.number))],
            "copies": [asdict(c) for c in reader.ask(lambda views: copies(views, kept.number))],
        }

    return answer(request, made)


@router.get("/set-aside")
def aside(request: Request) -> Response:
    """The inputs that could not be used, with their reasons."""
    return answer(request, lambda: {"inputs": [asdict(row) for row in set_aside(reader_of(request).record)]})


@router.get("/codebook")
def codebook(request: Request) -> Response:
    """The JSON Schema of a report with all codes and their definitions."""
    return answer(request, report_schema)


def report_row(one: ShownReport) -> dict[str, Any]:
    """A report as corrected and as coded, its link with the reasons, and the ids of the decisions on it."""
    corrected = one.corrected.report
    return {
        "engagement_id": one.engagement_id, "state": one.corrected.state, "review": one.corrected.review,
        "report": corrected and corrected.model_dump(mode="json"),
        "coded": one.coded and one.coded.model_dump(mode="json"), "document": document_row(one.document),
        "link": {"partner": one.partner, "score": one.score, "why": list(one.why), "copies": one.copies},
        "decisions": [d.id for d in one.decisions],
    }  # fmt: skip


def document_row(kept: Kept) -> dict[str, Any]:
    """A document without its text."""
    told = kept.document.model_dump(mode="json", exclude={"text", "ignored", "source"})
    return {**told, "outcome": kept.outcome, "reason": kept.reason, "added": kept.added}
