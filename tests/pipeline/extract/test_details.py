"""What the register of a type shows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.extract.details import CURRENCIES, READERS, amount_in


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("a $425 million package", 425e6, "USD"),
        ("worth US$1.5 billion", 1.5e9, "USD"),
        ("€30 million", 30e6, "EUR"),
        ("£2bn", 2e9, "GBP"),
        ("Rs 500 crore", 5e9, "INR"),
        ("1,200 dollars", 1200.0, "USD"),
        ("3 million euros", 3e6, "EUR"),
        ("A$7 million", 7e6, "AUD"),
        ("20 tanks", None, None),
        ("", None, None),
        ("$", None, None),
    ],
)
def test_amounts(words: str, amount: float | None, currency: str | None) -> None:
    """The first sum of money in units of its currency, or nothing."""
    assert amount_in(words) == (pytest.approx(amount) if amount else amount, currency)


@given(st.text(alphabet="0123456789.,$€ RsUS millionbcrore", max_size=40))
def test_amounts_of_any_words(words: str) -> None:
    """Amount and currency come together or not at all, and the currency has a code of three letters."""
    amount, currency = amount_in(words)
    assert (amount is None) == (currency is None)
    assert currency is None or currency in CURRENCIES.values()
    assert amount is None or amount >= 0


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "expected"),
    [
        (
            "Chile sold 20 missiles to Peru for $5 million.",
            "transfer",
            "sold",
            {"amount": 5e6, "currency": "USD", "items": [{"item": "missiles", "quantity": "20"}]},
        ),
        (
            "Chile donated two patrol boats to Peru.",
            "transfer",
            "donated",
            {"items": [{"item": "patrol boats", "quantity": "two"}]},
        ),
        (
            "Chile and Peru held the joint naval exercise Blue Reef 2021 in May.",
            "exercise",
            "exercise",
            {"name": "Blue Reef 2021"},
        ),
        pytest.param(
            "Chile and Peru held the joint naval exercise Blue Reef 2021 off Suva.",
            "exercise",
            "exercise",
            {"name": "Blue Reef 2021"},
        ),
        (
            "Chile and Peru held the third edition of the joint naval exercise.",
            "exercise",
            "exercise",
            {"edition": "third"},
        ),
        (
            "Chile and Peru signed a memorandum of understanding on border security.",
            "agreement",
            "signed",
            {"instrument": "memorandum"},
        ),
    ],
)
def test_details(read: Any, text: str, kind: str, trigger: str, expected: dict[str, Any]) -> None:
    """Items with quantities, sums, names, editions and instruments as told."""
    found = read(text).one(kind, trigger).details
    assert {k: found.get(k) for k in expected} == expected


def test_details_are_the_types(read: Any, cases: Any, coder: Any) -> None:
    """No sentence gives a type a detail that the codebook does not list, and none that is empty."""
    for case in [*cases("parties"), *cases("status")]:
        for draft in read(case["text"]).drafts:
            allowed = {d if isinstance(d, str) else d.name for d in coder.codebook.type(draft.type).details}
            assert {k for k in draft.details if not k.startswith("_")} <= allowed
            assert all(draft.details.values())


def test_readers_are_for_types(coder: Any) -> None:
    """Each reader belongs to a type."""
    assert set(READERS) <= set(coder.codebook.types)


def test_nothing_is_invented(read: Any) -> None:
    """A sentence that tells no sum and no item gives none."""
    found = read("Chile delivered aid to Peru.").of("transfer")
    assert all("amount" not in d.details and "items" not in d.details for d in found)


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("Ships of India and Australia took part in AUSINDEX.", "took", "AUSINDEX"),
        ("Ships of India and Australia took part in AUSINDEX.", "AUSINDEX", "AUSINDEX"),
        ("Chile and Peru concluded Exercise Malabar 2020 off Suva.", "concluded", "Malabar 2020"),
        ("Chile and Peru began the joint exercise Tabuk 5 on Sunday.", "began", "Tabuk 5"),
        ("Chile and Peru took part in SIMBEX and AUSINDEX 2021.", "AUSINDEX", "AUSINDEX 2021"),
        ("Chile and Peru took part in AUSINDEX, 20 ships in all.", "AUSINDEX", "AUSINDEX"),
    ],
)
def test_an_exercise_bears_the_name_beside_it(read: Any, text: str, trigger: str, name: str) -> None:
    """The name that stands nearest, with the year or number that is part of it."""
    assert read(text).one("exercise", trigger).details["name"] == name


def test_a_series_brings_no_parties(read: Any) -> None:
    """Who takes part in a series by habit is no party where the text does not tell."""
    found = read("AUSINDEX ended on Sunday.").one("exercise", "AUSINDEX")
    assert not found.codes()
    assert found.details["name"] == "AUSINDEX"
    told = read("Ships of India and Fiji took part in AUSINDEX.").of("exercise")
    assert {c for d in told for c in d.codes()} == {"IND", "FJI"}


def test_an_organisations_name_is_no_item(read: Any) -> None:
    """ "Defence" in a ministry's name is not handed over."""
    found = read("Chile gave two patrol boats to the Ministry of National Defence of Peru.").one("transfer", "gave")
    assert [i["item"] for i in found.details["items"]] == ["patrol boats"]
