"""Initials that a text spells out."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.extract.initials import spelled_out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Langkawi Maritime Arms Show (LMAS) opened.", [("LMAS", "Langkawi Maritime Arms Show")]),
        ("The Long Island Maritime and Aerospace Exhibition (LIMA 2023) opened.", [("LIMA", None)]),
        ("He left Peru (Lima) for Oman (UAE).", []),
        ("The defence minister (FM) spoke.", []),
    ],
)
def test_initials_are_those_of_the_words_before_them(text: str, told: list[tuple[str, str | None]]) -> None:
    """Words with a capital before the brackets, the last of which may have no letter in them."""
    found = [(short, text[start:end]) for short, (start, end) in spelled_out(text)]
    assert [short for short, _ in found] == [short for short, _ in told]
    assert all(words == expected for (_, words), (_, expected) in zip(found, told, strict=True) if expected)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The Long Island Maritime Arms (LIMA) opened. LIMA hosts Oman's navy.", {"OMN"}),
        ("The navies of Oman and Lima met.", {"OMN", "PER"}),
        ("The United Arab Emirates (UAE) met Oman. UAE officials left.", {"ARE", "OMN"}),
        ("The Gulf Co-operation Council (GCC) met. The GCC condemned Chile.", {"GCC", "CHL"}),
    ],
)
def test_spelled_initials_are_no_other_party(coder: Any, document: Any, text: str, codes: set[str]) -> None:
    """A fair's initials are no capital; a party's own are the party, in whatever spelling."""
    _, page, _ = coder.page_of(document(text))
    assert {c for m in page.mentions.all for c in m.codes} == codes
