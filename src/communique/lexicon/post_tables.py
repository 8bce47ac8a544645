"""The posts' file as one grammar: word sequences that lead to patterns, and the lists of words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any, Generic, TypeVar

LEVELS = (
    "head_of_state", "head_of_government", "minister", "chief_of_staff", "service_chief", "deputy", "director",
    "commander", "attache", "spokesperson", "ambassador", "working",
)  # fmt: skip
BARE = ("always", "capital", "never")
FLAGS = ("open", "lead", "by_body", "joins", "comma", "juxtaposed", "rank")
SLOTS = ("department", "service")
SLOT = re.compile(r"\{(\w+)\}")
"""stands in a form for every department or service"""
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|['’]s\b|\w+(?:['’](?!s\b)\w+)*|[^\s\w]")
ADJECTIVES = frozenset({"foreign", "home", "exterior", "space", "power", "mines", "ports"})
"""departments' words that name no institution alone"""
CONNECTORS = frozenset({"and", "of", "for", "in", "the", "with", "on", "to", ","})
Words = tuple[str, ...]
Sections = Mapping[str, Any]
"""a posts file as it is written, by section"""
Kinds = Mapping[str, list[tuple[str, str]]]
StateLevels = Mapping[str, str]
"""the level of a post by the code of the state that has it, where the state's own use differs"""
Leaf = TypeVar("Leaf")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of writing a post; the fields are told at the head of posts.yml."""

    id: str
    level: str
    body_kind: str | None
    tail: tuple[Words, ...] = ()
    bare: str = "always"
    flags: frozenset[str] = frozenset()
    tail_level: str | None = None
    levels: StateLevels = field(default_factory=dict, hash=False)

    def has(self, flag: str) -> bool:
        """True when the pattern carries this flag of FLAGS."""
        return flag in self.flags


@dataclass(frozen=True, slots=True)
class Head:
    """What a sequence of words at a head means: its pattern, and the kind of body that a slot told."""

    pattern: Pattern
    body_kind: str | None


class Forms(Generic[Leaf]):
    """Word sequences with what they mean, asked for the longest one that starts at a word."""

    def __init__(self) -> None:
        """No sequences yet."""
        self._leaves: dict[Words, Leaf] = {}
        self._longest: dict[str, int] = {}

    def add(self, words: Words, leaf: Leaf) -> bool:
        """Enter a sequence; False when it was there already and keeps its first meaning."""
        if words in self._leaves:
            return False
        self._leaves[words] = leaf
        self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))
        return True

    def starts(self, words: Sequence[str]) -> list[int]:
        """The places of the words that begin some sequence."""
        longest = self._longest
        return [i for i, word in enumerate(words) if word in longest]

    def at(self, words: Sequence[str], start: int) -> tuple[int, Leaf] | None:
        """The end of the longest sequence that starts at this word, and its meaning."""
        for length in range(self._longest.get(words[start], 0), 0, -1):
            leaf = self._leaves.get(tuple(words[start : start + length]))
            if leaf is not None and start + length <= len(words):
                return start + length, leaf
        return None

    def ending(self, words: Sequence[str], end: int, longest: int) -> tuple[int, Leaf] | None:
        """The start of the longest sequence of at most `longest` words that ends before `end`, and its meaning."""
        for length in range(min(longest, end), 0, -1):
            leaf = self._leaves.get(tuple(words[end - length : end]))
            if leaf is not None:
                return end - length, leaf
        return None


@dataclass(frozen=True, slots=True)
class NoRanks:
    """Words around "general" and the like that tell when it's a rank and when not."""

    after: frozenset[str]
    before: frozenset[str]
    articles: frozenset[str]
    alone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All of posts.yml, ready for reading a text."""

    heads: Forms[Head]
    bodies: Forms[str]
    """words of departments and services, with their kind"""
    institutions: Forms[str]
    """words that end an institution's name"""
    leads: Forms[str]
    inside: Forms[str]
    outside: Forms[str]
    after: Forms[str]
    tail_words: frozenset[str]
    joint: frozenset[str]
    services: frozenset[str]
    states: tuple[str, ...]
    no_ranks: NoRanks


def words_of(phrase: str) -> Words:
    """The words of a phrase as texts are cut into them: lower case, hyphens and straight apostrophes gone.

    >>> words_of("Commander-in-Chief of Iran’s Army")
    ('commander', 'in', 'chief', 'of', 'iran', "'s", 'army')
    """
    return tuple(intern(m.group()) for m in WORD.finditer(plain(phrase)))


def plain(text: str) -> str:
    """The text in lower case, of the same length, with hyphens inside words as spaces and straight apostrophes."""
    lower = text.lower()
    if len(lower) != len(text):  # some capitals, like İ, become two characters
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _HYPHEN.sub(" ", lower).replace("’", "'")


_HYPHEN = re.compile(r"(?<=[^\W_])[-‐‑](?=[^\W_])")


def grammar_of(sections: Sections) -> Grammar:
    """The grammar of a posts file's checked sections; the first pattern that holds a form keeps it."""
    kinds = {slot: _by_kind(sections[f"{slot}s"]) for slot in SLOTS}
    heads: Forms[Head] = Forms()
    for row in sections["patterns"]:
        pattern = _pattern(row)
        for form in row["forms"]:
            _enter(heads, pattern, form, kinds)
    bodies: Forms[str] = Forms()
    for kind, phrase in (*kinds["service"], *kinds["department"]):
        bodies.add(words_of(phrase), kind)
    named = (phrase for _, phrase in (*kinds["service"], *kinds["department"]) if phrase not in ADJECTIVES)
    institutions = _forms([*sections["institutions"], *named])
    modifiers = sections["modifiers"]
    return Grammar(
        heads, bodies, institutions, _forms(sections["leads"]),
        _named(modifiers["inside"]), _named(modifiers["outside"]), _named(modifiers["after"]),
        frozenset(map(plain, sections["tail_words"])) | _single_words(kinds),
        frozenset(sections["joint"]), frozenset(sections["services"]), tuple(sections["states"]),
        NoRanks(*(frozenset(map(plain, sections["no_ranks"][n])) for n in ("after", "before", "articles", "alone"))),
    )  # fmt: skip


def _by_kind(section: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(kind, phrase) for kind, phrases in section.items() for phrase in phrases]


def _pattern(row: Mapping[str, Any]) -> Pattern:
    tail = tuple(sorted((words_of(word) for word in row.get("tail", ())), key=len, reverse=True))
    flags = frozenset(name for name in FLAGS if row.get(name))
    bare, tail_level = row.get("bare", "always"), row.get("tail_level")
    levels = dict(row.get("levels", {}))
    return Pattern(row["id"], row["level"], row.get("body_kind"), tail, bare, flags, tail_level, levels)


def _enter(heads: Forms[Head], pattern: Pattern, form: str, kinds: Kinds) -> None:
    slot = SLOT.search(form)
    if slot is None:
        heads.add(words_of(form), Head(pattern, pattern.body_kind))
        return
    for kind, phrase in kinds[slot[1]]:
        told = pattern.body_kind or (None if kind == "other" else kind)
        heads.add(words_of(form.replace(slot[0], phrase)), Head(pattern, told))


def _forms(phrases: Iterable[str]) -> Forms[str]:
    forms: Forms[str] = Forms()
    for phrase in phrases:
        forms.add(words_of(phrase), phrase)
    return forms


def _named(modifiers: Mapping[str, list[str]]) -> Forms[str]:
    forms: Forms[str] = Forms()
    for name, phrases in modifiers.items():
        for phrase in phrases:
            forms.add(words_of(phrase), name)
    return forms


def _single_words(kinds: Kinds) -> frozenset[str]:
    words = (word for pairs in kinds.values() for _, phrase in pairs for word in words_of(phrase))
    return frozenset(word for word in words if word not in CONNECTORS)
