"""Places with the preposition before them; seas belong to nobody."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.extract.localities import place_mention


def places(found: Any) -> list[Any]:
    return [loc for group in found.page.localities.values() for loc in group]


def test_table(read: Any, localities_case: dict[str, Any]) -> None:
    """Every case of tests/cases/localities.yml has its place, preposition and country."""
    found = {loc.text: loc for loc in places(read(localities_case["text"]))}
    assert localities_case["place"] in found
    place = found[localities_case["place"]]
    told = (place.preposition, place.country, place.sea)
    assert told == (localities_case["preposition"], localities_case.get("country"), localities_case.get("sea", False))


def test_offsets_slice_the_words(read: Any, localities_case: dict[str, Any]) -> None:
    """A place covers exactly its words."""
    for place in places(read(localities_case["text"])):
        assert localities_case["text"][place.start : place.end] == place.text


def test_a_sea_is_a_place_and_no_actor(read: Any, localities_case: dict[str, Any]) -> None:
    """No mention of a party lies within a sea's name."""
    found = read(localities_case["text"])
    for place in places(found):
        if place.sea:
            assert place_mention(place).codes == ()
            assert not [m.text for m in found.page.mentions.all if place.start <= m.start < place.end]


@pytest.mark.parametrize("text", ["General Juan Valdivia spoke.", "Mr. Ana Santiago spoke."])
def test_a_persons_name_is_no_place(read: Any, text: str) -> None:
    """The town in a person's name is not read as a place."""
    assert places(read(text)) == []


def test_a_town_is_its_country_as_host(read: Any) -> None:
    """A place stands for the country that it lies in."""
    (place,) = places(read("The ministers met in Muscat."))
    mention = place_mention(place)
    assert (mention.codes, mention.cls, mention.place_like) == (("OMN",), "place", True)


def test_a_continent_gives_way_to_a_country(read: Any) -> None:
    """A continent is a place only where the sentence tells no closer one."""
    assert [p.text for p in places(read("The ministers met in Lima to speak of work in Africa."))] == ["Lima"]
    assert [p.text for p in places(read("The ministers met in Africa."))] == ["Africa"]


def test_a_word_that_is_also_a_town_needs_its_country(read: Any) -> None:
    """ "Split" has Croatia's coast only where that country is told of; "Nov" is a month everywhere."""
    towns = [
        [p.country for p in places(read(f"The ministers of China and {state} met in {town}.")) if p.name == town]
        for state, town in (("Pakistan", "Split"), ("Croatia", "Split"), ("Pakistan", "Nov"), ("Tajikistan", "Nov"))
    ]
    assert [[code for code in found if code] for found in towns] == [[], ["HRV"], [], []]


@pytest.mark.parametrize("day", ["Wednesday", "August"])
def test_a_day_before_a_state_is_no_place(read: Any, day: str) -> None:
    """ "On Wednesday, Sweden announced ..." names no town of Sweden."""
    found = read(f"At a meeting held on {day}, Sweden announced aid.").page.localities
    assert not [place for places in found.values() for place in places if day in place.text]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Peru's Admiral Rojas arrived in the Syrian capital on Tuesday.", ("Damascus", "SYR")),
        ("Chile and Peru held talks in Oman's capital on Monday.", ("Muscat", "OMN")),
    ],
)
def test_a_state_s_capital_is_its_city(code: Any, text: str, place: tuple[str, str]) -> None:
    """The words that tell it so are a place, under the city's name."""
    assert {(r.place.name, r.place.country) for r in code(text) if r.place is not None} == {place}
