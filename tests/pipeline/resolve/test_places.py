"""The words of a place give its country and coordinates, or nothing where they are unknown or ambiguous."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.lexicon import Lexicon, load_lexicon
from communique.lexicon.cities import DATA
from communique.pipeline.resolve.place_words import cores, squeeze
from communique.pipeline.resolve.places import resolve_place

SPECIAL = DATA / "places_special.csv"
CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "places.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']}-{case.get('country', 'none')}")
def test_the_table_of_places(case: dict[str, Any], lexicon: Lexicon) -> None:
    """Every case of tests/cases/places.yml resolves as the table says."""
    parties, near = frozenset(case.get("parties", ())), frozenset(case.get("near", ()))
    found = resolve_place(case["text"], lexicon, parties=parties, near=near)
    if case.get("none"):
        assert found is None
        return
    assert found is not None
    assert found.country == case["country"]
    assert found.why
    for field in ("name", "geo_precision"):
        key = {"geo_precision": "precision"}.get(field, field)
        if key in case:
            assert getattr(found, field) == case[key]
    if "within" in case:
        assert (found.lat, found.lon) == pytest.approx(tuple(case["within"]), abs=1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']}-{case.get('country', 'none')}")
def test_a_point_has_a_precision(case: dict[str, Any], lexicon: Lexicon) -> None:
    """Coordinates and precision come together or not at all."""
    found = resolve_place(case["text"], lexicon)
    if found is not None:
        assert (found.lat is None) == (found.lon is None) == (found.geo_precision is None)


def test_every_special_place_is_found_by_its_names(lexicon: Lexicon) -> None:
    """Each name in places_special.csv leads to its row's country and point, but for what is ambiguous by nature."""
    ambiguous = {"East Sea", "Georgia (U.S. state)", "Wellington (Tamil Nadu)"}
    lost = []
    with SPECIAL.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
                found = resolve_place(name, lexicon)
                right = found is not None and (found.country or "") == row["country"]
                point = found is not None and (found.lat is None or abs(found.lat - float(row["lat"])) < 2)
                if not (right and point) and name not in ambiguous:
                    lost.append((row["id"], name, found))
    assert lost == []


def test_every_capital_is_found(lexicon: Lexicon) -> None:
    """ "The capital of X" is a city of X for each state of today but Palau, whose capital is too small."""
    lost = []
    for code in lexicon.states():
        state = lexicon.state(code)
        if state.capital and state.membership and state.membership[-1].end is None:
            found = resolve_place(f"the capital of {state.name}", lexicon)
            if found is None or (found.country, found.geo_precision) != (code, 1):
                lost.append(code)
    assert lost == ["PLW"]


@settings(max_examples=60, deadline=None)
@given(words=st.text(alphabet="abcdefgh ijXYZ,.'-", max_size=40))
def test_invented_words_raise_nothing(words: str) -> None:
    """Whatever the words are, the answer is a place or None."""
    resolve_place(words, load_lexicon())


@given(text=st.text(alphabet="the North of inX ", min_size=1, max_size=40))
def test_cores_are_parts_of_the_words(text: str) -> None:
    """Cutting never adds a letter and keeps the whole words first."""
    words = squeeze(text)
    found = cores(words)
    assert found[0].name == words
    assert all(core.name in words for core in found)
