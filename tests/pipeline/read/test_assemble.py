"""Documents made from text in the library, and our gold corpora as input with every offset in place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import InputError
from communique.pipeline.read import document_from_text, read
from communique.records import Document

GOLD = [Path(__file__).parents[3] / "gold" / name for name in ("cases.jsonl", "demo.jsonl")]


def test_clean_text_is_kept_to_the_letter() -> None:
    """`clean=True` changes nothing; without it the text is mended."""
    raw = "A  title\r\n\r\nBody\u00ad text"
    assert document_from_text(raw, clean=True).text == raw
    assert document_from_text(raw).text == "A title\n\nBody text"


def test_an_unknown_field_is_refused() -> None:
    """The error names the field and those that exist."""
    with pytest.raises(InputError, match="no document field 'titel'"):
        document_from_text("x", titel="T")


def test_a_broken_date_is_refused() -> None:
    """The error shows the value and the form that is wanted."""
    with pytest.raises(InputError, match="2020-07-16"):
        document_from_text("x", published="16.7.2020")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200), st.booleans())
def test_the_same_text_has_the_same_id(text: str, clean: bool) -> None:
    """Reading twice gives equal documents; their id is the hash of the text, their spans lie within it."""
    one, two = document_from_text(text, clean=clean), document_from_text(text, clean=clean)
    assert one == two
    assert one.id == one.hash
    assert all(0 <= s.start < s.end <= len(one.text) for s in one.ignored)


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name)
def test_gold_files_are_valid_input(path: Path) -> None:
    """Each labelled document comes back under its id, its text unchanged, none of its evidence ignored."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    docs = list(read([path], note=lambda _: None))
    assert all(isinstance(d, Document) for d in docs)
    assert [(d.id, d.text) for d in docs if isinstance(d, Document)] == [(r["id"], r["text"]) for r in rows]
    for doc, row in zip(docs, rows, strict=True):
        assert isinstance(doc, Document)
        spans = [s for event in row["events"] for s in event["evidence"]]
        assert not [s for s in spans for i in doc.ignored if s["start"] < i.end and i.start < s["end"]]
