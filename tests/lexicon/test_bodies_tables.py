"""What the tables of bodies, armed groups and firms promise, and names in news that they must lead to their actors."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from communique.codebook import load_codebook
from communique.lexicon.assembly import DATA, compiled_text
from communique.lexicon.load import Lexicon

Row = dict[str, str]
TABLES = ("bodies_states.csv", "bodies_international.csv", "armed_groups.csv", "firms.csv")
CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "bodies.yml").read_text(encoding="utf-8"))
ACTOR_KINDS = ("body", "igo", "armed", "firm")
GENERIC = {
    "army", "navy", "air force", "marines", "coast guard", "armed forces", "ministry of defence", "defence ministry",
    "ministry of defense", "defense ministry", "ministry of foreign affairs", "foreign ministry", "general staff",
    "parliament", "government", "police", "border guard", "gendarmerie", "the army", "the navy", "rebels", "militants",
}  # fmt: skip
KINDS = {
    "government", "legislature", "ministry_defence", "ministry_foreign", "ministry_interior", "general_staff",
    "armed_forces", "army", "navy", "air_force", "marines", "missile_force", "special", "coast_guard", "border_guard",
    "gendarmerie", "police", "intelligence", "agency",
}  # fmt: skip
NO_NAME = {"COMPANY", "UNKNOWN"}
"""codes of the codebook for what has no name"""


def read(file: str) -> list[Row]:
    with (DATA / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def every_row() -> list[tuple[str, Row]]:
    return [(file, row) for file in TABLES for row in read(file)]


def names(row: Row) -> list[str]:
    """The forms that lead to the row by themselves."""
    return [row["name"], *filter(None, row["aliases"].split("|")), *filter(None, row.get("native", "").split("|"))]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(compiled_text(DATA))


@pytest.mark.parametrize(
    ("file", "least"),
    [("bodies_states.csv", 1500), ("bodies_international.csv", 240), ("armed_groups.csv", 180), ("firms.csv", 180)],
)
def test_tables_are_no_smaller_than_they_were(file: str, least: int) -> None:
    assert len(read(file)) >= least


@pytest.mark.parametrize(
    ("kind", "least"),
    [("ministry_defence", 150), ("ministry_foreign", 170), ("armed_forces", 110), ("army", 110), ("navy", 100),
     ("air_force", 110), ("government", 170), ("legislature", 170)],
)  # fmt: skip
def test_the_main_bodies_are_told_for_most_states(kind: str, least: int) -> None:
    assert len({row["actor"] for row in read("bodies_states.csv") if row["kind"] == kind}) >= least


def test_no_id_stands_twice() -> None:
    """In any of the four tables."""
    ids = [row["id"] for _, row in every_row()]
    assert len(ids) == len(set(ids))


def test_every_kind_of_a_state_body_is_one_of_the_list() -> None:
    assert {row["kind"] for row in read("bodies_states.csv")} <= KINDS


def test_bodies_and_firms_of_states_have_the_code_of_a_state() -> None:
    states = set(load_codebook().states)
    assert {row["actor"] for file in ("bodies_states.csv", "firms.csv") for row in read(file)} <= states


def test_home_states_of_armed_groups_are_states() -> None:
    states = set(load_codebook().states)
    homes = {code for row in read("armed_groups.csv") for code in re.split(r"[|;]", row["state"]) if code}
    assert homes <= states


def test_other_actors_have_short_codes_that_are_no_state() -> None:
    codes = {row["actor"] for file in ("bodies_international.csv", "armed_groups.csv") for row in read(file)}
    assert [code for code in codes if not re.fullmatch(r"[A-Z0-9_]{2,12}", code)] == []
    assert codes & set(load_codebook().states) == set()


def test_no_code_is_both_an_organisation_and_an_armed_group() -> None:
    codes = [{row["actor"] for row in read(file)} for file in ("bodies_international.csv", "armed_groups.csv")]
    assert codes[0] & codes[1] == set()


def test_every_actor_of_the_codebook_can_be_named() -> None:
    """Save the codes for what has no name."""
    told = {row["actor"] for _, row in every_row()}
    assert set(load_codebook().actors) - NO_NAME - told == set()


def test_every_parent_is_a_row_of_the_same_table_and_actor() -> None:
    for file in ("bodies_states.csv", "bodies_international.csv"):
        rows = {row["id"]: row for row in read(file)}
        children = [row for row in rows.values() if row["parent"]]
        assert [row["id"] for row in children if row["parent"] not in rows] == []
        assert [row["id"] for row in children if rows[row["parent"]]["actor"] != row["actor"]] == []


def test_every_row_has_a_source_that_was_read() -> None:
    for file, row in every_row():
        assert len(row["source"]) > 20, (file, row["id"])
        assert "TO VERIFY" not in row["source"], (file, row["id"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["retrieved"]), (file, row["id"])


def test_licences_let_the_tables_be_shared() -> None:
    """Facts read on a page with other terms are marked as facts only."""
    assert {row["licence"] for _, row in every_row()} <= {"public domain", "CC0", "MIT", "CC BY 4.0", "facts only"}


def test_generic_words_name_no_body() -> None:
    """The coder puts them together with a state's adjective by itself."""
    wrong = [(file, row["id"], name) for file, row in every_row() for name in names(row) if name.casefold() in GENERIC]
    assert wrong == []


def test_no_name_is_empty_or_padded() -> None:
    for file, row in every_row():
        for name in [*names(row), *filter(None, row["weak_aliases"].split("|"))]:
            assert name == " ".join(name.split()), (file, row["id"], name)
            assert len(name) > 1, (file, row["id"], name)


@pytest.mark.parametrize(("text", "name", "code"), CASES["strong"], ids=lambda value: str(value)[:40])
def test_names_in_news_lead_to_their_actor(lexicon: Lexicon, text: str, name: str, code: str) -> None:
    entries = [entry for match in lexicon.find(text) if name in match.text for entry in match.entries]
    assert code in {entry.code for entry in entries if entry.kind in ACTOR_KINDS and not entry.weak}


@pytest.mark.parametrize(("text", "name", "code"), CASES["weak"])
def test_names_of_several_bodies_are_weak(lexicon: Lexicon, text: str, name: str, code: str) -> None:
    entries = [e for m in lexicon.find(text) if m.text == name for e in m.entries if e.kind in ACTOR_KINDS]
    assert code in {entry.code for entry in entries}
    assert all(entry.weak for entry in entries)


@pytest.mark.parametrize("text", CASES["silent"])
def test_generic_words_in_news_lead_to_nobody(lexicon: Lexicon, text: str) -> None:
    found = [m.text for m in lexicon.find(text) for e in m.entries if e.kind in ACTOR_KINDS and not e.weak]
    assert found == []
