"""The state of officials who are named with a post and without a state, read from what is done around them.

Those whom a traveller meets where he goes act for that state, those who lead "the Thai delegation" for Thailand, and
those named before "and other Angolan officials" for Angola.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

import yaml
from spacy.tokens import Token

from communique.pipeline.drafts import Sentence
from communique.pipeline.extract.names import NameMap
from communique.pipeline.extract.words import phrase_tokens

NAMING = frozenset({"conj", "appos", "compound", "flat", "nmod", "dep"})
FAR, NEAR = 40, 4
"""how many tokens "and other Angolan officials" may follow a name, and how many before a state "to" may stand"""


@lru_cache(maxsize=1)
def words() -> Mapping[str, frozenset[str]]:
    """The words of lexicon/data/counterparts.yml by what they tell."""
    raw = yaml.safe_load(files("communique.lexicon").joinpath("data/counterparts.yml").read_text("utf-8"))
    return {name: frozenset(listed) for name, listed in raw["words"].items()}


def state_beside(sentence: Sentence, first: int, last: int, names: NameMap) -> str | None:
    """The state of the official whose words stand on tokens first..last, or None where nothing around tells it."""
    return (
        of_delegation(sentence, last, names) or of_list(sentence, last, names) or of_destination(sentence, first, names)
    )


def of_delegation(sentence: Sentence, last: int, names: NameMap) -> str | None:
    """The state whose delegation the person leads ("X led the Thai delegation", "the Thai team, led by X")."""
    word = sentence.tokens.doc[last]
    while word.dep_ in NAMING and word.head is not word and word.head.i >= sentence.tokens.start:
        word = word.head
    verb = word.head.head if word.dep_ == "pobj" and word.head.lower_ == "by" else word.head
    if verb.lower_ not in words()["leading"]:
        return None
    if word.dep_ == "nsubj":
        return owner([c for c in verb.children if c.dep_ == "dobj"], sentence, names)
    led = [c for c in verb.children if c.dep_ == "nsubjpass"] or ([verb.head] if verb.dep_ == "acl" else [])
    return owner(led, sentence, names) if word.dep_ == "pobj" else None


def owner(nouns: Iterable[Token], sentence: Sentence, names: NameMap) -> str | None:
    """The state whose delegation a noun names, where it names one."""
    for noun in nouns:
        if noun.lower_ in words()["sides"]:
            return next(states_on(phrase_tokens(noun), sentence, names), None)
    return None


def states_on(tokens: Iterable[Token], sentence: Sentence, names: NameMap) -> Iterator[str]:
    """The states that tokens name."""
    for token in tokens:
        name = names.at(sentence, token)
        if name is not None and name.entry.kind == "state" and name.entry.code:
            yield name.entry.code


def of_list(sentence: Sentence, last: int, names: NameMap) -> str | None:
    """The state of the officials who close the list that the person stands in ("X, Y and other Angolan officials")."""
    doc, stop = sentence.tokens.doc, min(sentence.tokens.end, last + FAR)
    for i in range(last + 1, stop):
        token = doc[i]
        if token.lower_ == "other" and doc[i - 1].lower_ == "and":
            return next(states_on(doc[i : min(stop, i + NEAR)], sentence, names), None)
        if (token.pos_ in ("VERB", "AUX", "ADP") and token.lower_ not in ("of", "for")) or token.text in (";", ":"):
            return None
    return None


def of_destination(sentence: Sentence, first: int, names: NameMap) -> str | None:
    """The state that a traveller goes to and where he meets the person ("to Luanda, Angola, to meet President X")."""
    doc, start = sentence.tokens.doc, sentence.tokens.start
    met = next((i for i in range(first - 1, start, -1) if doc[i].lower_ in words()["meeting"]), None)
    if met is None or not any(t.lower_ in words()["going"] for t in doc[start:met]):
        return None
    for i in range(met - 1, start, -1):
        name = names.at(sentence, i)
        if name is None or name.entry.kind != "state" or name.adjectival or not name.entry.code:
            continue
        before = doc[max(start, name.first - NEAR) : name.first]
        return name.entry.code if any(t.lower_ in words()["whither"] for t in before) else None
    return None
