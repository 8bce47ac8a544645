"""The compiled lexicon is the same bytes for the same tables, and its stored hash changes with any of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.errors import LexiconError
from communique.lexicon.assembly import compiled_text, read_words, source_hash

STATE = "code: XXA\nname: Testland\niso2: XA\ncodes: {cow: 1}\nsource: a test\nlicence: CC0\nretrieved: 2026-11-26\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "states").mkdir()
    (tmp_path / "states" / "XXA.yml").write_text(STATE, encoding="utf-8")
    return tmp_path


def test_compiling_twice_gives_the_same_text(folder: Path) -> None:
    """No clock, no order of files or of hashes shows in it."""
    assert compiled_text(folder) == compiled_text(folder)


def test_each_normalised_form_leads_to_its_row_and_spelling(folder: Path) -> None:
    """Codes are text, whatever YAML made of them."""
    compiled = json.loads(compiled_text(folder))
    ((number, spelling),) = compiled["forms"]["testland"]
    assert (compiled["rows"][number][:5], spelling) == (["state", "XXA", "XXA", "Testland", "strong"], "Testland")
    assert compiled["states"]["XXA"]["codes"] == {"cow": "1"}


def test_the_hash_changes_with_a_table_and_not_with_other_files(folder: Path) -> None:
    """Files that the lexicon isn't compiled from don't make it stale."""
    before = source_hash(folder)
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    assert source_hash(folder) == before
    (folder / "states" / "XXA.yml").write_text(STATE + "capital: Testburg\n", encoding="utf-8")
    assert source_hash(folder) != before


@pytest.mark.parametrize(
    ("content", "message"),
    [("words: [on, off]\n", "words holds True, which is no text"), ("wrods: [a]\n", "no list 'words'")],
)
def test_a_word_list_with_a_fault_is_refused(folder: Path, content: str, message: str) -> None:
    (folder / "caps_words.yml").write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        read_words(folder)
