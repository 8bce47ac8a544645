"""The interval normaliser of dates: what words tell which days, and the laws that hold for all of them."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.resolve.dates import (
    DateExpression,
    Tense,
    date_of_event,
    find_dates,
    in_order,
    inferred,
    normalise,
)
from communique.pipeline.resolve.dates.calendars import month_bounds, to_gregorian, year_of
from communique.records import DateInterval

CASES: dict[str, list[Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "dates.yml").read_text(encoding="utf-8")
)
PUBLISHED = dt.date(2020, 7, 16)
DAYS = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2090, 12, 31))
TENSES = st.sampled_from(["past", "present", "future", None])


def interval(words: str) -> DateInterval | None:
    if words == "-":
        return None
    days, precision = words.split()
    start, end = days.split("..")
    return DateInterval.model_validate({"start": start, "end": end, "precision": precision})


def shown(found: DateInterval | None) -> str:
    return "-" if found is None else f"{found.start}..{found.end} {found.precision}"


def day(words: str) -> dt.date:
    return PUBLISHED if words == "-" else dt.date.fromisoformat(words)


def tense_of(words: str) -> Tense | None:
    return {"past": "past", "present": "present", "future": "future"}.get(words)  # type: ignore[return-value]


def only(text: str) -> DateExpression:
    (found,) = find_dates(text)
    return found


@pytest.mark.parametrize(("words", "published", "tense", "expected"), CASES["dated"])
def test_words_tell_their_days(words: str, published: str, tense: str, expected: str) -> None:
    """An expression alone gives the interval that the codebook's conventions say."""
    assert shown(normalise(only(words), day(published), tense=tense_of(tense))) == expected


@pytest.mark.parametrize(("words", "published", "tense", "expected", "told"), CASES["anchored"])
def test_anaphoric_words_count_from_the_date_told_before(
    words: str, published: str, tense: str, expected: str, told: str
) -> None:
    """ "The following day" and its like count from the reference."""
    found = normalise(only(words), day(published), reference=interval(told), tense=tense_of(tense))
    assert shown(found) == expected


@pytest.mark.parametrize("words", CASES["none"])
def test_what_only_looks_like_a_date_is_none(words: str) -> None:
    """Amounts, designations, ages, verbs and numbered things are no date expressions."""
    assert [e.text for e in find_dates(words)] == []


@pytest.mark.parametrize("words", CASES["undated"])
def test_words_that_determine_no_date_give_none(words: str) -> None:
    """Frequencies, lengths, ambiguous figures and anaphora without a reference are found but give no interval."""
    found = find_dates(words)
    assert all(normalise(e, PUBLISHED, tense="past") is None for e in found)
    assert found or not any(normalise(e, PUBLISHED) for e in found)


@pytest.mark.parametrize(("clause", "published", "tense", "expected"), CASES["events"])
def test_expressions_of_one_clause_are_put_together(clause: str, published: str, tense: str, expected: str) -> None:
    """A length and a first or last day, two ends, or a year and a yearless range make one interval."""
    assert shown(date_of_event(find_dates(clause), day(published), tense=tense_of(tense))) == expected


def test_offsets_point_to_the_words() -> None:
    """`start` and `end` cut the expression's text out of the text given."""
    text = "The fleet sailed on Tuesday.\n\nIt returned from May 2 to 8, 2023, he said — and again last week."
    found = find_dates(text)
    assert [text[e.start : e.end] for e in found] == [e.text for e in found]
    assert [e.text for e in found] == ["on Tuesday", "from May 2 to 8, 2023", "last week"]


def test_a_year_in_a_name_is_weak() -> None:
    """The year of "Bright Star 2025" is marked as part of a name, that of "in 2025" is not."""
    assert [e.weak for e in find_dates("Exercise Bright Star 2025 was agreed in 2024.")] == ["name_year", None]


@pytest.mark.parametrize(("words", "expected"), CASES["telling"])
def test_dates_beside_verbs_of_saying(words: str, expected: list[bool]) -> None:
    """Whether a verb of saying or denying stands right beside a date is told with it."""
    assert [e.telling for e in find_dates(words)] == expected


@pytest.mark.parametrize(("words", "expected"), CASES["weak"])
def test_dates_of_treaties_and_of_counts_are_weak(words: str, expected: list[str | None]) -> None:
    """The year of a treaty by which something is done, and the day from which things are counted, say so."""
    assert [e.weak for e in find_dates(words)] == expected


def test_a_length_of_years_said_of_a_thing_is_no_date() -> None:
    """An "80-year partnership" does not last from the date told before; what is done "for three days" does."""
    told = DateInterval(start=dt.date(2020, 7, 1), end=dt.date(2020, 7, 1), precision="day")
    assert date_of_event(find_dates("an 80-year partnership"), PUBLISHED, reference=told, tense=None) is None
    assert shown(date_of_event(find_dates("a three-day stay"), PUBLISHED, reference=told)) == (
        "2020-07-01..2020-07-03 range"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("two days later", "2020-07-03..2020-07-03 day"),
        ("two days after", "2020-07-03..2020-07-03 day"),
        ("two days after the attack", None),
        ("years before their war, two years before the truce", None),
    ],
)
def test_what_counts_from_an_event_does_not_count_from_the_date_before(words: str, expected: str | None) -> None:
    """ "Two days after the attack" counts from the attack, whose day is unknown, and not from the date told before."""
    told = DateInterval(start=dt.date(2020, 7, 1), end=dt.date(2020, 7, 1), precision="day")
    found = [normalise(e, PUBLISHED, reference=told, tense="past") for e in find_dates(words)]
    assert {shown(d) for d in found} == {shown(None) if expected is None else expected}


def test_kinds() -> None:
    """Each expression says what kind it is."""
    kinds = {
        "May 2, 2023": "absolute",
        "last week": "relative",
        "on Tuesday": "relative",
        "the following day": "anaphoric",
        "three days": "duration",
        "since 2015": "open",
        "annual": "frequency",
        "FY2021": "fiscal",
    }
    assert {words: only(words).kind for words in kinds} == kinds


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("He will arrive in Moscow on Monday.", "future"),
        ("The drill is to be held in August.", "future"),
        ("Exercise Vigilant Ace, slated for December, is off.", "future"),
        ("The ministry said on Monday that it will send ships.", "past"),
        ("The ministry on Monday announced a sale.", "past"),
        ("On Monday, the ministers will sign a pact.", "future"),
        ("They agreed on Monday to meet.", "past"),
        ("They agreed to meet on Monday.", None),
        ("They trained on Saturday and will train again.", None),
        ("The ship, sailing on Monday, will call at Manila.", None),
    ],
)
def test_the_words_beside_a_date_hint_at_its_tense(text: str, hint: Tense | None) -> None:
    """The nearest telling word of the clause says whether the date lies ahead or is that of a saying or deciding."""
    assert find_dates(text)[0].hint == hint


def test_a_hint_goes_before_the_tense_of_the_whole_clause() -> None:
    """A planned event's decision day lies behind, a cancelled event's day ahead, whatever the event's status says."""
    decided = find_dates("Washington on Monday approved the sale.")[0]
    called_off = find_dates("It was called off; the drill was slated for December.")[0]
    assert shown(normalise(decided, PUBLISHED, tense="future")) == "2020-07-13..2020-07-13 day"
    assert shown(normalise(called_off, PUBLISHED, tense="past")) == "2020-12-01..2020-12-31 month"


def test_without_publication_only_absolute_dates_are_told() -> None:
    """With no publication date relative and yearless words give None, dates with a year the same as ever."""
    assert normalise(only("on Tuesday"), None) is None
    assert normalise(only("in May"), None) is None
    assert normalise(only("on May 6"), None) is None
    assert normalise(only("last year"), None) is None
    assert shown(normalise(only("in May 2019"), None)) == "2019-05-01..2019-05-31 month"


def test_these_years_are_the_same_ones_throughout_a_text() -> None:
    """ "These years" begin with what was told before they were first named, and reach to publication."""
    text = "He took office in July 2016. During these years they met. In May 2018 a summit was held. These years count."
    dates = [shown(d) for d in in_order(find_dates(text), PUBLISHED)]
    assert dates[1] == dates[3] == "2016-07-01..2020-07-16 span"
    short = in_order(find_dates("He took office in May. During these years they met."), PUBLISHED)
    assert shown(short[1]) == "-"


def test_dates_of_a_text_in_order() -> None:
    """Each anaphoric date counts from the last date told before it."""
    text = (
        "They met in November 2008. The following month one sailed. On April 6, 2012 it came. Two days later it left."
    )
    dates = [shown(d) for d in in_order(find_dates(text), PUBLISHED)]
    assert dates == [
        "2008-11-01..2008-11-30 month",
        "2008-12-01..2008-12-31 month",
        "2012-04-06..2012-04-06 day",
        "2012-04-08..2012-04-08 day",
    ]


def test_inferred_reaches_three_days_back() -> None:
    """The weak interval of an undated news event is publication and the three days before, without words."""
    assert inferred(PUBLISHED) == DateInterval(
        start=dt.date(2020, 7, 13), end=PUBLISHED, precision="inferred", text=None
    )


def test_calendars_know_their_limits() -> None:
    """A day that a calendar does not have, or that its tables do not reach, gives None."""
    assert to_gregorian("persian", 1399, 12, 30) == dt.date(2021, 3, 20)
    assert to_gregorian("persian", 1398, 12, 30) is None
    assert to_gregorian("islamic", 1700, 1, 1) is None
    assert to_gregorian("gregorian", 2019, 2, 29) is None
    assert month_bounds("islamic", 1500, 12) is None
    assert year_of("persian", dt.date(2020, 3, 19)) == 1398


FORMATS = ["%B {d}, %Y", "{d} %B %Y", "%Y-%m-%d", "%A, {d} %B %Y", "the {d}th of %B %Y", "%b. {d}, %Y"]


def written(date: dt.date, form: str) -> str:
    text = date.strftime(form.replace("{d}", str(date.day)))
    return text.replace("May.", "May")


@given(DAYS, st.sampled_from(FORMATS), DAYS, TENSES)
def test_a_written_day_comes_back(date: dt.date, form: str, published: dt.date, tense: Tense | None) -> None:
    """A day with its year, however written, is that day for every publication and tense."""
    found = normalise(only("on " + written(date, form)), published, tense=tense)
    assert shown(found) == f"{date}..{date} day"


@given(DAYS, st.integers(1, 400), DAYS)
def test_a_written_range_comes_back(start: dt.date, days: int, published: dt.date) -> None:
    """A range of two days with their years is that range."""
    end = start + dt.timedelta(days=days)
    words = f"from {start:%B} {start.day}, {start.year} to {end:%B} {end.day}, {end.year}"
    assert shown(normalise(only(words), published)) == f"{start}..{end} range"


ALL_WORDS = [row[0] for key in ("dated", "anchored", "events") for row in CASES[key]] + CASES["undated"]


@given(st.sampled_from(ALL_WORDS), DAYS, TENSES, st.none() | DAYS)
def test_intervals_are_ordered_and_no_more_exact_than_words(
    words: str, published: dt.date, tense: Tense | None, told: dt.date | None
) -> None:
    """Start never follows end; precision "day" is one day; month, week and year are whole or cut at publication."""
    reference = None if told is None else DateInterval(start=told, end=told, precision="day")
    for expression in find_dates(words):
        found = normalise(expression, published, reference=reference, tense=tense)
        if found is None:
            continue
        assert found.start <= found.end
        assert found.text == expression.text
        assert (found.precision != "day") or found.start == found.end
        if found.precision in {"week", "month", "year"} and published not in (found.start, found.end):
            assert (found.end - found.start).days + 1 >= {"week": 7, "month": 28, "year": 354}[found.precision]


@given(st.sampled_from(ALL_WORDS))
def test_finding_again_in_the_words_finds_the_same(words: str) -> None:
    """The words of an expression, read alone, are that expression."""
    for expression in find_dates(words):
        if expression.text.removeprefix("the ") in {"May", "March", "April", "June", "August"}:
            continue  # a month only by the words beside it
        again = only(expression.text)
        if expression.form not in {"length", "lasting"}:  # "the first visit in a decade" is a length by its first words
            assert (again.text, again.form, again.parts) == (expression.text, expression.form, expression.parts)


@given(DAYS, TENSES)
def test_weekdays_lie_within_a_week(published: dt.date, tense: Tense | None) -> None:
    """A bare weekday is at most six days from publication: behind it in the past, ahead of it in the future, and where
    neither is told the nearer one."""
    for name, weekday in (("Monday", 0), ("Thursday", 3), ("Sunday", 6)):
        found = normalise(only(f"on {name}"), published, tense=tense)
        assert found is not None
        assert found.start.weekday() == weekday
        distance = (found.start - published).days
        earliest, latest = {"future": (0, 6), None: (-4, 2)}.get(tense, (-6, 0))
        assert earliest <= distance <= latest


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from([*ALL_WORDS, "and", ",", "to", "(", "-", "2 000"]), max_size=6).map(" ".join)
)
def test_any_text_can_be_read(text: str) -> None:
    """No text makes the finder fail, and its expressions never overlap."""
    found = find_dates(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[e.start : e.end] == e.text for e in found)
    for expression in found:
        normalise(expression, PUBLISHED)
