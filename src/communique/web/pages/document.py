"""One document: its whole text with the evidence of every report, its versions and its near-copies."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from communique.store.asking import copies, list_documents, set_aside, versions
from communique.web.address import whole
from communique.web.highlight import segments
from communique.web.rendering import reader_of, render

router = APIRouter()
PAGE = 50
NARROWED = ("outcome", "outlet", "affiliation", "published", "text")


@router.get("/document/{ident:path}")
def document(request: Request, ident: str) -> HTMLResponse:
    """The page of a document; `version` names one that another took the place of."""
    reader = reader_of(request)
    wanted = request.query_params.get("version")
    shown = reader.ask(lambda _: reader.record.show(ident))
    kept, reports = shown.document or shown.reports[0].document, shown.reports
    texts = reader.ask(lambda views: versions(views, kept.number))
    if wanted is not None and whole("version", wanted) in {v.number for v in texts} - {kept.number}:
        kept, reports = reader.record.documents("d.doc = ?", (int(wanted),))[0], ()
    coded = [one.corrected.report for one in reports if one.corrected.report and one.corrected.state != "rejected"]
    return render(
        request, "document.html", kept=kept, doc=kept.document, reports=reports, current=shown.document,
        segments=segments(kept.document, coded), versions=texts,
        copies=reader.ask(lambda views: copies(views, kept.number)),
    )  # fmt: skip


@router.get("/documents")
def documents(request: Request) -> HTMLResponse:
    """The current documents by outcome, outlet, who stands behind it, time of publication and words."""
    asked = request.query_params
    chosen: dict[str, Any] = {name: asked.get(name) or None for name in NARROWED}
    page = whole("page", asked.get("page") or "1")
    total, rows = reader_of(request).ask(
        lambda views: list_documents(views, **chosen, limit=PAGE, offset=(page - 1) * PAGE)
    )
    return render(
        request, "documents.html", rows=rows, total=total, chosen=chosen, page=page, last=max(1, -(-total // PAGE)),
        status=reader_of(request).status(),
    )  # fmt: skip


@router.get("/set-aside")
def quarantine(request: Request) -> HTMLResponse:
    """The inputs that could not be used, with their reasons."""
    rows = set_aside(reader_of(request).record, limit=500)
    return render(request, "set_aside.html", rows=rows, status=reader_of(request).status())
