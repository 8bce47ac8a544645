"""The codebook inside the application, and the API for people."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from communique.codebook import load_codebook
from communique.codebook.describe import crosswalk_rows, example_coding
from communique.store.query import Filters
from communique.web.rendering import reader_of, render

router = APIRouter()


@router.get("/codebook")
def codebook(request: Request) -> HTMLResponse:
    """All codes with their definitions, each with an address of its own and the number of its engagements."""
    counts = reader_of(request).counts("engagements", Filters(), "type", "status", "domains")
    return render(
        request, "codebook.html", book=load_codebook(), counts={name: dict(told) for name, told in counts.items()},
        example_coding=example_coding, crosswalk_rows=crosswalk_rows,
    )  # fmt: skip


@router.get("/api")
def api(request: Request) -> HTMLResponse:
    """What the API answers, from its own description."""
    paths = [
        (path, operation["get"])
        for path, operation in request.app.openapi()["paths"].items()
        if "get" in operation
    ]  # fmt: skip
    return render(request, "api.html", paths=paths, host=str(request.base_url).rstrip("/"))
