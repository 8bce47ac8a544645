"""French date words give the intervals that the one date reader gives their English."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from communique.lexicon.languages import load_language
from communique.pipeline.languages.dates import DateWords
from communique.pipeline.resolve.dates import normalise

CASES = list(csv.DictReader((Path(__file__).parents[2] / "cases" / "french_dates.csv").open(encoding="utf-8")))
WORDS = DateWords(load_language("fr"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_french_dates_become_intervals(case):
    """Each date of the table is found whole, at its offsets, and means its interval as of 2024-06-19."""
    text = f"On a dit {case['text']}, puis rien."
    found = WORDS.find(text)
    assert [text[e.start : e.end] for e in found] == [case["text"]] == [e.text for e in found]
    interval = normalise(found[0], dt.date(2024, 6, 19))
    assert interval is not None
    assert (str(interval.start), str(interval.end)) == (case["start"], case["end"])


def test_words_without_a_date_give_none():
    """Capitals and numbers that name no day give no date."""
    assert WORDS.find("Le général a parlé de trois chars et de Mars, sa planète.") == []
