"""Explore: one selection with its facets, totals and rows; everything that is chosen stands in the address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from communique.web.address import Address
from communique.web.basemap import world
from communique.web.charts import year_chart
from communique.web.mapping import drawn, linking
from communique.web.network import Network, of_officials, of_parties
from communique.web.pages.export import FORMATS
from communique.web.reader import FILTER_OF, Reader
from communique.web.rendering import reader_of, render
from communique.web.snippets import snippets
from communique.web.timeline import MOST, timeline

router = APIRouter()
SHORT = 8
"""Values of a facet that are shown before `more`."""


@router.get("/explore")
def explore(request: Request) -> HTMLResponse:
    """The selection of the address."""
    address, reader = Address.of(request.query_params.multi_items()), reader_of(request)
    filters, whole = address.filters(), Address().filters()
    total = reader.count(address.unit, filters)
    last = max(1, -(-total // address.size))
    address = address.at(min(address.page, last))
    return render(
        request, "explore.html", address=address, total=total, last=last, everything=reader.count(address.unit, whole),
        facets=reader.facets(address), filter_of=FILTER_OF, short=SHORT, formats=FORMATS,
        snippets=snippets(reader.folder, address), **shown(reader, address),
    )  # fmt: skip


def shown(reader: Reader, address: Address) -> dict[str, Any]:
    """What the chosen view draws, and the years of the selection as if no time were chosen."""
    filters = address.filters()
    if address.view == "timeline":
        return {"line": timeline(reader.rows(replace(address, page=1, size=MOST, sort="-date"))), "most": MOST}
    chart = year_chart(reader.by_year(address.unit, address.without("since", "until").filters()))
    if address.view == "map":
        return {
            "map": drawn(reader, address.unit, filters),
            "world": world(),
            "link_of": linking(address),
            "chart": chart,
        }
    if address.view == "network":
        asked = ("network", address.unit, filters, address.nodes)
        return {"net": reader.unchanged(asked, lambda: network_of(reader, address)), "chart": chart}
    return {"rows": reader.rows(address), "chart": chart}


def network_of(reader: Reader, address: Address) -> Network:
    """The network of the selection of an address: of officials where it asks for them, else of states and bodies."""
    if address.nodes == "officials":
        return of_officials(reader, address.filters())
    return of_parties(reader.counts(address.unit, address.filters(), "actors", "pairs"))
