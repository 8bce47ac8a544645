"""Strict reading of the state files: one YAML file a state, checked field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from communique.errors import LexiconError, did_you_mean
from communique.lexicon.tables import PROVENANCE, Record

FIELDS = (
    "code", "name", "iso2", "names", "adjectives", "demonyms", "capital", "metonyms", "loaded", "native", "codes",
    "membership", "former", *PROVENANCE,
)  # fmt: skip
CODES = ("cow", "cow_abb", "gw", "cameo")
METONYMS = ("capital", "seat", "building")
LISTS = {"adjectives": "adjective", "demonyms": "demonym", "loaded": "loaded", "native": "native", "former": "former"}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The parsed YAML file; a syntax error becomes a LexiconError that names file and line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        raise LexiconError(f"{path.name}: no valid YAML ({error}); quote values that hold a colon or hash") from error


def read_state(path: Path) -> dict[str, Any]:
    """One state's file as a mapping with every field of FIELDS that it gives."""
    state = read_yaml(path)
    if not isinstance(state, dict):
        raise LexiconError(f"{path.name}: holds {type(state).__name__}, not the fields of a state; see USA.yml")
    for name in state:
        if name not in FIELDS:
            raise LexiconError(f"{path.name}: unknown field {name!r}; {did_you_mean(str(name), FIELDS)}")
    for name in ("code", "name", *PROVENANCE):
        if not state.get(name):
            raise LexiconError(f"{path.name}: no {name}; every state needs one")
    if state["code"] != path.stem:
        raise LexiconError(f"{path.name}: code is {state['code']!r}; name the file {state['code']}.yml")
    for name in state.get("codes", {}):
        if name not in CODES:
            raise LexiconError(f"{path.name}: unknown code list {name!r}; {did_you_mean(str(name), CODES)}")
    for name in state.get("names", {}):
        if name not in ("strong", "weak"):
            raise LexiconError(f"{path.name}: unknown list of names {name!r}; use strong or weak")
    return state


def state_records(state: Mapping[str, Any], where: str) -> Iterator[Record]:
    """The state's forms: strong and weak names, adjectives, demonyms, metonyms, native, former and loaded names."""
    names = state.get("names") or {}
    weak = names.get("weak") or []
    own = [] if state["name"] in weak else [state["name"]]
    yield from _forms(state, where, "strong", own + (names.get("strong") or []))
    yield from _forms(state, where, "weak", weak)
    for name, form in LISTS.items():
        yield from _forms(state, where, form, state.get(name) or ())
    yield from _forms(state, where, "metonym", state.get("metonyms") or ())


def _forms(state: Mapping[str, Any], where: str, form: str, items: Any) -> Iterator[Record]:
    if not isinstance(items, (list, tuple)):
        raise LexiconError(f"{where}: the {form} forms are {items!r}; write them as a list")
    groups: dict[tuple[str | None, str, str], list[str]] = {}
    for item in items:
        groups.setdefault(_reading(item, form, where), []).append(item if isinstance(item, str) else item["text"])
    for (subkind, weak, note), spellings in groups.items():
        attributes = {name: value for name, value in (("weak", weak), ("note", note)) if value}
        yield Record("state", state["code"], state["code"], state["name"], form, subkind, attributes,
                     tuple(dict.fromkeys(spellings)), where)  # fmt: skip


def _reading(item: Any, form: str, where: str) -> tuple[str | None, str, str]:
    if isinstance(item, str):
        return None, "", ""
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise LexiconError(f"{where}: {form} form {item!r} is no text; quote it, or give its mapping a text")
    for name in item:
        if name not in ("text", "kind", "weak", "note"):
            raise LexiconError(
                f"{where}: {form} form {item['text']!r}: unknown field {name!r}; use text, kind, weak, note"
            )
    kind = item.get("kind")
    if form == "metonym" and kind not in METONYMS:
        raise LexiconError(f"{where}: metonym {item['text']!r} has kind {kind!r}; {did_you_mean(str(kind), METONYMS)}")
    return kind, "yes" if item.get("weak") else "", item.get("note", "")
