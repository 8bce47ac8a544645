"""Words as the extractor asks about them: lemmas, classes of common nouns, and the noun phrase around a head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from spacy.pipeline import Lemmatizer
from spacy.tokens import Token

NOMINAL_DEPS = frozenset(
    {
        "amod",
        "compound",
        "nmod",
        "poss",
        "nummod",
        "det",
        "case",
        "punct",
        "conj",
        "cc",
        "advmod",
        "quantmod",
        "npadvmod",
        "appos",
    }
)


class Lemmas:
    """Lemmas asked for one at a time and remembered: most tokens of a text never need theirs.

    A lemma follows from the form and the part of speech alone. spaCy would also look at the morphology, which a token
    has or lacks by what was read before it (`split/speech.py`).
    """

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        lemmatizer.is_base_form = never_base  # type: ignore[method-assign]
        self._lemmatizer = lemmatizer
        self._known: dict[tuple[int, int, int], str] = {}

    def __call__(self, token: Token) -> str:
        """The token's lemma in lower case; an adjective or a name keeps its form."""
        key = (token.lower, token.tag, token.pos)
        found = self._known.get(key)
        if found is None:
            found = self._find(token)
            self._known[key] = found
        return found

    def _find(self, token: Token) -> str:
        lower = token.lower_
        if token.pos_ == "PROPN" and token.tag_ in ("NNPS", "NNP"):
            return plain_singular(lower) if token.tag_ == "NNPS" else lower
        if token.pos_ == "AUX":
            return "be" if lower in BE else lower
        if token.tag_ in BASE and lower not in BE:
            return lower
        return str(self._lemmatizer.lemmatize(token)[0]).lower()


# Tags of words that stand in their base form: the lemmatizer's rules would make "discus" of "discuss".
BASE = frozenset({"JJ", "NN", "VB", "VBP"})


def never_base(token: Token) -> bool:
    """Always False: no word is taken for its own lemma before the rules were asked."""
    return False


BE = frozenset({"be", "am", "is", "are", "was", "were", "been", "being", "'s", "'re", "’s", "’re"})


def plain_singular(word: str) -> str:
    """The singular of a regular English plural ("forces" -> "force"), good enough for names of forces and ships.

    >>> plain_singular("navies"), plain_singular("forces"), plain_singular("corps")
    ('navy', 'force', 'corps')
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "corps")):
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def noun_classes() -> Mapping[str, frozenset[str]]:
    """The classes of lexicon/data/nouns.yml: class -> lemmas."""
    raw: dict[str, Any] = yaml.safe_load(files("communique.lexicon").joinpath("data/nouns.yml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in raw["classes"].items()}


@lru_cache(maxsize=20_000)
def classes_of_lemma(lemma: str) -> frozenset[str]:
    """The names of the noun classes that hold a lemma; a hyphenated word counts by its last part too."""
    parts = {lemma, lemma.rsplit("-", 1)[-1], plain_singular(lemma)}
    return frozenset(name for name, words in noun_classes().items() if parts & words)


def phrase_tokens(head: Token) -> Iterator[Token]:
    """The head and its nominal modifiers to the left, nested ones too ("Iranian military delegation")."""
    for child in head.lefts:
        if child.dep_ in NOMINAL_DEPS:
            yield from phrase_tokens(child)
            yield from (t for joined in conjuncts(child)[1:] if joined.i < head.i for t in phrase_tokens(joined))
    yield head


def following_of(head: Token, *prepositions: str) -> Iterator[Token]:
    """The objects of prepositional phrases on a noun ("forces of Oman and Yemen" gives Oman)."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield inner


# Words after which a plural's members are named ("28 countries, including Sweden"), besides "such as".
NAMING_MEMBERS = frozenset({"including", "like", "notably"})


def conjuncts(token: Token) -> list[Token]:
    """The token and what is joined to it by "and", commas or "as well as", in order of the text."""
    found = [token]
    for child in token.rights:
        listed = child.dep_ == "conj" or (child.dep_ == "appos" and child.pos_ == "PROPN" == token.pos_)
        if listed and child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            found.extend(conjuncts(child))
    return found
