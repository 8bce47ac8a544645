"""From the sections of one event file to an EventType, with every value checked for its kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from communique.codebook.model import (
    CodedExample,
    CodeRow,
    Detail,
    DetailKind,
    EventType,
    Mode,
    Role,
    Side,
    Term,
    TypeCrosswalk,
    Variant,
)
from communique.codebook.section import Section

_TYPE_KEYS = (
    "name", "order", "label", "definition", "symmetric", "rulings", "roles", "modes", "details",
    "crosswalk", "examples", "triggers", "cues",
)  # fmt: skip
_CROSSWALK_KEYS = ("source", "actor", "recipient", "modes", "variants", "notes")


def parse_event(section: Section, statuses: Mapping[str, Term]) -> EventType:
    """The event type that a file describes; what is unknown, missing or malformed raises CodebookError."""
    section.only(*_TYPE_KEYS)
    roles = {name: _role(name, inner) for name, inner in section.entries("roles")}
    modes = {name: _mode(name, inner) for name, inner in section.entries("modes")}
    if not roles:
        raise section.error("the type has no roles; give it at least one")
    return EventType(
        name=section.text("name"),
        order=section.number("order"),
        label=section.text("label"),
        definition=section.text("definition"),
        symmetric=section.flag("symmetric"),
        rulings=section.texts("rulings"),
        roles=MappingProxyType(roles),
        modes=MappingProxyType(modes),
        details=MappingProxyType({name: _detail(name, inner) for name, inner in section.entries("details")}),
        crosswalk=_crosswalk(section.section("crosswalk"), tuple(statuses)),
        examples=tuple(_example(inner, statuses) for inner in section.sections("examples")),
        triggers=section.free("triggers"),
        cues=section.free("cues"),
    )


def parse_terms(section: Section) -> Mapping[str, Term]:
    """The values of a closed list, in the file's order."""
    terms = {}
    for name in section.data:
        inner = section.section(name).only("label", "definition")
        terms[name] = Term(name, inner.text("label"), inner.text("definition"))
    return MappingProxyType(terms)


def _role(name: str, section: Section) -> Role:
    section.only("side", "label", "definition")
    side = cast(Side, section.choice("side", ("A", "B", "P")))
    return Role(name, side, section.text("label"), section.text("definition"))


def _mode(name: str, section: Section) -> Mode:
    section.only("definition", "example")
    return Mode(name, section.text("definition"), section.text("example"))


def _detail(name: str, section: Section) -> Detail:
    section.only("kind", "definition")
    kind = cast(DetailKind, section.choice("kind", ("text", "texts", "count", "items")))
    return Detail(name, kind, section.text("definition"))


def _example(section: Section, statuses: Mapping[str, Term]) -> CodedExample:
    section.only("text", "mode", "status", "roles")
    roles = section.section("roles")
    filled = {name: roles.texts(name) if isinstance(v, list) else (roles.text(name),) for name, v in roles.data.items()}
    return CodedExample(
        text=section.text("text"),
        mode=section.text_or_none("mode"),
        status=section.choice("status", statuses),
        roles=MappingProxyType(filled),
    )


def _crosswalk(section: Section, statuses: tuple[str, ...]) -> TypeCrosswalk:
    section.only(*_CROSSWALK_KEYS, *statuses)
    rows = _rows(section, statuses)
    for status in statuses:
        if status != "ongoing" and status not in rows:
            raise section.error(f"no codes for status {status!r}; add a row, with nulls and a 'why' if there are none")
    modes = {name: _rows(inner.only(*statuses), statuses) for name, inner in section.entries("modes")}
    variants = tuple(_variant(inner, statuses) for inner in section.sections("variants"))
    source = section.texts("source")
    if not source:
        raise section.error("the crosswalk names no source; cite the manuals")
    return TypeCrosswalk(
        source=source,
        actor=section.texts("actor"),
        recipient=section.texts("recipient"),
        rows=rows,
        modes=MappingProxyType(modes),
        variants=variants,
        notes=section.texts("notes"),
    )


def _variant(section: Section, statuses: tuple[str, ...]) -> Variant:
    section.only("when", "mode", *statuses)
    rows = _rows(section, statuses)
    if not rows:
        raise section.error("the variant has no codes; add a row for at least one status")
    return Variant(section.text("when"), section.text_or_none("mode"), rows)


def _rows(section: Section, statuses: tuple[str, ...]) -> Mapping[str, CodeRow]:
    return MappingProxyType({s: _row(section.section(s)) for s in statuses if s in section.data})


def _row(section: Section) -> CodeRow:
    section.only("cameo", "plover", "mode", "why", "to")
    section.need("cameo")
    section.need("plover")
    row = CodeRow(
        cameo=section.text_or_none("cameo"),
        plover=section.text_or_none("plover"),
        mode=section.text_or_none("mode"),
        why=section.text_or_none("why"),
        to=section.text_or_none("to"),
    )
    if (row.cameo is None or row.plover is None) and row.why is None:
        raise section.error("a row without a CAMEO or PLOVER code must say 'why'")
    return row
