"""Who held which office when: a name and a date lead to the post at that date, a state and an office to its holder.

The rows stand in officials.csv, each with its source. Beyond what a source vouches for, the answer is None: unknown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern

from communique.errors import LexiconError
from communique.lexicon.people import COLUMNS
from communique.lexicon.post_tables import LEVELS
from communique.lexicon.tables import listed, rows_of
from communique.text import fold

TABLE = Path(__file__).parent / "data" / "officials.csv"
SURNAME_FIRST = frozenset({"CHN", "HKG", "KHM", "KOR", "PRK", "TWN", "VNM"})
"""states in whose names the family name mostly comes first"""
ACTING = ("Acting ", "Interim ")
"""how the post of a holder begins who stood in until another took office"""


@dataclass(frozen=True, slots=True)
class Tenure:
    """One time in office, both ends inclusive; a month without a day counts from its first to its last day."""

    person: str
    aliases: tuple[str, ...]
    state: str
    post: str
    level: str
    body_kind: str | None
    start: dt.date
    end: dt.date | None
    """None: untold, or still in office"""
    until: dt.date | None
    """with an untold end the last day that the source vouches for"""
    rank: str | None
    source: str
    told: tuple[str, str, str] = ("", "", "")
    """start, end and until as the table tells them: what is known by the month alone stays a month"""

    @property
    def office(self) -> str:
        """The post without the word that tells an acting holder."""
        return next((self.post.removeprefix(word) for word in ACTING if self.post.startswith(word)), self.post)

    def covers(self, date: dt.date) -> bool:
        """True when the source vouches that the person held the office on that day."""
        last = self.end or self.until
        return self.start <= date and (last is None or date <= last)


class Register:
    """All tenures, ready to be asked by name, state and office."""

    def __init__(self, tenures: Iterable[Tenure]) -> None:
        """The register of these tenures."""
        self._named: dict[str, list[Tenure]] = defaultdict(list)
        self._surnamed: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        self._offices: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        states: dict[tuple[str, str], frozenset[str]] = defaultdict(frozenset)
        for tenure in sorted(tenures, key=lambda t: (t.start, t.state, t.person, t.post)):
            for name in {fold(spelling) for spelling in (tenure.person, *tenure.aliases)}:
                self._named[name].append(tenure)
            for surname in _surnames(tenure):
                self._surnamed[surname, tenure.state].append(tenure)
                states[surname, tenure.level] |= {tenure.state}
            for office in {tenure.level, tenure.body_kind or tenure.level}:
                self._offices[tenure.state, office].append(tenure)
        same = {held: held for held in states.values()}
        self._states = {asked: same[held] for asked, held in states.items()}

    def tenures_of(self, name: str, state: str | None = None) -> tuple[Tenure, ...]:
        """The person's tenures in order of time, by full name or alias; by surname if one person there has it."""
        named = [t for t in self._named.get(fold(name), ()) if state is None or t.state == state]
        if named or state is None:
            return tuple(named)
        surnamed = self._surnamed.get((fold(name), state), ())
        return tuple(surnamed) if len({t.person for t in surnamed}) == 1 else ()

    def states_of(self, surname: str, level: str) -> frozenset[str]:
        """The states in which somebody of that surname held an office of that level."""
        return self._states.get((fold(surname), level), frozenset())

    def office_at(self, name: str, date: dt.date, state: str | None = None) -> Tenure | None:
        """The person's highest office on that day; None when unknown, or when several persons of the name hold one."""
        found = [t for t in self._named.get(fold(name), ()) if t.covers(date) and state in (None, t.state)]
        if not found and state is not None:
            found = [t for t in self._surnamed.get((fold(name), state), ()) if t.covers(date)]
        if len({(t.person, t.state) for t in found}) != 1:
            return None
        return min(found, key=lambda t: (LEVELS.index(t.level), -t.start.toordinal()))

    def holder_at(self, state: str, office: str, date: dt.date) -> Tenure | None:
        """Who held the office (a level or kind of body) that day, at a handover the new holder; None: unknown.

        In the month of a handover whose day is untold on both sides the answer is None too.
        """
        found = [t for t in self._offices.get((state, office), ()) if t.covers(date)]
        if not found:
            return None
        top = min(LEVELS.index(t.level) for t in found)
        found = [t for t in found if LEVELS.index(t.level) == top]
        if len({t.office for t in found}) > 1 and len({t.person for t in found}) > 1:
            return None
        newest = max(found, key=lambda t: t.start)
        leaving = [
            t for t in found if t.person != newest.person and t.end is not None and _in_month(t.end, newest.start)
        ]
        if not leaving or newest.start.day > 1:
            return newest
        last = max(leaving, key=lambda t: t.end or t.start)
        if last.end == _month_end(newest.start):
            return None
        return newest if date == last.end else last


def tenures_of(name: str, *, state: str | None = None) -> tuple[Tenure, ...]:
    """The tenures of a person in order of time, empty when the name is unknown; see `Register.tenures_of`."""
    return packaged_register().tenures_of(name, state)


def office_at(name: str, date: dt.date, state: str | None = None) -> Tenure | None:
    """The office that a person held on a day, None when unknown; see `Register.office_at`."""
    return packaged_register().office_at(name, date, state)


def holder_at(state: str, level_or_body_kind: str, date: dt.date) -> Tenure | None:
    """The person who held an office of a state on a day, None when unknown; see `Register.holder_at`."""
    return packaged_register().holder_at(state, level_or_body_kind, date)


def read_tenures(path: Path) -> list[Tenure]:
    """The tenures of a table; a LexiconError names the line with a date, level or order that cannot be."""
    return [tenure_of(row, f"{path.name}, line {line}") for line, row in rows_of(path, COLUMNS)]


def tenure_of(row: dict[str, str], where: str) -> Tenure:
    """The tenure of one row; a LexiconError names the place of a date, level or order that cannot be."""
    if row["level"] not in LEVELS:
        raise LexiconError(f"{where}: level {row['level']!r} is unknown; use one of: {', '.join(LEVELS)}")
    if not row["start"]:
        raise LexiconError(f"{where}: no start; a tenure needs the month it began, else leave the row out")
    start, end = _first_day(row["start"], where), _last_day(row["end"], where)
    until = _last_day(row.get("until", ""), where)
    if end is not None and end < start:
        raise LexiconError(f"{where}: ends {row['end']} before it starts {row['start']}; correct one of them")
    state, post, level, kind, rank = (intern(row[name]) for name in ("state", "post", "level", "body_kind", "rank"))
    return Tenure(row["person"], tuple(listed(row["aliases"])), state, post, level, kind or None, start, end, until,
                  rank or None, row["source"], (row["start"], row["end"], row.get("until", "")))  # fmt: skip


def _first_day(cell: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(cell if len(cell) > len("2020-01") else f"{cell}-01")
    except ValueError as error:
        raise LexiconError(f"{where}: {cell!r} is no date; write YYYY-MM-DD or YYYY-MM") from error


def _last_day(cell: str, where: str) -> dt.date | None:
    if not cell:
        return None
    first = _first_day(cell, where)
    if len(cell) > len("2020-01"):
        return first
    return _month_end(first)


def _month_end(day: dt.date) -> dt.date:
    following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _in_month(day: dt.date, other: dt.date) -> bool:
    return (day.year, day.month) == (other.year, other.month)


def _surnames(tenure: Tenure) -> set[str]:
    words = fold(tenure.person).split()
    return {words[0], words[-1]} if tenure.state in SURNAME_FIRST else {words[-1]}


@lru_cache(maxsize=1)
def packaged_register() -> Register:
    """The register of the packaged table."""
    return Register(read_tenures(TABLE))
