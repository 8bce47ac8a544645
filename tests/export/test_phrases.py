"""Words for people."""

import datetime as dt

import pytest

from communique.codebook import load_codebook
from communique.export.phrases import CONTROLS, date_phrase, place_phrase, plain, restated_after, voice_phrase
from communique.records import DateInterval, Place, Voice


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        ("2020-07-08", "2020-07-08", "day", "2020-07-08"),
        ("2020-07-01", "2020-07-31", "month", "2020-07"),
        ("2020-02-01", "2020-02-29", "month", "2020-02"),
        ("2020-07-01", "2020-08-31", "month", "2020-07-01 to 2020-08-31 (month)"),
        ("2020-01-01", "2020-12-31", "year", "2020"),
        ("2020-01-01", "2021-12-31", "year", "2020-01-01 to 2021-12-31 (year)"),
        ("2020-07-06", "2020-07-12", "week", "2020-07-06 to 2020-07-12 (week)"),
        ("2020-07-06", "2020-07-09", "range", "2020-07-06 to 2020-07-09"),
        ("2020-07-07", "2020-07-10", "inferred", "2020-07-07 to 2020-07-10 (inferred)"),
    ],
)
def test_dates(start, end, precision, expected):
    """A date is shown as exactly as it is known, and a weak one says so."""
    date = DateInterval(start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end), precision=precision)
    assert date_phrase(date) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, ""),
        (Place(), ""),
        (Place(name="Suva", country="FJI"), "Suva (FJI)"),
        (Place(country="FJI"), "Fiji (FJI)"),
        (Place(name="Gulf of Aden"), "Gulf of Aden"),
    ],
)
def test_places(place, expected):
    """A place comes with its country, or alone at sea."""
    assert place_phrase(place, load_codebook()) == expected


def test_voices():
    """An unnamed voice is told by its kind."""
    assert [voice_phrase(Voice(kind="organisation", name="IRIB")), voice_phrase(Voice(kind="person"))] == [
        "IRIB",
        "a person",
    ]


def test_nothing_drives_the_terminal():
    """Escape sequences and characters that turn text around do not reach a terminal."""
    hostile = "pact \x1b]0;title\x07 \u202egnp.exe\r\x9b31m"
    assert not CONTROLS.search(plain(hostile))


def test_restated(document):
    """A text that restates pages names their outlets, or hosts where no outlet is known."""
    assert restated_after(document) == "example.org"
