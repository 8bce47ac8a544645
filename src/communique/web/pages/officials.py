"""Officials as the documents name them: posts, tenures, travel and meetings."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from communique.errors import RecordError
from communique.store.query import Filters
from communique.web.address import Address, whole
from communique.web.officials import appearances, people, with_posts
from communique.web.rendering import reader_of, render

router = APIRouter()
PAGE = 60


@router.get("/officials")
def officials(request: Request) -> HTMLResponse:
    """All named officials, those with most engagements first; `country` and `name` narrow the list."""
    asked = request.query_params
    page, country, name = whole("page", asked.get("page") or "1"), asked.get("country") or "", asked.get("name") or ""
    reader = reader_of(request)
    rows = people(reader, Filters())
    found = [
        row
        for row in rows
        if (not country or row["actor"] == country.upper()) and name.casefold() in row["name"].casefold()
    ]
    actors = sorted({row["actor"] for row in rows})
    shown = with_posts(reader, found[(page - 1) * PAGE : page * PAGE])
    return render(
        request, "officials.html", rows=shown, total=len(found), page=page,
        last=max(1, -(-len(found) // PAGE)), country=country.upper(), name=name, actors=actors,
    )  # fmt: skip


@router.get("/official/{actor}/{name:path}")
def official(request: Request, actor: str, name: str) -> HTMLResponse:
    """One official: the offices known of, the posts as told, and the engagements with those met there."""
    reader = reader_of(request)
    told = appearances(reader, actor, name)
    if not told:
        raise RecordError(f"no official {name!r} of {actor} takes part in any report; the list has those that do")
    chosen = tuple(("engagement", ident) for ident in dict.fromkeys(row["engagement_id"] for row in told))
    rows = reader.rows(Address(chosen=chosen, size=200))
    met = [
        row for row in people(reader, Filters(engagement=tuple(value for _, value in chosen)))
        if (row["actor"], row["name"]) != (actor, name)
    ]  # fmt: skip
    return render(
        request, "official.html", actor=actor, name=name, told=told, rows=rows, met=with_posts(reader, met[:24]),
        tenures=reader.record.lexicon.register.tenures_of(name, actor),
    )  # fmt: skip
