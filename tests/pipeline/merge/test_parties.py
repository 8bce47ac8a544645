"""Whom an event keeps of those that may take part in it."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.merge.parties import named_by_grammar, settle_parties

# A table by which a party that only a reader names has a probability of 0.62, and one that grammar names 0.88.
TABLE = {"bias": 2.0, "rule=reader": -1.5}


@pytest.mark.parametrize(
    ("kind", "by_grammar", "kept"),
    [
        ("meeting", {"party": ["CHL", "PER"]}, {"CHL", "PER"}),
        ("meeting", {"party": ["CHL"]}, {"CHL", "TON"}),
        ("visit", {"visitor": ["CHL"], "host": ["PER"]}, {"CHL", "PER"}),
        ("visit", {"visitor": ["CHL", "PER"]}, {"CHL", "PER", "TON"}),
        ("visit", {"host": ["CHL"]}, {"CHL", "TON"}),
    ],
)
def test_a_borrowed_party_completes_an_event(
    draft: Any, kind: str, by_grammar: dict[str, list[str]], kept: set[str]
) -> None:
    """A doubtful party of a reader's stays where grammar leaves a side empty, and goes where it names a whole event."""
    made = draft(kind, by_grammar)
    role = "party" if kind == "meeting" else "visitor"
    made.fillers += draft(kind, {role: ["TON"]}, rule="reader").fillers
    assert set(settle_parties([made], TABLE)) == kept
    assert made.codes() == kept


def test_a_sure_party_stays_beside_a_whole_event(draft: Any) -> None:
    """What a reader is sure of is not doubted for its being borrowed."""
    made = draft("meeting", {"party": ["CHL", "PER"]})
    made.fillers += draft("meeting", {"party": ["TON"]}, rule="reader").fillers
    assert set(settle_parties([made], {"bias": 2.0})) == {"CHL", "PER", "TON"}


@pytest.mark.parametrize("flag", ["title", "echo"])
def test_headlines_and_echoes_name_no_whole_event(draft: Any, flag: str) -> None:
    """Only full mentions tell by grammar who takes part."""
    assert named_by_grammar([draft("meeting", {"party": ["CHL", "PER"]}, flags=[flag])], {"CHL", "PER"}) == set()
