"""Normalising keeps offsets, capitals are demanded where a form has them, and longer matches oust shorter ones."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.lexicon.entries import Match
from communique.lexicon.matcher import Automaton, Source, capitals, form_key, longest, normalise, spelled_as

MATCHES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda p: Match(p[0], p[0] + p[1], "", ())), max_size=12
)


@given(st.text())
def test_normalising_keeps_every_offset(text: str) -> None:
    """One code point in, one code point out, also for letters whose small form has two (İ)."""
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet="aB -–\n\u00a0'’É.", max_size=30))
def test_normalising_twice_changes_nothing(text: str) -> None:
    """A form's key is its own key."""
    assert form_key(form_key(text)) == form_key(text)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("U.S.–led", "u.s. led"),
        ("South\u00a0Korea", "south korea"),
        ("South\nKorea", "south korea"),
        ("end\n\nStart", "end\n\nstart"),
        ("İzmir", "izmir"),
        ("Россия", "россия"),
        ("Йемен", "йемен"),
    ],
)
def test_letters_are_made_plain(text: str, normal: str) -> None:
    """Accents fall from Latin letters only; one line break is a space, two are a wall."""
    assert normalise(text) == normal


@given(st.lists(st.sampled_from(["ab", " ", "  ", "\n", "\n\n", " \n ", "\t", "C"]), max_size=20).map("".join))
def test_a_place_in_closed_up_text_leads_back_to_the_same_letter(text: str) -> None:
    """Runs of white space are closed up, and `origin` undoes it."""
    source = Source(text)
    assert len(source.folded) == len(source.plain)
    for index, char in enumerate(source.folded):
        if not char.isspace():
            assert normalise(text[source.origin(index)]) == char


@pytest.mark.parametrize(
    ("spelling", "needed"),
    [
        ("army", ()),
        ("Iran", (0,)),
        ("al-Qaida", (3,)),
        ("US", (0, 1)),
        ("US Navy", (0, 1)),
        ("U.S.", (0, 2)),
        ("INTERPOL", (0,)),
        ("The Hague", (4,)),
        ("N. Korea", (0,)),
    ],
)
def test_acronyms_need_all_their_capitals_and_names_their_first(spelling: str, needed: tuple[int, ...]) -> None:
    """More than five capitals count as a name."""
    assert capitals(spelling) == needed


@pytest.mark.parametrize(
    ("text", "spelling", "exact", "right"),
    [
        ("iran", "Iran", False, False),
        ("IRAN", "Iran", False, True),
        ("us", "US", False, False),
        ("Us", "US", False, False),
        ("Army", "army", False, True),
        ("Male", "Malé", True, False),
        ("MALÉ", "Malé", True, True),
        ("Lome", "Lomé", False, True),
    ],
)
def test_the_text_must_be_spelled_as_the_form_needs(text: str, spelling: str, exact: bool, right: bool) -> None:
    """A weak form needs its accents too."""
    assert spelled_as(Source(text), 0, spelling, exact) is right


def test_only_whole_words_are_found() -> None:
    """ "oman" stands neither in "omani" nor in "roman", but before a possessive and in a compound."""
    found = Automaton(["oman"]).scan(Source("Omani Roman Oman's Oman-led _Oman_ Oman2"))
    assert [each.start for each in found] == [12, 19, 29]


def test_an_automaton_of_nothing_finds_nothing() -> None:
    """An empty lexicon doesn't fail."""
    assert Automaton([]).scan(Source("Iran")) == []


@given(MATCHES)
def test_what_remains_is_disjoint_and_what_falls_overlapped_something_as_long(matches: list[Match]) -> None:
    """The longest match wins; a match is dropped only for one that overlaps it and is no shorter."""
    kept = longest(matches)
    assert all(left.end <= right.start for left, right in itertools.pairwise(kept))
    for match in matches:
        if match not in kept:
            assert any(
                other.start < match.end
                and match.start < other.end
                and other.end - other.start >= match.end - match.start
                for other in kept
            )


def test_a_line_in_capitals_has_three_words_and_no_small_letter() -> None:
    """A mere acronym on a line is no headline."""
    text = "U.S. TO SELL\nUS Navy went\nNATO"
    source = Source(text)
    assert [source.in_capitals(at) for at in (0, 5, 13, 26)] == [True, True, False, False]
