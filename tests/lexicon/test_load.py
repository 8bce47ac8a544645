"""The loaded lexicon finds what a text names, and answers for states, tenures and overlays."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import LexiconError
from communique.lexicon import Lexicon, Match, load_lexicon

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "lexicon_find.yml").read_text(encoding="utf-8"))
ARTICLE = (
    "Turkey's defence minister flew to Washington on Monday for talks with U.S. and South Korean officers. "
    "Iran and the Gulf of Oman, Georgia and Jordan Smith were on the agenda, "
    "said officials in Tehran and at the Kremlin. "
) * 15
PIECES = st.sampled_from(
    [
        "Iran",
        "the US",
        "U.S.",
        "South",
        "Korea",
        " ",
        "  ",
        "\n",
        "\n\n",
        "'s",
        "é",
        "İ",
        "ﬁ",
        "-",
        "Turkey",
        "us",
        "\t",
        "𝔘",
        ".",
        "x",
    ]
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def states_in(matches: list[Match]) -> list[str]:
    """Codes by match, of its states or else of its bodies of states; in parentheses where all readings are weak."""
    told = []
    for match in matches:
        readings = [entry for kind in ("state", "body") for entry in match.entries if entry.kind == kind]
        actors = [entry for entry in readings if entry.kind == readings[0].kind]
        if actors:
            codes = "/".join(sorted({str(entry.code) for entry in actors}))
            told.append(f"({codes})" if all(entry.weak for entry in actors) else codes)
    return told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_find_reads_states_as_the_table_of_cases_says(lexicon: Lexicon, case: dict[str, Any]) -> None:
    assert states_in(lexicon.find(case["text"])) == case["states"]


@given(st.lists(PIECES, max_size=25).map("".join))
def test_matches_are_ordered_disjoint_and_cut_from_the_text(text: str) -> None:
    """Offsets count code points of the text as given, whatever its white space and letters."""
    matches = load_lexicon().find(text)
    assert all(text[match.start : match.end] == match.text != "" for match in matches)
    assert all(left.end <= right.start for left, right in itertools.pairwise(matches))


def test_a_second_load_gives_the_same_object_and_version(lexicon: Lexicon) -> None:
    """Loading is cached, and the version is sixteen hexadecimal digits."""
    assert load_lexicon() is lexicon
    assert len(lexicon.version) == 16
    assert int(lexicon.version, 16) >= 0


def test_a_state_knows_its_codes_in_other_data_sets(lexicon: Lexicon) -> None:
    """Germany's numbers differ between the Correlates of War and the Gleditsch-Ward list."""
    germany = lexicon.state("DEU")
    assert dict(germany.codes) == {"cow": "255", "cow_abb": "GMY", "gw": "260", "cameo": "DEU"}
    assert (germany.iso2, germany.capital, germany.member_from, germany.member_to) == ("DE", "Berlin", 1816, None)


def test_a_territory_that_never_was_a_member_has_no_years(lexicon: Lexicon) -> None:
    """Greenland has neither spells of membership nor a number."""
    greenland = lexicon.state("GRL")
    assert (greenland.membership, greenland.member_from, greenland.member_to) == ((), None, None)
    assert "cow" not in greenland.codes


def test_spells_of_membership_keep_their_gaps(lexicon: Lexicon) -> None:
    """France left the state system in 1942 and came back in 1944."""
    assert [(spell.start, spell.end) for spell in lexicon.state("FRA").membership] == [(1816, 1942), (1944, None)]


def test_an_unknown_state_is_refused_with_a_hint(lexicon: Lexicon) -> None:
    """The message names the code and the nearest one."""
    with pytest.raises(LexiconError, match=r"no state 'DEUU'.*did you mean 'DEU'"):
        lexicon.state("DEUU")


def test_an_unknown_person_has_no_tenures(lexicon: Lexicon) -> None:
    """An id that no official has gives an empty tuple."""
    assert lexicon.tenures("TUR:nobody-at-all") == ()


def test_cities_come_largest_first(lexicon: Lexicon) -> None:
    """Libya's Tripoli is larger than Lebanon's."""
    assert [city.country for city in lexicon.city("Tripoli")][:2] == ["LBY", "LBN"]


OVERLAY_BODY = (
    "id,name,aliases,native,kind,actor,parent,source,licence,retrieved\n"
    "xx-navy,Royal Testland Navy,RTLNX,,navy,IRN,,a test,CC0,2026-11-26\n"
)
OVERLAY_STATE = (
    "code: GEO\nname: Georgia\niso2: GE\nnames: {strong: [Georgia, Testland]}\n"
    "source: a test\nlicence: CC0\nretrieved: 2026-11-26\n"
)


def test_an_overlay_adds_rows_and_replaces_those_of_the_same_id(tmp_path: Path, lexicon: Lexicon) -> None:
    """An overlay's body is found, its state takes the packaged one's place, and the version tells the two apart."""
    (tmp_path / "bodies_states.csv").write_text(OVERLAY_BODY, encoding="utf-8")
    (tmp_path / "states").mkdir()
    (tmp_path / "states" / "GEO.yml").write_text(OVERLAY_STATE, encoding="utf-8")
    overlaid = load_lexicon(tmp_path)
    (navy,) = overlaid.find("The Royal Testland Navy came.")[0].entries
    assert (navy.kind, navy.code, navy.subkind, navy.form) == ("body", "IRN", "navy", "strong")
    assert [entry.form for entry in overlaid.find("RTLNX")[0].entries] == ["acronym"]
    assert states_in(overlaid.find("Georgia met Iran, Testland and Tbilisi")) == ["GEO", "IRN", "GEO"]
    assert overlaid.version != lexicon.version


def test_an_overlay_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    """The message names the folder."""
    with pytest.raises(LexiconError, match=r"no folder .*nothing; rows of your own"):
        load_lexicon(tmp_path / "nothing")


def test_a_group_of_states_names_its_members(lexicon: Lexicon) -> None:
    """A group has no code of its own; its members stand in its attributes."""
    (match,) = lexicon.find("Troops of the Baltics came.")
    (group,) = (entry for entry in match.entries if entry.kind == "group")
    assert (match.text, group.code, group.attributes["members"]) == ("the Baltics", None, "EST|LVA|LTU")
