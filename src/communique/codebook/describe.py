"""The codebook in plain text, for a terminal: all types at a glance, or one type in full."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from communique.codebook.load import load_codebook
from communique.codebook.model import Codebook, EventType

_WIDTH = 100


def describe_codebook(codebook: Codebook | None = None) -> str:
    """All event types with their modes and roles, then statuses and domains, as plain text."""
    book = codebook or load_codebook()
    lines = [f"Codebook {book.version}: {len(book.types)} event types", ""]
    for event in book.types.values():
        lines += _folded(f"{event.name:<13} ", event.definition)
        lines += _folded(" " * 14, "modes " + ", ".join(event.modes))
        lines += _folded(" " * 14, "roles " + ", ".join(event.roles))
    lines += [
        "",
        *_folded("statuses      ", ", ".join(book.statuses)),
        *_folded("domains       ", ", ".join(book.domains)),
    ]
    return "\n".join(lines) + "\n"


def describe_type(name: str, codebook: Codebook | None = None) -> str:
    """One event type in full, as plain text; an unknown name raises CodebookError with the nearest known one."""
    book = codebook or load_codebook()
    return "\n".join(_type_lines(book.type(name), book)) + "\n"


def _type_lines(event: EventType, book: Codebook) -> Iterator[str]:
    yield f"{event.name}: {event.label}"
    yield from _folded("  ", event.definition)
    yield from _part("Roles", ((role.name, f"({role.side}) {role.definition}") for role in event.roles.values()))
    yield from _part("Modes", ((m.name, f"{m.definition} Example: {m.example}") for m in event.modes.values()))
    yield from _part("Details", ((d.name, f"({d.kind}) {d.definition}") for d in event.details.values()))
    yield from _part("Rulings", (("-", ruling) for ruling in event.rulings))
    yield from _part("Older codes", ((what, codes) for what, codes in crosswalk_rows(event, book)))
    yield from _part(
        "Examples", (("-", f"{e.text} [{example_coding(e.mode, e.status, e.roles)}]") for e in event.examples)
    )


def crosswalk_rows(event: EventType, book: Codebook) -> Iterator[tuple[str, str]]:
    """Each row of a type's crosswalk as (mode, condition and status; codes in words)."""
    way = event.crosswalk
    groups = [("any mode", way.rows), *way.modes.items()]
    groups += [(f"{v.mode or 'any mode'} if {v.when.replace('_', ' ')}", v.rows) for v in way.variants]
    for group, rows in groups:
        for status, row in rows.items():
            cameo = "CAMEO none" if row.cameo is None else f"CAMEO {row.cameo} ({book.cameo.codes[row.cameo]})"
            plover = "PLOVER none" if row.plover is None else f"PLOVER {row.plover}"
            codes = f"{cameo}, {plover}{' ' + row.mode if row.mode is not None else ''}"
            yield f"{group}, {status}", codes if row.why is None else f"{codes}. {row.why}"


def example_coding(mode: str | None, status: str, roles: Mapping[str, tuple[str, ...]]) -> str:
    """How an example is coded, in one line."""
    parties = "; ".join(f"{role} {', '.join(codes)}" for role, codes in roles.items())
    return f"{mode or 'no mode'}, {status}; {parties}"


def _part(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    found = list(rows)
    if not found:
        return
    yield ""
    yield title
    width = min(max(len(name) for name, _ in found), 24) + 2
    for name, text in found:
        lead = "  " + name.ljust(width)
        if len(name) > width:
            yield "  " + name
            lead = " " * (2 + width)
        yield from _folded(lead, text, indent=2 + width)


def _folded(lead: str, text: str, indent: int | None = None) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=lead, subsequent_indent=" " * (len(lead) if indent is None else indent)
    )
