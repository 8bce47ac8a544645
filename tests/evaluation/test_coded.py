"""Reports become comparable: sides, aliases, surnames, dates and spans; malformed ones say what is wrong."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest

from communique.evaluation import group_reports, read_event
from communique.evaluation.coded import Office, last_word
from communique.records import Participant, Report, Span


def read(**fields: Any) -> Any:
    return read_event({"type": "visit", **fields}, where="here:1")


def test_actor_aliases_read_as_the_code() -> None:
    """UN, in any case, is UNO; UNKNOWN and empty codes are no actors."""
    codes = ("un", "UNSC", "IRN", "UNKNOWN", "", None)
    event = read(participants=[{"role": "visitor", "actor": code} for code in codes])
    assert event.sides == {("A", "UNO"), ("A", "IRN")}


def test_persons_are_keyed_by_folded_surname() -> None:
    """Only persons with a name count, and accents and hyphens do not."""
    people = [
        {"role": "visitor", "actor": "URY", "kind": "person", "name": "José MÚJICA", "post": "President", "rank": None},
        {"role": "visitor", "actor": "URY", "kind": "person", "name": None},
        {"role": "visitor", "actor": "URY", "kind": "organisation", "name": "Navy of Uruguay"},
    ]
    assert read(participants=people).persons == {"mujica": Office("President", None)}
    assert last_word("Bashar al-Assad") == last_word("ASSAD") == "assad"


@pytest.mark.parametrize(
    "date", [{"start": "July"}, {"start": "2020-07-01", "end": None}, {"start": 2020, "end": 2020}]
)
def test_an_unreadable_date_counts_as_none_and_is_logged(date: Any, caplog: pytest.LogCaptureFixture) -> None:
    """The log line names the place and the value."""
    with caplog.at_level(logging.WARNING):
        assert read(date=date).date is None
    assert "here:1" in caplog.text
    assert str(date["start"]) in caplog.text


def test_a_reversed_interval_is_put_in_order() -> None:
    """Start and end may come in either order."""
    assert read(date={"start": "2020-07-09", "end": "2020-07-07"}).date == (dt.date(2020, 7, 7), dt.date(2020, 7, 9))


def test_flat_tables_may_hold_objects_as_json() -> None:
    """A column of JSON text reads as the object it holds."""
    event = read(evidence='[{"start": 1, "end": 5}]', place='{"country": "SYR"}', domains='["border"]')
    assert (event.spans, event.country, event.domains) == (((1, 5),), "SYR", {"border"})


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"type": None}, "no type"),
        ({"participants": {"role": "host"}}, "participants"),
        ({"participants": ["IRN"]}, "'IRN'"),
        ({"place": "Damascus"}, "place is 'Damascus'"),
        ({"evidence": [{"start": 1}]}, "start and end"),
        ({"domains": "border"}, "domains is 'border'"),
    ],
)
def test_a_malformed_report_names_field_and_value(fields: dict[str, Any], told: str) -> None:
    """The error says which field holds what."""
    with pytest.raises(ValueError, match=told):
        read(**fields)


def test_reports_of_the_coder_are_grouped_by_document() -> None:
    """Order within a document is kept, since links count by it."""
    visitor = Participant(role="visitor", actor="IRN", kind="country")
    reports = [
        Report(doc_id=doc, report_id=str(n), type=kind, participants=(visitor,), evidence=(Span(start=0, end=3),))
        for n, (doc, kind) in enumerate((("a", "visit"), ("b", "visit"), ("a", "meeting")))
    ]
    grouped = group_reports(reports)
    assert {doc: [event.type for event in events] for doc, events in grouped.items()} == {
        "a": ["visit", "meeting"],
        "b": ["visit"],
    }
    assert grouped["a"][0].sides == {("A", "IRN")}
    assert grouped["a"][1].sides == {("P", "IRN")}
