"""Everything that is chosen stands in the address, and an address always means the same."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import UnusableOption
from communique.web.address import Address, pages_around

CODES = [
    ("country", "IRN"), ("country", "NATO"), ("pair", "IRN-SYR"), ("type", "visit"), ("type", "meeting"),
    ("mode", "naval"), ("status", "planned"), ("domain", "maritime"), ("camp", "party IRN"), ("camp", "independent"),
    ("place_country", "FRA"),
]  # fmt: skip
WORDS = st.tuples(st.sampled_from(["outlet", "text", "documents"]), st.text(min_size=1, max_size=8).filter(str.strip))
CHOICE = st.one_of(st.sampled_from(CODES), WORDS)
PAIRS = st.lists(CHOICE, max_size=6)


def read(link: str) -> Address:
    return Address.of(parse_qsl(urlsplit(link).query, keep_blank_values=True))


@given(PAIRS, st.sampled_from(["engagements", "reports"]), st.integers(1, 90))
def test_an_address_is_what_its_link_says(pairs, unit, page):
    """Reading the link of an address gives the address."""
    address = Address.of(pairs).showing(unit=unit, page=page)
    assert read(address.link()) == address


@given(PAIRS, CHOICE)
def test_toggling_twice_changes_no_choice(pairs, choice):
    """A value that is taken in and out again leaves the choice as it was, but for filters that hold one value."""
    name, value = choice
    address = Address.of(pairs)
    there = address.toggled(name, value)
    assert ((name, value) in there.chosen) != ((name, value) in address.chosen)
    if name != "text":
        assert set(there.toggled(name, value).chosen) == set(address.chosen)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("foo=1", "no filter 'foo'"), ("contry=IRN", "did you mean 'country'"),
        ("type=visits", "did you mean 'visit'"), ("country=XQZ", "no actor"), ("page=0", "whole number"),
        ("page=-1", "whole number"), ("page=x", "whole number"), ("page=²", "whole number"), ("size=501", "500"),
        ("witnesses=two", "whole number"), ("since=2020-13-01", "filter since"), ("unit=cats", "unit cannot be"),
        ("view=cube", "view cannot be"), ("nodes=x", "nodes cannot be"), ("page=99999999999", "whole number"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_the_way_out(query, words):
    with pytest.raises(UnusableOption, match=words):
        Address.of(parse_qsl(query))


def test_empty_values_of_a_form_are_no_filters_and_values_of_one_filter_go_together():
    address = Address.of([("country", ""), ("text", " "), ("type", "visit"), ("type", "meeting"), ("type", "visit")])
    assert address.filters().type == ("visit", "meeting")
    assert address.filters(without="type").type == ()
    assert address.link() == "/explore?type=visit&type=meeting"


def test_one_choice_has_one_address_however_it_is_written():
    pairs = [("country", "irn"), ("country", "IRN"), ("pair", "syr,irn"), ("camp", "party irn")]
    assert Address.of(pairs).link() == "/explore?country=IRN&pair=IRN-SYR&camp=party+IRN"


def test_a_page_cuts_the_list():
    cut = Address(page=3, size=20).filters(paged=True)
    assert (cut.limit, cut.offset) == (20, 40)


def test_sorting_again_turns_it_round():
    assert Address().sorted_by("date").sort == "date"
    assert Address().sorted_by("reports").sort == "-reports"
    assert Address().sorted_by("place").sort == "place"
    assert Address().sorted_by("place").sorted_by("place").sort == "-place"


@given(st.integers(1, 60), st.integers(1, 60))
def test_pages_to_link_to_hold_first_last_and_present_in_order(page, last):
    shown = [n for n in pages_around(min(page, last), last) if n is not None]
    assert shown == sorted(set(shown))
    assert {1, last, min(page, last)} <= set(shown)
