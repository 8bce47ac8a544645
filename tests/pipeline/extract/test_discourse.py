"""Whom pronouns and "the two sides" stand for."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.drafts import Mention
from communique.pipeline.extract.discourse import Discourse, is_collective, resolve_reference


def mention(code: str, name: str | None = None, post: str | None = None, pronoun: bool = False) -> Mention:
    return Mention(
        start=0,
        end=3,
        text=name or code,
        sentence=0,
        head=0,
        cls="person" if name else "state",
        kind="person" if name else "country",
        codes=(code,) if code else (),
        name=name,
        post=post,
        pronoun=pronoun,
    )


@pytest.fixture
def told() -> Discourse:
    """Chile's minister, then Peru, then Tonga's general were named."""
    discourse = Discourse()
    for each in (
        mention("CHL", "Juan Rojas", "Defence Minister"),
        mention("PER"),
        mention("TON", "Tupou Halafihi", "Commander"),
    ):
        discourse.note(each)
    return discourse


@pytest.mark.parametrize(
    ("text", "word", "codes"),
    [
        ("He spoke.", "He", ["TON"]),
        ("The minister spoke.", "minister", ["CHL"]),
        ("His commander spoke.", "commander", ["TON"]),
        ("They spoke.", "They", ["PER", "TON"]),
        ("The two sides spoke.", "sides", ["PER", "TON"]),
        ("Both countries spoke.", "countries", ["PER", "TON"]),
        ("The three countries spoke.", "countries", ["CHL", "PER", "TON"]),
        ("The sides spoke.", "sides", ["PER", "TON"]),
        ("A minister spoke.", "minister", []),
        ("The chancellor spoke.", "chancellor", []),
        ("We spoke.", "We", []),
        ("It spoke.", "It", ["PER"]),
        ("Four countries spoke.", "countries", []),
    ],
)
def test_reference(parse: Any, coder: Any, told: Discourse, text: str, word: str, codes: list[str]) -> None:
    """A pronoun or definite phrase is answered from what was named before, if the words leave little choice."""
    sentence = parse(text).sentences[0]
    token = next(t for t in sentence.tokens if t.text == word)
    found = resolve_reference(token, sentence, told, coder.lemmas)
    assert [m.codes[0] for m in found] == codes
    assert all(m.pronoun and m.text == word and text[m.start : m.end] == word for m in found)


@pytest.mark.parametrize(
    ("text", "codes"), [("The three states spoke.", ["FJI", "OMN", "IND"]), ("Both states spoke.", ["PER", "TON"])]
)
def test_three_are_those_who_acted_together(
    parse: Any, coder: Any, told: Discourse, text: str, codes: list[str]
) -> None:
    """After a drill of three "the three states" are these, whoever was named since; two are those named last."""
    acted = Discourse(told.persons, told.parties)
    acted.note_event(mention(code) for code in ("FJI", "OMN", "IND", "OMN"))
    sentence = parse(text).sentences[0]
    token = next(t for t in sentence.tokens if t.text == "states")
    assert [m.codes[0] for m in resolve_reference(token, sentence, acted, coder.lemmas)] == codes


@pytest.mark.parametrize(
    ("text", "word", "count"),
    [
        ("The two countries met.", "countries", 2),
        ("Both navies met.", "navies", 2),
        ("The three armies met.", "armies", 3),
        ("The four nations met.", "nations", 4),
        ("The sides met.", "sides", 2),
        ("Countries met.", "Countries", 0),
        ("The two ships met.", "ships", 0),
    ],
)
def test_collective(parse: Any, coder: Any, text: str, word: str, count: int) -> None:
    """A phrase stands for as many parties as it says."""
    token = next(t for t in parse(text).sentences[0].tokens if t.text == word)
    assert is_collective(token, coder.lemmas) == count


def test_pronouns_and_nobody_are_not_noted() -> None:
    """What stands for another, or for no state, is nothing to refer to."""
    discourse = Discourse()
    discourse.note(mention("CHL", pronoun=True))
    discourse.note(mention(""))
    assert discourse.parties == discourse.persons == []
    assert discourse.pair() == []
    assert discourse.person() is None


def test_a_pair_needs_two(told: Discourse) -> None:
    """The last different parties come earliest first, none where too few were named."""
    assert [m.codes[0] for m in told.pair(3)] == ["CHL", "PER", "TON"]
    assert told.pair(4) == []


def test_we_are_the_speakers_country(parse: Any, coder: Any) -> None:
    """ "We" is the outlet's own country where that is known."""
    sentence = parse("We sold ships.").sentences[0]
    found = resolve_reference(
        sentence.tokens[0], sentence, Discourse(speaker=mention("CHL", pronoun=True)), coder.lemmas
    )
    assert [m.codes for m in found] == [("CHL",)]


def test_the_two_sides_sign(read: Any) -> None:
    """Parties named before are the parties of a later event told of "the two sides"."""
    found = read("Oman's defence minister met Tonga's army chief.\n\nThe two sides signed a defence agreement.")
    assert found.one("agreement", "signed").codes() == {"OMN", "TON"}


def test_the_place_is_no_side(read: Any) -> None:
    """ "The two sides" of talks held in a third country are those who talked."""
    found = read("Oman's defence minister met Tonga's army chief in Lima.\n\nThe two sides signed a defence agreement.")
    assert found.one("agreement", "signed").codes() == {"OMN", "TON"}


@pytest.mark.parametrize(("text", "word", "kind"), [
    ("The two sides spoke.", "sides", "country"), ("Both countries spoke.", "countries", "country"),
    ("Both ministers spoke.", "ministers", "person"), ("They spoke.", "They", "person"),
])  # fmt: skip
def test_states_are_no_persons(parse: Any, coder: Any, told: Discourse, text: str, word: str, kind: str) -> None:
    """Words for states stand for states though an official spoke for one of them; words for people stand for people."""
    sentence = parse(text).sentences[0]
    token = next(t for t in sentence.tokens if t.text == word)
    last = resolve_reference(token, sentence, told, coder.lemmas)[-1]
    assert (last.codes, last.kind, last.name is None) == (("TON",), kind, kind == "country")


def test_they_are_the_two_persons_before_them_in_the_sentence(read: Any) -> None:
    """Whoever was named in the sentences before."""
    found = read(
        "Oman and Fiji held a joint exercise.\n\nPeru's Admiral Juan Rojas received Chile's Admiral Luis Soto in Lima; "
        "they signed an agreement on patrols."
    )
    assert found.one("agreement", "signed").codes() == {"PER", "CHL"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "The defence ministers of Oman and Kuwait, Shihab Tariq and Hamad Jaber, met in Muscat.",
            {("OMN", "Shihab Tariq"), ("KWT", "Hamad Jaber")},
        ),
        (
            "Peru's foreign and defence ministers, Juan Rojas and Luis Soto, met their Australian counterparts John "
            "Smith and Mary Jones.",
            {("PER", "Juan Rojas"), ("PER", "Luis Soto"), ("AUS", "John Smith"), ("AUS", "Mary Jones")},
        ),
    ],
)
def test_the_names_behind_several_officials_are_theirs(code: Any, text: str, named: set[tuple[str, str]]) -> None:
    """Each takes part in person, for the one state or for that in his place of the list."""
    assert {(p.actor, p.name) for r in code(text) if r.type == "meeting" for p in r.participants} == named


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Spanish troops are in Latvia. In May the contingent will drill with Poland.", "ESP"),
        ("The Ghana Navy met in Tema. In May the navy will drill with Togo.", "GHA"),
    ],
)
def test_a_unit_told_with_the_article_is_the_last_of_its_name_or_class(read: Any, text: str, actor: str) -> None:
    """A contingent is the troops named before it, the navy is the one that was named."""
    codes = read(text).one("exercise", "drill").codes()
    assert actor in codes
