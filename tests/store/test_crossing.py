"""Places, pairs by year and officials who meet, counted from the arrays of the facets."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_coder import SmallCoder, document, gate

from communique.pipeline.keeping import add_items
from communique.store import Decision
from communique.store.crossing import commonest, crossed, paired, spots, tallied, together
from communique.store.cube import Column
from communique.store.query import Filters

TEXTS = (
    "IRN visits SYR on 2020-07-08. RUS meets IND on 2021-01-05.",
    "IRN meets CHN on 2021-03-05.",
    "IRN visits SYR on 2019-02-01. IRN visits SYR on 2020-09-09.",
)
PLACES = (
    {"name": "Damascus", "country": "SYR", "text": "Damascus"},
    {"name": "Tehran", "country": "IRN", "text": "Tehran"},
    {"name": "Damascus", "country": "SYR", "text": "Damascus"},
)


@pytest.fixture
def filled(record):
    """A record of five reports, three of which have a place with coordinates."""
    add_items(record, [document(f"d{n}", text) for n, text in enumerate(TEXTS)], SmallCoder, gate=gate)
    at = {"Damascus": (33.5, 36.3), "Tehran": (35.7, 51.4)}
    for row, place in zip(record.reports().to_pylist(), PLACES, strict=False):
        lat, lon = at[place["name"]]
        values = {"place": place, "lat": lat, "lon": lon, "geo_precision": 1}
        told = {"report": row["report_id"], "doc_id": row["doc_id"], "who": "Ann"}
        record.decide(Decision(kind="edit", field="*", value=values, **told))
    return record


def test_spots_are_the_places_with_their_numbers(filled):
    views = filled.views()
    rows, unplaced = spots(views, "reports", Filters(), 10)
    asked = views.ask("SELECT lat, lon, place, count(*) AS n FROM r WHERE lat IS NOT NULL GROUP BY ALL").to_pylist()
    assert {(r["lat"], r["lon"], r["place"], r["n"]) for r in rows} == {tuple(r.values()) for r in asked}
    assert [r["n"] for r in rows] == [2, 1]
    assert unplaced == 2
    numbers = {row["n"]: row["place"] for row in views.ask("SELECT n, place FROM r").to_pylist()}
    assert all(numbers[row["number"]] == row["place"] for row in rows)


def test_only_so_many_spots_are_told(filled):
    assert [row["place"] for row in spots(filled.views(), "reports", Filters(), 1)[0]] == ["Damascus"]


def test_pairs_by_year_are_those_of_the_selection(filled):
    views = filled.views()
    wanted = ["IRN-SYR", "CHN-IRN", "USA-ZZZ"]
    rows = crossed(views, "engagements", Filters(country="IRN"), "pairs", wanted, "year_type")
    counted = {(row["first"], row["second"]): row["n"] for row in rows}
    assert counted == {("IRN-SYR", "2020 visit"): 2, ("IRN-SYR", "2019 visit"): 1, ("CHN-IRN", "2021 meeting"): 1}


def test_officials_who_meet_are_counted_once_for_each_engagement(filled):
    """Named officials are added to two reports; their pair has both engagements."""
    people = [{"role": "party", "actor": a, "kind": "person", "name": n} for a, n in (("RUS", "Ivan"), ("IND", "Raj"))]
    for row in filled.reports(type="meeting").to_pylist():
        told = {"report": row["report_id"], "doc_id": row["doc_id"], "who": "Ann"}
        filled.decide(Decision(kind="edit", field="participants", value=people, **told))
    views = filled.views(everything=True)
    pairs, told = together(views, Filters(), 10)
    names = dict(views.memory.execute("SELECT who, name FROM people").fetchall())
    assert [(names[a], names[b], n) for a, b, n in pairs] == [("Raj", "Ivan", 2)]
    assert sorted(told["n"].to_pylist()) == sorted(
        row[0] for row in views.memory.execute("SELECT n FROM e WHERE type = 'meeting'").fetchall()
    )
    assert together(views, Filters(type="visit"), 10)[0] == []


@given(st.lists(st.lists(st.integers(0, 6), unique=True, max_size=5), max_size=12))
def test_all_pairs_of_a_row_are_found(rows):
    """However many stand in a row, each two of them are paired once, in the row where they stand."""
    people = np.array([who for row in rows for who in row], dtype=np.int64)
    places = np.array([i for i, row in enumerate(rows) for _ in row], dtype=np.int32)
    keys, found = paired(people, places, 7)
    expected = Counter((min(p) * 7 + max(p), i) for i, row in enumerate(rows) for p in combinations(row, 2))
    assert Counter(zip(keys.tolist(), found.tolist(), strict=True)) == expected


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from([-1, 0, 1, 2])), max_size=40))
def test_the_commonest_value_is_the_first_of_the_alphabet_among_equals(rows):
    column = Column(names=["c", "a", "b"])
    groups = np.array([g for g, _ in rows], dtype=np.int64)
    codes = np.array([c for _, c in rows], dtype=np.int32)
    expected = {}
    for group in {g for g, c in rows if c >= 0}:
        votes = Counter(column.names[c] for g, c in rows if g == group and c >= 0)
        expected[group] = min(votes, key=lambda name: (-votes[name], name))
    assert commonest(groups, codes, column) == expected


@pytest.mark.parametrize("size", [10, 10**9])
def test_few_and_many_combinations_are_counted_alike(size):
    found, counts = tallied(np.array([3, 1, 3, 9], dtype=np.int64), size)
    assert (found.tolist(), counts.tolist()) == ([1, 3, 9], [1, 2, 1])
