"""The words that tell an event."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.extract import hints_of


def told(read: Any, text: str) -> set[tuple[str, str]]:
    return {(d.type, d.trigger_text) for d in read(text).drafts if "needs missed" not in d.flags}


@pytest.mark.parametrize(
    ("text", "kind", "trigger"),
    [
        ("Oman's defence minister visited Tonga.", "visit", "visited"),
        ("The visit of Oman's defence minister to Tonga ended.", "visit", "visit"),
        ("Oman's defence minister met his Tongan counterpart.", "meeting", "met"),
        ("Chile and Peru signed a defence agreement.", "agreement", "signed"),
        ("Chile and Peru held a joint naval exercise.", "exercise", "exercise"),
        ("Chile sold missiles to Peru.", "transfer", "sold"),
        ("Chile trained Tongan soldiers.", "training", "trained"),
        ("Chile deployed troops to Mali.", "deployment", "deployed"),
        ("Chile joined NATO.", "membership", "joined"),
        ("Chile's navy attacked a Peruvian ship.", "incident", "attacked"),
        ("Chile condemned Peru for the attack.", "statement", "condemned"),
        ("General Juan Rojas was appointed chief of Chile's army.", "appointment", "appointed"),
        ("Chile and Peru will strengthen cooperation against terrorism.", "cooperation", "cooperation"),
    ],
)
def test_each_type_has_a_trigger(read: Any, text: str, kind: str, trigger: str) -> None:
    """A plain sentence of each type is a draft of it, its conditions met."""
    assert (kind, trigger) in told(read, text)


@pytest.mark.parametrize(
    "word", ["A patrol boat of Chile sank.", "The training ground lies in Peru.", "The visit plan was written."]
)
def test_a_modifying_noun_tells_no_event(read: Any, word: str) -> None:
    """A noun that only modifies a thing is no trigger, one that modifies a plan may be."""
    triggers = {t.lower() for _, t in told(read, word)}
    assert not triggers & {"patrol", "training"}


def test_names_are_no_triggers(read: Any) -> None:
    """A word within a person's name tells no event."""
    found = told(read, "Chilean General Peter Drill spoke.")
    assert not {t for _, t in found} & {"Drill"}


def test_a_draft_is_at_its_word(read: Any, cases: Any) -> None:
    """Each draft's trigger is the token that it names, and its first reason the pattern that matched."""
    for case in [*cases("parties"), *cases("status")]:
        found = read(case["text"])
        for draft in found.drafts:
            sentence = found.parsed.sentences[draft.sentence]
            assert sentence.tokens.doc[draft.trigger].text == draft.trigger_text
            assert draft.why[0].startswith(f"{draft.type}:")


def test_a_word_gives_each_type_once(read: Any, cases: Any) -> None:
    """One trigger word is at most one draft of a type."""
    for case in cases("parties"):
        keys = [(d.sentence, d.trigger, d.type) for d in read(case["text"]).drafts]
        assert len(keys) == len(set(keys))


def test_members_named_after_including(read: Any) -> None:
    """The members that a plural names after it are parties."""
    found = read("Several countries, including Fiji and Tonga, held a joint naval exercise with Chile.")
    assert {"FJI", "TON", "CHL"} <= {c for d in found.of("exercise") for c in d.codes()}


def test_a_text_without_events_has_none(read: Any) -> None:
    """Prose without any trigger gives no draft."""
    assert told(read, "The sea is blue. Chile is long and Peru is high.") == set()


def test_a_name_before_its_noun_is_told_once(read: Any) -> None:
    """Of "the Malabar 2020 exercises" the noun tells the exercise; the name by itself does where it stands alone."""
    found = read("One of the areas of focus in the Malabar 2020 exercises of Chile and Peru will be rescue at sea.")
    assert [d.trigger_text for d in found.of("exercise") if d.trigger_text in ("Malabar", "exercises")] == ["exercises"]
    assert "AUSINDEX" in [d.trigger_text for d in read("Chile and Peru saw AUSINDEX off Suva.").of("exercise")]


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("Chile sold missiles to Peru.", {"sold": "transfer", "missiles": "transfer"}),
        ("The minister slept.", {}),
        ("The Malabar 2020 drills", {"Malabar": "exercise", "drills": "exercise"}),
        ("They will visit Chile before the drills.", {"visit": "visit", "drills": "exercise"}),
    ],
)
def test_what_words_are_known_to_tell(read: Any, coder: Any, text: str, hints: dict[str, str]) -> None:
    """A reader is told the type of event of each word that the codebook's triggers or the lexicon's names know."""
    found = read(text)
    sentence = found.parsed.sentences[0]
    told = hints_of(sentence, found.page, coder.book)
    assert {sentence.tokens.doc[token].text: kind for token, kind in told.items()} == hints
