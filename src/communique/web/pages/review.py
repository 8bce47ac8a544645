"""Review: the queue, one report with its text and a form, and what a reviewer decides. Every change is a decision."""

from __future__ import annotations

import shlex
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from communique.codebook import load_codebook
from communique.errors import RecordError
from communique.records import Report, Span
from communique.review import actions
from communique.review.queue import next_open, open_reports, progress
from communique.review.reviewers import reviewer_of, reviewers
from communique.review.samples import list_samples
from communique.store import Decision, ShownReport
from communique.text import content_hash
from communique.web.address import FILTERS, Address, whole
from communique.web.coding_form import detail_lines, report_of_form
from communique.web.highlight import segments
from communique.web.rendering import reader_of, render
from communique.web.reviewing import COOKIE, MONTH, Form, first, form_of, go, needed, reviewer, written

router = APIRouter()
Posted = Annotated[Form, Depends(form_of)]
SHOWN = 25
LAST = 12


def selection_of(pairs: list[tuple[str, str]]) -> Address:
    """The filters among the pairs of an address or form."""
    return Address.of([(n, v) for n, v in pairs if n in FILTERS and v.strip()])


@router.get("/review")
def queue(request: Request) -> HTMLResponse:
    """The queue of the selection, how far it is, what is asked again, the samples and the last decisions."""
    reader, who = reader_of(request), reviewer(request)
    address = selection_of(request.query_params.multi_items())
    filters = address.filters()
    total, rows = reader.ask(lambda _: open_reports(reader.record, who, filters, SHOWN))
    return render(
        request, "review.html", who=who, address=address, total=total, rows=rows, done=progress(reader.record, filters),
        listed=reader.record.unattached(), samples=list_samples(reader.record), people=reviewers(reader.record),
        log=actions.last_decisions(reader.record, LAST), said=request.query_params.get("said") or "",
    )  # fmt: skip


@router.get("/review/sign-in")
def sign_in_form(request: Request) -> HTMLResponse:
    """Where a reviewer gives the token; `back` is the page that leads there and is shown again afterwards."""
    return asked_to_sign_in(request, request.query_params.get("back") or "")


def asked_to_sign_in(request: Request, back: str, words: str = "") -> HTMLResponse:
    """The form, with what was wrong."""
    folder = shlex.quote(str(reader_of(request).folder.resolve()))
    return render(request, "review_sign_in.html", 403 if words else 200, words=words, back=back, folder=folder)


@router.post("/review/sign-in")
def sign_in(request: Request, form: Posted) -> Response:
    """Keeps a right token in a cookie that no script can read and no other site can make the browser send."""
    token = first(form, "token").strip()
    back = first(form, "back")
    if reviewer_of(reader_of(request).record, token) is None:
        return asked_to_sign_in(request, back, "This is no reviewer's token of this record.")
    answer = go(back or "/review")
    answer.set_cookie(COOKIE, token, max_age=MONTH, httponly=True, samesite="strict", path="/")
    return answer


@router.post("/review/sign-out")
def sign_out(request: Request) -> Response:
    """Forgets the token."""
    answer = go("/review")
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.get("/review/next")
def following(request: Request) -> Response:
    """Leads to the report whose decision is worth most, of the selection of the address."""
    reader, who = reader_of(request), needed(request)
    pairs = request.query_params.multi_items()
    address, said = selection_of(pairs), request.query_params.get("said")
    one = reader.ask(lambda _: next_open(reader.record, who, address.filters(), request.query_params.get("after")))
    if one is None:
        return go(address.link("/review"), said=said or "The queue is empty.")
    return go(address.link(f"/review/report/{one.report_id}"), doc=one.doc_id, said=said)


@router.get("/review/report/{ident}")
def report(request: Request, ident: str) -> HTMLResponse:
    """One report with its document, the form of its fields and the keys."""
    reader, who = reader_of(request), reviewer(request)
    asked = request.query_params
    one = shown_report(request, ident, asked.get("doc"))
    address, back = selection_of(asked.multi_items()), asked.get("back") or ""
    told, doc = told_of(one), one.document.document
    others = reader.ask(lambda _: reader.record.show(doc.id)).reports
    reports = [o.corrected.report for o in others if o.corrected.report and o.corrected.state != "rejected"]
    rest = [r for r in reports if r.report_id != told.report_id]
    return render(
        request, "review_report.html", who=who, one=one, report=told, doc=doc, book=load_codebook(), address=address,
        segments=segments(doc, [told, *rest]), others=rest, done=progress(reader.record), lines=detail_lines,
        seen=mark_of(told), said=asked.get("said") or "", action="/review/decide", back=back, blind=False, item=None,
    )  # fmt: skip


def shown_report(request: Request, ident: str, doc_id: str | None) -> ShownReport:
    """The report of an id, in the named document where several have one text; RecordError for none."""
    reader = reader_of(request)
    shown = reader.ask(lambda _: reader.record.show(ident))
    found = [r for r in shown.reports if doc_id is None or r.document.document.id == doc_id]
    if shown.kind != "report" or not found:
        raise RecordError(f"no report {ident!r} in the record; it may have been recoded: see what is asked again")
    return found[0]


def told_of(one: ShownReport) -> Report:
    """The report as it stands; RecordError for one that is neither coded nor added any more."""
    if one.corrected.report is None:
        raise RecordError(f"report {one.key} is no more; its adding was taken back")
    return one.corrected.report


def mark_of(told: Report) -> str:
    """What changes when anybody changes the report."""
    return content_hash(told.model_dump_json())


@router.post("/review/decide")
def decide(request: Request, form: Posted) -> Response:
    """Writes the edits and the verdict of the form down, all or none, and goes on to the next report.

    Who came from the page of an engagement (`back`) comes back there; a rejected report may have been its last.
    """
    who, back = needed(request), first(form, "back") or None
    ident, doc_id, verdict = first(form, "report"), first(form, "doc") or None, first(form, "verdict")
    one = shown_report(request, ident, doc_id)
    told, address = told_of(one), selection_of([(n[7:], v) for n, v in form if n.startswith("filter.")])
    if first(form, "seen") not in ("", mark_of(told)):
        raise HTTPException(409, "somebody changed this report meanwhile; look at it again before you decide")
    if verdict == "skip":
        written(request, lambda record: actions.skip(record, who, ident))
        return go(address.link("/review/next"), after=ident, said="Put off.")
    after = report_of_form(form, told, one.document.document.text) if first(form, "type") else None
    if verdict == "save" and after is not None and not actions.changes(told, after):
        unchanged = "Nothing was changed, so nothing was saved."
        return go(address.link(f"/review/report/{ident}"), doc=doc_id, back=back, said=unchanged)
    decisions = actions.decisions_of(verdict, who, told, after, first(form, "note"))
    ids = written(request, lambda record: record.decide_many(decisions), {told.doc_id})
    if verdict in ("save", "note"):
        return go(address.link(f"/review/report/{ident}"), doc=doc_id, back=back, said=f"Saved as decision {ids[-1]}.")
    if back is not None and verdict != "reject":
        return go(back)
    return go(address.link("/review/next"), after=ident, said=f"{PAST[verdict]} (decision {ids[-1]}); z takes it back.")


PAST = {"accept": "Accepted", "reject": "Rejected", "unsure": "Marked as unsure"}


@router.post("/review/undo")
def undo(request: Request, form: Posted) -> Response:
    """Takes a decision back, the named one or the reviewer's last, and shows what it was about."""
    who, named = needed(request), first(form, "decision")
    number = whole("decision", named) if named else None
    target = written(request, lambda record: actions.undo_in_order(record, who, number))
    entry, said = reader_of(request).record.log(target), f"Took back decision {target}."
    back = first(form, "back")
    if back:
        return go(back, said=said if back.startswith("/review") else None)
    if entry.kind in ("merge", "split", "undo") or not entry.anchors:
        return go("/review", said=said)
    anchor = entry.anchors[0]
    if entry.kind == "add":
        start, end = str(anchor.evidence[0].start), str(anchor.evidence[0].end)
        return go("/review/add", doc=anchor.doc_id, type=anchor.type, start=start, end=end, said=said)
    return go(f"/review/report/{anchor.report_id}", doc=anchor.doc_id, said=said)


@router.post("/review/bulk")
def bulk(request: Request, form: Posted) -> Response:
    """One decision for every undecided report of the selection; the log tells that it was made in bulk."""
    who, address = needed(request), selection_of(form)
    if first(form, "sure") != "yes":
        raise HTTPException(400, "tick the box to decide so many at once")
    ids = written(request, lambda record: actions.decide_in_bulk(
        record, first(form, "verdict"), who, address.filters(), address.query(), first(form, "note").strip()
    ), asking=True)  # fmt: skip
    return go(address.link("/review"), said=f"{len(ids)} reports decided in bulk (decisions {ids[0]} to {ids[-1]}).")


@router.get("/review/add")
def missed(request: Request) -> HTMLResponse:
    """The form for an event that the coder missed, its evidence marked in the text."""
    reader, asked = reader_of(request), request.query_params
    doc_id, kind = asked.get("doc") or "", asked.get("type") or "meeting"
    shown = reader.ask(lambda _: reader.record.show(doc_id))
    if shown.document is None:
        raise RecordError(f"no document {doc_id!r} in the record")
    doc = shown.document.document
    start, end = int_of(asked.get("start")), int_of(asked.get("end"))
    spans = (Span(start=start, end=end),) if 0 <= start < end <= len(doc.text) else ()
    empty = Report(doc_id=doc.id, report_id="new", type=load_codebook().type(kind).name, evidence=spans, confidence=1.0)
    rest = [o.corrected.report for o in shown.reports if o.corrected.report and o.corrected.state != "rejected"]
    return render(
        request, "review_report.html", who=reviewer(request), one=None, report=empty, doc=doc, book=load_codebook(),
        address=Address(), segments=segments(doc, [empty, *rest]), others=rest, done=progress(reader.record),
        lines=detail_lines, seen="", said=asked.get("said") or "", action="/review/add", back="", blind=False,
        item=None,
    )  # fmt: skip


def int_of(told: str | None) -> int:
    """A whole number of a query, -1 for none."""
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 10 else -1


@router.post("/review/add")
def add(request: Request, form: Posted) -> Response:
    """Adds the event of the form to its document."""
    who, doc_id = needed(request), first(form, "doc")
    found = reader_of(request).record.documents("d.id = ? AND d.superseded_by IS NULL", (doc_id,))
    if not found:
        raise RecordError(f"no current document {doc_id!r} in the record")
    base = Report(doc_id=doc_id, report_id="new", type=first(form, "type"), confidence=1.0)
    told = report_of_form(form, base, found[-1].document.text)
    note = first(form, "note").strip() or None
    ident = written(request, lambda record: record.decide(Decision(kind="add", who=who, added=told, why=note)))
    anchor = reader_of(request).record.log(ident).anchors[0]
    said = f"Added as decision {ident}; accept it when it is right."
    return go(f"/review/report/{anchor.report_id}", doc=doc_id, said=said)


@router.post("/review/sign-off")
def sign_off(request: Request, form: Posted) -> Response:
    """Says that nothing is missing in a document, or takes that back."""
    who, doc_id = needed(request), first(form, "doc")
    act = actions.withdraw_sign_off if first(form, "withdraw") else actions.sign_off
    written(request, lambda record: act(record, who, doc_id))
    said = "Sign-off taken back." if first(form, "withdraw") else "Signed: nothing is missing in this document."
    return go(first(form, "back") or "/review/next", said=said)


@router.post("/review/split")
def split(request: Request, form: Posted) -> Response:
    """Takes the ticked reports out of their engagement, together."""
    who = needed(request)
    told = tuple(value for name, value in form if name == "reports")
    made = Decision(kind="split", who=who, reports=told, why=first(form, "note").strip() or None)
    written(request, lambda record: record.decide(made), asking=True)
    return go(f"/engagement/{first(form, 'engagement')}")


@router.post("/review/merge")
def merge(request: Request, form: Posted) -> Response:
    """Makes one engagement of this one and those named: ids or addresses of their pages."""
    who, own = needed(request), first(form, "engagement")
    others = [part.rstrip("/").rpartition("/")[2] for part in first(form, "with").replace(",", " ").split()]
    made = Decision(kind="merge", who=who, engagements=(own, *others), why=first(form, "note").strip() or None)
    written(request, lambda record: record.decide(made), asking=True)
    return go(f"/engagement/{own}")
