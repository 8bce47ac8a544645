"""The lexicon's matches on the tokens of a text."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.extract.names import favoured_codes, phrase_names


def names(found: Any, sentence: int = 0) -> list[Any]:
    return list(found.page.names.of(found.parsed.sentences[sentence]))


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("Chile and Peru met.", "Chile", "CHL"),
        ("Omani officers met.", "Omani", "OMN"),
        ("The Kremlin spoke.", "Kremlin", "RUS"),
        ("North Korea spoke.", "North Korea", "PRK"),
        ("South Korea spoke.", "South Korea", "KOR"),
        ("NATO spoke.", "NATO", "NATO"),
        ("Guinea-Bissau spoke.", "Guinea-Bissau", "GNB"),
    ],
)
def test_a_name_stands_for_its_code(read: Any, text: str, word: str, code: str) -> None:
    """A state, demonym, metonym or body is read under its code."""
    assert [(n.text, n.entry.code) for n in names(read(text)) if n.text == word] == [(word, code)]


def test_offsets_and_tokens_agree(read: Any, cases: Any) -> None:
    """A name covers its words exactly and is found again from each of its tokens, in order of the text."""
    for case in [*cases("parties"), *cases("localities")]:
        found = read(case["text"])
        sentence = found.parsed.sentences[0]
        listed = names(found)
        assert [n.start for n in listed] == sorted(n.start for n in listed)
        for name in listed:
            assert case["text"][name.start : name.end] == name.text
            assert all(found.page.names.at(sentence, i) is not None for i in range(name.first, name.last + 1))


def test_a_sure_name_settles_a_weak_one(coder: Any) -> None:
    """Only names beyond doubt are favoured."""
    matches = coder.lexicon.find("Chile met the delegation.")
    assert favoured_codes(matches) == {"CHL"}
    weak = [m for m in coder.lexicon.find("Chad spoke.") if all(e.weak for e in m.entries)]
    assert favoured_codes(weak) == frozenset()


def test_a_phrase_gives_each_name_once(read: Any) -> None:
    """A name on several tokens is given once."""
    found = read("North Korea and Chile met.")
    sentence = found.parsed.sentences[0]
    assert [n.entry.code for n in phrase_names(sentence, found.page.names, sentence.tokens)] == ["PRK", "CHL"]


def test_names_of_other_sentences_are_not_mixed(read: Any) -> None:
    """Each sentence has its own names."""
    found = read("Chile spoke. Peru spoke.\n\nTonga spoke.")
    assert [[n.entry.code for n in names(found, i)] for i in range(3)] == [["CHL"], ["PER"], ["TON"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chile and Peru held Exercise Malabar off Suva.", "Malabar"),
        ("Chile and Peru held the Medusa naval drills.", "Medusa"),
        ("Chile met Peru in Malabar 2020 off Suva.", "Malabar"),
        ("Chile met Peru for MALABAR-20 off Suva.", "MALABAR"),
        ("Chile and Peru held a drill dubbed “Medusa” off Suva.", "Medusa"),
        ("The wargame of Chile and Peru, code-named Shaheen, began.", "Shaheen"),
        ("Chile and Peru took part in AUSINDEX.", "AUSINDEX"),
    ],
)
def test_an_exercises_name_is_told(read: Any, text: str, name: str) -> None:
    """A common word is an exercise beside a noun for exercises or a year; a coined name is one anywhere."""
    assert [n.text for n in names(read(text)) if n.entry.kind == "exercise"] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Fishermen of Malabar met Chile's navy.",
        "Chile's exercise took place in Malabar.",
        "Medusa spoke to Peru.",
        "Chile's thunder shook Peru in an exercise.",
        "Shaheen visited Peru, where drills began.",
    ],
)
def test_a_common_word_is_no_exercise(read: Any, text: str) -> None:
    """A place, a person or a plain word that is also an exercise's name is none without a word for it beside."""
    assert [n.text for n in names(read(text)) if n.entry.kind == "exercise"] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minister told AFP that Australia was ready.", None),
        ("Australia moved troops (AFP).", None),
        ("Australia sent the AFP to Tonga.", "AUS"),
    ],
)
def test_an_agencys_initials_are_no_police(read: Any, text: str, code: str | None) -> None:
    """Initials that were told, or stand as a credit, are a news agency's; else a body's."""
    assert [n.entry.code for n in names(read(text)) if n.text == "AFP"] == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Foreign Office spoke.", "GBR"),
        ("Pakistan is calm, the Foreign Office said.", "PAK"),
        ("Britain is calm, the Foreign Office said.", "GBR"),
    ],
)
def test_a_shared_name_is_the_named_states(read: Any, text: str, code: str) -> None:
    """A bare name that bodies of several states bear belongs to the one that the text names."""
    assert [n.entry.code for n in names(read(text)) if n.text == "Foreign Office"] == [code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The Security Council condemned the attack.", {"UNO"}),
        ("Syria told the Security Council of the attack.", {"SYR", "UNO"}),
        ("Russia's Security Council met on Monday.", {"RUS"}),
        ("The Armenian Security Council met on Monday.", {"ARM"}),
        ("The Security Council of Armenia met on Monday.", {"ARM"}),
    ],
)
def test_a_body_that_a_state_owns_is_not_the_world_s(read: Any, text: str, codes: set[str]) -> None:
    """A short name of an international body gives way to the state named right beside it."""
    assert {code for m in read(text).page.mentions.all for code in m.codes} == codes
