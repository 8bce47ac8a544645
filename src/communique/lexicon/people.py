"""Reading of the officials' table: one row a tenure, one entry a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from communique.errors import LexiconError
from communique.lexicon.entries import Tenure
from communique.lexicon.tables import Record, listed, rows_of
from communique.text import fold

COLUMNS = ("id", "person", "aliases", "state", "post", "level", "body_kind", "start", "end", "rank")
KEPT = ("id", "person", "state", "post", "level", "body_kind", "start", "end", "rank")
OfficialRow = tuple[str, dict[str, str]]
"""Where a row stands, for messages, and its cells."""


def person_id(person: str, state: str) -> str:
    """The id under which all tenures of one person stand.

    >>> person_id("Hulusi Akar", "TUR")
    'TUR:hulusi-akar'
    """
    return f"{state}:{fold(person).replace(' ', '-')}"


def read_officials(path: Path) -> tuple[list[Record], dict[str, list[list[str]]]]:
    """The persons as records and, by person's id, their tenures in order of time; both empty without the file."""
    return officials_of(official_rows(path).values())


def official_rows(path: Path) -> dict[str, OfficialRow]:
    """The rows of the table by their id, each with its file and line; empty without the file."""
    if not path.exists():
        return {}
    rows: dict[str, OfficialRow] = {}
    for line, row in rows_of(path, COLUMNS):
        where = f"{path.name}, line {line}"
        for name in ("id", "person", "state", "post"):
            if not row[name]:
                raise LexiconError(f"{where}: no {name}; every tenure needs one")
        if row["id"] in rows:
            first = rows[row["id"]][0].rpartition(" ")[2]
            raise LexiconError(f"{where}: tenure {row['id']!r} is on line {first} already; merge them")
        rows[row["id"]] = (where, row)
    return rows


def officials_of(rows: Iterable[OfficialRow]) -> tuple[list[Record], dict[str, list[list[str]]]]:
    """The persons of these rows as records and, by person's id, their tenures in order of time."""
    persons: dict[str, list[OfficialRow]] = {}
    for where, row in rows:
        persons.setdefault(person_id(row["person"], row["state"]), []).append((where, row))
    records = [_record(ident, held) for ident, held in persons.items()]
    tenures = {ident: [[row[name] for name in KEPT] for _, row in _in_time(held)] for ident, held in persons.items()}
    return records, tenures


def _in_time(rows: list[OfficialRow]) -> list[OfficialRow]:
    return sorted(rows, key=lambda pair: (pair[1]["start"] or "0", pair[1]["end"] or "9"))


def _record(ident: str, rows: list[OfficialRow]) -> Record:
    where, last = _in_time(rows)[-1]
    spellings = [last["person"]]
    for _, row in rows:
        spellings += [row["person"], *listed(row["aliases"])]
    attributes = {name: last[name] for name in ("post", "level", "body_kind", "rank") if last[name]}
    attributes["tenures"] = str(len(rows))
    return Record("official", ident, last["state"], last["person"], "strong", last["level"] or None, attributes,
                  tuple(dict.fromkeys(spellings)), where)  # fmt: skip


def tenure_rows(rows: Iterable[Sequence[str]]) -> tuple[Tenure, ...]:
    """Tenures from their compiled rows."""
    return tuple(
        Tenure(ident, person, state, post, level, kind or None, start or None, end or None, rank or None)
        for ident, person, state, post, level, kind, start, end, rank in rows
    )
