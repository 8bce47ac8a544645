"""Two dates agree as closely as their precision allows, in either order."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.link.dates import DATE_LEVELS, date_levels
from communique.pipeline.link.features import ANNOUNCED, BROAD, EXACT, INFERRED, STATUSES, UNTOLD

Date = tuple[int, str, str]


def level(a: Date, b: Date, status: str = "occurred") -> str:
    """The level of two dates given as (kind, first day, last day)."""
    columns = {
        "kind": np.array([a[0], b[0]]),
        "lo": np.array([dt.date.fromisoformat(x[1]).toordinal() for x in (a, b)]),
        "hi": np.array([dt.date.fromisoformat(x[2]).toordinal() for x in (a, b)]),
        "status": np.array([STATUSES.index(status)] * 2),
    }
    return DATE_LEVELS[int(date_levels(columns, np.array([0]), np.array([1]))[0])]


EIGHTH = (EXACT, "2020-07-08", "2020-07-08")
JULY = (BROAD, "2020-07-01", "2020-07-31")
YEAR = (BROAD, "2020-01-01", "2020-12-31")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (EIGHTH, EIGHTH, "same"),
        (EIGHTH, (EXACT, "2020-07-07", "2020-07-09"), "overlap"),
        (EIGHTH, (EXACT, "2020-07-09", "2020-07-09"), "next"),
        (EIGHTH, (EXACT, "2020-07-11", "2020-07-11"), "close"),
        (EIGHTH, (EXACT, "2020-07-20", "2020-07-20"), "apart"),
        (EIGHTH, (EXACT, "2021-07-08", "2021-07-08"), "far_apart"),
        (EIGHTH, JULY, "within"),
        (JULY, JULY, "same_broad"),
        (JULY, YEAR, "in_year"),
        (YEAR, YEAR, "same_year"),
        (EIGHTH, YEAR, "in_year"),
        (EIGHTH, (INFERRED, "2020-07-07", "2020-07-10"), "inferred"),
        (EIGHTH, (INFERRED, "2020-07-12", "2020-07-15"), "inferred_close"),
        (EIGHTH, (ANNOUNCED, "2020-06-20", "2020-06-20"), "ahead"),
        (EIGHTH, (ANNOUNCED, "2020-02-20", "2020-02-20"), "far_ahead"),
        (EIGHTH, (ANNOUNCED, "2020-07-20", "2020-07-20"), "far_apart"),
        (JULY, (ANNOUNCED, "2020-07-20", "2020-07-20"), "inferred"),
        (YEAR, (ANNOUNCED, "2020-07-20", "2020-07-20"), "ahead"),
        ((ANNOUNCED, "2020-06-20", "2020-06-20"), (ANNOUNCED, "2020-06-21", "2020-06-21"), "announced"),
        (EIGHTH, (UNTOLD, "2020-07-10", "2020-07-10"), "untold"),
        (EIGHTH, (UNTOLD, "2021-07-10", "2021-07-10"), "untold_far"),
        ((UNTOLD, "2020-07-09", "2020-07-09"), (UNTOLD, "2020-07-10", "2020-07-10"), "untold_both"),
    ],
)
def test_levels(a: Date, b: Date, expected: str) -> None:
    """Each pair of kinds has its levels, and the order of the two does not matter."""
    assert level(a, b) == expected
    assert level(b, a) == expected


def test_under_way_without_a_date() -> None:
    """What is told as going on counts as of the day of publication."""
    told = (EXACT, "2020-07-05", "2020-07-12")
    assert level(told, (UNTOLD, "2020-07-10", "2020-07-10"), "ongoing") == "under_way"
    assert level(told, (UNTOLD, "2020-07-30", "2020-07-30"), "ongoing") != "under_way"


days = st.integers(0, 900)


@given(st.tuples(st.integers(0, 4), days, st.integers(0, 400)), st.tuples(st.integers(0, 4), days, st.integers(0, 400)))
def test_symmetric(a: tuple[int, int, int], b: tuple[int, int, int]) -> None:
    """The level of two dates is the same in either order."""
    zero = dt.date(2020, 1, 1)
    one, two = ((k, str(zero + dt.timedelta(d)), str(zero + dt.timedelta(d + n))) for k, d, n in (a, b))
    assert level(one, two) == level(two, one)
