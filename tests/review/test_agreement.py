import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.review.agreement import Unit, agreement, alpha

RELIABILITY = [  # Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", data of section C
    "*1,1,*,1", "2,2,3,2", "3,3,3,3", "3,3,3,3", "2,2,2,2", "1,2,3,4", "4,4,4,4", "1,1,2,1", "2,2,2,2", "*,5,5,5",
    "*,*,1,1", "*,*,3,*",
]  # fmt: skip


def published():
    return [tuple(int(v) for v in row.replace("*1", "1").split(",") if v != "*") for row in RELIABILITY]


@pytest.mark.parametrize(("metric", "figure"), [("nominal", 0.743), ("interval", 0.849)])
def test_the_published_example_gives_the_published_figures(metric, figure):
    assert alpha(published(), metric) == pytest.approx(figure, abs=0.0005)


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=3, max_size=3), min_size=2, max_size=12))
@settings(max_examples=60, deadline=None)
def test_alpha_is_that_of_the_reference_package(rows):
    """Any table of three coders gives what the package `krippendorff` gives."""
    reference = pytest.importorskip("krippendorff")
    units = [tuple(v for v in row if v is not None) for row in rows]
    table = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=float).T
    for metric in ("nominal", "interval"):
        own = alpha(units, metric)
        values = {v for unit in units if len(unit) > 1 for v in unit}
        if len(values) < 2:
            assert own is None
        else:
            assert own == pytest.approx(reference.alpha(table, level_of_measurement=metric), abs=1e-9)


def test_agreement_by_group_has_an_interval_that_holds_the_figure():
    units = [Unit(f"d{n // 2}", "visit" if n % 2 else "meeting", ("a", "a" if n % 5 else "b")) for n in range(60)]
    found = agreement("mode", "nominal", units, resamples=400, seed=1)
    assert [f.group for f in found] == ["all", "meeting", "visit"]
    for one in found:
        assert one.alpha is not None
        assert one.low <= one.alpha <= one.high
    assert found[0].same == pytest.approx(0.8)
    assert agreement("mode", "nominal", units, resamples=400, seed=1) == found, "the same seed, the same interval"


def test_wider_intervals_where_reports_of_one_document_hang_together():
    """Drawing documents, not reports, does not take a document of many reports for many witnesses."""
    values = [("a", "b") if n % 8 < 2 else ("a", "a") if n % 3 else ("b", "b") for n in range(80)]
    apart = agreement("x", "nominal", [Unit(str(n), "t", v) for n, v in enumerate(values)])[0]
    ordered = sorted(values, key=str)
    together = agreement("x", "nominal", [Unit(str(n // 10), "t", v) for n, v in enumerate(ordered)])[0]
    assert together.high - together.low > apart.high - apart.low


def test_no_figure_where_there_is_nothing_to_compare():
    assert alpha([]) is None
    assert alpha([("a",), ("b",)]) is None
    assert alpha([("a", "a"), ("a", "a")]) is None
    found = agreement("x", "nominal", [Unit("d", "t", ("a",))])[0]
    assert (found.units, found.alpha, found.low, found.same) == (0, None, None, None)


def test_sets_agree_by_what_they_share():
    full = alpha([(frozenset("ab"), frozenset("ab")), (frozenset("c"), frozenset("c"))], "sets")
    half = alpha([(frozenset("ab"), frozenset("a")), (frozenset("c"), frozenset("c"))], "sets")
    none = alpha([(frozenset("ab"), frozenset("d")), (frozenset("c"), frozenset("c"))], "sets")
    assert full == 1.0
    assert none < half < full
    assert not math.isnan(none)
