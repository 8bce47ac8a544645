"""The date of a draft that is told without one, from the story's main event."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from communique.pipeline.resolve.story import date_by_story, recent
from communique.records import DateInterval


def days(draft: Any) -> tuple[str, str] | None:
    return (str(draft.date.start), str(draft.date.end)) if draft.date else None


def test_the_storys_main_event_dates_the_rest(read: Any) -> None:
    """What the same parties did without a date of its own happened on the day of the story's first recent event."""
    found = read("Oman's defence minister visited Tonga on Monday.\n\nOman and Tonga signed a defence agreement.")
    signed = found.one("agreement", "signed")
    assert days(signed) == ("2021-06-07", "2021-06-07")
    assert "main event" in signed.date_why


@pytest.mark.parametrize(
    "later",
    [
        "Chile and Peru signed a defence agreement.",
        "Oman did not sign a defence agreement with Tonga.",
        "Oman and Tonga are holding a joint naval exercise.",
        "Oman and Tonga signed a defence agreement in 2015.",
    ],
)
def test_the_main_event_dates_no_others(read: Any, later: str) -> None:
    """Other parties, denials, what goes on and what has its own date keep theirs."""
    found = read(f"Oman's defence minister visited Tonga on Monday.\n\n{later}")
    assert all(days(d) != ("2021-06-07", "2021-06-07") for d in found.drafts if d.sentence == 1)


@pytest.mark.parametrize(
    "first", ["Oman's defence minister visited Tonga in 2015.", "Oman's defence minister visited Tonga on May 3."]
)
def test_an_old_event_is_not_the_main_one(read: Any, first: str) -> None:
    """An event of long ago dates nothing else."""
    assert read(f"{first}\n\nOman and Tonga signed a defence agreement.").one("agreement", "signed").date is None


def test_a_vague_time_dates_no_others(read: Any) -> None:
    """What happened "in recent days" is no main event; the next dated one is."""
    first = "Oman's defence minister visited Tonga in recent days.\n\nOman and Tonga signed a defence agreement."
    assert read(first).one("agreement", "signed").date is None


def test_a_stationing_is_not_of_the_storys_day(read: Any) -> None:
    """Troops that stand abroad were not sent on the day of the talks."""
    found = read("Oman's defence minister visited Tonga on Monday.\n\nOman deployed soldiers to Tonga.")
    sent = [d for d in found.drafts if d.sentence == 1 and d.type == "deployment"]
    assert sent
    assert all(d.date is None for d in sent)


def test_a_release_announces_on_its_own_day(read: Any) -> None:
    """Beside an event of "this week" the transfer that a state's release announces keeps the release's day."""
    found = read(
        "Oman's defence minister will visit Tonga this week.\n\nOman will give patrol boats to Tonga.",
    )
    for draft in found.drafts:
        if draft.type == "transfer":
            draft.date = None
    for official, told in ((True, None), (False, ("2021-06-07", "2021-06-13"))):
        date_by_story(found.drafts, dt.date(2021, 6, 10), official=official)
        assert {days(d) for d in found.drafts if d.type == "transfer"} == {told}


def test_a_release_answers_an_incident_on_its_own_day(read: Any) -> None:
    """What a state's release says after an attack is not of the attack's day; a paper's story dates it so."""
    text = "Chile's navy attacked a Peruvian ship on Monday.\n\nPeru urged Chile to withdraw its troops."
    found = read(text)
    urged = found.one("statement", "urged")
    for official, told in ((True, None), (False, ("2021-06-07", "2021-06-07"))):
        urged.date = None
        date_by_story(found.drafts, dt.date(2021, 6, 10), official=official)
        assert days(urged) == told


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-06-07", "2021-06-07", True),
        ("2021-06-10", "2021-06-10", True),
        ("2021-06-11", "2021-06-11", True),
        ("2021-06-12", "2021-06-12", False),
        ("2021-05-26", "2021-05-26", False),
        ("2021-05-01", "2021-06-08", False),
    ],
)
def test_recent(start: str, end: str, expected: bool) -> None:
    """A date of at most a week within the fortnight before publication is recent."""
    date = DateInterval(start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end), precision="day", text="x")
    assert recent(date, dt.date(2021, 6, 10)) is expected


def test_an_undated_document_has_no_main_event() -> None:
    """Without a day of publication nothing is dated by the story."""
    date_by_story([], None)


def test_a_visit_under_way_is_of_the_storys_day(read: Any) -> None:
    """A visit told as going on without a date takes the day of the main event of the same parties."""
    found = read(
        "Chile's Defence Minister Juan Rojas met Peru's President Pedro Gomez on Monday.\n\n"
        "Chile's Defence Minister Juan Rojas is in Peru on an official visit."
    )
    assert days(found.one("visit", "visit")) == ("2021-06-07", "2021-06-07")


def test_what_was_done_is_not_of_a_day_to_come(read: Any) -> None:
    """What the same parties did, told without a date, was not done on the day of tomorrow's main event."""
    found = read("Oman's defence minister will visit Tonga on June 11.\n\nOman and Tonga signed a defence agreement.")
    assert days(found.one("visit")) == ("2021-06-11", "2021-06-11")
    assert found.one("agreement", "signed").date is None


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("Oman's Defence Minister Said Karim visited Tonga on Monday.", ("2021-06-07", "2021-06-07")),
        ("Oman's Defence Minister Said Karim visited Tonga in recent days.", None),
        ("Oman's Defence Minister Said Karim visited Tonga in 2015.", None),
        ("Oman's Army Chief Hamad Salim visited Tonga on Monday.", None),
    ],
)
def test_who_was_just_told_to_act_speaks_on_that_day(read: Any, first: str, told: tuple[str, str] | None) -> None:
    """A statement without a date is of the recent day on which the text just told its speaker to act."""
    found = read(f"{first}\n\nSaid Karim warned Chile against sending warships.").one("statement", "warned")
    assert days(found) == told


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ("Oman and Tonga will hold a naval exercise.", ("2021-06-08", "2021-06-08")),
        ("Oman and Tonga signed a defence agreement.", ("2021-06-07", "2021-06-07")),
        ("Oman and Fiji will hold a naval exercise.", None),
    ],
)
def test_a_plan_is_of_the_talks_told_right_before_it(read: Any, later: str, told: tuple[str, str] | None) -> None:
    """A plan without a date is of the day of the same parties' talks that were just told; what was done is not."""
    found = read(
        "Oman's defence minister visited Tonga on Monday.\n\n"
        f"On Tuesday Oman's defence minister met Tonga's president. {later}"
    )
    assert days([d for d in found.drafts if d.sentence == 2 and d.type in ("exercise", "agreement")][-1]) == told
