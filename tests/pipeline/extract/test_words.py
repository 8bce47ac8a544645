"""Lemmas, noun classes and noun phrases."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.extract.words import (
    classes_of_lemma,
    conjuncts,
    following_of,
    noun_classes,
    phrase_tokens,
    plain_singular,
)


def token(parse: Any, text: str, word: str) -> Any:
    return next(t for t in parse(text).sentences[0].tokens if t.text == word)


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Chile visited Peru.", "visited", "visit"),
        ("The talks were held.", "talks", "talk"),
        ("The talks were held.", "held", "hold"),
        ("The talks were held.", "were", "be"),
        ("Armed Forces met.", "Forces", "force"),
        ("Chile met Peru.", "Chile", "chile"),
        ("They will discuss it.", "discuss", "discuss"),
        ("They need access.", "need", "need"),
        ("They need access.", "access", "access"),
        ("Chile will succeed.", "succeed", "succeed"),
        ("The former minister spoke.", "former", "former"),
    ],
)
def test_lemmas(parse: Any, coder: Any, text: str, word: str, lemma: str) -> None:
    """A lemma is in lower case; a proper name keeps its form but for the plural; asking twice gives the same."""
    found = token(parse, text, word)
    assert coder.lemmas(found) == coder.lemmas(found) == lemma


@given(st.text(alphabet="abceiosuy", max_size=12))
def test_a_singular_is_never_longer(word: str) -> None:
    """The singular of any letters is no longer, and no word loses all its letters."""
    found = plain_singular(word)
    assert len(found) <= len(word)
    assert bool(found) == bool(word) or word == "s"


def test_classes() -> None:
    """A noun is found by lemma, by its plural and by the last part of a compound; unknown words have no class."""
    vessel = next(w for w in sorted(noun_classes()["vessel"]) if w.isalpha())
    assert "vessel" in classes_of_lemma(vessel)
    assert "vessel" in classes_of_lemma(f"super-{vessel}")
    assert classes_of_lemma("xyzzy") == frozenset()


def test_noun_classes_are_strings_in_lower_case() -> None:
    """Each class has words, each word is text, none is unreachable for its case."""
    for name, words in noun_classes().items():
        assert words, name
        assert [w for w in words if not isinstance(w, str) or w != w.lower()] == [], name


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        ("Chile, Fiji, Peru and Tonga met.", "Chile", ["Chile", "Fiji", "Peru", "Tonga"]),
        ("Chile and Peru met.", "Chile", ["Chile", "Peru"]),
        ("Chile met.", "Chile", ["Chile"]),
    ],
)
def test_conjuncts_come_in_order(parse: Any, text: str, first: str, expected: list[str]) -> None:
    """All members of a list, the first included, in order of the text."""
    found = conjuncts(token(parse, text, first))
    assert [t.text for t in found] == expected
    assert [t.i for t in found] == sorted(t.i for t in found)


def test_conjuncts_of_every_word_come_in_order(parse: Any, cases: Any) -> None:
    """Whatever the sentence: a word's list begins with it, is in order and names nothing twice."""
    for case in [*cases("parties"), *cases("status")]:
        for word in parse(case["text"]).sentences[0].tokens:
            found = [t.i for t in conjuncts(word)]
            assert found[0] == word.i
            assert found == sorted(set(found))


def test_a_phrase_is_its_head_and_what_stands_before(parse: Any, cases: Any) -> None:
    """A noun phrase ends with its head and lies in one sentence."""
    assert [t.text for t in phrase_tokens(token(parse, "The Chilean military delegation left.", "delegation"))][
        -2:
    ] == ["military", "delegation"]
    for case in cases("parties"):
        for word in parse(case["text"]).sentences[0].tokens:
            found = list(phrase_tokens(word))
            assert found[-1] == word
            assert all(t.i <= word.i for t in found)


def test_following(parse: Any) -> None:
    """The object of the named prepositions only."""
    head = token(parse, "Forces of Oman in Yemen drilled.", "Forces")
    assert [t.text for t in following_of(head, "of")] == ["Oman"]
