"""Lays the lexicon's matches over the tokens: which tokens name a state, a body, a group, a place, an outlet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

import yaml
from spacy.tokens import Token

from communique.lexicon import Entry, Match
from communique.lexicon.ships import ShipPrefixes
from communique.pipeline.drafts import Sentence
from communique.pipeline.extract.ships import Ship, ships_in
from communique.pipeline.extract.status import cues
from communique.pipeline.extract.words import classes_of_lemma

PARTY_KINDS = ("state", "body", "igo", "armed", "firm", "group")
# What states have and their provinces lack.
OF_STATES = frozenset(
    {
        "ambassador",
        "armed",
        "army",
        "defence",
        "defense",
        "embassy",
        "foreign",
        "military",
        "ministry",
        "navy",
        "parliament",
        "premier",
        "president",
        "prime",
        "soldiers",
        "troops",
    }
)
# What an official acts for.
SERVED = frozenset({"state", "body", "igo", "armed"})
ADJECTIVAL = ("adjective", "demonym")
NAMING = frozenset({"named", "codenamed", "dubbed", "called", "titled", "known", "nicknamed"})
JOINING = frozenset({*"-–,:'\"‘’“”(", "``", "''", "the", "a", "an", "code", "as"})
YEAR = re.compile(r"(?:19|20)\d\d|['’]?\d\d|[IVX]+|\S*[A-Za-z][-–'’](?:\d\d|20\d\d)")
TOLD = frozenset({"told", "tells", "telling"})
PRESS = frozenset(
    {"reported", "reports", "reporter", "reporters", "correspondent", "journalist", "journalists", "news"}
)
NAMING_STATES = frozenset({"state", "body"})
NEAR, SAME_CLAUSE = 4, 25
"""how many tokens behind a name its exercise word may follow, and how many before "dubbed" it may stand"""


@dataclass(frozen=True, slots=True)
class Name:
    """A match of the lexicon on tokens first..last of a paragraph, with the entry that was chosen."""

    first: int
    last: int
    start: int
    end: int
    text: str
    entry: Entry
    entries: tuple[Entry, ...]

    @property
    def adjectival(self) -> bool:
        """Whether it is a state's adjective or demonym."""
        return self.entry.kind == "state" and self.entry.form in ADJECTIVAL

    @property
    def codes(self) -> tuple[str, ...]:
        """The actor that it names, or each member of a group of states."""
        if self.entry.kind == "group":
            return tuple(self.entry.attributes["members"].split("|"))
        return (self.entry.code,) if self.entry.code else ()


class NameMap:
    """The names of a document by paragraph and token."""

    def __init__(self) -> None:
        self._at: dict[tuple[int, int], Name] = {}
        self._by_sentence: dict[int, list[Name]] = {}
        self._ships: dict[int, list[Ship]] = {}

    def add(self, sentence: Sentence, name: Name) -> None:
        """Put a name on all of its tokens."""
        for i in range(name.first, name.last + 1):
            self._at[sentence.paragraph, i] = name
        self._by_sentence.setdefault(sentence.index, []).append(name)

    def add_ships(self, sentence: Sentence, ships: list[Ship]) -> None:
        """Keep the warships that a sentence names."""
        if ships:
            self._ships[sentence.index] = ships

    def ships_of(self, sentence: Sentence) -> list[Ship]:
        """The warships of a sentence in order."""
        return self._ships.get(sentence.index, [])

    def at(self, sentence: Sentence, token: Token | int) -> Name | None:
        """The name that covers a token, if any."""
        return self._at.get((sentence.paragraph, token if isinstance(token, int) else token.i))

    def of(self, sentence: Sentence) -> Sequence[Name]:
        """All names of a sentence in order."""
        return self._by_sentence.get(sentence.index, ())

    def state_named(self, code: str) -> str | None:
        """The name of a state that the document names in some form; None for a code that none of its states has."""
        held = (e for names in self._by_sentence.values() for n in names for e in n.entries)
        return next((e.name for e in held if e.kind == "state" and e.code == code), None)


def map_names(
    sentences: Sequence[Sentence], matches: Iterable[Match], favoured: frozenset[str], prefixes: ShipPrefixes
) -> NameMap:
    """The matches on their tokens.

    `favoured` are actor codes that the document names beyond doubt: they settle weak forms. A state's or a town's name
    inside a ship's ("USS Georgia") names the ship only.
    """
    names = NameMap()
    ordered = held_by(sorted(matches, key=lambda m: m.start))
    at = 0
    for sentence in sentences:
        while at < len(ordered) and ordered[at].end <= sentence.start:
            at += 1
        ships = ships_in(sentence, favoured, prefixes)
        names.add_ships(sentence, ships)
        for number in range(at, len(ordered)):
            if ordered[number].start >= sentence.end:
                break
            name = name_on_tokens(sentence, ordered[number], favoured)
            if name is None or any(s.first <= name.last and name.first <= s.last for s in ships):
                continue
            if not (name.entry.kind == "igo" and name.entry.weak and of_a_state(ordered, number, sentence)):
                names.add(sentence, name)
    return names


# What stands between a state's name and that of a body of its own ("Iran's", "Armenian"), and between a body's and
# its state's ("Security Council of the Russian Federation").
OWNER_BEFORE, OWNER_BEHIND = re.compile(r"(?:['’]s?)? "), re.compile(r" of (?:the )?")


def of_a_state(matches: Sequence[Match], at: int, sentence: Sentence) -> bool:
    """Whether a state is named as the owner of what the match at an index names."""
    for first, second, between, owner in ((at - 1, at, OWNER_BEFORE, at - 1), (at, at + 1, OWNER_BEHIND, at + 1)):
        if first >= 0 and second < len(matches) and any(e.kind == "state" for e in matches[owner].entries):
            words = sentence.words(matches[first].end, matches[second].start)
            if between.fullmatch(words):
                return True
    return False


@lru_cache(maxsize=1)
def shared_names() -> Mapping[str, Mapping[str, str]]:
    """The bare names of lexicon/data/shared_names.yml in lower case: each holder's body by its state."""
    raw = yaml.safe_load(files("communique.lexicon").joinpath("data/shared_names.yml").read_text("utf-8"))
    found: dict[str, dict[str, str]] = raw["names"]
    return found


def held_by(matches: list[Match]) -> list[Match]:
    """The matches, with a bare name that several states' bodies bear given to the state that the text names most."""
    if not any(m.text.lower() in shared_names() for m in matches):
        return matches
    told = Counter(
        e.code
        for m in matches
        if m.text.lower() not in shared_names()
        for e in m.entries[:1]
        if e.kind in NAMING_STATES
    )
    return [given(m, told) for m in matches]


def given(match: Match, told: Counter[str | None]) -> Match:
    """A match of a shared name under the holder whose state is named most often; other matches as they are."""
    holders = shared_names().get(match.text.lower())
    if holders is None:
        return match
    code = max(holders, key=lambda c: told[c])
    entries = tuple(e if e.code == code else replace(e, code=code, name=holders[code]) for e in match.entries)
    return replace(match, entries=entries)


def name_on_tokens(sentence: Sentence, match: Match, favoured: frozenset[str]) -> Name | None:
    """The match as tokens of the sentence, or None where it is no name here (a weak form without support)."""
    span = sentence.tokens.doc.char_span(
        match.start - sentence.offset, match.end - sentence.offset, alignment_mode="expand"
    )
    if span is None or not len(span):
        return None
    if match.text in cues()["voice"]["agencies"] and as_press(span[0], span[-1]):
        return None
    entry = choose_entry(match, favoured, span[0], span[-1])
    if entry is None:
        return None
    return Name(span.start, span.end - 1, match.start, match.end, match.text, entry, match.entries)


def choose_entry(match: Match, favoured: frozenset[str], first: Token, last: Token) -> Entry | None:
    """The entry that a form means here: parties before places, sure forms before weak ones, favoured codes first."""
    parties = [e for e in match.entries if e.kind in PARTY_KINDS]
    strong = [e for e in parties if not e.weak]
    if strong:
        return min(strong, key=lambda e: (e.code not in favoured, PARTY_KINDS.index(e.kind)))
    others = [e for e in match.entries if e.kind not in PARTY_KINDS and (not common_name(e) or told(first, last))]
    if parties and supported(parties, favoured, first, last):
        return min(parties, key=lambda e: e.code not in favoured)
    if others:
        return others[0]
    return parties[0] if parties and not beside_capitals(first, last) else None


def as_press(first: Token, last: Token) -> bool:
    """Whether initials that a body shares with a news agency mean the agency: "told AFP", "(AFP)", "AFP reported"."""
    doc = first.doc
    before = doc[first.i - 1].lower_ if first.i else ""
    after = doc[last.i + 1].lower_ if last.i + 1 < len(doc) else ""
    credited = before == "(" and after == ")"
    return before in TOLD or credited or after in PRESS


def common_name(entry: Entry) -> bool:
    """Whether an entry is an exercise series whose name is a common word or a place ("Unity", "Malabar")."""
    return entry.kind == "exercise" and entry.weak


def told(first: Token, last: Token) -> bool:
    """Whether the words around a common name say that it is an exercise: the noun itself, or a year behind."""
    doc = first.doc
    if not any(c.isupper() for c in first.text):
        return False
    if any(drills(t) for t in doc[first.i : last.i + 1]) or numbered(last):
        return True
    return told_before(first) or told_behind(last)


def drills(token: Token) -> bool:
    """Whether a token is a noun for exercises ("drills", "wargame", "Ex")."""
    return "exercise" in classes_of_lemma(token.lower_) or token.text in ("Ex", "EX")


def numbered(last: Token) -> bool:
    """Whether a year, a number or a Roman numeral is part of the name ("Malabar 2020", "MALABAR-20", "Unity III")."""
    doc = last.doc
    if YEAR.fullmatch(last.text) and len(last.text) > 2:
        return True
    at = last.i + 1
    while at < len(doc) and doc[at].text in ("-", "–", "'", "’", '"', "”"):
        at += 1
    return at < len(doc) and YEAR.fullmatch(doc[at].text) is not None and doc[at].text != "I"


def told_before(first: Token) -> bool:
    """Whether the noun stands right before a name, or in its clause with "dubbed" or "code-named" between."""
    doc, at, naming = first.doc, first.i - 1, False
    while at >= 0 and (doc[at].lower_ in JOINING or doc[at].lower_ in NAMING or doc[at].lower_ == "code-named"):
        naming = naming or doc[at].lower_ not in JOINING
        at -= 1
    if at < 0 or drills(doc[at]):
        return at >= 0
    clause = doc[max(0, at - SAME_CLAUSE) : at + 1]
    return naming and any(drills(t) for t in clause)


def told_behind(last: Token) -> bool:
    """Whether the noun follows a name with no verb and no place word between ("Malabar joint naval drills")."""
    doc = last.doc
    for token in doc[last.i + 1 : last.i + 1 + NEAR]:
        if drills(token):
            return True
        if token.pos_ in ("VERB", "AUX", "ADP", "CCONJ") and token.lower_ != "of":
            return False
        if token.text in (".", ";", ":"):
            return False
    return False


def supported(parties: Sequence[Entry], favoured: frozenset[str], first: Token, last: Token) -> bool:
    """Whether the document or the neighbouring words speak for a weak form being a state."""
    if beside_capitals(first, last):
        return False
    return any(e.code in favoured for e in parties) or (parties[0].kind == "state" and has_what_states_have(last))


def has_what_states_have(last: Token) -> bool:
    """Whether a name owns what no province does ("Georgia's parliament", "Jordan's foreign minister")."""
    behind = [t.lower_ for t in last.doc[last.i + 1 : last.i + 3]]
    return len(behind) == 2 and behind[0] in ("'s", "’s") and behind[1] in OF_STATES


def beside_capitals(first: Token, last: Token) -> bool:
    """Whether the form is part of a longer name ("Chad Wolf", "Michael Jordan", "Georgia Tech")."""
    doc = first.doc
    before = doc[first.i - 1] if first.i > 0 else None
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    joined = [t for t in (before, after) if t is not None and t.is_title]
    return any(t._.entity == "PERSON" for t in joined) and first._.entity == "PERSON"


def favoured_codes(matches: Iterable[Match]) -> frozenset[str]:
    """The codes that a document names by a sure form."""
    return frozenset(
        e.code for m in matches for e in m.entries if e.code and not e.weak and e.kind in ("state", "body")
    )


def phrase_names(sentence: Sentence, names: NameMap, tokens: Iterable[Token]) -> Iterator[Name]:
    """The distinct names on some tokens, in order."""
    seen: set[int] = set()
    for token in tokens:
        name = names.at(sentence, token)
        if name is not None and name.start not in seen:
            seen.add(name.start)
            yield name
