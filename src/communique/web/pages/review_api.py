"""The API of review: decisions and codings with a reviewer's token, the log, the queue, agreement and gold."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import Field

from communique.records import Report, Row
from communique.review import disputes, samples
from communique.review.gold import gold_documents
from communique.review.queue import open_reports, progress
from communique.store import Decision
from communique.store.deciding import Judgement
from communique.store.decision_log import Entry
from communique.web.address import Address
from communique.web.api import answer, selection
from communique.web.rendering import reader_of
from communique.web.reviewing import needed, reviewer, written

router = APIRouter(prefix="/api/v1", tags=["review"])
Selection = Annotated[Address, Depends(selection)]
LONGEST_NOTE = 2_000
AHEAD = 20
"""Decisions whose documents are read before the record is locked."""


class Given(Judgement):
    """A decision as a client sends it; who makes it is told by the token."""

    why: str | None = Field(default=None, max_length=LONGEST_NOTE)


class GivenCoding(Row):
    """A coding of an item of a sample."""

    verdict: str
    report: Report | None = None
    note: str | None = Field(default=None, max_length=LONGEST_NOTE)


@router.post("/decisions", status_code=201)
def decide(request: Request, given: list[Given]) -> dict[str, list[int]]:
    """Writes decisions down, all or none, in the name of the reviewer whose token it is; their ids in the log."""
    who = needed(request)
    if not given:
        raise HTTPException(400, "the list of decisions is empty")
    made = [Decision(who=who, **dict(one)) for one in given]
    about = {one.doc_id for one in given[:AHEAD] if one.doc_id is not None}
    asking = any(one.kind in ("merge", "split") for one in given)
    return {"ids": written(request, lambda record: record.decide_many(made), about, asking)}


@router.post("/decisions/{ident}/undo", status_code=201)
def undo(request: Request, ident: int) -> dict[str, int]:
    """Takes a decision back by a new one."""
    who = needed(request)
    if not 0 < ident < 2**63:
        raise HTTPException(404, f"no decision {ident} in the log")
    return {"id": written(request, lambda record: record.undo(ident, who))}


@router.get("/decisions")
def log(
    request: Request,
    report: Annotated[str | None, Query(description="Id of a report.")] = None,
    who: Annotated[str | None, Query(description="Name of a reviewer.")] = None,
    since: Annotated[int, Query(ge=0, lt=2**63, description="Only those after this id.")] = 0,
) -> Response:
    """The log of decisions in its order, at most 500 of them; `since` goes on."""
    found = reader_of(request).record
    return answer(request, lambda: {"decisions": [entry(e) for e in found.decisions(report, who, since)[:500]]})


def entry(one: Entry) -> dict[str, Any]:
    """An entry of the log as JSON has it."""
    return {**{k: getattr(one, k) for k in ("id", "at", "who", "kind", "why", "field", "before", "after", "undoes")},
            "about": [{"report_id": a.report_id, "doc_id": a.doc_id, "type": a.type} for a in one.anchors]}  # fmt: skip


@router.get("/review/queue")
def queue(request: Request, address: Selection) -> dict[str, Any]:
    """The first 100 undecided reports of the selection in the order of the queue, and how far it is."""
    reader, filters = reader_of(request), address.filters()
    total, rows = reader.ask(lambda _: open_reports(reader.record, reviewer(request), filters, 100))
    told = [{name: value for name, value in asdict(row).items() if name != "rid"} for row in rows]
    return {"total": total, "reports": told, "progress": asdict(progress(reader.record, filters))}


@router.get("/review/samples/{name}/agreement")
def figures(request: Request, name: str) -> dict[str, Any]:
    """Krippendorff's alpha of a sample by field and type, with intervals."""
    record = reader_of(request).record
    samples.sample_of(record, name)
    return {"agreement": [asdict(f) for f in disputes.agreement_of(record, name, reviewer=reviewer(request))]}


@router.post("/review/samples/{name}/items/{number}", status_code=201)
def code(request: Request, name: str, number: int, given: GivenCoding) -> dict[str, str]:
    """Keeps the coding of an item that is dealt to the reviewer."""
    who = needed(request)
    written(request, lambda r: samples.code_item(r, name, number, who, given.verdict, given.report, given.note))
    return {"kept": f"{name}/{number}"}


@router.get("/gold")
def gold(
    request: Request, unsigned: Annotated[bool, Query(description="Documents too that nobody signed.")] = False
) -> Response:
    """The reviewed documents as JSON Lines that `communique evaluate` takes as gold."""
    record = reader_of(request).record
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in gold_documents(record, unsigned=unsigned)]
    return Response("".join(lines).encode("utf-8", "replace"), media_type="application/jsonl")
