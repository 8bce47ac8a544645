"""The posts' file as one grammar: word sequences that lead to patterns, and the lists of words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from communique.errors import LexiconError, did_you_mean
from communique.lexicon.states import read_yaml

LEVELS = (
    "head_of_state", "head_of_government", "minister", "chief_of_staff", "service_chief", "deputy", "director",
    "commander", "attache", "spokesperson", "ambassador", "working",
)  # fmt: skip
BARE = ("always", "capital", "never")
FLAGS = ("open", "lead", "by_body", "joins", "comma", "juxtaposed", "rank")
FIELDS = ("id", "level", "tail_level", "body_kind", "forms", "tail", "bare", *FLAGS)
SECTIONS = ("source", "licence", "retrieved", "departments", "services", "joint", "modifiers", "institutions", "leads",
            "tail_words", "no_ranks", "states", "patterns")  # fmt: skip
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|['’]s\b|\w+(?:['’](?!s\b)\w+)*|[^\s\w]")
ADJECTIVES = frozenset({"foreign", "home", "exterior", "space", "power", "mines", "ports"})
"""departments' words that name no institution alone"""
CONNECTORS = frozenset({"and", "of", "for", "in", "the", "with", "on", "to", ","})
Words = tuple[str, ...]
Kinds = Mapping[str, list[tuple[str, str]]]
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
    return tuple(m.group() for m in WORD.finditer(plain(phrase)))


def plain(text: str) -> str:
    """The text in lower case, of the same length, with hyphens inside words as spaces and straight apostrophes."""
    lower = text.lower()
    if len(lower) != len(text):  # some capitals, like İ, become two characters
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _HYPHEN.sub(" ", lower).replace("’", "'")


_HYPHEN = re.compile(r"(?<=[^\W_])[-‐‑](?=[^\W_])")


def read_grammar(path: Path) -> Grammar:
    """The grammar of a posts file; a LexiconError names the pattern and field that cannot be read."""
    content = read_yaml(path)
    _check_sections(path.name, content)
    kinds = {slot: _by_kind(path.name, content, f"{slot}s") for slot in ("department", "service")}
    heads: Forms[Head] = Forms()
    seen: set[str] = set()
    for row in content["patterns"]:
        pattern = _pattern(path.name, row)
        if pattern.id in seen:
            raise LexiconError(f"{path.name}: pattern {pattern.id!r} stands there twice; merge them")
        seen.add(pattern.id)
        for form in _texts(path.name, f"pattern {pattern.id!r}, forms", row["forms"]):
            _enter(heads, path.name, pattern, form, kinds)
    bodies: Forms[str] = Forms()
    for kind, phrase in (*kinds["service"], *kinds["department"]):
        bodies.add(words_of(phrase), kind)
    named = (phrase for _, phrase in (*kinds["service"], *kinds["department"]) if phrase not in ADJECTIVES)
    institutions = _forms([*content["institutions"], *named])
    modifiers = content["modifiers"]
    return Grammar(
        heads, bodies, institutions, _forms(content["leads"]),
        _named(modifiers["inside"]), _named(modifiers["outside"]), _named(modifiers["after"]),
        frozenset(content["tail_words"]) | _single_words(kinds),
        frozenset(content["joint"]), frozenset(content["services"]), tuple(content["states"]),
        NoRanks(*(frozenset(content["no_ranks"][name]) for name in ("after", "before", "articles", "alone"))),
    )  # fmt: skip


def _check_sections(file: str, content: Any) -> None:
    if not isinstance(content, dict):
        raise LexiconError(f"{file}: holds {type(content).__name__}, not the sections {', '.join(SECTIONS)}")
    for name in content:
        if name not in SECTIONS:
            raise LexiconError(f"{file}: unknown section {name!r}; {did_you_mean(str(name), SECTIONS)}")
    for name in SECTIONS:
        if name not in content:
            raise LexiconError(f"{file}: no section {name!r}; add it")


def _by_kind(file: str, content: Mapping[str, Any], section: str) -> list[tuple[str, str]]:
    kinds = content[section].items()
    return [(kind, phrase) for kind, phrases in kinds for phrase in _texts(file, f"{section}.{kind}", phrases)]


def _texts(file: str, where: str, values: Iterable[Any]) -> list[str]:
    texts = list(values)
    for value in texts:
        if not isinstance(value, str):
            raise LexiconError(f"{file}: {where} holds {value!r}, which is no text; put it in quotes")
    return texts


def _pattern(file: str, row: Any) -> Pattern:
    if not isinstance(row, dict) or "id" not in row or "level" not in row or not row.get("forms"):
        raise LexiconError(f"{file}: pattern {row!r} needs id, level and forms")
    for name in row:
        if name not in FIELDS:
            near = did_you_mean(name, FIELDS)
            raise LexiconError(f"{file}: pattern {row['id']!r} has unknown field {name!r}; {near}")
    bare = row.get("bare", "always")
    tail_level = row.get("tail_level")
    levels = (("level", row["level"], LEVELS), ("tail_level", tail_level or row["level"], LEVELS))
    for name, value, allowed in (*levels, ("bare", bare, BARE)):
        if value not in allowed:
            near = did_you_mean(str(value), allowed)
            raise LexiconError(f"{file}: pattern {row['id']!r} has {name} {value!r}; {near}")
    words = _texts(file, f"pattern {row['id']!r}, tail", row.get("tail", ()))
    tail = tuple(sorted((words_of(word) for word in words), key=len, reverse=True))
    flags = frozenset(name for name in FLAGS if row.get(name))
    return Pattern(row["id"], row["level"], row.get("body_kind"), tail, bare, flags, tail_level)


def _enter(heads: Forms[Head], file: str, pattern: Pattern, form: str, kinds: Kinds) -> None:
    slot = re.search(r"\{(\w+)\}", form)
    if slot is None:
        heads.add(words_of(form), Head(pattern, pattern.body_kind))
        return
    if slot[1] not in kinds:
        raise LexiconError(f"{file}: pattern {pattern.id!r} has slot {slot[0]}; {did_you_mean(slot[1], kinds)}")
    for kind, phrase in kinds[slot[1]]:
        told = pattern.body_kind or (None if kind == "other" else kind)
        heads.add(words_of(form.replace(slot[0], phrase)), Head(pattern, told))


def _forms(phrases: Iterable[Any]) -> Forms[str]:
    forms: Forms[str] = Forms()
    for phrase in phrases:
        forms.add(words_of(str(phrase)), str(phrase))
    return forms


def _named(modifiers: Mapping[str, list[Any]]) -> Forms[str]:
    forms: Forms[str] = Forms()
    for name, phrases in modifiers.items():
        for phrase in phrases:
            forms.add(words_of(str(phrase)), name)
    return forms


def _single_words(kinds: Kinds) -> frozenset[str]:
    words = (word for pairs in kinds.values() for _, phrase in pairs for word in words_of(phrase))
    return frozenset(word for word in words if word not in CONNECTORS)
