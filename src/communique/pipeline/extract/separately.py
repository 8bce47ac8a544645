"""Meetings told in one breath that were held one by one: "met separately with A and B"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from communique.pipeline.drafts import ALONE, Draft, Filler, Sentence

ONE_BY_ONE = frozenset({"separately", "individually"})


def told_apart(drafts: Iterable[Draft], sentence: Sentence) -> list[Draft]:
    """The drafts of a sentence, one for each other party of a meeting that its words tell to have been held with each
    by himself; what tells a meeting of them all goes."""
    found: list[Draft] = []
    met: set[str] = set()
    for draft in drafts:
        hosts = by_actor(f for f in draft.fillers if f.rule == "subject")
        guests = by_actor(f for f in draft.fillers if f.mention.codes not in hosts)
        one, many = sorted((hosts, guests), key=len)
        if draft.type == "meeting" and one and len(many) > 1 and one_by_one(sentence.tokens.doc[draft.trigger]):
            met |= {code for codes in many for code in codes}
            alone = [f for fillers in one.values() for f in fillers]
            found += [apart(draft, [*alone, *fillers]) for fillers in many.values()]
        else:
            found.append(draft)
    return [d for d in found if d.type != "meeting" or ALONE in d.flags or len(d.codes() & met) < 2]


def apart(draft: Draft, fillers: Iterable[Filler]) -> Draft:
    """A draft of one of the events that another tells."""
    return replace(
        draft,
        fillers=[replace(f) for f in fillers],
        flags=draft.flags | {ALONE},
        details=dict(draft.details),
        why=list(draft.why),
    )


def by_actor(fillers: Iterable[Filler]) -> dict[tuple[str, ...], list[Filler]]:
    """The fillers by whom they act for."""
    found: dict[tuple[str, ...], list[Filler]] = {}
    for filler in fillers:
        if filler.mention.codes:
            found.setdefault(filler.mention.codes, []).append(filler)
    return found


def one_by_one(trigger: Token) -> bool:
    """Whether the words around a trigger say so, at its verb or at its plural."""
    verb = trigger.head if trigger.pos_ == "NOUN" and trigger.head.pos_ == "VERB" else trigger
    said = {child.lower_ for token in (trigger, verb) for child in token.children}
    return bool(ONE_BY_ONE & said) or (trigger.tag_ == "NNS" and "separate" in said)
