"""The one JSON Schema of a report as written to JSON Lines: its shape from records.py, its values from the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.codebook.load import load_codebook
from communique.codebook.model import Codebook, Detail, EventType, Term
from communique.records import Report

Schema = dict[str, Any]

_PREFIXES = {
    "Participant": "participants",
    "DateInterval": "date",
    "Place": "place",
    "Voice": "asserted_by",
    "Span": "evidence",
    "Claim": "claims",
    "Codes": "codes",
    "Versions": "versions",
}
_NULL: Schema = {"type": "null"}


def report_schema(codebook: Codebook | None = None) -> Schema:
    """The JSON Schema (draft 2020-12) that every line of a reports file fulfils.

    Types, modes, roles, details, statuses, domains and actors are the codebook's; a mode, role or detail is allowed
    with its own type only.
    """
    book = codebook or load_codebook()
    schema = Report.model_json_schema()
    _describe(schema, "", book.fields)
    for name, definition in schema["$defs"].items():
        _describe(definition, _PREFIXES[name] + ".", book.fields)
    _restrict(schema, book)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report",
        "description": "One event as one document tells it.",
        **{key: value for key, value in schema.items() if key not in ("title", "description")},
        "allOf": [_branch(event) for event in book.types.values()],
    }


def _describe(schema: Schema, prefix: str, fields: Mapping[str, str]) -> None:
    for name, inner in schema["properties"].items():
        inner.pop("title", None)
        inner["description"] = fields[prefix + name]


def _restrict(schema: Schema, book: Codebook) -> None:
    own, defs = schema["properties"], schema["$defs"]
    own["type"].update(enum=list(book.types))
    own["status"].update(description=_listed(own["status"]["description"], book.statuses))
    own["domains"].update(items={"enum": list(book.domains)}, uniqueItems=True)
    own["domains"].update(description=_listed(own["domains"]["description"], book.domains))
    claim, date = defs["Claim"]["properties"]["kind"], defs["DateInterval"]["properties"]["precision"]
    claim.update(description=_listed(claim["description"], book.claims))
    date.update(description=_listed(date["description"], book.precisions))
    defs["Actor"] = {"title": "Actor", "enum": [*book.states, *book.actors]}
    actor = defs["Participant"]["properties"]["actor"]
    defs["Participant"]["properties"]["actor"] = {"$ref": "#/$defs/Actor", "description": actor["description"]}
    country = defs["Place"]["properties"]["country"]
    country.update(anyOf=[{"enum": list(book.states)}, _NULL])


def _listed(description: str, terms: Mapping[str, Term]) -> str:
    return " ".join([description, *(f"{term.name}: {term.definition}" for term in terms.values())])


def _branch(event: EventType) -> Schema:
    """What holds for reports of one type."""
    return {
        "if": {"properties": {"type": {"const": event.name}}, "required": ["type"]},
        "then": {
            "title": event.label,
            "description": event.definition,
            "properties": {
                "mode": {"enum": [*event.modes, None], "description": _modes(event)},
                "participants": {"items": {"properties": {"role": _roles(event)}}},
                "details": {"anyOf": [_details(event), _NULL]},
            },
        },
    }


def _modes(event: EventType) -> str:
    return " ".join(f"{mode.name}: {mode.definition}" for mode in event.modes.values())


def _roles(event: EventType) -> Schema:
    told = " ".join(f"{role.name}: {role.definition}" for role in event.roles.values())
    return {"enum": list(event.roles), "description": told}


def _details(event: EventType) -> Schema:
    properties = {detail.name: _detail(detail) for detail in event.details.values()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _detail(detail: Detail) -> Schema:
    text: Schema = {"type": "string"}
    count: Schema = {"type": ["integer", "number", "string", "null"]}
    item: Schema = {
        "type": "object",
        "properties": {"item": text, "quantity": count},
        "required": ["item"],
        "additionalProperties": False,
    }
    kinds: dict[str, Schema] = {
        "text": {"type": ["string", "null"]},
        "count": count,
        "texts": {"anyOf": [{"type": "array", "items": text}, _NULL]},
        "items": {"anyOf": [{"type": "array", "items": item}, _NULL]},
    }
    return {"description": detail.definition, **kinds[detail.kind]}
