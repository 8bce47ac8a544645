"""The table of prefixes of warships' names."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.codebook import load_codebook
from communique.errors import LexiconError
from communique.lexicon import load_lexicon
from communique.lexicon.ships import read_prefixes

HEAD = "prefix,state,meaning,weak,source,licence,retrieved\n"


def test_every_prefix_is_of_a_state() -> None:
    """Each row's state is one of the codebook's, its prefix is capitals at the head, and it says what it means."""
    states = load_codebook().states
    for row in read_prefixes():
        assert row.state in states, row
        assert row.prefix[0].isupper(), row
        assert " " not in row.prefix, row
        assert row.meaning, row


def test_a_shared_prefix_keeps_all_its_states() -> None:
    """Two navies' ships are called INS."""
    assert [row.state for row in load_lexicon().ship_prefixes.rows("INS")] == ["IND", "ISR"]


@pytest.mark.parametrize(
    ("prefix", "told", "sure", "state"),
    [
        ("USS", (), False, "USA"),
        ("HMAS", ("GBR",), False, "AUS"),
        ("INS", (), False, "IND"),
        ("INS", ("ISR", "EGY"), False, "ISR"),
        ("KD", (), False, None),
        ("KD", ("MYS",), False, "MYS"),
        ("KD", (), True, "MYS"),
        ("XYZ", ("USA",), True, None),
    ],
)
def test_whose_ship(prefix: str, told: tuple[str, ...], sure: bool, state: str | None) -> None:
    """A state that is told of decides; letters that mean other things too need one, or a noun for ships."""
    assert load_lexicon().ship_prefixes.navy_of(prefix, told, sure) == state


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ABC,,A ship,,a page,facts only,2026-01-02\n", "no state"),
        (",CHL,A ship,,a page,facts only,2026-01-02\n", "no prefix"),
        ("ABC,CHL,A ship,perhaps,a page,facts only,2026-01-02\n", "weak is 'perhaps'"),
        ("ABC DEF,CHL,A ship,,a page,facts only,2026-01-02\n", "prefix 'ABC DEF' has several words"),
        ("ABC,CHL,A ship,,,facts only,2026-01-02\n", "no source"),
        ("ABC,CHL,A ship,,a page,facts only,2026-01-02\n" * 2, "merge the rows"),
    ],
)
def test_bad_rows_are_refused(tmp_path: Path, row: str, message: str) -> None:
    """A row with a gap, or one told twice, is refused with its line."""
    path = tmp_path / "ship_prefixes.csv"
    path.write_text(HEAD + row, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        read_prefixes(path)
