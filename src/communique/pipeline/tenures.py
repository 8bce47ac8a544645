"""Learns from a record's own documents who held which office when: from appointments, and from posts beside names.

A post that a document gives a person is a sighting of him in office on one day; sightings of one person in one post
make a tenure from the first of them to the last. Nothing is said of the days before and after.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from communique.lexicon import Lexicon
from communique.lexicon.people import person_id
from communique.pipeline.link.names import person_key, post_key, same_person
from communique.records import UNKNOWN
from communique.store.levels import held_then, highest, level_of_post
from communique.text import content_hash

RECENT = dt.timedelta(days=31)
"""A post beside a name is that of the time of writing; for events that lie further back it may be another's by then."""
GAP = dt.timedelta(days=550)
"""Sightings further apart are not joined: somebody else may have held the office in between."""
ORDER = ("takes", "seen", "leaves")
HAPPENED = frozenset({"occurred", "ongoing"})

Person = tuple[str, tuple[str, ...]]
"""State, and the name as comparable words."""


class Sighting(NamedTuple):
    """A person in office on a day, as one report tells: `how` is seen, takes or leaves."""

    day: dt.date
    how: str
    report_id: str
    doc: int
    doc_id: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class LearnedTenure:
    """A person in one post from the first to the last day on which documents of the record tell it."""

    person: str
    name: str
    state: str
    post: str
    level: str | None
    sightings: tuple[Sighting, ...]

    @property
    def start(self) -> dt.date:
        """The first day."""
        return self.sightings[0].day

    @property
    def end(self) -> dt.date:
        """The day of leaving, else the last day."""
        return next((s.day for s in self.sightings if s.how == "leaves"), self.sightings[-1].day)

    @property
    def witness(self) -> Sighting:
        """The sighting that stands as evidence: an appointment, else the first."""
        return next((s for s in self.sightings if s.how != "seen"), self.sightings[0])

    def why(self) -> str:
        """What the tenure rests on, in words."""
        told = {"takes": "appointed on", "leaves": "left on", "seen": "seen in office on"}
        parts = [f"{told[how]} {s.day}" for how in ("takes", "leaves") for s in self.sightings if s.how == how]
        seen = sorted({s.day for s in self.sightings if s.how == "seen"})
        parts += [f"seen in office on {seen[0]}" + (f" to {seen[-1]}" if len(seen) > 1 else "")] if seen else []
        documents = len({s.doc for s in self.sightings})
        return f"{'; '.join(parts)}: {documents} document{'' if documents == 1 else 's'}"


@dataclass(slots=True)
class Sightings:
    """What the reports of a record tell of officials, gathered while they pass."""

    lexicon: Lexicon
    posts: dict[tuple[Person, frozenset[str]], list[Sighting]] = field(default_factory=dict)
    bare: dict[Person, list[tuple[int, dt.date]]] = field(default_factory=dict)
    """Reports, by key and day, that name a person whose level nothing tells."""

    def note(self, row: Mapping[str, Any]) -> None:
        """Takes up the officials of one corrected report, a row of `Views.for_linking`."""
        for party in row["parties"] or ():
            if party["kind"] == "person" and party["name"] and party["actor"] != UNKNOWN:
                self.note_person(row, party)

    def note_person(self, row: Mapping[str, Any], party: Mapping[str, Any]) -> None:
        """Takes up one person: a sighting in office, or a name whose office is still to be found."""
        person = (party["actor"], person_key(party["name"]))
        day = row["start"] or row["published"]
        if len(person[1]) < 2 or day is None:
            return  # a surname alone is shared by many
        known = self.lexicon.register.office_at(party["name"], day, party["actor"])
        if not party["post"]:
            if known is None:
                self.bare.setdefault(person, []).append((row["rid"], day))
            return
        seen = day_in_office(row)
        if seen is None or not held_then(party["post"], self.lexicon):
            return
        if known is not None and known.post == party["post"]:
            return  # the coder had it from the register
        sighting = Sighting(*seen, row["report_id"], row["doc"], row["doc_id"], party["name"], party["post"])
        key = post_key(party["post"], party["actor"])
        if key:
            self.posts.setdefault((person, key), []).append(sighting)

    def tenures(self) -> list[LearnedTenure]:
        """All tenures, by person and time. Spellings of one name in one state are one person."""
        told = Counter({person: 0 for person, _ in self.posts})
        names: dict[Person, Counter[str]] = {}
        held: dict[tuple[Person, frozenset[str]], list[Sighting]] = {}
        for (person, _), found in self.posts.items():
            told[person] += len(found)
        one = persons_of(told)
        for (person, post), found in self.posts.items():
            names.setdefault(one[person], Counter()).update(s.name for s in found)
            held.setdefault((one[person], post), []).extend(found)
        made = [
            tenure_of(who, best(names[who]), run, self.lexicon)
            for (who, _), found in held.items()
            for run in runs(found)
        ]
        return sorted(made, key=lambda t: (t.person, t.start, t.post))

    def levels(self, tenures: Iterable[LearnedTenure]) -> dict[int, str]:
        """By the keys of reports, the highest level that tenures give the officials whom they name without a post."""
        held: dict[tuple[str, str], list[LearnedTenure]] = {}
        for tenure in tenures:
            if tenure.level is not None:
                held.setdefault(bucket((tenure.state, person_key(tenure.name))), []).append(tenure)
        out: dict[int, str] = {}
        for person, reports in self.bare.items():
            own = [t for t in held.get(bucket(person), ()) if same_person(person_key(t.name), person[1])]
            if len({t.person for t in own}) != 1:
                continue  # nobody, or several whom the name may mean
            for rid, day in reports:
                level = highest([out.get(rid), *(t.level for t in own if t.start <= day <= t.end)])
                if level is not None:
                    out[rid] = level
        return out


def bucket(person: Person) -> tuple[str, str]:
    """What spellings of one name have in common: the state and the first letter of the family name."""
    return person[0], person[1][-1][:1]


def persons_of(told: Mapping[Person, int]) -> dict[Person, Person]:
    """For each spelling of a name the one that stands for the person: of those that are alike the one told most."""
    chosen: dict[tuple[str, str], list[Person]] = {}
    out: dict[Person, Person] = {}
    for person in sorted(told, key=lambda p: (-told[p], p)):
        kin = chosen.setdefault(bucket(person), [])
        found = next((other for other in kin if same_person(other[1], person[1])), None)
        if found is None:
            kin.append(person)
        out[person] = found or person
    return out


def day_in_office(row: Mapping[str, Any]) -> tuple[dt.date, str] | None:
    """The day on which the posts of a report were held, and how it tells so; None where that is not sure.

    Who is to take or leave a post holds it not yet or still; a month or year of appointment vouches for its last day.
    """
    start, end, published = row["start"], row["end"], row["published"]
    if row["type"] == "appointment":
        if row["status"] not in HAPPENED or start is None or row["aggregate"]:
            return None
        return (start, "leaves") if row["mode"] == "leaves" else (end, "takes")
    if published is None:
        return None
    if start is None or start > published:
        return (published, "seen")
    return (start, "seen") if published - start <= RECENT and row["precision"] in ("day", "range") else None


def runs(found: Iterable[Sighting]) -> Iterator[tuple[Sighting, ...]]:
    """The sightings of one person in one post, in order of time, parted where one tenure ends or another begins."""
    held: list[Sighting] = []
    for sighting in sorted(found, key=lambda s: (s.day, ORDER.index(s.how), s.doc_id, s.report_id)):
        if held and parted(held, sighting):
            yield tuple(held)
            held = []
        held.append(sighting)
    if held:
        yield tuple(held)


def parted(held: Sequence[Sighting], following: Sighting) -> bool:
    """Whether a sighting belongs to another tenure than those before it."""
    if following.day - held[-1].day > GAP:
        return True
    left = next((s.day for s in held if s.how == "leaves"), None)
    if left is not None and following.day - left > RECENT:
        return True
    return following.how == "takes" and following.day - held[0].day > RECENT


def tenure_of(person: Person, name: str, found: tuple[Sighting, ...], lexicon: Lexicon) -> LearnedTenure:
    """The tenure that sightings make."""
    post = best(Counter(s.post for s in found))
    level = level_of_post(post, lexicon, person[0])
    return LearnedTenure(person_id(name, person[0]), name, person[0], post, level, found)


def best(told: Counter[str]) -> str:
    """The wording that is told most, among equals the longest.

    >>> best(Counter(["navy chief", "chief of the navy"]))
    'chief of the navy'
    """
    return min(told, key=lambda words: (-told[words], -len(words), words))


def stored(tenure: LearnedTenure, words: str) -> dict[str, Any]:
    """The row of the record's table of tenures, with the words that stand as evidence."""
    name = content_hash(tenure.person, tenure.post, tenure.start.isoformat())
    return {
        "tenure": name, "person": tenure.person, "name": tenure.name, "state": tenure.state, "post": tenure.post,
        "level": tenure.level, "start": tenure.start.isoformat(), "end": tenure.end.isoformat(),
        "doc_id": tenure.witness.doc_id, "evidence": words, "why": tenure.why(),
    }  # fmt: skip
