"""Countries and bodies, one of them, and two of them together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from communique.codebook import load_codebook
from communique.errors import UnusableOption
from communique.store.query import Filters, pair_of
from communique.web import wording
from communique.web.address import Address
from communique.web.charts import year_chart
from communique.web.officials import people as named
from communique.web.officials import with_posts
from communique.web.rates import Comparison, around
from communique.web.reader import Reader, Row
from communique.web.rendering import reader_of, render

router = APIRouter()
PROMISED = ("planned", "proposed")
MOST = 12


@router.get("/countries")
def countries(request: Request) -> HTMLResponse:
    """All actors with the numbers of their engagements, states and other bodies apart."""
    found = reader_of(request).facet("engagements", Filters(), "actors")
    states = load_codebook().states
    return render(
        request, "countries.html", states=[pair for pair in found if pair[0] in states],
        bodies=[pair for pair in found if pair[0] not in states], top=max((n for _, n in found), default=0),
    )  # fmt: skip


@router.get("/country/{code}")
def country(request: Request, code: str) -> Response:
    """One state or body."""
    known = load_codebook().find_actor(code)
    if known is not None and known.code != code:
        return RedirectResponse(f"/country/{known.code}")
    return profile(request, Address(chosen=(("country", code),)), (code,), wording.actor(code))


@router.get("/pair/{told}")
def pair(request: Request, told: str) -> Response:
    """Two states or bodies and what they have to do with each other."""
    code = pair_of(told)
    if code != told:
        return RedirectResponse(f"/pair/{code}")
    return profile(request, Address(chosen=(("pair", code),)), tuple(code.split("-")), wording.pair(code))


def profile(request: Request, address: Address, codes: tuple[str, ...], name: str) -> HTMLResponse:
    """The page of one actor or of a pair."""
    reader, filters = reader_of(request), address.filters()
    counts = reader.counts("engagements", filters, "total", "year_type", "type", "level", "status", "actors")
    day = asked_day(request)
    partners = [(code, number) for code, number in counts["actors"] if code not in codes]
    promised = address.toggled("status", PROMISED[0]).toggled("status", PROMISED[1])
    return render(
        request, "profile.html", address=address, codes=codes, name=name, total=reader.count("engagements", filters),
        counts=counts, chart=year_chart(reader.by_year("engagements", filters)), partners=partners[:MOST],
        latest=reader.rows(Address(chosen=address.chosen, size=10)), promised=promised,
        open_promises=overdue(reader, promised), people=people(reader, codes, filters), day=day,
        comparison=compared(reader, filters, day) if day is not None else None,
    )  # fmt: skip


def asked_day(request: Request) -> dt.date | None:
    """The day before and after which rates are compared."""
    told = request.query_params.get("around")
    if not told:
        return None
    try:
        return dt.date.fromisoformat(told)
    except ValueError as broken:
        raise UnusableOption(f"around cannot be {told!r}; write a day as in 2020-07-08") from broken


def overdue(reader: Reader, promised: Address) -> list[Row]:
    """What was planned or proposed for a time that the record reaches beyond, and was never reported as done."""
    last = reader.status().last_published
    if last is None:
        return []
    rows = reader.rows(Address(chosen=(*promised.chosen, ("until", last)), size=100))
    return [row for row in rows if row["end"] is not None and row["end"].isoformat() < last][:MOST]


def compared(reader: Reader, filters: Filters, day: dt.date) -> tuple[Comparison, ...] | None:
    """Rates before and after the day, over the time in which the record's events lie thickest."""
    bounds = reader.grouped(
        "engagements", Filters(), 'quantile_disc("end", 0.02) AS first, max("last_published") AS last',
    )[0]  # fmt: skip
    if bounds["first"] is None or bounds["last"] is None:
        return None
    columns = (
        f"type, count(*) FILTER (\"end\" >= DATE '{bounds['first']}' AND \"end\" < DATE '{day}') AS before,"
        f" count(*) FILTER (\"end\" >= DATE '{day}' AND \"end\" <= DATE '{bounds['last']}') AS after"
    )
    rows = reader.grouped("engagements", filters, columns, "GROUP BY type ORDER BY count(*) DESC")
    return around(rows, day, bounds["first"], bounds["last"])


def people(reader: Reader, codes: tuple[str, ...], filters: Filters) -> list[dict[str, Any]]:
    """The officials who take part most often: name, actor, a post as told, and the number of engagements."""
    rows = named(reader, filters)
    own = [row for row in rows if row["actor"] in codes]
    others = [row for row in rows if row["actor"] not in codes]
    return with_posts(reader, [*own[:MOST], *others[:MOST]])
