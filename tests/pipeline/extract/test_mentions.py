"""Every party that a text names, on the words that name it."""

from __future__ import annotations

from typing import Any

import pytest


def test_table(read: Any, mentions_case: dict[str, Any]) -> None:
    """Every case of tests/cases/mentions.yml is, or is not, a party as the table says."""
    found = {m.text: m for m in read(mentions_case["text"]).page.mentions.all}
    if "absent" in mentions_case:
        assert not [m.codes for text, m in found.items() if mentions_case["absent"] in text and m.cls != "person"]
        return
    assert mentions_case["mention"] in found
    mention = found[mentions_case["mention"]]
    assert mention.codes == tuple(mentions_case["codes"])
    assert mention.cls == mentions_case.get("cls", mention.cls)


def test_offsets_slice_the_words(read: Any, cases: Any) -> None:
    """Mentions lie in the text, cover their words exactly, and bear known codes, in every table's sentences."""
    for case in [*cases("mentions"), *cases("parties")]:
        found = read(case["text"])
        for mention in found.page.mentions.all:
            assert case["text"][mention.start : mention.end] == mention.text
            assert mention.span.of(case["text"]) == mention.text


def test_codes_are_the_codebooks(read: Any, cases: Any, coder: Any) -> None:
    """No mention bears a code that the codebook lacks."""
    for case in [*cases("mentions"), *cases("parties"), *cases("persons")]:
        codes = {c for m in read(case["text"]).page.mentions.all for c in m.codes}
        assert {c: getattr(coder.codebook.find_actor(c), "code", None) for c in codes} == {c: c for c in codes}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The navies of Chile, Fiji and Tonga drilled.", ["CHL", "FJI", "TON"]),
        ("The Chilean and Fijian navies drilled.", ["CHL", "FJI"]),
        ("Chilean, Fijian and Tongan officers drilled.", ["CHL", "FJI", "TON"]),
    ],
)
def test_a_group_of_several_states_is_a_mention_for_each(read: Any, text: str, codes: list[str]) -> None:
    """One noun with several owners gives a force or an office of each."""
    found = read(text).page.mentions.all
    assert [m.codes[0] for m in found if m.cls in ("force", "official")] == codes


def test_mentions_of_a_sentence_are_in_order(read: Any) -> None:
    """The mentions of a sentence come in order of the text, and of another sentence none."""
    found = read("Chile, Fiji and Omani General Salim al-Hashidi met Peru's navy. Tonga was absent.")
    first = found.page.mentions.of(0)
    assert [m.start for m in first] == sorted(m.start for m in first)
    assert {m.sentence for m in first} == {0}
    assert [m.codes for m in found.page.mentions.of(1)] == [("TON",)]
    assert found.page.mentions.of(99) == []


def test_a_force_bears_its_own_name_only(read: Any) -> None:
    """Of "the navies of Chile and Fiji" the second is not named after the first."""
    found = read("The navies of Chile and Fiji held a joint naval exercise.").page.mentions.all
    assert [m.name for m in found if m.codes == ("FJI",) and m.cls == "force" and "Chile" in (m.name or "")] == []


OMANI = "Omani Defence Minister Salim al-Hashidi landed."
TWO = "Omani Foreign Minister Said Badr and Omani Foreign Minister Yusuf Alawi landed."


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        (f"{OMANI} The Omani defence minister met Peru.", "Omani defence minister", "Salim al-Hashidi"),
        (f"The Omani minister of defense met Peru. {OMANI}", "Omani minister of defense", "Salim al-Hashidi"),
        (f"{OMANI} The Omani foreign minister met Peru.", "Omani foreign minister", None),
        (f"{OMANI} The Syrian defence minister met Peru.", "Syrian defence minister", None),
        (f"{TWO} The Omani foreign minister met Peru.", "Omani foreign minister", None),
    ],
)
def test_a_post_without_a_name(read: Any, text: str, mention: str, name: str | None) -> None:
    """A post told without a name is that of the one person of that state and post whom the document names."""
    found = next(m for m in read(text).page.mentions.all if m.text == mention)
    assert (found.name, found.kind) == (name, "person" if name else "country")


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("The Baltic states signed a pact.", "Baltic states", ("EST", "LVA", "LTU")),
        (
            "The ministers of the Nordic countries met.",
            "ministers of the Nordic countries",
            ("DNK", "FIN", "ISL", "NOR", "SWE"),
        ),
        ("The two Koreas signed a pact.", "two Koreas", ("KOR", "PRK")),
    ],
)
def test_a_name_for_several_states_means_each(read: Any, text: str, words: str, codes: tuple[str, ...]) -> None:
    """The lexicon's groups of states take part as their members."""
    found = [m for m in read(text).page.mentions.all if m.text == words]
    assert [m.codes for m in found] == [codes]


def test_a_group_of_states_is_a_place_too(code: Any) -> None:
    """Where a region bears its name an event is told to happen there."""
    report = next(r for r in code("NATO deployed troops in the Baltic states in 2017.") if r.type == "deployment")
    assert {p.actor for p in report.participants if p.role == "host"} == {"EST", "LVA", "LTU"}
    assert report.place.name == "Baltic states"


def test_an_officer_of_an_armed_group_acts_for_it(code: Any) -> None:
    """He is neither nobody nor a state's."""
    report = next(r for r in code("Israel killed a Hezbollah commander in Beirut on Sunday.") if r.type == "incident")
    assert [(p.actor, p.kind, p.name) for p in report.participants if p.role == "target"] == [
        ("HEZB", "organisation", "Hezbollah")
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Georgia's parliament ratified a pact with Turkey.", {"GEO", "TUR"}),
        ("Georgia's defence minister visited Turkey.", {"GEO", "TUR"}),
        ("Georgia's governor visited Turkey.", {"TUR"}),
    ],
)
def test_what_only_a_state_has_makes_a_shared_name_a_state(read: Any, text: str, codes: set[str]) -> None:
    """A parliament or an army does, a governor does not."""
    assert {code for m in read(text).page.mentions.all for code in m.codes} == codes
