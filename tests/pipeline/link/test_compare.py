"""Parties, persons, places, units and matter agree or differ as a reader would say."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.link.compare import (
    compare_domains,
    compare_matter,
    compare_parties,
    compare_people,
    compare_places,
    compare_units,
)
from communique.pipeline.link.names import person_key
from communique.pipeline.link.values import Matter, Units, place_value, sides_value


def sides(kind: str, *parties: tuple[str, str]) -> Any:
    """The sides of a report of this type."""
    return sides_value((kind, parties))


IRN_SYR = sides("visit", ("visitor", "IRN"), ("host", "SYR"))


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        (IRN_SYR, IRN_SYR, "same"),
        (IRN_SYR, sides("visit", ("visitor", "SYR"), ("host", "IRN")), "reversed"),
        (IRN_SYR, sides("visit", ("visitor", "IRN")), "single"),
        (sides("visit", ("visitor", "IRN")), sides("visit", ("visitor", "IRN")), "same_one"),
        (IRN_SYR, sides("visit", ("visitor", "IRN"), ("host", "LBN")), "other_side"),
        (IRN_SYR, sides("visit", ("visitor", "TUR"), ("host", "LBN")), "none"),
        (
            sides("exercise", ("host", "IRN"), ("party", "RUS")),
            sides("exercise", ("party", "IRN"), ("host", "RUS")),
            "same",
        ),
        (
            sides("exercise", ("party", "IRN"), ("party", "RUS"), ("party", "CHN")),
            sides("exercise", ("party", "IRN"), ("party", "RUS")),
            "subset",
        ),
        (
            sides("meeting", ("party", "ECOWAS"), ("party", "NGA")),
            sides("meeting", ("party", "ECOWAS"), ("party", "GHA")),
            "overlap",
        ),
        (
            sides("meeting", ("party", "FRA"), ("party", "NGA")),
            sides("meeting", ("party", "FRA"), ("party", "GHA")),
            "one_shared",
        ),
        (sides("incident", ("perpetrator", "UNKNOWN")), IRN_SYR, "none"),
    ],
)
def test_parties(a: Any, b: Any, level: str) -> None:
    """Who acts on whom counts where the type has sides; a body may stand for its members."""
    assert compare_parties(a, b) == level
    assert compare_parties(b, a) == level


def people(*names: tuple[str, str]) -> Any:
    """Persons as compared."""
    return frozenset((actor, person_key(name)) for actor, name in names)


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ([("IRN", "Mohammad Bagheri")], [("IRN", "Baqeri")], "one"),
        ([("IRN", "Bagheri"), ("SYR", "Ayyoub")], [("IRN", "Baqeri"), ("SYR", "Ali Ayyoub")], "all"),
        ([("IRN", "Bagheri"), ("SYR", "Ayyoub")], [("IRN", "Baqeri"), ("SYR", "Assad")], "partial"),
        ([("SYR", "Ayyoub")], [("SYR", "Assad")], "differ"),
        ([("SYR", "Ayyoub")], [("IRN", "Bagheri")], "elsewhere"),
    ],
)
def test_people(a: list[tuple[str, str]], b: list[tuple[str, str]], level: str) -> None:
    """Persons are compared within their country."""
    assert compare_people(people(*a), people(*b)) == level
    assert compare_people(people(*b), people(*a)) == level


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        (("Damascus", "SYR", None, None), ("Damascus", "SYR", None, None), "same"),
        (("Damascus", "SYR", None, None), ("Syria", "SYR", None, None), "vague"),
        (("Syria", "SYR", None, None), ("Syria", "SYR", None, None), "country"),
        (("Damascus", "SYR", None, None), ("Beirut", "LBN", None, None), "abroad"),
        (("Damascus", "SYR", 33.5, 36.3), ("Aleppo", "SYR", 36.2, 37.2), "differ"),
        (("Rawalpindi", "PAK", 33.6, 73.0), ("Islamabad", "PAK", 33.7, 73.1), "near"),
        (("Pabbi", "PAK", None, None), ("National Counter Terrorism Center in Pabbi", "PAK", None, None), "same"),
        (("Gulf of Oman", None, None, None), ("Chabahar", "IRN", None, None), "sea"),
        (("Gulf of Oman", None, None, None), ("Sea of Oman", None, None, None), "same"),
        ((None, None, None, None), ("Damascus", "SYR", None, None), "untold"),
    ],
)
def test_places(a: Any, b: Any, level: str) -> None:
    """A country's name is no place of its own, and the kind of water does not part two names of it."""
    assert compare_places(place_value(a), place_value(b)) == level
    assert compare_places(place_value(b), place_value(a)) == level


def test_units_matter_and_domains() -> None:
    """Numbers part units, ships and sums unite, and other goods are another transfer."""
    none: frozenset[Any] = frozenset()
    assert compare_units(Units(frozenset({("IRN", 61)}), none), Units(frozenset({("IRN", 60)}), none)) == "differ"
    assert (
        compare_units(
            Units(none, frozenset({("choi", "young")})), Units(none, frozenset({("choi", "young"), ("galicia",)}))
        )
        == "same"
    )
    named = [Units(none, none, frozenset({(actor, frozenset({"standby"}))})) for actor in ("ECOWAS", "ECOWAS", "ECCAS")]
    assert compare_units(named[0], named[1]) == "same_name"
    assert compare_units(named[0], named[2]) == "untold"
    assert compare_matter(Matter(frozenset({"radar"}), none, None), Matter(frozenset({"radar"}), none, None)) == "same"
    assert compare_matter(Matter(frozenset({"radar"}), none, None), Matter(frozenset({"tank"}), none, None)) == "differ"
    assert compare_matter(Matter(none, none, 6e8), Matter(frozenset({"tank"}), none, 6e8)) == "same"
    assert compare_matter(Matter(none, none, 6e8, "USD"), Matter(none, none, 3.5e8, "USD")) == "differ"
    assert compare_matter(Matter(none, none, 6e8, "USD"), Matter(none, none, 6.3e8, "USD")) == "untold"
    assert compare_matter(Matter(none, none, 6e8, "USD"), Matter(none, none, 9e10, "JPY")) == "untold"
    assert compare_domains(frozenset({"maritime"}), frozenset({"cyber"})) == "differ"
    assert compare_domains(None, frozenset({"cyber"})) == "untold"
