"""The prefixes of warships' names ("USS", "HMAS", "KRI") and whose ships bear them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from communique.errors import LexiconError
from communique.lexicon.assembly import DATA
from communique.lexicon.tables import flag, rows_of

PREFIXES = "ship_prefixes.csv"


@dataclass(frozen=True, slots=True)
class Prefix:
    """A prefix as the ships of one state bear it."""

    prefix: str
    state: str
    meaning: str
    weak: bool
    """whether the letters also mean other things, so that the state must be told"""
    where: str
    """file and line, for messages"""


def read_prefixes(path: Path = DATA / PREFIXES) -> list[Prefix]:
    """The rows of the table; two states may share a prefix, one state no prefix twice."""
    found: list[Prefix] = []
    for line, row in rows_of(path, ("prefix", "state", "meaning"), ("weak",)):
        where = f"{path.name}, line {line}"
        for column in ("prefix", "state"):
            if not row[column]:
                raise LexiconError(f"{where}: no {column}; every row needs one")
        if any((p.prefix, p.state) == (row["prefix"], row["state"]) for p in found):
            raise LexiconError(f"{where}: {row['prefix']!r} of {row['state']} is there already; merge the rows")
        found.append(Prefix(row["prefix"], row["state"], row["meaning"], flag(row.get("weak", ""), where), where))
    return found


@lru_cache(maxsize=1)
def ship_prefixes() -> Mapping[str, tuple[Prefix, ...]]:
    """For each prefix whose ships bear it, the likeliest state first."""
    found: dict[str, tuple[Prefix, ...]] = {}
    for prefix in read_prefixes():
        found[prefix.prefix] = (*found.get(prefix.prefix, ()), prefix)
    return found


def navy_of(prefix: str, told: Iterable[str], sure: bool = False) -> str | None:
    """The state whose ship bears the prefix: one that is told of, else the first unless the letters are common ones.

    >>> navy_of("INS", ()), navy_of("INS", ("ISR",)), navy_of("INS", ("IND", "ISR"))
    ('IND', 'ISR', 'IND')
    >>> navy_of("JS", ()), navy_of("JS", ("JPN",)), navy_of("JS", (), sure=True)
    (None, 'JPN', 'JPN')
    """
    rows = ship_prefixes().get(prefix, ())
    codes = frozenset(told)
    named = next((p.state for p in rows if p.state in codes), None)
    return named or next((p.state for p in rows if sure or not p.weak), None)
