"""Samples: blind coding by several reviewers, how far they agree, what they differ on, and a third's judgement."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from communique.codebook import load_codebook
from communique.errors import UnusableOption
from communique.review import disputes, samples
from communique.review.queue import progress
from communique.store import Record
from communique.web.address import Address, whole
from communique.web.coding_form import detail_lines, report_of_form
from communique.web.highlight import segments
from communique.web.pages.review import Posted, mark_of, selection_of
from communique.web.rendering import reader_of, render
from communique.web.reviewing import first, go, needed, reviewer, written

router = APIRouter()
RESAMPLES = 500


def path_of(name: str) -> str:
    """The address of a sample."""
    return f"/review/sample/{quote(name, safe='')}"


@router.post("/review/samples")
def draw(request: Request, form: Posted) -> Response:
    """Draws a sample of the selection and deals it out."""
    who, address = needed(request), selection_of([(n[7:], v) for n, v in form if n.startswith("filter.")])
    shared = whole("shared", first(form, "shared", "100"))
    numbers = {name: whole(name, first(form, name, usual)) for name, usual in (("size", "50"), ("each", "2"))}
    name, coders = first(form, "name").strip(), [value for key, value in form if key == "coders"]
    seed = int(first(form, "seed", "0")) if first(form, "seed", "0").isdigit() else 0

    def drawn(record: Record) -> samples.Sample:
        return samples.draw_sample(
            record, name, who, coders, filters=address.filters(), told=address.query(), shared=shared / 100, seed=seed,
            **numbers,
        )  # fmt: skip

    written(request, drawn, asking=True)
    return go(path_of(name))


@router.get("/review/sample/{name}")
def sample(request: Request, name: str) -> HTMLResponse:
    """A sample: who has coded how much, agreement by field and type, and the disagreements. Blind items stay hidden."""
    record, who = reader_of(request).record, reviewer(request)
    found = samples.sample_of(record, name)
    figures = disputes.agreement_of(record, name, reviewer=who, resamples=RESAMPLES)
    return render(
        request, "review_sample.html", who=who, sample=found, path=path_of(name),
        figures=[f for f in figures if f.group == "all"],
        groups=[f for f in figures if f.group != "all" and f.units > 0],
        disputes=disputes.disputes_of(record, name, who), said=request.query_params.get("said") or "",
    )  # fmt: skip


@router.get("/review/sample/{name}/disagreements.csv")
def table(request: Request, name: str) -> Response:
    """The disagreements as a file."""
    record = reader_of(request).record
    samples.sample_of(record, name)
    body = disputes.disputes_csv(record, name, reviewer(request))
    head = {"content-disposition": 'attachment; filename="disagreements.csv"'}
    return Response(body.encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=head)


@router.get("/review/sample/{name}/next")
def following(request: Request, name: str) -> Response:
    """Leads to the first item that the reviewer has still to code."""
    who = needed(request)
    said = request.query_params.get("said")
    item = samples.next_item(reader_of(request).record, name, who)
    if item is None:
        return go(path_of(name), said="You have coded all that was dealt to you.")
    return go(f"{path_of(name)}/{item.number}", said=said)


@router.get("/review/sample/{name}/{number}")
def item(request: Request, name: str, number: str) -> HTMLResponse:
    """One item as it was drawn: to code, for its coders; to adjudicate, for a third."""
    reader, who = reader_of(request), reviewer(request)
    found = samples.item_of(reader.record, name, whole("item", number))
    told = samples.codings_of(reader.record, name).get(found.number, [])
    own = next((c for c in told if c.reviewer == who and c.report is not None), None)
    report = own.report if own is not None and own.report is not None else found.report
    kept = reader.record.documents("d.doc = ?", (found.doc,))[0]
    seen = samples.may_see(found, told, who) and who is not None
    return render(
        request, "review_report.html", who=who, one=None, back="", report=report, doc=kept.document,
        book=load_codebook(), address=Address(), segments=segments(kept.document, [report]), others=[],
        done=progress(reader.record), lines=detail_lines, seen=mark_of(report),
        said=request.query_params.get("said") or "",
        action=f"{path_of(name)}/{number}", blind=who in found.coders, item=found, sample=name, path=path_of(name),
        told=told if seen else [], differing=disputes.differing(disputes.by_coders(told)) if seen else {},
        changed=kept.superseded_by is not None,
    )  # fmt: skip


@router.post("/review/sample/{name}/{number}")
def code(request: Request, name: str, number: str, form: Posted) -> Response:
    """Keeps a coder's own coding, or writes a third's judgement into the record's log."""
    who, verdict, note = needed(request), first(form, "verdict"), first(form, "note")
    reader, place = reader_of(request), whole("item", number)
    found = samples.item_of(reader.record, name, place)
    text = reader.record.documents("d.doc = ?", (found.doc,))[0].document.text
    if verdict not in (*samples.CODED, "withdrawn"):
        raise UnusableOption(f"no verdict {verdict!r}; accept, reject or unsure")
    report = report_of_form(form, found.report, text) if verdict == "accept" else None
    if who in found.coders:
        written(request, lambda r: samples.code_item(r, name, place, who, verdict, report, note))
        return go(f"{path_of(name)}/next", said=f"Item {place} coded.")
    ids = written(request, lambda r: samples.adjudicate(r, name, place, who, verdict, report, note))
    return go(path_of(name), said=f"Item {place} adjudicated (decision {ids[-1]}).")
