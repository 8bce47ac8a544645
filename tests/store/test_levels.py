"""The level of an office is that of the words, and at need that of the office held on the day."""

import datetime as dt

import pytest

from communique.lexicon import load_lexicon
from communique.records import Participant
from communique.store.levels import LEVELS, held_then, highest, level_of, level_of_post

CASES = [
    ("Minister of Defence", "minister"),
    ("defence minister", "minister"),
    ("Deputy Defence Minister", "deputy"),
    ("Chief of the General Staff", "chief_of_staff"),
    ("navy commander", "service_chief"),
    ("President", "head_of_state"),
    ("former Chief of the General Staff", None),
    ("incoming army chief", None),
    ("a friend of the house", None),
    ("", None),
]


@pytest.mark.parametrize(("post", "level"), CASES)
def test_words_tell_the_level(post, level):
    """The level of the post that the words name; of a former or coming one none."""
    assert level_of_post(post, load_lexicon()) == level


@pytest.mark.parametrize(
    ("post", "state", "level"),
    [
        ("Foreign Secretary", "GBR", "minister"),
        ("Foreign Secretary", None, "minister"),
        ("Foreign Secretary", "IND", "deputy"),
        ("Foreign Secretary", "PAK", "deputy"),
        ("Foreign Secretary", "BGD", "deputy"),
        ("Foreign Secretary", "NPL", "deputy"),
        ("Foreign Secretary", "LKA", "deputy"),
        ("Foreign Secretary", "MDV", "deputy"),
        ("Secretary of Foreign Affairs", "PHL", "minister"),
        ("Secretary of State", "USA", "minister"),
        ("Defence Secretary", "GBR", "minister"),
        ("Secretary of Defense", "USA", "minister"),
        ("Secretary of National Defense", "PHL", "minister"),
        ("Defence Secretary", "IND", "deputy"),
        ("Defence Secretary", "PAK", "deputy"),
        ("Defence Secretary", "LKA", "deputy"),
        ("Defence Secretary", "BGD", "deputy"),
        ("Secretary of Defence", "AUS", "deputy"),
        ("Secretary of Defence", "NZL", "deputy"),
        ("Secretary of State for Defence", "GBR", "minister"),
        ("Secretary of State for Defence", "ESP", "deputy"),
        ("Home Secretary", "GBR", "minister"),
        ("Home Secretary", "IND", "deputy"),
        ("Interior Secretary", "PAK", "deputy"),
        ("Secretary of Foreign Affairs and Trade", "NZL", "deputy"),
        ("Under Secretary", "USA", "deputy"),
        ("Under Secretary", "IND", "working"),
        ("Deputy Foreign Secretary", "IND", "deputy"),
        ("Cabinet Secretary", "KEN", "minister"),
        ("Cabinet Secretary for Defence", "KEN", "minister"),
        ("Cabinet Secretary", "IND", "deputy"),
        ("FM", "IND", "minister"),
        ("Minister of Defence", "IND", "minister"),
        ("Foreign Secretary", "UNK", "minister"),
    ],
)
def test_a_title_has_the_level_of_its_state(post, state, level):
    """Where states use one title for another office, the state tells; an unknown one leaves the usual level."""
    assert level_of_post(post, load_lexicon(), state) == level


@pytest.mark.parametrize(
    ("name", "post", "day", "level"),
    [
        ("Hulusi Akar", None, dt.date(2017, 10, 1), "chief_of_staff"),
        ("Hulusi Akar", "former Chief of the General Staff", dt.date(2017, 10, 1), "chief_of_staff"),
        ("Hulusi Akar", "former Chief of the General Staff", dt.date(2019, 4, 24), "minister"),
        ("Hulusi Akar", "Chief of the General Staff", dt.date(2019, 4, 24), "chief_of_staff"),
        ("Hulusi Akar", None, None, None),
        ("Nobody Known", None, dt.date(2017, 10, 1), None),
    ],
)
def test_the_register_gives_the_level_of_the_day(name, post, day, level):
    """Without a post, or with one of another time, the register's office on the event's day counts."""
    person = Participant(role="visitor", actor="TUR", kind="person", name=name, post=post)
    assert level_of(person, load_lexicon(), day) == level


def test_only_persons_hold_offices():
    """A country or body has no level, whatever its name."""
    ministry = Participant(role="host", actor="TUR", kind="organisation", name="Ministry", post="minister")
    assert level_of(ministry, load_lexicon()) is None


def test_held_then():
    """A former or incoming post was not held at the time of writing; a deputy's and an acting one's was."""
    posts = ("former army chief", "incoming army chief", "acting army chief", "x")
    assert [held_then(post, load_lexicon()) for post in posts] == [False, False, True, True]


def test_highest_is_the_first_of_the_order():
    """Of all levels the head of state's is the highest; of none there is none."""
    assert highest(reversed(LEVELS)) == "head_of_state"
    assert highest([None, "unheard"]) is None
