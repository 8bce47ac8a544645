"""The date that the words around each draft tell."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from communique.pipeline.drafts import Draft
from communique.pipeline.resolve.events import find_all_dates
from communique.pipeline.resolve.own_date import choices
from communique.records import Span


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


def test_a_told_stretch_is_not_cut_at_publication(read: Any) -> None:
    """What is under way keeps the last day that the words tell."""
    found = read("The joint naval exercise of Chile and Peru is currently under way (June 8-14).").one("exercise")
    assert days(found) == ("2021-06-08", "2021-06-14")


def test_a_headline_of_a_sunday_speaks_of_the_week_to_come(read: Any) -> None:
    """ "This week" in a headline of a Sunday is the week that begins."""
    title = "Oman's Defence Minister Visits Tonga This Week"
    found = read("Tonga is calm.", title=title, published=dt.date(2021, 6, 13))
    assert days(found.one("visit")) == ("2021-06-14", "2021-06-20")


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "told"),
    [
        ("Oman denied on Monday that it had sold missiles to Tonga.", "transfer", "sold", None),
        ("Oman on Monday rejected reports that it had sold missiles to Tonga.", "transfer", "sold", None),
        (
            "Oman denied on Monday that it had sold missiles to Tonga on May 3.",
            "transfer",
            "sold",
            ("2021-05-03", "2021-05-03"),
        ),
        ("Oman said on Monday that it had sold missiles to Tonga.", "transfer", "sold", ("2021-06-07", "2021-06-07")),
    ],
)
def test_the_day_of_a_denial_is_not_that_of_what_it_denies(
    read: Any, text: str, kind: str, trigger: str, told: tuple[str, str] | None
) -> None:
    """A denied event is dated only by its own date."""
    assert days(read(text).one(kind, trigger)) == told


def test_nothing_is_said_after_publication(read: Any) -> None:
    """A statement is not of the day to come that it speaks of."""
    found = read("Oman warned Tonga against the vote of September 25, 2021.").of("statement")
    assert found
    assert all(d.date is None for d in found)


@pytest.mark.parametrize(
    ("text", "told", "flagged"),
    [
        ("Over the past few years Oman and Tonga held exercises.", None, True),
        ("In recent years Oman and Tonga have held exercises.", None, True),
        ("Over the past two years Oman and Tonga held exercises.", ("2019-06-10", "2021-06-10"), False),
        ("Over the past few days Oman and Tonga held exercises.", ("2021-06-07", "2021-06-10"), False),
    ],
)
def test_some_years_are_no_date(read: Any, text: str, told: tuple[str, str] | None, flagged: bool) -> None:
    """What was "in recent years" has no date, and what was in two years has these."""
    draft = read(text).one("exercise", "exercises")
    assert days(draft) == told
    assert ("some years" in draft.flags) is flagged


WORDS = "Oman delivered it on June 3, 2020, and sent instructors to Tonga the following year."


@pytest.mark.parametrize(
    ("named", "told"),
    [
        (["on June 3, 2020", "the following year"], ["the following year"]),
        (["on June 3, 2020"], ["on June 3, 2020"]),
        ([], []),
    ],
)
def test_of_the_dates_that_a_reader_names_the_clauses_own_count(read: Any, named: list[str], told: list[str]) -> None:
    """Where a reader takes several dates for an event's own, those of its clause are meant."""
    found = read(WORDS)
    start, end = WORDS.index("sent"), len(WORDS) - 1
    spans = tuple(Span(start=WORDS.index(w), end=WORDS.index(w) + len(w)) for w in named)
    draft = Draft("training", None, 0, 0, "sent", start, end, details={"_dates": spans})
    groups = choices(draft, found.parsed, find_all_dates(found.parsed))
    assert [e.text for group in groups for _, e in group] == told


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("Today, with the accord of Oman and Tonga, their military cooperation has a new shape.", "cooperation", None),
        ("Oman and Tonga began joint patrols today.", "deployment", ("2021-06-10", "2021-06-10")),
    ],
)
def test_nowadays_is_no_day(read: Any, text: str, kind: str, told: tuple[str, str] | None) -> None:
    """ "Today," before how things stand is no date."""
    found = read(text).of(kind)
    assert found
    assert {days(d) for d in found} == {told}


PERIOD = "Juan Rojas took office in July 2016. During these years he pursued an active policy."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The visits of Chilean officials to Tonga, Fiji, Samoa and Palau were many.", ("2016-07-01", "2021-06-10")),
        ("The visits of Chilean officials to Tonga and Fiji in 2019 were many.", ("2019-01-01", "2019-12-31")),
        ("Chile's defence minister visited Tonga.", None),
    ],
)
def test_a_sum_of_events_is_of_the_years_that_the_text_is_about(
    read: Any, text: str, told: tuple[str, str] | None
) -> None:
    """Visits that are summed up without a date took place during "these years", a single one did not."""
    found = read(f"{PERIOD}\n\nThe two navies trained in May 2018.\n\n{text}")
    assert days(next(d for d in found.of("visit") if d.sentence == 3)) == told


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        (
            "The agreement of Oman and Tonga, in force since March 2019, was useful.",
            "agreement",
            ("2019-03-01", "2019-03-31"),
        ),
        ("Oman and Tonga have held exercises since March 2019.", "exercise", ("2019-03-01", "2021-06-10")),
    ],
)
def test_what_is_done_on_a_day_is_of_the_day_since_when_it_holds(
    read: Any, text: str, kind: str, told: tuple[str, str]
) -> None:
    """An agreement "in force since March" is of March, exercises "since March" are of all the time."""
    assert told in {days(d) for d in read(text).of(kind)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Last week Oman announced a planned sale of boats to Tonga in 2023.", ("2023-01-01", "2023-12-31")),
        ("Oman will sell boats to Tonga in 2023.", ("2023-01-01", "2023-12-31")),
        ("Oman announced on Monday a planned sale of boats to Tonga.", ("2021-06-07", "2021-06-07")),
    ],
)
def test_a_plan_is_dated_by_its_decision_only_where_no_day_ahead_is_told(
    read: Any, text: str, told: tuple[str, str]
) -> None:
    """What is planned takes the date on which it is to happen if the words tell one, else that of the decision."""
    planned = [d for d in read(text).of("transfer") if d.status == "planned"]
    assert planned
    assert {days(d) for d in planned} == {told}
