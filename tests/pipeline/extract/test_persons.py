"""Officials with their names, posts, ranks and states."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.extract.persons import Person, given_names, same_person


def persons(found: Any) -> list[Any]:
    return [m for m in found.page.mentions.all if m.kind == "person"]


def test_table(read: Any, persons_case: dict[str, Any]) -> None:
    """Every case of tests/cases/persons.yml names its person with state, post and rank as the table says."""
    found = {m.name: m for m in persons(read(persons_case["text"]))}
    assert persons_case["name"] in found
    mention = found[persons_case["name"]]
    if "code" in persons_case:
        assert mention.codes == (persons_case["code"],)
    if "rank" in persons_case:
        assert mention.rank == persons_case["rank"]
    if "post" in persons_case:
        assert mention.post == persons_case["post"]
    if "words" in persons_case:
        assert mention.text == persons_case["words"]


def test_offsets_slice_the_words(read: Any, persons_case: dict[str, Any]) -> None:
    """A person's mention covers exactly its words and holds one part of the name."""
    for mention in persons(read(persons_case["text"])):
        assert persons_case["text"][mention.start : mention.end] == mention.text
        assert (mention.name or "").split()[-1] in mention.text


@pytest.mark.parametrize(
    "later", ["Rojas visited Lima.", "Gen. Rojas visited Lima.", "The general, Rojas, visited Lima."]
)
def test_a_surname_is_the_full_name(read: Any, later: str) -> None:
    """A surname stands for the person named in full elsewhere, with the state."""
    found = read(f"Chilean General Juan Rojas spoke on Monday.\n\n{later}")
    last = [m for m in persons(found) if m.sentence == 1]
    assert [(m.name, m.codes) for m in last] == [("Juan Rojas", ("CHL",))]


def test_the_fullest_name_counts(read: Any) -> None:
    """A person named more fully later bears the fuller name everywhere."""
    found = read("Chilean General Juan Rojas spoke on Monday.\n\nGeneral Juan Carlos Rojas visited Lima.")
    assert {m.name for m in persons(found)} == {"Juan Carlos Rojas"}


def test_two_of_one_surname_stay_two(read: Any) -> None:
    """Different given names make different persons."""
    found = read("Chilean General Juan Rojas met Peruvian General Pedro Rojas in Lima.")
    assert {(m.name, m.codes) for m in persons(found)} == {("Juan Rojas", ("CHL",)), ("Pedro Rojas", ("PER",))}


@pytest.mark.parametrize(
    "text",
    [
        "The fleet visited Lima in May.",
        "The Gulf of Aden is wide.",
        "Exercise Blue Reef began on Monday.",
        "The University of Lima opened on Tuesday.",
    ],
)
def test_things_are_no_persons(read: Any, text: str) -> None:
    """Months, seas, exercises and institutes are not read as persons."""
    assert persons(read(text)) == []


def test_an_official_without_state_acts_for_the_outlets(read: Any) -> None:
    """Domestic news leaves the state unsaid; without a known outlet it stays unknown."""
    text = "Defence Minister Juan Rojas visited Lima."
    assert persons(read(text, country="CHL"))[0].codes == ("CHL",)
    assert persons(read(text))[0].codes == ()


@pytest.mark.parametrize(
    ("known", "text", "same"),
    [
        ("Juan Rojas", "Rojas", True),
        ("Juan Rojas", "Pedro Rojas", False),
        ("J. Rojas", "Juan Rojas", True),
        ("Juan Carlos Rojas", "Juan Rojas", True),
        ("Robert Hale Jr.", "Robert Hale", True),
    ],
)
def test_same_person(known: str, text: str, same: bool) -> None:
    """One surname is one person unless the given names contradict."""
    assert same_person(known, text) is same
    assert same_person(text, known) is same


def test_given_names_leave_out_surname_and_suffix() -> None:
    """Neither surname nor suffix is a given name; initials lose their dot."""
    assert given_names("Warren B. Tate, Jr.") == ["warren", "b"]
    assert given_names("Rojas") == []


def test_the_fullest_form_of_the_commonest_post_wins() -> None:
    """A short post gives way to a longer one that holds it."""
    person = Person("Ana Paz")
    person.posts.update(["Secretary", "Secretary", "Secretary of State", "Minister"])
    assert person.best(person.posts) == "Secretary of State"
    assert person.best(person.ranks) is None
    assert Person("Robert Hale, Jr.").surname == "hale"


def test_a_headlines_name_ends_where_the_texts_does(read: Any) -> None:
    """The capitals of a headline hide a verb behind the name; the text shows where the name ends."""
    found = read(
        "Today President Juan Rojas signed a pact with Peru.", title="President Juan Rojas Solidifies Pact with Peru"
    )
    assert {m.name for m in persons(found)} == {"Juan Rojas"}


def test_who_serves_an_organisation_acts_for_it(read: Any) -> None:
    """A register's nationality does not outweigh the organisation in an official's own title."""
    found = read("United Nations Secretary-General Ban Ki-moon visited Tonga.")
    assert persons(found)[0].codes == ("UNO",)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("President Putin", ("RUS",)),
        ("President Zelenskyy", ("UKR",)),
        ("President Nobodyatall", ("TON",)),
        ("Defence Minister Putin", ("TON",)),
        ("President Anna Putin", ("TON",)),
    ],
)
def test_a_post_and_a_bare_surname_of_one_state_only(read: Any, words: str, codes: tuple[str, ...]) -> None:
    """An official of a surname and post known of one state acts for it; others, told without one, for the outlet's."""
    found = read(f"{words} spoke of the drills.", country="TON")
    assert {m.codes for m in persons(found)} == {codes}


@pytest.mark.parametrize(
    "text",
    [
        "Hamas leader Ismail Haniyeh arrived in Tehran on Monday.",
        "Ismail Haniyeh, the leader of Hamas, arrived in Tehran on Monday.",
    ],
)
def test_who_leads_an_armed_group_acts_for_it(read: Any, text: str) -> None:
    """Named before or behind him, the group is his."""
    persons = [m for m in read(text).page.mentions.all if m.kind == "person"]
    assert [(m.name, m.codes) for m in persons] == [("Ismail Haniyeh", ("HAMAS",))]
