"""Weights and probabilities."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.weigh import probability, rules_weights, strongest

TABLES = st.dictionaries(st.sampled_from(["bias", "a", "b", "c"]), st.floats(-1e6, 1e6), max_size=4)
FEATURES = st.dictionaries(st.sampled_from(["a", "b", "d"]), st.floats(-10, 10), max_size=3)


@given(features=FEATURES, table=TABLES)
def test_a_probability_lies_between_nought_and_one(features: dict[str, float], table: dict[str, float]) -> None:
    """Whatever the weights, the result is a probability."""
    assert 0.0 <= probability(features, table) <= 1.0


def test_probability() -> None:
    """The logistic function of bias and weighted features; a feature without a weight counts nothing."""
    assert probability({}, {}) == 0.5
    assert probability({"a": 2.0, "unknown": 99.0}, {"bias": -1.0, "a": 0.5}) == pytest.approx(0.5)
    assert probability({"a": 1.0}, {"a": 1.0}) == pytest.approx(1 / (1 + math.exp(-1)))


@given(features=FEATURES, table=TABLES, count=st.integers(0, 4))
def test_strongest(features: dict[str, float], table: dict[str, float], count: int) -> None:
    """At most so many reasons, each the name of a feature with a weight."""
    found = strongest(features, table, count)
    assert len(found) <= count
    assert {line.split(" ", 1)[1] for line in found} <= set(features) & set(table)


def test_the_strongest_comes_first() -> None:
    """Reasons are in order of what they weighed, whether for or against."""
    assert strongest({"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 0.5, "b": -2.0, "c": 0.1}, 2) == ["-2.0 b", "+0.5 a"]


def test_the_packaged_weights_are_numbers() -> None:
    """Drafts and groups of drafts have tables of finite weights with a bias."""
    for name in ("draft", "event"):
        table = rules_weights()[name]
        assert "bias" in table
        assert all(math.isfinite(w) for w in table.values())
