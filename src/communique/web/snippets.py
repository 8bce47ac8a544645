"""A selection as a command, as SQL and as Python, to be copied and to give the same rows elsewhere."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from communique.store.query import Filters, pair_of
from communique.web.address import Address

OPTIONS = {"documents": "doc", "place_country": "place-country"}
"""Options of `communique list` that are not named like their filter."""


def snippets(folder: Path, address: Address) -> dict[str, str]:
    """The selection in each language by the name of its tab."""
    return {
        "Command": command(folder, address),
        "SQL": sql(address.unit, address.filters()),
        "Python": python(folder, address),
    }


def command(folder: Path, address: Address) -> str:
    """The command that lists the selection."""
    words = ["communique", "list", "--record", str(folder)]
    if address.unit == "reports":
        words.append("--reports")
    for name, value in address.chosen:
        words += [f"--{OPTIONS.get(name, name)}", value]
    return shlex.join(words)


def python(folder: Path, address: Address) -> str:
    """The lines of Python that give the selection as an Arrow table."""
    given = address.filters().model_dump(mode="json", exclude_defaults=True)
    arguments = ", ".join(f"{name}={value!r}" for name, value in given.items())
    return (
        "from communique.store import Record\n\n"
        f"with Record.open({str(folder)!r}, read_only=True) as record:\n"
        f"    table = record.{address.unit}({arguments})\n"
    )


def sql(unit: str, filters: Filters) -> str:
    """The question in SQL on the documented views that gives the same rows."""
    parts = [part for part in conditions(unit, filters) if part]
    where = "\nWHERE " + "\n  AND ".join(parts) if parts else ""
    return f'SELECT *\nFROM {unit}{where}\nORDER BY "end" DESC NULLS LAST'


def conditions(unit: str, filters: Filters) -> list[str]:
    """The condition of each filter that is set."""
    out = []
    lists = (("actors", [c.upper() for c in filters.country]), ("pairs", [pair_of(p) for p in filters.pair]),
             ("domains", list(filters.domain)))  # fmt: skip
    out += [f"list_has_any({column}, {literal(values)})" for column, values in lists if values]
    plain = (("type", filters.type), ("mode", filters.mode), ("status", filters.status), ("level", filters.level),
             ("review", filters.review), ("place_country", filters.place_country),
             ("engagement_id", filters.engagement))  # fmt: skip
    out += [f"{column} IN {members(values)}" for column, values in plain if values]
    if filters.since is not None:
        out.append(f"\"end\" >= DATE '{filters.since}'")
    if filters.until is not None:
        out.append(f"\"start\" <= DATE '{filters.until}'")
    return [*out, *of_documents(unit, filters)]


def of_documents(unit: str, filters: Filters) -> list[str]:
    """The conditions on documents, outlets and tellings."""
    out, own = [], unit == "reports"
    if filters.outlet:
        names = filters.outlet
        out.append(f"outlet IN {members(names)}" if own else f"list_has_any(outlet_names, {literal(list(names))})")
    if filters.camp:
        camps = "[camp]" if own else "camps"
        kinds = f"list_transform({camps}, lambda c: split_part(c, ' ', 1))"
        out.append(f"list_has_any({camps} || {kinds}, {literal(list(filters.camp))})")
    if filters.witnesses is not None:
        test = f"witnesses >= {filters.witnesses}"
        out.append(f"engagement_id IN (SELECT engagement_id FROM engagements WHERE {test})" if own else test)
    tests = [f"doc_id IN {members(filters.documents)}"] if filters.documents else []
    if filters.text is not None:
        tests.append(f"doc_id IN (SELECT unnest(documents_with({literal(filters.text)})))")
    return out + [
        test if own else f"engagement_id IN (SELECT engagement_id FROM reports WHERE {test})" for test in tests
    ]


def literal(value: Any) -> str:
    """A text or a list of texts as SQL writes it."""
    if isinstance(value, list):
        return "[" + ", ".join(literal(part) for part in value) + "]"
    return "'" + str(value).replace("'", "''") + "'"


def members(values: tuple[str, ...]) -> str:
    """A list of texts after IN."""
    return "(" + ", ".join(literal(value) for value in values) + ")"
