"""The prefixes of warships' names ("USS", "HMAS", "KRI") and whose ships bear them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.errors import LexiconError
from communique.lexicon.assembly import DATA
from communique.lexicon.tables import Record, flag, rows_of

PREFIXES = "ship_prefixes.csv"
PREFIX = "ship_prefix"
OPTIONAL = ("weak", "note")


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

    @property
    def id(self) -> str:
        """What tells the rows apart, such as INS/ISR."""
        return f"{self.prefix}/{self.state}"


class ShipPrefixes:
    """The prefixes, ready to be asked whose ship bears one."""

    def __init__(self, rows: Iterable[Prefix]) -> None:
        """Of the states that share a prefix, the first in the rows is the likeliest."""
        self._rows: dict[str, tuple[Prefix, ...]] = {}
        for row in rows:
            self._rows[row.prefix] = (*self._rows.get(row.prefix, ()), row)

    def __contains__(self, word: str) -> bool:
        """Whether some navy's ships bear the word."""
        return word in self._rows

    def rows(self, prefix: str) -> tuple[Prefix, ...]:
        """The rows of a prefix, that of the likeliest state first."""
        return self._rows.get(prefix, ())

    def navy_of(self, prefix: str, told: Iterable[str], sure: bool = False) -> str | None:
        """The state whose ship bears the prefix: one that is told of, else the first unless its letters are common.

        >>> navy_of = ShipPrefixes(read_prefixes()).navy_of
        >>> navy_of("INS", ()), navy_of("INS", ("ISR",)), navy_of("INS", ("IND", "ISR"))
        ('IND', 'ISR', 'IND')
        >>> navy_of("JS", ()), navy_of("JS", ("JPN",)), navy_of("JS", (), sure=True)
        (None, 'JPN', 'JPN')
        """
        rows = self._rows.get(prefix, ())
        codes = frozenset(told)
        named = next((p.state for p in rows if p.state in codes), None)
        return named or next((p.state for p in rows if sure or not p.weak), None)


def read_prefixes(path: Path = DATA / PREFIXES) -> list[Prefix]:
    """The rows of the table; two states may share a prefix, one state no prefix twice."""
    found: dict[str, Prefix] = {}
    for line, row in rows_of(path, ("prefix", "state", "meaning"), OPTIONAL):
        where = f"{path.name}, line {line}"
        for column in ("prefix", "state"):
            if not row[column]:
                raise LexiconError(f"{where}: no {column}; every row needs one")
        if len(row["prefix"].split()) > 1:
            raise LexiconError(f"{where}: prefix {row['prefix']!r} has several words; write the one before the name")
        made = Prefix(row["prefix"], row["state"], row["meaning"], flag(row.get("weak", ""), where), where)
        if made.id in found:
            raise LexiconError(f"{where}: {made.prefix!r} of {made.state} is there already; merge the rows")
        found[made.id] = made
    return list(found.values())


def prefix_records(rows: Iterable[Prefix]) -> Iterator[Record]:
    """The rows as records, for the check of their states' codes; no text is searched for them."""
    for row in rows:
        yield Record(PREFIX, row.id, row.state, row.prefix, "strong", None, {}, (), row.where)


def prefixes_over(packaged: Iterable[Prefix], own: Sequence[Prefix], removed: Iterable[str] = ()) -> list[Prefix]:
    """The own rows, then the packaged ones that they do not replace and that are not removed, by id."""
    gone = {row.id for row in own} | set(removed)
    return [*own, *(row for row in packaged if row.id not in gone)]
