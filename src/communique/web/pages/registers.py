"""Exercises, agreements and transfers, each a register with columns of its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from communique.export.phrases import detail_phrase
from communique.web.address import Address
from communique.web.reader import Row
from communique.web.rendering import reader_of, render

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its type, its details as columns, the roles that it shows apart, and what it says of itself."""

    type: str
    title: str
    columns: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    lead: str


REGISTERS = {
    "exercises": Register(
        "exercise", "Exercises", (("name", "Name"), ("edition", "Edition")), (("*", "Participants"), ("host", "Host")),
        "Joint drills and competitions, by the names that the documents give them.",
    ),
    "agreements": Register(
        "agreement", "Agreements", (("instrument", "Instrument"), ("subject", "Subject")), (("*", "Signatories"),),
        "Instruments that were negotiated, signed, renewed, ratified or ended.",
    ),
    "transfers": Register(
        "transfer", "Transfers", (("items", "Items and quantity"), ("amount", "Amount")),
        (("supplier", "Supplier"), ("recipient", "Recipient")),
        "Arms, equipment, money or capabilities that pass from one party to another, or are promised.",
    ),
}  # fmt: skip


@router.get("/exercises")
@router.get("/agreements")
@router.get("/transfers")
def register(request: Request) -> HTMLResponse:
    """The register of the path, narrowed by the filters of the address."""
    one, reader = REGISTERS[request.url.path.strip("/")], reader_of(request)
    asked = [pair for pair in request.query_params.multi_items() if pair[0] not in ("type", "unit")]
    told = Address.of(asked)
    address = replace(told, chosen=(*told.chosen, ("type", one.type)))
    total = reader.count("engagements", address.filters())
    last = max(1, -(-total // address.size))
    address = replace(address, page=min(address.page, last))
    rows = reader.rows(address)
    held = reader.held([row["engagement_id"] for row in rows])
    of_type = Address(chosen=(("type", one.type),)).filters()
    counts = reader.counts("engagements", of_type, "actors", "mode", "status", "total")
    return render(
        request, "register.html", one=one, told=told, address=address, total=total, last=last, counts=counts,
        path=request.url.path,
        rows=[(row, cells(one, held["details"].get(row["engagement_id"], [])),
               parties(one, row, held["roles"].get(row["engagement_id"], []))) for row in rows],
    )  # fmt: skip


def cells(one: Register, told: Iterable[str]) -> list[str]:
    """The value of each detail that most reports tell, in words."""
    votes: dict[str, Counter[str]] = {name: Counter() for name, _ in one.columns}
    for text in told:
        details = json.loads(text)
        for name in votes:
            words = phrase(name, details)
            if words:
                votes[name][words] += 1
    return [votes[name].most_common(1)[0][0] if votes[name] else "" for name, _ in one.columns]


def phrase(name: str, details: Mapping[str, Any]) -> str:
    """A detail in words; an amount bears its currency, an instrument its name where it has one."""
    if name == "instrument" and details.get("name"):
        kind = detail_phrase(details["instrument"]) if details.get("instrument") else ""
        own = detail_phrase(details["name"])
        return f"{own} ({kind})" if kind and kind.casefold() not in own.casefold() else own
    value = details.get(name)
    if name == "amount" and isinstance(value, int | float):
        return f"{value:,.0f} {details.get('currency') or ''}".strip()
    if isinstance(value, list):
        return ", ".join(filter(None, (detail_phrase(part).strip() for part in value)))
    return detail_phrase(value) if value else ""


def parties(one: Register, row: Row, roles: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The actors of each column of roles; those of `*` are all."""
    held = list(roles)
    return [
        list(row["actors"] or ()) if role == "*" else sorted({actor for told, actor in held if told == role})
        for role, _ in one.roles
    ]
