"""Reading of a compiled text piece by piece: what is equal is held once, so that the lexicon stays small in memory."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Content = dict[str, Any]
_decoded = json.JSONDecoder().raw_decode


def read_content(compiled: str) -> Content:
    """What `assembly.compiled_text` wrote, with tuples for the lists in rows, forms and tenures; not to be changed.

    Of the rows and tenures equal texts and equal attributes are one object. No more is in memory at a time than the
    text, one of its rows, and what is held of the others.
    """
    held = _Held()
    pieces = {"forms": _readings, "rows": held.row, "tenures": held.tenures}
    content: Content = {}
    at = 1
    while at < len(compiled):
        name, at = _decoded(compiled, at)
        content[name], at = _section(compiled, at + 1, pieces[name]) if name in pieces else _decoded(compiled, at + 1)
        at += 1
    return content


def _section(compiled: str, at: int, piece: Callable[[Any], Any]) -> tuple[Any, int]:
    """The list or mapping that begins at this place, each value as `piece` holds it, and where it ends."""
    named = compiled[at] == "{"
    names, values = [], []
    at += compiled[at + 1] in "]}"
    while compiled[at] not in "]}":
        if named:
            name, at = _decoded(compiled, at + 1)
            names.append(name)
        value, at = _decoded(compiled, at + 1)
        values.append(piece(value))
    return (dict(zip(names, values, strict=True)) if named else values), at + 1


def _readings(value: list[list[Any]]) -> tuple[Any, ...]:
    return tuple(map(tuple, value))


class _Held:
    """The texts and attributes met so far."""

    def __init__(self) -> None:
        self._same = dict[Any, Any]().setdefault

    def row(self, value: list[Any]) -> tuple[Any, ...]:
        *cells, attributes = value
        for name, text in attributes.items():
            attributes[name] = self._same(text, text)
        return *map(self._same, cells, cells), self._same(tuple(attributes.items()), attributes)

    def tenures(self, value: list[list[str]]) -> tuple[Any, ...]:
        return tuple([tuple(map(self._same, cells, cells)) for cells in value])
