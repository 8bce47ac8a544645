"""Who stands where around a verb or a noun."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.extract.arcs import is_passive, noun_arcs, verb_arcs, verb_arcs_shallow


def token(parse: Any, text: str, word: str) -> Any:
    return next(t for t in parse(text).sentences[0].tokens if t.text == word)


@pytest.mark.parametrize(
    ("text", "verb", "slot", "word"),
    [
        ("Chile attacked Peru.", "attacked", "subject", "Chile"),
        ("Chile attacked Peru.", "attacked", "object", "Peru"),
        ("Peru was attacked by Chile.", "attacked", "subject", "Chile"),
        ("Peru was attacked by Chile.", "attacked", "object", "Peru"),
        ("Chile gave Peru two boats.", "gave", "indirect", "Peru"),
        ("Chile gave two boats to Peru.", "gave", "to", "Peru"),
        ("China gave Peru trucks.", "gave", "indirect", "Peru"),
        ("Turkey sold Pakistan corvettes in 2018.", "sold", "indirect", "Pakistan"),
        ("Chile bought boats from Peru.", "bought", "from", "Peru"),
        ("Chile signed an accord with Peru.", "signed", "with", "Peru"),
        ("Peru urged Chile to withdraw troops.", "withdraw", "subject", "Chile"),
        ("Chile wants to buy boats.", "buy", "subject", "Chile"),
        ("Chile met Peru and attacked Tonga.", "attacked", "subject", "Chile"),
        ("Chile, which attacked Peru, spoke.", "attacked", "subject", "Chile"),
        ("An accord signed by Chile and Peru ended.", "signed", "subject", "Chile"),
        ("Peru pledged to withdraw troops.", "withdraw", "subject", "Peru"),
    ],
)
def test_verbs(parse: Any, text: str, verb: str, slot: str, word: str) -> None:
    """Passives, datives, control, coordination and relative clauses are looked through."""
    assert word in [t.text for t in verb_arcs(token(parse, text, verb))[slot]]


@pytest.mark.parametrize(
    ("text", "noun", "slot", "word"),
    [
        ("Chile's visit to Peru ended.", "visit", "poss", "Chile"),
        ("Chile's visit to Peru ended.", "visit", "to", "Peru"),
        ("Talks between Chile and Peru ended.", "Talks", "between", "Chile"),
        ("Chile paid a visit to Peru.", "visit", "subject", "Chile"),
        ("The Chilean visit ended.", "visit", "mod", "Chilean"),
        ("The exercise was attended by Chile.", "exercise", "subject", "Chile"),
        ("Chile held talks with Peru.", "talks", "with", "Peru"),
        ("The sale of boats to Peru ended.", "sale", "of", "boats"),
        ("Chile held talks with Peru.", "talks", "governor", "held"),
    ],
)
def test_nouns(parse: Any, text: str, noun: str, slot: str, word: str) -> None:
    """A noun's own modifiers and prepositions, and those of the verb that carries it."""
    assert word in [t.text for t in noun_arcs(token(parse, text, noun))[slot]]


@pytest.mark.parametrize(
    ("text", "word", "passive"),
    [
        ("Peru was attacked.", "attacked", True),
        ("Chile attacked Peru.", "attacked", False),
        ("An accord signed by Chile ended.", "signed", True),
    ],
)
def test_passive(parse: Any, text: str, word: str, passive: bool) -> None:
    """A participle with "be" or after its noun is a passive."""
    assert is_passive(token(parse, text, word)) is passive


def test_slots_hold_words_of_the_paragraph(parse: Any, cases: Any) -> None:
    """No sentence makes the slots fail, and no word is put into its own slot by subject or object."""
    for case in [*cases("status"), *cases("voice"), *cases("parties")]:
        for sentence in parse(case["text"]).sentences:
            for word in sentence.tokens:
                for arcs in (verb_arcs(word), noun_arcs(word), verb_arcs_shallow(word)):
                    assert all(t.doc is word.doc for things in arcs.values() for t in things)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Chile sold Patriot missiles to Peru.", "sold"),
        ("Chile sold Russian missiles.", "sold"),
        ("Chile visited Peru bases.", "visited"),
    ],
)
def test_what_is_given_is_not_who_receives(parse: Any, text: str, verb: str) -> None:
    """A name before what is given receives it only where the sentence names nobody else who does."""
    assert not verb_arcs(token(parse, text, verb))["indirect"]
