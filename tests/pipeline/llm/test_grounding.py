"""Quotations found letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.llm.grounding import Grounds
from communique.records import Span

TEXT = (
    "Romanian ships left Oman’s port.\nThe “joint drill” — Sea\u00a0Shield —  began; Oman praised it. "
    "阿曼海军访问了卡拉奇"
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Oman's port", "Oman’s port"),
        ("Oman", "Oman"),
        ('"joint drill" - Sea Shield', "“joint drill” — Sea\u00a0Shield"),
        ("port. The", "port.\nThe"),
        ("  Oman praised it. ", "Oman praised it."),
        ('"Oman praised it"', "Oman praised it"),
        ("海军", "海军"),
        ("oman praised it", None),
        ("Romani", None),
        ("ships ... port", None),
        ("Oman denied it", None),
        ("", None),
        ("—", None),
        (None, None),
    ],
)
def test_only_the_texts_own_words_are_found(words, found):
    """White space and typographic marks may differ, letters and word ends may not."""
    span = Grounds(TEXT).find(words)
    assert (span.of(TEXT) if span is not None else None) == found


def test_the_nearest_place_wins():
    """Of several places the one nearest to the evidence is taken, inside the piece before others."""
    grounds = Grounds(TEXT)
    late = Span(start=len(TEXT) - 30, end=len(TEXT))
    assert grounds.find("Oman", near=late).start > 40
    assert grounds.find("Oman", near=late, within=Span(start=0, end=30)).start < 30


@given(st.text(max_size=60), st.data())
def test_every_whole_word_stretch_is_found(text, data):
    """What is cut out of a text at word ends is found in it, with offsets that give the same words."""
    text = f"{text} Oman met {text[::-1]}"
    start = text.index("Oman met")
    end = data.draw(st.sampled_from([start + 4, start + 8]))
    found = Grounds(text).find(text[start:end])
    assert found is not None
    assert found.of(text) == text[start:end]
