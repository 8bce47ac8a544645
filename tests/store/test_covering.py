"""What a record covers is counted by month, affiliation and outcome; documents are found by the same."""

import datetime as dt

import pytest

from communique.errors import UnusableOption
from communique.records import Document
from communique.store.asking import list_documents
from communique.store.covering import AFFILIATIONS, coverage, days_of, outlets_covered
from communique.text import content_hash

GIVEN = (
    ("a", "TASS", "2020-07-09"), ("b", "TASS", "2020-07-31"), ("c", "TASS", "2020-08-01"),
    ("d", "Reef Daily", "2021-01-06"), ("e", None, None),
)  # fmt: skip


@pytest.fixture
def filled(record, add):
    for ident, outlet, published in GIVEN:
        text = f"The ministry of defence told document {ident}. IRN visits SYR on 2020-07-0{1 + ord(ident) % 7}."
        add(Document(id=ident, text=text, outlet=outlet, published=published, hash=content_hash(text)))
    return record


def test_coverage_counts_every_current_document_once(filled):
    rows = [tuple(row.values()) for row in coverage(filled.views()).to_pylist()]
    assert rows == [
        (None, "unknown", "coded", 1), ("2020-07", "state", "coded", 2), ("2020-08", "state", "coded", 1),
        ("2021-01", "unknown", "coded", 1),
    ]  # fmt: skip


def test_outlets_are_those_with_most_documents(filled):
    assert [tuple(row.values()) for row in outlets_covered(filled.views(), 1).to_pylist()] == [("TASS", 3, 3)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"published": "2020"}, "abc"), ({"published": "2020-07"}, "ab"), ({"published": "2020-07-31"}, "b"),
        ({"affiliation": "state"}, "abc"), ({"affiliation": "unknown"}, "de"), ({"affiliation": "party"}, ""),
        ({"affiliation": "unknown", "published": "2021-01"}, "d"), ({"published": "2022"}, ""),
    ],
)  # fmt: skip
def test_documents_are_found_by_what_coverage_counts(filled, asked, found):
    total, rows = list_documents(filled.views(), **asked)
    assert (total, "".join(sorted(row.id for row in rows))) == (len(found), found)


def test_the_counts_of_coverage_are_those_of_the_lists(filled):
    views = filled.views()
    for row in coverage(views).to_pylist():
        if row["month"] is not None:
            total, _ = list_documents(views, published=row["month"], affiliation=row["affiliation"])
            assert total == row["documents"]
    assert {row["affiliation"] for row in coverage(views).to_pylist()} <= set(AFFILIATIONS)


@pytest.mark.parametrize("told", ["2020-13", "soon", "20", "2020-02-30", "0000"])
def test_no_time_is_refused_with_the_way_out(told):
    with pytest.raises(UnusableOption, match="as in 2020-07"):
        days_of(told)


def test_what_was_added_last_comes_first(filled):
    """Whatever the day on which it was published."""
    total, rows = list_documents(filled.views(), added=True, limit=2)
    assert (total, [row.id for row in rows]) == (5, ["e", "d"])


def test_an_unknown_affiliation_is_refused(filled):
    assert days_of("2020-12") == (dt.date(2020, 12, 1), dt.date(2020, 12, 31))
    with pytest.raises(UnusableOption, match="did you mean 'state'"):
        list_documents(filled.views(), affiliation="stat")
