"""A state's name in a person's name is told from the state."""

from __future__ import annotations

import pytest

from communique.lexicon.persons import PersonNames

NAMES = PersonNames({"given": ["Michael"], "surnames": ["Smith"], "titles": ["Mr"]})


@pytest.mark.parametrize(
    ("text", "word", "person"),
    [
        ("Michael Jordan spoke", "Jordan", True),
        ("Jordan Smith spoke", "Jordan", True),
        ("Mr. Jordan spoke", "Jordan", True),
        ("Mr Jordan spoke", "Jordan", True),
        ("(Michael Jordan)", "Jordan", True),
        ("Michael, Jordan's envoy", "Jordan", False),
        ("Jordan, Smith said", "Jordan", False),
        ("JORDAN Smith", "JORDAN", False),
        ("Carmichael Jordan", "Jordan", False),
        ("Jordan Smithsonian", "Jordan", False),
    ],
)
def test_given_names_titles_and_surnames_next_to_the_word_make_it_a_person(text: str, word: str, person: bool) -> None:
    """Only a neighbour without punctuation between counts."""
    start = text.index(word)
    assert NAMES.part_of_name(text, start, start + len(word)) is person
