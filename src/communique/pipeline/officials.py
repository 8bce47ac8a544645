"""What is known of an official: posts of the register and those that a record's documents tell, and engagements."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.errors import RecordError
from communique.lexicon.officials import Register, Tenure
from communique.pipeline.link.names import person_key, same_person
from communique.store import Record
from communique.store.coded import quoted
from communique.text import fold

NAMES = "SELECT DISTINCT actor, name FROM participants WHERE kind = 'person' AND name IS NOT NULL"
LEARNED = 'SELECT name, state, post, level, start, "end", doc_id, evidence, why FROM officials ORDER BY start, post'
TOLD = (
    "SELECT p.actor, p.name, p.post, p.rank, p.role, p.doc_id, e.engagement_id, e.type, e.mode, e.status, e.start,"
    ' e."end", e.actors, e.place, e.witnesses FROM participants p JOIN engagements e USING (engagement_id)'
    " WHERE p.kind = 'person' AND p.name IN ({names}) ORDER BY e.start NULLS LAST, e.engagement_id, p.doc_id"
)


@dataclass(frozen=True, slots=True)
class Post:
    """A time in office, by ISO days or months: `source` is a public source of the register, or the document of the
    record with its words."""

    post: str
    level: str | None
    start: str
    end: str | None
    until: str | None
    rank: str | None
    source: str
    learned: bool = False
    words: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """An engagement that an official takes part in. `post` is that of the event's day, `told` what documents say."""

    engagement_id: str
    type: str
    mode: str | None
    status: str
    start: dt.date | None
    end: dt.date | None
    place: str | None
    roles: tuple[str, ...]
    others: tuple[str, ...]
    witnesses: int
    post: str | None
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One official with all spellings of the name, the posts in order of time, and the engagements."""

    name: str
    state: str
    spellings: tuple[str, ...]
    posts: tuple[Post, ...]
    engagements: tuple[Appearance, ...]


def officials(record: Record, name: str, state: str | None = None) -> list[Person]:
    """The persons whom the name may mean, those with most engagements first; RecordError where there is none.

    A surname alone means everybody in the record who bears it, and the register's officials where a state is given.
    """
    register = record.lexicon.register
    registered = register.tenures_of(name, state)
    wanted = {person_key(one) for t in registered for one in (t.person, *t.aliases)}
    wanted = {key for key in wanted if len(key) > 1} | {person_key(name)}
    rows = record.sql(NAMES).to_pylist()
    learned = record.sql(LEARNED).to_pylist()
    known = {(row["actor"], row["name"]) for row in rows} | {(row["state"], row["name"]) for row in learned}
    found = [(actor, told) for actor, told in known if state in (None, actor) and any(meant(w, told) for w in wanted)]
    found += surnames(found, known, wanted)
    groups = together([*found, *((t.state, t.person) for t in registered)])
    if not groups:
        raise RecordError(f"no official {name!r} in the record or the register; {nearest(name, known)}")
    appearances = told_of(record, {told for _, told in found})
    persons = [person_of(actor, names, learned, appearances, register) for actor, names in groups]
    return sorted(persons, key=lambda p: (-len(p.engagements), p.state, p.name))


def meant(wanted: tuple[str, ...], name: str) -> bool:
    """Whether a name that is told may be the one asked for; a single word is meant as a family name.

    >>> meant(person_key("Baqeri"), "Mohammad Bagheri"), meant(person_key("Mohammad"), "Mohammad Bagheri")
    (True, False)
    """
    key = person_key(name)
    if len(wanted) > 1 and len(key) > 1:
        return same_person(wanted, key)
    return len(wanted) == 1 and same_person(wanted, key[-1:])


def surnames(
    found: Sequence[tuple[str, str]], known: Iterable[tuple[str, str]], wanted: Iterable[tuple[str, ...]]
) -> list[tuple[str, str]]:
    """The family names alone that mean a person asked for by full name: nobody else of that state may bear them."""
    full = {person for person in found if len(person_key(person[1])) > 1}
    families = {key[-1:] for key in wanted}
    if not full or any(len(key) == 1 for key in wanted):
        return []
    kin = [(p, person_key(p[1])) for p in known if any(same_person(f, person_key(p[1])[-1:]) for f in families)]
    out = []
    for person, key in kin:
        bearers = {p for p, other in kin if p[0] == person[0] and len(other) > 1 and same_person(key, other[-1:])}
        if len(key) == 1 and bearers and bearers <= full:
            out.append(person)
    return out


def together(found: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """State and spellings of each person; full names first, so that a surname alone joins the one who bears it."""
    groups: list[tuple[str, list[str]]] = []
    for actor, name in sorted(set(found), key=lambda pair: (-len(person_key(pair[1])), pair)):
        key = person_key(name)
        kin = [names for state, names in groups if state == actor and any(meant(key, one) for one in names)]
        if kin and (len(kin) == 1 or len(key) > 1):
            kin[0].append(name)
        else:
            groups.append((actor, [name]))
    return groups


def nearest(name: str, known: Iterable[tuple[str, str]]) -> str:
    """The end of an error message: the most similar name of the record, or how its names are listed."""
    names = {fold(told): told for _, told in known}
    near = difflib.get_close_matches(fold(name), names, n=1)
    return f"did you mean {names[near[0]]!r}?" if near else "`sql` with SELECT DISTINCT name FROM participants has all"


def told_of(record: Record, names: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of participants of these names with their engagements."""
    listed = ", ".join(quoted(name) for name in sorted(names)) or "NULL"
    rows: list[dict[str, Any]] = record.sql(TOLD.format(names=listed)).to_pylist()
    return rows


def person_of(
    state: str,
    names: Sequence[str],
    learned: Iterable[Mapping[str, Any]],
    told: Iterable[Mapping[str, Any]],
    register: Register,
) -> Person:
    """One person with posts and engagements."""
    spellings = set(names)
    tenures = {t: None for name in names for t in register.tenures_of(name, state) if len(person_key(name)) > 1}
    posts = [registered_post(t) for t in tenures]
    posts += [learned_post(row) for row in learned if row["state"] == state and row["name"] in spellings]
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in told:
        if row["actor"] == state and row["name"] in spellings:
            rows.setdefault(row["engagement_id"], []).append(row)
    called = next((t.person for t in tenures), max(names, key=lambda n: (len(person_key(n)), len(n), n)))
    found = tuple(appearance(called, state, some, register) for some in rows.values())
    ordered = tuple(sorted(posts, key=lambda p: (p.start, p.post)))
    return Person(called, state, tuple(sorted(spellings - {called})), ordered, found)


def registered_post(tenure: Tenure) -> Post:
    """A tenure of the register."""
    start, end, until = tenure.told
    return Post(tenure.post, tenure.level, start, end or None, until or None, tenure.rank, tenure.source)


def learned_post(row: Mapping[str, Any]) -> Post:
    """A tenure that documents of the record tell: sure from the first to the last day, beyond which all is open."""
    days = (row["start"], None, row["end"])
    return Post(row["post"], row["level"], *days, None, row["doc_id"], True, row["evidence"], row["why"])


def appearance(name: str, state: str, rows: Sequence[Mapping[str, Any]], register: Register) -> Appearance:
    """One engagement of a person, from its rows."""
    first = rows[0]
    posts = tuple(dict.fromkeys(row["post"] for row in rows if row["post"]))
    tenure = register.office_at(name, first["start"], state) if first["start"] is not None else None
    return Appearance(
        first["engagement_id"], first["type"], first["mode"], first["status"], first["start"], first["end"],
        first["place"], tuple(dict.fromkeys(row["role"] for row in rows)),
        tuple(actor for actor in first["actors"] if actor != state), first["witnesses"],
        tenure.post if tenure is not None else next(iter(posts), None), posts,
    )  # fmt: skip
