"""An event's status is read from the words that govern its trigger."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.extract.status import climb, cues


def test_table(read: Any, status_case: dict[str, Any]) -> None:
    """Every case of tests/cases/status.yml has the status that the table says, and a word that decided it."""
    draft = read(status_case["text"]).one(status_case["type"], status_case["trigger"])
    assert draft.status == status_case["status"]
    assert draft.status_why


def test_every_status_of_the_codebook_is_in_the_table(cases: Any, coder: Any) -> None:
    """The table leaves no status untried."""
    assert {case["status"] for case in cases("status")} == set(coder.codebook.statuses)


@pytest.mark.parametrize(
    "status",
    [
        "denied",
        "cancelled",
        "proposed",
        "planned",
        "ongoing",
        "begun",
    ],
)
def test_cue_words_are_words_in_lower_case(status: str) -> None:
    """Every cue is text, and none is unreachable for its case."""
    words = [w for part in cues()["status"][status].values() for w in part]
    assert words
    assert [w for w in words if not isinstance(w, str) or w != w.lower()] == []


def test_climbing_stays_in_the_sentence(read: Any) -> None:
    """The chain over a trigger begins with it and never leaves its sentence."""
    found = read("Peru will buy ships. Chile urged Peru to withdraw its troops from Bolivia.")
    draft = found.one("deployment", "withdraw")
    sentence = found.parsed.sentences[draft.sentence]
    chain = list(climb(sentence.tokens.doc[draft.trigger], sentence))
    assert chain[0].text == "withdraw"
    assert all(sentence.tokens.start <= t.i < sentence.tokens.end for t in chain)
    assert "urged" in [t.text for t in chain]


def test_a_headline_infinitive_is_a_plan(read: Any) -> None:
    """ "Chile to sell missiles to Peru" in a headline tells of a plan."""
    found = read("The sale was announced on Monday.", title="Chile to sell missiles to Peru")
    assert found.one("transfer", "sell").status == "planned"
    assert "title" in found.one("transfer", "sell").flags
