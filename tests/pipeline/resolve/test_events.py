"""The place of each draft, and where dates stand."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.resolve.events import find_all_dates


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "name", "country", "precision"),
    [
        ("Oman's defence minister met his Tongan counterpart in Lima.", "meeting", "met", "Lima", "PER", 1),
        (
            "Chile and Peru held a joint naval exercise in the Gulf of Aden.",
            "exercise",
            "exercise",
            "Gulf of Aden",
            None,
            2,
        ),
        ("Chile and Peru held a joint naval exercise off Suva.", "exercise", "exercise", "Suva", "FJI", 1),
        ("Oman's defence minister visited Tonga.", "visit", "visited", "Tonga", "TON", 3),
    ],
)
def test_places(read: Any, text: str, kind: str, trigger: str, name: str, country: str | None, precision: int) -> None:
    """The place after a preposition of place, with coordinates and how exact they are; a sea has no country."""
    draft = read(text).one(kind, trigger)
    assert draft.place is not None
    assert (draft.place.name, draft.place.country, draft.geo_precision) == (name, country, precision)
    assert draft.lat is not None
    assert draft.place.text in text
    assert "_locality" not in draft.details


def test_a_transfer_to_a_state_has_no_place(read: Any) -> None:
    """The recipient is a party, not a place."""
    assert read("Chile sold missiles to Peru.").one("transfer", "sold").place is None


def test_dates_slice_the_text(parse: Any) -> None:
    """Date expressions are found in their sentence at their offsets."""
    text = "Oman's defence minister visited Tonga on Monday.\n\nChile sold missiles to Peru in May 2020."
    parsed = parse(text)
    found = find_all_dates(parsed)
    assert set(found) == {0, 1}
    for index, dates in found.items():
        sentence = parsed.sentences[index]
        for start, end, expression in dates:
            assert sentence.start <= start < end <= sentence.end
            assert text[start:end] == expression.text
