"""The store knows who stands behind an outlet, and says nothing where the lexicon knows nothing."""

from __future__ import annotations

import pytest

from communique.lexicon import load_lexicon
from communique.pipeline.link.witnesses import OTHERS, STATE
from communique.store.outlets import COLUMNS, behind, outlet_rows


@pytest.mark.parametrize(
    ("name", "country", "told"),
    [
        ("Press TV (via Khabar Foori)", "IRN", ("IRIB", "IRN", "state")),
        ("Indian Navy", None, ("Indian Navy", "IND", "government")),
        ("Unheard Gazette", "TON", (None, "TON", None)),
        ("Unheard Gazette", None, (None, None, None)),
    ],
)
def test_behind(name: str, country: str | None, told: tuple[str | None, str | None, str | None]) -> None:
    """Owner, country and affiliation; the given country where nothing is known."""
    assert behind(name, country, load_lexicon()) == told


def test_outlet_rows() -> None:
    """One row an outlet in the order given, under the columns' names."""
    table = outlet_rows([("TASS", "RUS"), ("Unheard Gazette", None)], load_lexicon())
    assert tuple(table.column_names) == COLUMNS
    assert table.column("outlet").to_pylist() == ["TASS", "Unheard Gazette"]
    assert table.column("affiliation").to_pylist() == ["state", None]


def test_affiliations_are_those_that_camps_know() -> None:
    """Whatever the table says of an outlet, what is told of it is a word that camps are counted by."""
    from communique.lexicon.outlets import VOICES

    assert set(VOICES.values()) - {None} <= STATE | OTHERS
