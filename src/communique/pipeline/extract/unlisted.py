"""Parties that a text counts or describes and does not list: "eleven navies", "more than 30 countries", "its allies".

The codebook codes them as UNKNOWN with their name (docs/codebook.md). They make a report whole, stand for no actor, and
are never borrowed by another event.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from communique.pipeline.drafts import Mention, Sentence, mention_on
from communique.pipeline.extract.words import NAMING_MEMBERS, Lemmas, phrase_tokens
from communique.records import UNKNOWN

STATES = frozenset({"nation", "country", "state", "navy", "army", "government"})
# Nouns that say whose they are.
RELATED = frozenset({"partner", "ally", "neighbour", "neighbor"})
OTHERS = frozenset(
    {
        "other",
        "several",
        "many",
        "various",
        "some",
        "more",
        "few",
        "numerous",
        "dozens",
        "different",
        "foreign",
        "neighbouring",
        "neighboring",
        "regional",
        "littoral",
        "coastal",
        "friendly",
        "allied",
        "partner",
        "member",
        "like-minded",
        "participating",
    }
)
# Words that point back to states that the text has named.
KNOWN = frozenset({"both", "these", "those", "two", "our"})
OWNERS = frozenset({"its", "his", "her", "their"})
# How many words before its noun a group's mention may begin.
REACH = 8


def unlisted(tokens: Iterable[Token], sentence: Sentence, lemmas: Lemmas) -> list[Mention]:
    """The group that the first fitting of some words stands for, as a mention of the actor UNKNOWN, or nothing."""
    token = next((t for t in tokens if is_unlisted(t, lemmas)), None)
    if token is None:
        return []
    first = min(t.i for t in token.subtree if token.i - REACH < t.i <= token.i)
    group = mention_on(sentence, first, token.i, head=token.i, cls="unlisted", kind="organisation", codes=(UNKNOWN,))
    group.name = group.text
    return [group]


def is_unlisted(token: Token, lemmas: Lemmas) -> bool:
    """Whether a plural stands for states that the text does not list: counted, described, or somebody's partners."""
    lemma = lemmas(token)
    if token.tag_ not in ("NNS", "NNPS") or lemma not in STATES | RELATED:
        return False
    before = {t.lower_ for t in token.lefts}
    counted = any(child.dep_ == "nummod" for child in token.lefts)
    if before & KNOWN or (not counted and lists_members(token)):
        return False
    if counted or OTHERS & {t.lower_ for t in phrase_tokens(token)}:
        return True
    if lemma in RELATED:
        return "the" not in before or any(c.dep_ == "poss" for c in token.lefts) or bool(before & OWNERS)
    described = any(c.dep_ in ("amod", "compound", "nmod") for c in token.lefts)
    return described or any(c.dep_ == "prep" for c in token.rights)


def lists_members(token: Token) -> bool:
    """Whether members are named after a plural ("countries such as Oman", "states including Chad")."""
    return any(c.lower_ == "as" or c.lower_ in NAMING_MEMBERS for c in token.rights)
