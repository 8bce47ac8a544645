"""How mentions are weighed together."""

from __future__ import annotations

import math
from typing import Any

import pytest

from communique.pipeline.merge.likely import density_of, features_of, features_of_events, logit

VISIT = {"visitor": ["OMN"], "host": ["TON"]}


@pytest.mark.parametrize("p", [0.0, 0.001, 0.25, 0.5, 0.9, 1.0])
def test_logit(p: float) -> None:
    """Log odds are finite, rise with the probability and are odd around a half."""
    assert math.isfinite(logit(p))
    assert logit(1 - p) == pytest.approx(-logit(p))
    assert logit(0.6) > logit(0.5) > logit(0.4)


def test_density(draft: Any) -> None:
    """A document without events is empty; likelier triggers make it fuller; headlines and echoes count nothing."""
    weak, strong = (draft("visit", VISIT, score=s) for s in (0.2, 0.9))
    assert density_of([]) < 0
    assert density_of([strong]) > density_of([weak])
    assert density_of([strong, draft("visit", VISIT, score=0.9, flags=["title"])]) == density_of([strong])


def test_features_do_not_depend_on_the_order(draft: Any) -> None:
    """The features of a group are those of the set of its drafts."""
    a, b = draft("visit", VISIT, 0, score=0.4), draft("visit", VISIT, 3, score=0.8, on=7)
    one, other = features_of([a, b], 0.1), features_of([b, a], 0.1)
    assert one == {k: pytest.approx(v) for k, v in other.items()}


def test_features_tell_what_there_is(draft: Any) -> None:
    """Two parties, a date, a person and a headline each show; what is not there is not named."""
    found = features_of(
        [
            draft("visit", {"visitor": ["OMN: Salim Said"], "host": ["TON"]}, on=7, flags=["title"]),
            draft("visit", VISIT, 2),
        ],
        0.1,
    )
    assert {
        "parties=2",
        "visit:parties=2",
        "mentions=1",
        "in title",
        "dated",
        "person",
        "type=visit",
        "status=occurred",
        "lead",
    } <= set(found)
    assert not {"only echoes", "placed", "aggregate", "many"} & set(found)
    assert all(v and math.isfinite(v) for v in found.values())


def test_guessed_parties_are_not_sure(draft: Any) -> None:
    """A party by nearness is no sure party."""
    assert "sure=2" in features_of([draft("visit", VISIT)], 0.1)
    assert "sure=0" in features_of([draft("visit", VISIT, rule="same sentence")], 0.1)


def test_a_weaker_twin_knows_the_stronger(draft: Any) -> None:
    """Of two events of one type and the same parties the weaker is told that a likelier one stands beside it."""
    strong, weak = draft("visit", VISIT, 0, score=0.9, on=7), draft("visit", VISIT, 5, score=0.3, on=21)
    other = draft("visit", {"visitor": ["CHL"], "host": ["FJI"]}, 9, score=0.8)
    first, second, third = features_of_events([[strong], [weak], [other]], [{"OMN": 0.9, "TON": 0.6}, {}, {}])
    assert (second["stronger twin"], first["weaker twin"]) == (1.0, 1.0)
    assert not {"stronger twin", "weaker twin"} & set(third)
    assert (first["surest party"], first["second party"]) == (0.9, 0.6)
