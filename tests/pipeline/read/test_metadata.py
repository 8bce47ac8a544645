"""Datelines, bylines, dates and outlets are found as told and never invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.read.assemble import document_from_text
from communique.pipeline.read.metadata import find_byline, find_dateline, find_published

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
