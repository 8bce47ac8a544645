"""Warships that a text names with a prefix."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "ship", "code"),
    [
        ("INS Tabar arrived in Alexandria.", "INS Tabar", "IND"),
        ("Israel said INS Magen called at Limassol.", "INS Magen", "ISR"),
        ("The carrier USS Carl Vinson called at Suva.", "USS Carl Vinson", "USA"),
        ("The USS Carl Vinson Carrier Strike Group left Suva.", "USS Carl Vinson", "USA"),
        ("HMCS Ville de Québec sailed with Fiji's navy.", "HMCS Ville de Québec", "CAN"),
        ("USNS City of Bismarck docked in Suva.", "USNS City of Bismarck", "USA"),
        ("Japan's navy sent JS Kongo to Suva.", "JS Kongo", "JPN"),
        ("The frigate KD Jebat called at Suva.", "KD Jebat", "MYS"),
        ("The ship BAP Unión of the Peruvian Navy called at Suva.", "BAP Unión", "PER"),
        ("KD Jebat of the Royal Malaysian Navy called at Suva.", "KD Jebat", "MYS"),
    ],
)
def test_a_prefix_tells_the_navy(read: Any, text: str, ship: str, code: str) -> None:
    """A ship with a prefix is a mention of its state's navy under its whole name."""
    found = [m for m in read(text).page.mentions.all if m.text == ship]
    assert [(m.cls, m.codes, m.name) for m in found] == [("vessel", (code,), ship)]


def test_a_ships_name_is_no_state_town_or_person(read: Any) -> None:
    """A state, a town or a person for whom a ship is named takes no part."""
    found = read("USS Georgia, HMAS Sydney and USS Carl Vinson met INS Delhi off Tonga.").page
    assert [m.codes for m in found.mentions.all if m.cls != "vessel"] == [("TON",)]
    assert [m.codes for m in found.mentions.all if m.cls == "vessel"] == [("USA",), ("AUS",), ("USA",), ("IND",)]


@pytest.mark.parametrize(
    "text",
    [
        "JS Kongo is a bakery in Suva.",
        "The INS spoke to reporters.",
        "INS Director Smith spoke.",
        "HS Truman wrote a letter to Fiji.",
    ],
)
def test_letters_alone_are_no_ship(read: Any, text: str) -> None:
    """Letters that mean other things too, or that no name follows, name no ship."""
    assert [m.text for m in read(text).page.mentions.all if m.cls == "vessel"] == []


def test_a_ship_calls_at_a_port(read: Any) -> None:
    """The ship is the visitor and its name stands in the register."""
    visit = read("INS Tabar arrived in Alexandria.").one("visit", "arrived")
    assert "IND" in visit.codes()
    assert visit.details["vessels"] == ["INS Tabar"]
