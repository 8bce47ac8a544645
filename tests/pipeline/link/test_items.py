"""Reports and documents in any of their forms become what linking reads."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.errors import InputError
from communique.pipeline.link import info_from_json, item_from_json, item_from_report, items_of_documents
from communique.records import DateInterval, Participant, Report, Span


def test_gold_report_without_an_id_gets_the_coders() -> None:
    """Document hash, type and evidence make the id that the coder gives."""
    event = {"type": "visit", "evidence": [{"start": 3, "end": 9}]}
    assert item_from_json("d", 0, event, "h").report_id == item_from_json("e", 4, event, "h").report_id
    assert (
        item_from_json("d", 0, event, "h").report_id
        != item_from_json("d", 0, {**event, "type": "meeting"}, "h").report_id
    )


def test_report_and_its_json_are_one_item() -> None:
    """A Report and its JSON give the same item."""
    report = Report(
        doc_id="d",
        report_id="r",
        type="visit",
        participants=(Participant(role="visitor", actor="IRN", kind="person", name="Ali Hamdun"),),
        date=DateInterval(start=dt.date(2020, 7, 8), end=dt.date(2020, 7, 9), precision="range"),
        evidence=(Span(start=0, end=4),),
    )
    assert item_from_report(report, 0) == item_from_json("d", 0, report.model_dump(mode="json"))


@pytest.mark.parametrize("event", [{"mode": "official"}, {"type": "visit", "date": {"start": "July", "end": None}}])
def test_malformed_reports_are_refused(event: dict[str, object]) -> None:
    """A report without a type or with a date that is no day stops with the document's name."""
    with pytest.raises(InputError, match="'d'"):
        item_from_json("d", 0, event)


def test_confidence_is_read_where_the_coder_tells_it() -> None:
    """A gold report has none, a coded one its own, and what is no share is refused."""
    assert item_from_json("d", 0, {"type": "visit"}).confidence is None
    assert item_from_json("d", 0, {"type": "visit", "confidence": 0.4}).confidence == 0.4
    for wrong in ("high", 1.5, True):
        with pytest.raises(InputError, match="confidence"):
            item_from_json("d", 0, {"type": "visit", "confidence": wrong})


def test_documents_with_events() -> None:
    """The index counts each document's reports from 0."""
    rows = [{"id": "a", "events": [{"type": "visit"}, {"type": "meeting"}]}, {"id": "b", "events": [{"type": "visit"}]}]
    assert [item.key for item in items_of_documents(rows)] == [("a", 0), ("a", 1), ("b", 0)]


def test_restated_outlets_are_named() -> None:
    """Outlets that a brief restates are named, else their addresses."""
    row = {
        "id": "a",
        "text": "x",
        "published": "2020-07-10",
        "restates": [{"outlet": "Gulf Star", "url": "u"}, {"outlet": None, "url": "v"}],
    }
    assert info_from_json(row).restates == ("Gulf Star", "v")
    assert info_from_json(row).published == dt.date(2020, 7, 10)
