"""What else the words around an event tell.

Its mode, domains, claims, details, and whether it sums up several events.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from spacy.tokens import Token

from communique.codebook import Codebook
from communique.pipeline.drafts import HABIT, Draft, Sentence
from communique.pipeline.extract.details import read_details
from communique.pipeline.extract.patterns import PatternBook
from communique.pipeline.extract.triggers import Page
from communique.records import Claim

DOMAIN_TYPES: Mapping[str, tuple[str, ...]] = {
    "piracy": ("piracy", "maritime"),
    "port_call": ("maritime",),
    "peacekeeping": ("peacekeeping",),
    "escort": ("maritime",),
    "relief": ("humanitarian",),
    "naval": ("maritime",),
    "counterterrorism": ("counterterrorism",),
    "intelligence": ("intelligence",),
    "border": ("border",),
    "cyber": ("cyber",),
    "industry": ("arms_industry",),
    "coproduction": ("arms_industry",),
    "maritime": ("maritime",),
}


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Any]:
    """The words of lexicon/data/domains.yml, claims as compiled expressions."""
    raw: dict[str, Any] = yaml.safe_load(files("communique.lexicon").joinpath("data/domains.yml").read_text("utf-8"))
    raw["claims"] = {kind: [re.compile(p, re.IGNORECASE) for p in patterns] for kind, patterns in raw["claims"].items()}
    raw["plural"] = frozenset(raw["plural"])
    return raw


def add_context(draft: Draft, sentence: Sentence, page: Page, codebook: Codebook, book: PatternBook) -> None:
    """Set mode, domains, aggregate, claims and details of a draft."""
    written = sentence.words(draft.start, draft.end)
    words = written.lower()
    draft.mode = mode_of(draft, words, sentence.lower, book)
    if draft.mode is not None and draft.mode not in codebook.type(draft.type).modes:
        draft.mode = None
    draft.domains |= domains_of(draft, words)
    if is_habit(sentence.tokens.doc[draft.trigger]):
        draft.flags.add(HABIT)
    draft.aggregate = HABIT in draft.flags or is_aggregate(draft, sentence, page)
    draft.claims.extend(claims_of(written))
    read_details(draft, sentence, page)


# A verb that ends a deployment says so more firmly than a noun that says what is ended ("ended the escort").
WITHDRAWAL = "withdrawal"
# What was signed was negotiated before; words for that take nothing from the verb, unless it was only initialled.
DONE_AND_LED_TO = ("signed", "negotiated")


def mode_of(draft: Draft, clause: str, whole: str, book: PatternBook) -> str | None:
    """The first mode whose words stand in the clause (or, failing that, the sentence) or whose parties fit."""
    if draft.mode == WITHDRAWAL:
        return WITHDRAWAL
    rules = book.modes.get(draft.type, ())
    for words in (clause, whole):
        for rule in rules:
            if (
                rule.words
                and any(w in words for w in rule.words)
                and (not rule.parties or len(draft.codes()) >= rule.parties)
            ):
                if rule.visitor and not visitor_is(draft, rule.visitor):
                    continue
                if (draft.mode, rule.mode) == DONE_AND_LED_TO and not draft.trigger_text.startswith("initial"):
                    continue
                return rule.mode
    for rule in rules:
        if not rule.words and rule.visitor and visitor_is(draft, rule.visitor):
            return rule.mode
    if draft.type == "meeting" and draft.mode in ("bilateral", None):
        return "multilateral" if len(draft.codes()) > 2 else "bilateral"
    return draft.mode or book.default_modes.get(draft.type)


def visitor_is(draft: Draft, classes: frozenset[str]) -> bool:
    """Whether a visitor is of one of the classes."""
    for filler in draft.fillers:
        if filler.role == "visitor" and (
            filler.mention.cls in classes or any(c in filler.mention.text.lower() for c in classes)
        ):
            return True
    return False


def domains_of(draft: Draft, words: str) -> set[str]:
    """The domains whose words stand in the clause, and those that the mode implies."""
    found = {name for name, cues in tables()["domains"].items() if any(c in words for c in cues)}
    found.update(DOMAIN_TYPES.get(draft.mode or "", ()))
    if draft.type == "training":
        found.discard("training")
    return found


# Adverbs of what happens again and again.
AGAIN = frozenset({"annually", "yearly", "biennially", "regularly", "routinely", "frequently", "often"})


def is_habit(trigger: Token) -> bool:
    """Whether a trigger, or the verb that carries it, is told as happening again and again ("held annually since")."""
    verb = trigger.head if trigger.pos_ == "NOUN" and trigger.head.pos_ == "VERB" else trigger
    said = [child for token in (trigger, verb) for child in token.children]
    every = (c for c in said if c.dep_ == "npadvmod" and c.lower_ in ("year", "month", "week"))
    return any(c.lower_ in AGAIN for c in said) or any(t.lower_ in ("every", "each") for c in every for t in c.lefts)


def is_aggregate(draft: Draft, sentence: Sentence, page: Page) -> bool:
    """Whether the words sum up several events: a plural trigger, or a list of hosts in one visit."""
    token: Token = sentence.tokens.doc[draft.trigger]
    many = {c for f in draft.fillers if f.role in ("host", "recipient", "supplier", "visitor") for c in f.mention.codes}
    plural = token.tag_ in ("NNS", "NNPS") and token.lower_ in tables()["plural"]
    if draft.type == "visit":
        return plural or len(many) > 3
    if draft.type in ("incident", "transfer", "deployment", "exercise", "training"):
        words = {c.lower_ for c in token.children}
        return (plural and draft.type == "incident") or bool(
            words & {"several", "numerous", "many", "hundreds", "dozens", "various"}
        )
    return False


def claims_of(words: str) -> list[Claim]:
    """The superlatives and counts that the clause puts forward."""
    found: list[Claim] = []
    for kind, expressions in tables()["claims"].items():
        for expression in expressions:
            match = expression.search(words)
            if match:
                found.append(Claim(kind=kind, text=around(words, match.start(), match.end())))
                break
    return found


def around(words: str, start: int, end: int) -> str:
    """The claim with some words after it, cut at a comma or the clause's end."""
    tail = re.split(r"[,;.]", words[end : end + 80])[0]
    return (words[start:end] + tail).strip()
