"""The first page: what the record covers, what it does not, and where to go from here."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from communique.store import Status
from communique.store.query import Filters
from communique.web.address import Address
from communique.web.basemap import world
from communique.web.charts import shares, spark, year_chart
from communique.web.coverage import covered, depth
from communique.web.mapping import drawn, linking
from communique.web.reader import Reader
from communique.web.rendering import reader_of, render

router = APIRouter()
PAIRS = 12
Ranked = tuple[str, int, list[tuple[int, float, float]], int]
"""A pair: its code, its number of engagements, a small chart by year, and the years that the chart spans."""


@router.get("/")
def overview(request: Request) -> HTMLResponse:
    """The overview of the record; `year` is the one whose months are told in numbers."""
    reader, everything = reader_of(request), Filters()
    status = reader.status()
    told = covered(reader.coverage(), request.query_params.get("year") or None)
    pairs, pair_years = strongest(reader)
    return render(
        request, "overview.html", status=status, went=shares(outcomes(status)), pairs=pairs, pair_years=pair_years,
        chart=year_chart(reader.by_year("engagements", everything)), address=Address(),
        latest=reader.rows(Address(sort="-published", size=8)), covered=told, outlets=reader.outlets(),
        added=reader.added(), depth=depth,
        map=drawn(reader, "engagements", everything), world=world(), link_of=linking(Address()),
    )  # fmt: skip


def outcomes(status: Status) -> list[tuple[str, int]]:
    """Where all inputs went."""
    aside = sum(status.quarantined.values())
    return [("coded", status.coded), ("gated", status.gated), ("failed", status.failed), ("aside", aside)]


def strongest(reader: Reader) -> tuple[list[Ranked], tuple[int, int] | None]:
    """The pairs with most engagements, and the first and last year of their small charts."""
    filters = Filters()
    top = reader.facet("engagements", filters, "pairs")[:PAIRS]
    if not top:
        return [], None
    names = tuple(code for code, _ in top)
    rows = reader.by_year_of("engagements", filters, "pairs", names)
    years = sorted({row["year"] for row in rows if row["year"] is not None})
    if not years:
        return [(code, number, [], 1) for code, number in top], None
    first = max(years[0], years[-1] - 14)
    counts = {code: [0] * (years[-1] - first + 1) for code in names}
    for row in rows:
        if row["year"] is not None and row["year"] >= first:
            counts[row["value"]][row["year"] - first] += row["n"]
    drawn = [(code, number, spark(counts[code]), len(counts[code])) for code, number in top]
    return drawn, (first, years[-1])
