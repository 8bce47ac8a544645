"""The date and the place of each draft."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from communique.pipeline.resolve.events import date_by_story, find_all_dates, recent
from communique.records import DateInterval


def days(draft: Any) -> tuple[str, str] | None:
    return (str(draft.date.start), str(draft.date.end)) if draft.date else None


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "start", "end"),
    [
        ("Oman's defence minister visited Tonga on Monday.", "visit", "visited", "2021-06-07", "2021-06-07"),
        ("Oman's defence minister visited Tonga on May 3.", "visit", "visited", "2021-05-03", "2021-05-03"),
        ("Oman's defence minister visited Tonga last week.", "visit", "visited", "2021-05-31", "2021-06-06"),
        ("Oman's defence minister will visit Tonga next week.", "visit", "visit", "2021-06-14", "2021-06-20"),
        ("Oman's defence minister visited Tonga in 2019.", "visit", "visited", "2019-01-01", "2019-12-31"),
    ],
)
def test_a_clauses_date_is_its_events(read: Any, text: str, kind: str, trigger: str, start: str, end: str) -> None:
    """The date in the clause is the event's; a text of Thursday, 10 June 2021 counts from there."""
    draft = read(text).one(kind, trigger)
    assert days(draft) == (start, end)
    assert draft.date.text in text
    assert draft.date.text in draft.date_why


@pytest.mark.parametrize(
    ("text", "trigger", "days_told"),
    [
        ("Oman's minister paid a three-day visit to Tonga.", "visit", 3),
        ("Oman's minister visited Tonga for two weeks.", "visited", 14),
        ("Oman's minister visited Tonga for a stay of four days.", "visited", 4),
        ("Oman's minister visited Tonga after four days at sea.", "visited", None),
        ("Oman's minister visited Tonga for two years.", "visited", None),
    ],
)
def test_a_length_beside_the_trigger_is_how_long_it_lasts(
    read: Any, text: str, trigger: str, days_told: int | None
) -> None:
    """Days or weeks told as an event's length are noted with it; other lengths are not."""
    assert read(text).one("visit", trigger).lasts == days_told


def test_two_clauses_have_two_dates(read: Any) -> None:
    """Each event of a sentence takes the date of its own clause."""
    found = read("Chile sold missiles to Peru in 2018, and Tonga bought boats from Fiji in 2020.")
    assert days(found.one("transfer", "sold")) == ("2018-01-01", "2018-12-31")
    assert days(found.one("transfer", "bought")) == ("2020-01-01", "2020-12-31")


def test_the_next_day_counts_from_the_day_before_it(read: Any) -> None:
    """A date that refers to another counts from the one told before."""
    found = read("Oman's defence minister visited Tonga on May 3. The following day Chile sold missiles to Peru.")
    assert days(found.one("transfer", "sold")) == ("2021-05-04", "2021-05-04")


def test_no_date_is_no_date(read: Any) -> None:
    """The day of the article alone dates nothing here; what is inferred is decided for the whole event."""
    assert read("Oman's defence minister visited Tonga.").one("visit", "visited").date is None


def test_without_a_day_of_publication_relative_dates_stay_open(read: Any) -> None:
    """ "On Monday" of an undated text is no date, a full one is."""
    assert read("Oman's defence minister visited Tonga on Monday.", published=None).one("visit", "visited").date is None
    assert days(
        read("Oman's defence minister visited Tonga on May 3, 2020.", published=None).one("visit", "visited")
    ) == ("2020-05-03", "2020-05-03")


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


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Tonga has based a patrol boat in Fiji under a treaty signed in 2014.", None),
        ("It is the second visit of Oman's defence minister to Tonga since 2019.", None),
    ],
)
def test_a_treatys_year_and_a_counts_begin_date_nothing(read: Any, text: str, date: None) -> None:
    """The year of the treaty by which something is done is not its date, nor the day from which visits are counted."""
    found = [d for d in read(text).drafts if d.type in ("deployment", "visit")]
    assert found
    assert all(d.date is date for d in found)


def test_a_stationing_is_not_of_the_storys_day(read: Any) -> None:
    """Troops that stand abroad were not sent on the day of the talks."""
    found = read("Oman's defence minister visited Tonga on Monday.\n\nOman deployed soldiers to Tonga.")
    sent = [d for d in found.drafts if d.sentence == 1 and d.type == "deployment"]
    assert sent
    assert all(d.date is None for d in sent)


def test_the_day_of_saying_is_not_that_of_a_stationing(read: Any) -> None:
    """ "Said on Monday" dates no stationing that goes on, "began on Monday" does."""
    found = read("Oman said on Monday that 90 of its soldiers are stationed in Tonga.")
    assert all(d.date is None for d in found.drafts if d.type == "deployment" and d.status == "ongoing")


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        ("Oman has provided Tonga with patrol boats worth $3 million since 2019.", "transfer", "2019-01-01"),
        ("Oman delivered patrol boats to Tonga, which has had a navy since 2019.", "transfer", None),
    ],
)
def test_the_perfect_reaches_back(read: Any, text: str, kind: str, start: str | None) -> None:
    """What "has" been done since a year reaches from there; a year since which another thing is so dates nothing."""
    told = {str(d.date.start) if d.date else None for d in read(text).drafts if d.type == kind}
    assert start in told
    assert start is not None or told == {None}


def test_a_statement_is_not_of_the_day_of_what_it_condemns(read: Any) -> None:
    """ "The May 3 attack" dates the attack and not who condemns it."""
    found = [d for d in read("Oman condemned the May 3 attack on Tonga.").drafts if d.type == "statement"]
    assert found
    assert all(d.date is None for d in found)


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


def test_a_told_stretch_is_not_cut_at_publication(read: Any) -> None:
    """What is under way keeps the last day that the words tell."""
    found = read("The joint naval exercise of Chile and Peru is currently under way (June 8-14).").one("exercise")
    assert days(found) == ("2021-06-08", "2021-06-14")


def test_a_headline_of_a_sunday_speaks_of_the_week_to_come(read: Any) -> None:
    """ "This week" in a headline of a Sunday is the week that begins."""
    title = "Oman's Defence Minister Visits Tonga This Week"
    found = read("Tonga is calm.", title=title, published=dt.date(2021, 6, 13))
    assert days(found.one("visit")) == ("2021-06-14", "2021-06-20")


def test_a_visit_under_way_is_of_the_storys_day(read: Any) -> None:
    """A visit told as going on without a date takes the day of the main event of the same parties."""
    found = read(
        "Chile's Defence Minister Juan Rojas met Peru's President Pedro Gomez on Monday.\n\n"
        "Chile's Defence Minister Juan Rojas is in Peru on an official visit."
    )
    assert days(found.one("visit", "visit")) == ("2021-06-07", "2021-06-07")
