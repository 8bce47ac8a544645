"""Names as linking compares them: persons across transliterations, exercises across spellings and editions."""

from __future__ import annotations

import difflib
import functools
import re
from typing import NamedTuple

from communique.codebook import load_codebook
from communique.pipeline.link.knowledge import NameRules, load_rules
from communique.text import fold

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


def plain_words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded, without punctuation and apostrophes."""
    return tuple(_WORD.findall(fold(text.replace("'", "").replace("’", ""))))


@functools.lru_cache(maxsize=200_000)
def person_key(name: str) -> tuple[str, ...]:
    """A person's name as comparable words: without titles, particles and initials, digraphs of transliteration unified.

    >>> person_key("Maj. Gen. Mohammad Hossein Baqeri") == person_key("Mohammad Hossein Bagheri")
    True
    """
    rules = load_rules().names
    words = [w for w in plain_words(name) if w not in rules.dropped and (len(w) > 1 or not w.isascii())]
    return tuple(spelling(w, rules) for w in words) or tuple(plain_words(name))


def spelling(word: str, rules: NameRules) -> str:
    """The word with its transliterations unified ("gh" and "q" as "g", "ou" as "u", doubled letters once)."""
    for old, new in rules.spellings:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


@functools.lru_cache(maxsize=500_000)
def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two person keys may name one person: the surname agrees, in either order of names.

    >>> same_person(person_key("Kamikawa Yoko"), person_key("Yoko Kamikawa"))
    True
    >>> same_person(person_key("Bashar al-Assad"), person_key("Ali Abdullah Ayyoub"))
    False
    """
    if not a or not b:
        return False
    if len(a) == 1 or len(b) == 1:
        short, full = (a, b) if len(a) == 1 else (b, a)
        return any(_alike(short[0], word) for word in full)
    shared = sum(any(_alike(x, y) for y in b) for x in a)
    if shared >= 2:
        return True
    return _alike(a[-1], b[-1]) and _alike(a[0][:1], b[0][:1])


@functools.lru_cache(maxsize=500_000)
def _alike(a: str, b: str) -> bool:
    """Whether two words are spellings of one name: equal, or long and nearly equal with the same first letter."""
    if a == b:
        return True
    if min(len(a), len(b)) < 4 or a[0] != b[0]:
        return False
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.8


def same_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, American and British spellings as one.

    >>> same_words("Center for Defense") == same_words("centre for defence")
    True
    """
    variants = load_rules().names.variants
    return tuple(variants.get(w, w) for w in plain_words(text))


def post_key(post: str, actor: str = "") -> frozenset[str]:
    """The words of a post that tell it from others, in any order, without the country's own name.

    >>> post_key("Chief of Iran's Navy", "IRN") == post_key("Iranian navy chief", "IRN")
    True
    """
    small = {"of", "the", "for", "and", "in"}
    return frozenset(w for w in same_words(post) if w not in small and not of_country(w, actor))


def of_country(word: str, country: str | None) -> bool:
    """Whether the word is of the country's name or derived from it ("Indian", "India's")."""
    return any(
        word == name or (len(name) > 3 and word[: len(name) - 1] == name[:-1]) for name in country_words(country)
    )


@functools.lru_cache(maxsize=1024)
def country_words(country: str | None) -> frozenset[str]:
    """The words of a country's names, and those that stand for a country without naming it."""
    actor = load_codebook().find_actor(country) if country else None
    if actor is None:
        return frozenset()
    return frozenset(w for name in (actor.name, *actor.aliases) for w in plain_words(name)) | {
        "sultanate",
        "kingdom",
        "republic",
        "federation",
    }


def number_of(word: str) -> int | None:
    """The number that a word gives as digits, ordinal or Roman numeral, else None.

    >>> number_of("43rd"), number_of("eighth"), number_of("viii"), number_of("belt")
    (43, 8, 8, None)
    """
    digits = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)?", word)
    if digits:
        return int(digits[1])
    if word in load_rules().names.ordinals:
        return load_rules().names.ordinals[word]
    return _roman(word) if _ROMAN.fullmatch(word) else None


def _roman(word: str) -> int:
    values = [_ROMAN_VALUES[c] for c in word]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


class Title(NamedTuple):
    """The name of an exercise, instrument or meeting as compared."""

    words: frozenset[str]
    acronyms: frozenset[str]
    """As told, folded."""
    initials: str
    """The name's own, where it has three words or more."""
    number: int | None
    """Which one in its series."""
    year: int | None


@functools.lru_cache(maxsize=200_000)
def title_of(name: str | None, edition: str | None = None) -> Title | None:
    """The comparable form of a name such as "Warrior-VIII" or "Indra-2017"; None where nothing was told."""
    if not name and not edition:
        return None
    dropped = load_rules().names.title_words
    raw = name or ""
    words = plain_words(raw.replace("+", " plus "))
    year = next((int(w) for w in words if _YEAR.fullmatch(w)), None)
    numbers = [n for w in words[1:] if not _YEAR.fullmatch(w) and (n := number_of(w)) is not None]
    told = next((n for w in plain_words(edition or "") if (n := number_of(w)) is not None), None)
    own = [w for w in words if not _YEAR.fullmatch(w) and w not in dropped]
    kept = frozenset(
        _digit(w) if "+" in raw or "plus" in words else w
        for w in own
        if "plus" in words or number_of(w) is None or w == words[0]
    )
    initials = "".join(w[0] for w in own if w.isalpha())
    acronyms = frozenset(fold(w) for w in re.findall(r"\b[A-Z]{3,}\b", raw))
    number = told if told is not None else (numbers[-1] if numbers and "plus" not in words else None)
    return Title(kept, acronyms, initials if len(initials) > 2 else "", number, year)


def _digit(word: str) -> str:
    number = load_rules().names.cardinals.get(word)
    return str(number) if number is not None else word
