"""The status that stands follows the order of publication and the weight of tellings."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from communique.pipeline.link.history import history_of, status_of


def day(number: int) -> dt.date:
    """A day of January 2020."""
    return dt.date(2020, 1, number)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ([("planned", 1), ("occurred", 5)], "occurred"),
        ([("planned", 1), ("cancelled", 5)], "cancelled"),
        ([("cancelled", 5), ("planned", 9)], "cancelled"),
        ([("cancelled", 5), ("occurred", 9)], "occurred"),
        ([("occurred", 5), ("cancelled", 9)], "cancelled"),
        ([("occurred", 5), ("ongoing", 9)], "occurred"),
        ([("cancelled", 5), ("ongoing", 9)], "ongoing"),
        ([("proposed", 1), ("planned", 2)], "planned"),
        ([("proposed", 1)], "proposed"),
        ([("denied", 1)], "denied"),
        ([("denied", 1), ("occurred", 2)], "occurred"),
        ([("denied", 1), ("denied", 2), ("occurred", 2)], "denied"),
    ],
)
def test_status_of(told: list[tuple[str, int]], status: str) -> None:
    """The table's status stands in whatever order the reports come."""
    reports = [(s, day(n), i) for i, (s, n) in enumerate(told)]
    for order in itertools.permutations(reports):
        assert status_of(order) == status


def test_copies_of_a_denial_count_once() -> None:
    """Three documents of one telling do not outvote one of another."""
    assert (
        status_of([("denied", day(1), 0), ("denied", day(1), 0), ("denied", day(2), 0), ("occurred", day(1), 1)])
        == "occurred"
    )


def test_history_is_in_order_of_publication() -> None:
    """Steps come in the order of first telling; reports of unknown day come last."""
    told = [("occurred", day(9)), ("planned", day(2)), ("ongoing", None), ("planned", day(1))]
    assert history_of(told) == [("planned", [3, 1]), ("occurred", [0]), ("ongoing", [2])]
