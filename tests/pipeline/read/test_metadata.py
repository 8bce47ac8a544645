"""Datelines, bylines, dates and outlets are found as told and never invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.read.assemble import document_from_text
from communique.pipeline.read.metadata import find_byline, find_dateline, find_published, written_on

CASES = Path(__file__).parents[2] / "cases"
DATELINES = yaml.safe_load((CASES / "read_datelines.yml").read_text("utf-8"))
PUBLISHED = yaml.safe_load((CASES / "read_published.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", DATELINES, ids=lambda c: c["text"][:40])
def test_dateline_is_found_as_told(case: dict[str, Any]) -> None:
    """Place, day, year and credit are those of the words, and the span ends where the story begins."""
    found = find_dateline(case["text"])
    if "dateline" in case:
        assert found is None
        return
    assert found is not None
    assert {k: getattr(found, k) for k in ("place", "month", "day", "year", "credit")} == {
        k: case.get(k) for k in ("place", "month", "day", "year", "credit")
    }
    assert case["text"][found.span.end :].startswith(case["story"])


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda c: c["text"][9:50])
def test_metadata_come_from_the_text_only_where_it_states_them(case: dict[str, Any]) -> None:
    """Date, outlet and byline are what the text says, else None."""
    doc = document_from_text(case["text"])
    for name in ("published", "outlet", "byline"):
        if name in case:
            assert getattr(doc, name) == case[name]


def test_given_metadata_win_over_the_text() -> None:
    """What the caller says of a document is never replaced by what the text says."""
    doc = document_from_text(
        "A title\n\nROME, July 16, 2020 (ANSA) - The story.", outlet="Other", published="2021-01-02"
    )
    assert (doc.outlet, str(doc.published)) == ("Other", "2021-01-02")


WORDS = st.sampled_from(
    ["ROME", "Rome", ",", "July", "31", "Feb.", "30", "2020", "(AP)", "/TASS/", "–", "-", ":", "\n", "By", "The"]
)


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=80))
def test_no_text_breaks_the_search(text: str) -> None:
    """Whatever the words, spans lie within the text and no search raises."""
    dateline, byline = find_dateline(text), find_byline(text)
    find_published(text)
    for found in (dateline, byline):
        assert found is None or 0 <= found.span.start <= found.span.end <= len(text)


@pytest.mark.parametrize(
    ("dateline", "published", "day"),
    [
        ("LIMA, June 8 (Xinhua) -- ", "2021-06-10", "2021-06-08"),
        ("LIMA, June 10 (Xinhua) -- ", "2021-06-10", "2021-06-10"),
        ("LIMA, Dec. 30 (Xinhua) -- ", "2021-01-02", "2020-12-30"),
        ("LIMA, June 12 (Xinhua) -- ", "2021-06-10", "2021-06-10"),
        ("LIMA, March 3 (Xinhua) -- ", "2021-06-10", "2021-06-10"),
        ("LIMA (Xinhua) -- ", "2021-06-10", "2021-06-10"),
        ("LIMA, Feb. 29 (Xinhua) -- ", "2024-03-02", "2024-02-29"),
    ],
)
def test_words_count_from_the_day_of_filing(dateline: str, published: str, day: str) -> None:
    """A dateline a few days before the publication tells it; one far off or after it tells nothing."""
    doc = document_from_text(dateline + "The two sides met.", published=published)
    assert written_on(doc) == dt.date.fromisoformat(day)


def test_an_event_is_dated_from_the_dateline(code: Any) -> None:
    """ "On Tuesday" is the one before the story was filed, and not before it was published."""
    report = code("LIMA, June 2 (Xinhua) -- Chile's Admiral Luis Soto met Peru's Admiral Juan Rojas here on Tuesday.")[
        0
    ]
    assert str(report.date.start) == str(report.date.end) == "2021-06-01"
