"""Bars say the numbers that they are drawn from."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from communique.web.charts import shares, spark, year_chart

ROWS = st.lists(
    st.fixed_dictionaries({
        "year": st.one_of(st.none(), st.integers(1900, 2040)),
        "type": st.sampled_from(["visit", "meeting", "exercise"]),
        "n": st.integers(1, 50),
    }),
    max_size=12,
)  # fmt: skip


@given(ROWS)
def test_every_event_is_in_one_bar_or_counted_as_undated(rows):
    chart = year_chart(rows)
    assert sum(bar.count for bar in chart.bars) + chart.undated == sum(row["n"] for row in rows)
    for bar in chart.bars:
        assert sum(part.count for part in bar.parts) == bar.count
        dated = (row["n"] for row in rows if row["year"] is not None and bar.first <= row["year"] <= bar.last)
        assert sum(dated) == bar.count


@given(ROWS)
def test_bars_follow_each_other_without_gap_and_stay_within_the_box(rows):
    bars = year_chart(rows).bars
    assert all(a.last + 1 == b.first for a, b in itertools.pairwise(bars))
    for bar in bars:
        assert all(-0.1 <= part.y <= part.y + part.height <= 100.1 for part in bar.parts)
        assert abs(sum(part.height for part in bar.parts) - 100 * bar.count / max(b.count for b in bars)) < 0.1


def test_nothing_gives_no_bars():
    assert year_chart([]).bars == ()
    assert shares([]) == []
    assert spark([0, 0]) == []


def test_a_year_of_few_is_still_seen():
    assert spark([1, 1000])[0][2] == 2.0


def test_few_events_long_before_or_after_the_others_share_a_bar():
    """A forecast ten years off, or one old event, does not squeeze the years that hold all others."""
    rows = [{"year": year, "type": "visit", "n": 40} for year in (2018, 2019, 2020)]
    bars = year_chart([*rows, {"year": 1990, "type": "visit", "n": 1}, {"year": 2031, "type": "visit", "n": 1}]).bars
    assert [bar.label for bar in bars] == ["before 2018", "2018", "2019", "2020", "after 2020"]
    assert (bars[-1].first, bars[-1].last, bars[-1].count) == (2021, 2031, 1)
    assert [bar.label for bar in year_chart([*rows, {"year": 2021, "type": "visit", "n": 1}]).bars][-1] == "2021"
