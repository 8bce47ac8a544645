"""Documents by month are drawn and told once each, over any span."""

import re

import pytest

from communique.errors import UnusableOption
from communique.web.coverage import OUTCOMES, covered


def rows(*told):
    return [dict(zip(("month", "affiliation", "outcome", "documents"), one, strict=True)) for one in told]


def monthly(first, last, documents=3):
    return rows(*((f"{y}-{m:02d}", "state", "coded", documents) for y in range(first, last + 1) for m in range(1, 13)))


def drawn(path):
    """Place and height of each piece of a path."""
    return [(int(x), float(h)) for x, h in re.findall(r"M(\d+),[\d.]+h[\d.]+v([\d.]+)", path)]


def test_each_document_is_in_one_bar_and_one_strip():
    told = rows(
        ("2020-11", "state", "coded", 4), ("2020-11", "party", "gated", 2), ("2021-02", "state", "quarantined", 1),
        (None, "unknown", "coded", 5),
    )  # fmt: skip
    found = covered(told)
    assert (found.months, found.first, found.last, found.highest) == (4, "Nov 2020", "Feb 2021", 5)
    bars = {name: drawn(path) for name, path in found.bars}
    assert bars == {"coded": [(0, 66.67)], "gated": [(0, 33.33)], "quarantined": [(3, 16.67)]}
    assert [(s.name, s.count, [x for _, path in s.paths for x, _ in drawn(path)]) for s in found.strips] == [
        ("state", 5, [3, 0]), ("party", 2, [0]), ("unknown", 5, []),
    ]  # fmt: skip


def test_the_chosen_year_is_told_in_numbers_with_its_empty_months():
    told = rows(("2020-11", "state", "coded", 4), ("2020-11", "state", "gated", 1), (None, "party", "coded", 2))
    found = covered(told, "2020")
    assert [line.count for line in found.lines] == [0] * 10 + [5, 0, 2]
    november = found.lines[10]
    assert (november.month, november.label, november.numbers, november.outcomes) == (
        "2020-11", "Nov 2020", (5, 0), (4, 1, 0),
    )  # fmt: skip
    assert found.lines[-1].label == "No day"
    assert len(november.outcomes) == len(OUTCOMES)


def test_twenty_years_are_240_months_and_few_names():
    found = covered(monthly(2001, 2020))
    assert (found.months, found.before, found.after, found.chosen) == (240, 0, 0, 2020)
    assert [x for x, _ in drawn(found.bars[0][1])] == list(range(240))
    assert len(found.years) == 20
    assert 4 <= sum(year.named for year in found.years) <= 8
    assert sum(len(path) for strip in found.strips for _, path in strip.paths) < 6000


def test_thin_ends_of_a_long_span_are_counted_and_not_drawn():
    told = [*monthly(2001, 2020), *rows(("1923-05", "party", "coded", 2), ("2077-01", "party", "coded", 1))]
    found = covered(told)
    assert (found.months, found.before, found.after) == (240, 2, 1)
    assert [year.year for year in found.years if year.x is None] == [1923, 2077]
    assert covered(told, "1923").lines[4].count == 2


def test_a_year_without_documents_is_refused_with_those_that_there_are():
    for told, words in (("2022", "2001 to 2001"), ("soon", "2001 to 2001")):
        with pytest.raises(UnusableOption, match=words):
            covered(monthly(2001, 2001), told)
    with pytest.raises(UnusableOption, match="no document bears a day"):
        covered([], "2001")


def test_nothing_at_all_and_nothing_dated_are_told_without_a_figure():
    assert (covered([]).months, covered([]).lines) == (0, ())
    found = covered(rows((None, "state", "coded", 2)))
    assert (found.months, [line.label for line in found.lines], found.chosen) == (0, ["No day"], None)
