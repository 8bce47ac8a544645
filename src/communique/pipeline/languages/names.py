"""Names of states, bodies, armed groups, firms and officials in a text of another language, from its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.lexicon import Lexicon
from communique.lexicon.entries import Match
from communique.lexicon.languages import LanguageData
from communique.lexicon.matcher import Automaton, Source, form_key, spelled_as

# Kinds of the common lexicon whose names are the same in every language of Latin script.
SHARED = frozenset({"official", "armed", "firm", "igo"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text: `form` is name, adjective, capital, body or person; `cls` what kind of party it names."""

    start: int
    end: int
    text: str
    code: str
    form: str
    cls: str
    name: str | None = None


class NameTable:
    """The names of one language, found whole and with their capitals, the longest first."""

    def __init__(self, data: LanguageData, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.weak = frozenset(data.tables["language"]["weak_names"])
        self.weak_after = frozenset(data.tables["language"]["weak_after"])
        self.forms: dict[str, list[tuple[str, str, str, str]]] = {}
        for spelling, code, form, cls in forms_of(data):
            rows = self.forms.setdefault(form_key(spelling), [])
            if (spelling, code, form, cls) not in rows:
                rows.append((spelling, code, form, cls))
        self.automaton = Automaton(self.forms)

    def find(self, text: str) -> list[Named]:
        """The names of the text in order, never overlapping."""
        found = [*self._own(text), *self._shared(text)]
        kept: list[Named] = []
        for named in sorted(found, key=lambda n: (n.start - n.end, n.start)):
            if all(named.end <= k.start or k.end <= named.start for k in kept):
                kept.append(named)
        return sorted(kept, key=lambda n: n.start)

    def _own(self, text: str) -> Iterator[Named]:
        source = Source(text)
        for hit in self.automaton.scan(source):
            start, end = source.origin(hit.start), source.origin(hit.end - 1) + 1
            for spelling, code, form, cls in self.forms[hit.key]:
                if spelled_as(source, hit.start, spelling, exact=False) and self._meant(text, start, spelling):
                    yield Named(start, end, text[start:end], code, form, cls)
                    break

    def _meant(self, text: str, start: int, spelling: str) -> bool:
        """Whether a name that is also a forename or a word stands after an article or a preposition of place."""
        if spelling not in self.weak:
            return True
        before = text[:start].rstrip().lower()
        return any(before.endswith(word) for word in self.weak_after)

    def _shared(self, text: str) -> Iterator[Named]:
        for match in self.lexicon.find(text):
            entry = next((e for e in match.entries if e.kind in SHARED and e.code and not e.weak), None)
            if entry is not None and entry.code is not None:
                yield named_by(match, entry.kind, entry.code)


def named_by(match: Match, kind: str, code: str) -> Named:
    """The name that an entry of the common lexicon gives."""
    form, cls = ("person", "official") if kind == "official" else ("body", kind)
    return Named(match.start, match.end, match.text, code, form, cls, match.text)


def forms_of(data: LanguageData) -> Iterator[tuple[str, str, str, str]]:
    """Every spelling of the tables with its code, its form and its class."""
    for row in data.rows["states"]:
        for name in (row["name"], *split(row["aliases"])):
            yield name, row["code"], "name", "state"
        for word in (*split(row["masculine"]), *split(row["feminine"])):
            for spelling in (word, plural(word)):
                yield spelling, row["code"], "adjective", "state"
        for city in split(row["capitals"]):
            yield city, row["code"], "capital", "state"
    for row in data.rows["bodies"]:
        for name in (row["name"], *split(row["aliases"])):
            yield name, row["code"], "body", row["cls"]


def split(cell: str) -> Iterable[str]:
    """The parts of a cell between upright bars."""
    return [part for part in cell.split("|") if part]


def plural(word: str) -> str:
    """The plural of an adjective as French and Spanish write it after a vowel.

    >>> plural("belge"), plural("polonais")
    ('belges', 'polonais')
    """
    return word if word.endswith(("s", "x")) else word + "s"
