"""A compiled text is read whole, and what is equal in it is held once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.lexicon.assembly import COMPILED, DATA, assemble, compiled_text
from communique.lexicon.content import read_content
from communique.lexicon.tables import Record

TEXTS = st.text(max_size=4)
RECORDS = st.builds(
    Record, TEXTS, TEXTS, st.none() | TEXTS, TEXTS, TEXTS, st.none() | TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=2),
    st.lists(TEXTS, max_size=3).map(tuple), st.just("test.csv, line 2"),
)  # fmt: skip


def written(content: Any) -> str:
    """The content as `compiled_text` writes it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("folder", ["packaged", "empty"])
def test_what_is_read_would_be_written_as_the_same_text(folder: str, tmp_path: Path) -> None:
    """Nothing is lost or changed, neither of the packaged file nor of one without rows."""
    text = (DATA / COMPILED).read_text(encoding="utf-8") if folder == "packaged" else compiled_text(tmp_path)
    assert written(read_content(text)) == text


@given(st.lists(RECORDS, max_size=4), st.dictionaries(TEXTS, st.lists(st.lists(TEXTS, max_size=2), max_size=2)))
def test_rows_of_any_texts_are_read_as_they_were_written(records: list[Record], tenures: dict[str, Any]) -> None:
    """Whatever letters, brackets and quotation marks the cells hold, and where lists and attributes are empty."""
    text = written(assemble({"records": records, "states": {}, "tenures": tenures, "words": {}}, "test"))
    assert written(read_content(text)) == text


def test_equal_texts_and_attributes_are_one_object() -> None:
    """Two rows of one office in one state share their texts and their attributes."""
    one, other = read_content('{"rows":[["body","a","IRN",{"x":"Test"}],["body","b","IRN",{"x":"Test"}]]}')["rows"]
    assert one[0] is other[0]
    assert one[2] is other[2]
    assert one[3] is other[3]
