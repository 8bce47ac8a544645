"""Names of persons, exercises and instruments compare as one where people would say so."""

from __future__ import annotations

import pytest

from communique.pipeline.link.compare import compare_titles
from communique.pipeline.link.names import number_of, person_key, post_key, same_person, title_of


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Mohammad Bagheri", "Mohammad Hossein Baqeri", True),
        ("Kamikawa Yoko", "Yoko Kamikawa", True),
        ("Jeong Kyeong-doo", "Jeong Kyung-doo", True),
        ("Recep Tayyip Erdoğan", "Erdogan", True),
        ("Gilberto C. Teodoro Jr.", "Gilberto Teodoro", True),
        ("Major General Qasem Soltan", "Ghasem Soltan", True),
        ("Bashar al-Assad", "Ali Abdullah Ayyoub", False),
        ("Wang Yi", "Wei Fenghe", False),
        ("Mohammad Javad Zarif", "Mohammad Bagheri", False),
    ],
)
def test_same_person(a: str, b: str, same: bool) -> None:
    """Order, transliteration, titles and missing given names do not part a person; another surname does."""
    assert same_person(person_key(a), person_key(b)) is same
    assert same_person(person_key(b), person_key(a)) is same


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("Warrior-VIII", "Warrior VIII", "same_edition"),
        ("Indra-2017", "Indra-2016", "other_edition"),
        ("Sea Guardian-3", "Sea Guardian-2", "other_edition"),
        ("Cobra Gold", "Cobra Gold 2024", "same"),
        ("2+2 dialogue", "two-plus-two dialogue", "same"),
        ("COMCASA", "Communications Compatibility and Security Agreement (COMCASA)", "same"),
        ("Maritime Security Belt", "Marine Security Belt", "similar"),
        ("Ulchi Freedom Guardian", "Vigilant Ace", "differ"),
    ],
)
def test_titles(a: str, b: str, level: str) -> None:
    """Editions and years part the exercises of one series; acronyms and spellings do not part one name."""
    assert compare_titles(title_of(a), title_of(b)) == level
    assert compare_titles(title_of(b), title_of(a)) == level


def test_edition_field_counts_like_the_numeral() -> None:
    """An edition told in words is the numeral in the name."""
    assert compare_titles(title_of("Warrior", "eighth"), title_of("Warrior-VIII")) == "same_edition"


@pytest.mark.parametrize(
    ("word", "number"), [("43rd", 43), ("eighth", 8), ("viii", 8), ("iv", 4), ("belt", None), ("2", 2)]
)
def test_number_of(word: str, number: int | None) -> None:
    """Digits, ordinals and Roman numerals are numbers, words are not."""
    assert number_of(word) == number


def test_post_key() -> None:
    """A post is one whatever the order of its words, the spelling and the way it names its country."""
    assert post_key("Secretary of Defense", "USA") == post_key("Defence Secretary", "USA")
    assert post_key("Chief of Staff of Iran's Armed Forces", "IRN") == post_key(
        "chief of staff of the Iranian armed forces", "IRN"
    )
    assert post_key("Defence Minister", "SYR") != post_key("Foreign Minister", "SYR")
