"""Registers show the details that most reports tell, each in its own column."""

import json

import pytest

from communique.web.pages.registers import REGISTERS, cells, parties, phrase


@pytest.mark.parametrize(
    ("name", "details", "told"),
    [
        ("instrument", {"instrument": "pact"}, "pact"),
        ("instrument", {"instrument": "agreement", "name": "Reef Treaty"}, "Reef Treaty (agreement)"),
        ("instrument", {"instrument": "treaty", "name": "Reef Treaty"}, "Reef Treaty"),
        ("instrument", {"name": "Reef Treaty"}, "Reef Treaty"), ("instrument", {}, ""), ("amount", {}, ""),
        ("amount", {"amount": 600000000, "currency": "JPY"}, "600,000,000 JPY"), ("amount", {"amount": 5}, "5"),
    ],
)  # fmt: skip
def test_a_detail_is_told_in_words(name, details, told):
    assert phrase(name, details) == told


def test_of_several_tellings_the_one_of_most_is_shown():
    told = [json.dumps({"name": name}) for name in ("Indra", "Indra 2020", "Indra")] + ["{}"]
    assert cells(REGISTERS["exercises"], told) == ["Indra", ""]


def test_supplier_and_recipient_have_columns_of_their_own():
    roles = [("supplier", "RUS"), ("recipient", "IND"), ("recipient", "CHN")]
    assert parties(REGISTERS["transfers"], {"actors": None}, roles) == [["RUS"], ["CHN", "IND"]]
    assert parties(REGISTERS["agreements"], {"actors": ["CHN", "RUS"]}, []) == [["CHN", "RUS"]]
