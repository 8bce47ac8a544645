"""Checking of the tables: what a reader of one row can't see, said in one line a problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path

from communique.codebook import load_codebook
from communique.errors import LexiconError
from communique.lexicon.assembly import (
    BUILT_FROM,
    CITIES,
    CITY_TABLES,
    COMPILED,
    DATA,
    city_tables_hash,
    compiled_text,
    source_hash,
)
from communique.lexicon.matcher import form_key
from communique.lexicon.people import read_officials
from communique.lexicon.post_file import POSTS, level_records, read_sections
from communique.lexicon.ranks import twice
from communique.lexicon.ships import PREFIXES, prefix_records, read_prefixes
from communique.lexicon.states import read_state, state_records
from communique.lexicon.tables import TABLES, Record, Table, listed, read_table

ACTORS = ("state", "body", "igo", "armed", "firm")
"""kinds of entries that can be a party; two of them must not share a strong name"""
CODE_LISTS = ("parties", "host", "state", "members")
"""columns that hold actor codes, besides an entry's own code"""


def check_lexicon(folder: Path = DATA) -> list[str]:
    """Every problem of the tables in the folder, one sentence each; an empty list when there is none."""
    records, problems = _read(folder)
    problems += _states_with_one_name(records)
    problems += shared_names(records)
    problems += twice(records)
    problems += _shared_ids(records)
    problems += unknown_codes(records, known_codes(records))
    known = {record.id for record in records if record.kind in ACTORS} | known_codes(records)
    problems += unknown_parents(records, known)
    problems += _stale(folder)
    return problems


def _read(folder: Path) -> tuple[list[Record], list[str]]:
    records: list[Record] = []
    problems: list[str] = []
    for read in _readers(folder):
        try:
            records.extend(read())
        except LexiconError as error:
            problems.append(str(error))
    return records, problems


def _readers(folder: Path) -> Iterator[Callable[[], list[Record]]]:
    for path in sorted((folder / "states").glob("*.yml")):
        yield partial(_state, path)
    for table in TABLES:
        if (folder / table.file).exists():
            yield partial(_table, folder / table.file, table)
    yield lambda: read_officials(folder / "officials.csv")[0]
    yield partial(_prefixes, folder / PREFIXES)
    yield partial(_posts, folder / POSTS)


def _state(path: Path) -> list[Record]:
    return list(state_records(read_state(path), path.name))


def _table(path: Path, table: Table) -> list[Record]:
    return list(read_table(path, table))


def _prefixes(path: Path) -> list[Record]:
    return list(prefix_records(read_prefixes(path))) if path.exists() else []


def _posts(path: Path) -> list[Record]:
    if path.exists():
        return list(level_records(path.name, read_sections(path)))
    return []


def _strong_names(records: list[Record], kinds: tuple[str, ...]) -> dict[str, dict[tuple[str, str], Record]]:
    """For each normalised strong name the entries that claim it, by kind and id."""
    claims: dict[str, dict[tuple[str, str], Record]] = defaultdict(dict)
    for record in records:
        if record.kind in kinds and record.form == "strong" and record.attributes.get("weak") != "yes":
            for spelling in record.spellings:
                claims[form_key(spelling)][record.kind, record.id] = record
    return claims


def _states_with_one_name(records: list[Record]) -> Iterator[str]:
    for name, claims in _strong_names(records, ("state",)).items():
        if len(claims) > 1:
            files = ", ".join(sorted(record.where for record in claims.values()))
            yield f"{files}: {name!r} is a strong name of {len(claims)} states; move it to the weak names of each"


def shared_names(records: list[Record]) -> Iterator[str]:
    """Strong names that actors of several codes claim, one sentence each."""
    for name, claims in _strong_names(records, ACTORS).items():
        codes = {record.code for record in claims.values()}
        kinds = {record.kind for record in claims.values()}
        if len(codes) > 1 and kinds != {"state"}:
            places = "; ".join(sorted(record.where for record in claims.values()))
            yield f"{places}: {name!r} is a strong name of {_several(codes)}; mark it weak"


def _several(codes: set[str | None]) -> str:
    return ", ".join(sorted(str(code) for code in codes))


def _shared_ids(records: list[Record]) -> Iterator[str]:
    tables: dict[str, dict[str, str]] = defaultdict(dict)
    for record in records:
        if record.kind in ACTORS:
            tables[record.id].setdefault(record.kind, record.where)
    for ident, kinds in tables.items():
        if len(kinds) > 1:
            yield f"{'; '.join(sorted(kinds.values()))}: id {ident!r} stands in {len(kinds)} tables; give each its own"


def known_codes(records: list[Record]) -> frozenset[str]:
    """Codes of states, of the codebook's actors, and those that the bodies' and armed groups' tables add."""
    added = {record.code for record in records if record.kind in ("igo", "armed") and record.code}
    states = {record.id for record in records if record.kind == "state"}
    return frozenset(load_codebook().actors) | frozenset(load_codebook().states) | states | added


def unknown_codes(records: list[Record], known: Collection[str]) -> Iterator[str]:
    """Codes of the records that are none of the known ones, one sentence each."""
    told: set[tuple[str, str]] = set()
    for record in records:
        codes = [record.code] if record.code else []
        for column in CODE_LISTS:
            codes += listed(record.attributes.get(column, ""))
        for code in codes:
            if code not in known and (record.where, code) not in told:
                told.add((record.where, code))
                yield f"{record.where}: {record.id!r} names {code!r}, no state and no actor; add or correct it"


def unknown_parents(records: list[Record], known: Collection[str]) -> Iterator[str]:
    """Parents of the records that are none of the known ids and codes, one sentence each."""
    told: set[str] = set()
    for record in records:
        parent = record.attributes.get("parent")
        if parent and parent not in known and record.where not in told:
            told.add(record.where)
            yield f"{record.where}: {record.id!r} has parent {parent!r}, which is no id; add that body or correct it"


def _stale(folder: Path) -> Iterator[str]:
    path = folder / COMPILED
    held = path.read_text(encoding="utf-8") if path.exists() else ""
    if f'"sources":"{source_hash(folder)}"' not in held or held != _compiled(folder, held):
        yield f"{COMPILED} is missing or older than the tables; run python -m communique.lexicon.compile"
    if (folder / CITIES).exists() and not cities_are_fresh(folder):
        tables = " and ".join(CITY_TABLES)
        yield f"{CITIES} is not built from {tables} as they are; run python -m communique.lexicon.build_cities"


def _compiled(folder: Path, held: str) -> str:
    """What the tables give; of faulty ones, whose faults are told already, what is held."""
    try:
        return compiled_text(folder)
    except LexiconError:
        return held


def cities_are_fresh(folder: Path) -> bool:
    """Whether the table of cities was built from the spellings and words that lie beside it."""
    import pyarrow as pa  # its import takes 0.3 s, and only this needs it
    import pyarrow.parquet as pq

    try:
        told = pq.read_metadata(folder / CITIES).metadata or {}
    except pa.ArrowInvalid:
        return False
    return bool(told.get(BUILT_FROM.encode()) == city_tables_hash(folder).encode())
