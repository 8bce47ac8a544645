"""Reading the codebook's data folder once, strictly, into one Codebook."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from communique.codebook.check import check_codebook
from communique.codebook.model import Actor, Codebook, EventType, Scheme, Term
from communique.codebook.parse import parse_event, parse_terms
from communique.codebook.section import Section, read_text, read_yaml
from communique.errors import CodebookError
from communique.text import content_hash

DATA = Path(__file__).parent / "data"
_TERMS = ("statuses", "domains", "precisions", "claims")
_SCOPE = ("unit", "coded", "not_coded", "rulings")
_ACTOR_KINDS = ("igo", "armed", "other")
_ACTOR_COLUMNS = ("code", "name", "kind", "aliases")


@cache
def load_codebook(folder: Path = DATA) -> Codebook:
    """The codebook of a data folder, read once per process; whatever is wrong in it raises CodebookError."""
    texts = _read_all(folder)
    terms = {name: parse_terms(read_yaml(texts[f"{name}.yml"], f"{name}.yml")) for name in _TERMS}
    cameo, plover = _schemes(read_yaml(texts["crosswalks.yml"], "crosswalks.yml"))
    states = _states(texts["iso3166.csv"])
    actors = _actors(texts, states)
    codebook = Codebook(
        version=content_hash(*(part for name in sorted(texts) for part in (name, texts[name]))),
        types=_types(texts, terms["statuses"]),
        statuses=terms["statuses"],
        domains=terms["domains"],
        precisions=terms["precisions"],
        claims=terms["claims"],
        actors=actors,
        states=states,
        aliases=_aliases(actors, states),
        fields=_fields(read_yaml(texts["fields.yml"], "fields.yml")),
        scope=_scope(read_yaml(texts["scope.yml"], "scope.yml")),
        cameo=cameo,
        plover=plover,
    )
    check_codebook(codebook)
    return codebook


def _read_all(folder: Path) -> dict[str, str]:
    """The text of every data file by its name within the folder."""
    events = sorted(path.name for path in (folder / "events").glob("*.yml"))
    if not events:
        raise CodebookError(f"no event types in {folder / 'events'}; each type is a file of its own, such as visit.yml")
    names = [f"{name}.yml" for name in _TERMS]
    names += ["fields.yml", "scope.yml", "crosswalks.yml", "actors.csv", "iso3166.csv"]
    if (folder / "actors_more.csv").exists():
        names.append("actors_more.csv")
    return {name: read_text(folder / name) for name in [*names, *(f"events/{event}" for event in events)]}


def _types(texts: Mapping[str, str], statuses: Mapping[str, Term]) -> Mapping[str, EventType]:
    found: dict[str, EventType] = {}
    for file, text in texts.items():
        if file.startswith("events/"):
            event = parse_event(read_yaml(text, file), statuses)
            if file != f"events/{event.name}.yml":
                raise CodebookError(f"{file}: the type is named {event.name!r}; name file and type alike")
            found[event.name] = event
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: (item[1].order, item[0]))))


def _fields(section: Section) -> Mapping[str, str]:
    return MappingProxyType({name: section.text(name) for name in section.data})


def _scope(section: Section) -> Mapping[str, tuple[str, ...]]:
    section.only(*_SCOPE)
    return MappingProxyType({name: section.texts(name) for name in _SCOPE})


def _schemes(section: Section) -> tuple[Scheme, Scheme]:
    section.only("cameo", "plover")
    cameo = section.section("cameo").only("name", "source", "codes")
    plover = section.section("plover").only("name", "source", "types")
    codes, types = cameo.section("codes"), plover.section("types")
    modes = {name: types.texts(name) for name in types.data}
    return (
        Scheme(cameo.text("name"), cameo.text("source"), {code: codes.text(code) for code in codes.data}, {}),
        Scheme(plover.text("name"), plover.text("source"), {name: name for name in modes}, modes),
    )


def _rows(text: str, file: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV text with their line numbers; lines that begin with # are remarks."""
    lines = [(i, line) for i, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    reader = csv.DictReader((line for _, line in lines), strict=True)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise CodebookError(f"{file}: the columns {missing} are missing; the header must hold {list(columns)}")
    for (number, _), row in zip(lines[1:], reader, strict=True):
        if None in row or None in row.values():
            raise CodebookError(f"{file}: line {number} has not as many cells as the header; quote cells with commas")
        yield number, row


def _states(text: str) -> Mapping[str, Actor]:
    states: dict[str, Actor] = {}
    for number, row in _rows(text, "iso3166.csv", ("alpha3", "alpha2", "name")):
        code = row["alpha3"]
        if len(code) != 3 or not code.isupper() or code in states:
            raise CodebookError(f"iso3166.csv: line {number}: {code!r} is no new code of three capitals; correct it")
        states[code] = Actor(code, row["name"], "state", (), row["alpha2"])
    return MappingProxyType(states)


def _actors(texts: Mapping[str, str], states: Mapping[str, Actor]) -> Mapping[str, Actor]:
    actors: dict[str, Actor] = {}
    for file in ("actors.csv", "actors_more.csv"):
        if file not in texts:
            continue
        for number, row in _rows(texts[file], file, _ACTOR_COLUMNS):
            code, kind, place = row["code"], row["kind"], f"{file}: line {number}"
            if code in actors or code in states:
                raise CodebookError(f"{place}: the code {code!r} is taken already; choose another")
            if not code or code != code.upper() or not row["name"]:
                raise CodebookError(f"{place}: {code!r} needs a code in capitals and a name")
            if kind not in _ACTOR_KINDS:
                raise CodebookError(f"{place}: kind is {kind!r}; use one of {', '.join(_ACTOR_KINDS)}")
            actors[code] = Actor(code, row["name"], kind, tuple(alias for alias in row["aliases"].split("|") if alias))
    return MappingProxyType(actors)


def _aliases(actors: Mapping[str, Actor], states: Mapping[str, Actor]) -> Mapping[str, str]:
    aliases: dict[str, str] = {}
    for actor in actors.values():
        for alias in (a.upper() for a in actor.aliases):
            if alias in actors or alias in states or alias in aliases:
                raise CodebookError(
                    f"actors.csv, actors_more.csv: the alias {alias!r} of {actor.code!r} is taken; drop it"
                )
            aliases[alias] = actor.code
    return MappingProxyType(aliases)
