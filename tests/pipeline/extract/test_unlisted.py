"""Parties that a text counts or describes and does not list."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "role", "group"),
    [
        ("Oman and eleven other navies held a joint exercise.", "exercise", "exercise", "party", "eleven other navies"),
        ("Oman held a joint exercise with several African armies.", "exercise", "exercise", "party", "African armies"),
        ("More than 30 countries donated missiles to Peru.", "transfer", "donated", "supplier", "30 countries"),
        ("Chile sold missiles to many Asian countries.", "transfer", "sold", "recipient", "many Asian countries"),
        ("Chile and its allies condemned Peru.", "statement", "condemned", "speaker", "its allies"),
        ("Chile signed a defence agreement with its partners.", "agreement", "signed", "party", "its partners"),
        ("Chile held a drill with states of the region.", "exercise", "drill", "party", "states"),
    ],
)
def test_a_group_that_is_not_listed_is_a_party(
    read: Any, text: str, kind: str, trigger: str, role: str, group: str
) -> None:
    """It stands in its role as UNKNOWN with its words as its name, and is no actor."""
    draft = read(text).one(kind, trigger)
    held = [f for f in draft.fillers if f.mention.codes == ("UNKNOWN",)]
    assert [f.role for f in held] == [role]
    assert group in held[0].mention.name
    assert "UNKNOWN" in draft.sides()
    assert "UNKNOWN" not in draft.codes()


@pytest.mark.parametrize(
    "text",
    [
        "Chile and Peru met. The two countries signed a defence agreement.",
        "Chile and Peru met. Both nations signed a defence agreement.",
        "Chile visited countries such as Oman and Fiji.",
        "Chile signed a defence agreement with states including Oman.",
        "The navies of Chile and Peru held a joint exercise.",
        "Chile sold missiles to the navies.",
    ],
)
def test_states_that_the_text_names_are_no_such_group(read: Any, text: str) -> None:
    """What points back to named states, or lists its members, is no party beside them; nor is a bare plural."""
    assert not [f for d in read(text).drafts for f in d.fillers if "UNKNOWN" in f.mention.codes]


def test_a_report_keeps_the_group(code: Any) -> None:
    """The report names the group as the text does."""
    reports = code("The Omani and Indian navies drilled with eleven other navies off Muscat on Tuesday.")
    parties = {(p.actor, p.name) for r in reports if r.type == "exercise" for p in r.participants}
    assert ("UNKNOWN", "eleven other navies") in parties


def test_no_event_borrows_such_a_group(read: Any) -> None:
    """What a later sentence takes from an event before are its actors."""
    found = read("Oman and Fiji held a joint drill with several African armies.\n\nThe drill ended on Monday.")
    later = [f.mention.codes for d in found.drafts if d.sentence == 1 for f in d.fillers]
    assert ("OMN",) in later
    assert ("UNKNOWN",) not in later
