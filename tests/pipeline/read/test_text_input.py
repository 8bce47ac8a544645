"""A plain text becomes a document: first paragraph title, rest body; or a row that says why not."""

from __future__ import annotations

import pytest

from communique.pipeline.read.assemble import Defaults
from communique.pipeline.read.text_input import read_text
from communique.records import Document, Quarantined


@pytest.mark.parametrize(
    ("raw", "title", "text"),
    [
        ("Ministers meet\n\nThey met in Cairo.", "Ministers meet", "Ministers meet\n\nThey met in Cairo."),
        ("Ministers meet\r\nThey met in Cairo.", "Ministers meet", "Ministers meet\n\nThey met in Cairo."),
        ("They met in Cairo.", None, "They met in Cairo."),
        (
            "CAIRO, May 2 (MENA) - They met.\n\nThey will meet again.",
            None,
            "CAIRO, May 2 (MENA) - They met.\n\nThey will meet again.",
        ),
        ("They met. " * 40 + "\n\nMore.", None, ("They met. " * 40).strip() + "\n\nMore."),
    ],
)
def test_the_first_paragraph_is_the_title_where_it_can_be_one(raw: str, title: str | None, text: str) -> None:
    """A lead, a dateline or a single paragraph is no headline."""
    doc = read_text(raw.encode(), "f", Defaults())
    assert isinstance(doc, Document)
    assert (doc.title, doc.text) == (title, text)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"...\n--", "no_text"), (b"\xff\xfea", "encoding"), (b"word " * 2_000_000, "too_large")],
)
def test_what_is_no_article_is_set_aside(data: bytes, reason: str) -> None:
    """Texts without a letter, without an encoding or of ten million characters on one line are rows, at once."""
    item = read_text(data, "f", Defaults())
    assert isinstance(item, Quarantined)
    assert item.reason == reason


def test_a_guessed_encoding_is_noted() -> None:
    """The note names the file and the encoding."""
    notes: list[str] = []
    doc = read_text(
        "A title\n\nThe général met the press in Zürich.".encode("cp1252"), "f", Defaults(note=notes.append)
    )
    assert isinstance(doc, Document)
    assert "général" in doc.text
    assert len(notes) == 1
    assert notes[0].startswith("f: not UTF-8")
