"""Bytes become text in the right encoding; guesses are noted; what is no text is recognised."""

from __future__ import annotations

import pytest

from communique.errors import UnreadableInput
from communique.pipeline.read.decoding import binary_kind, decode

TEXT = "Zürich – “Défense” talks: the général said 5 €."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_read_without_a_note(encoding: str) -> None:
    """UTF-8 and everything with a byte order mark is certain."""
    decoded = decode(TEXT.encode(encoding))
    assert (decoded.text, decoded.note) == (TEXT, None)


def test_a_western_code_page_is_read_with_a_note() -> None:
    """cp1252 is read, and the guess is said."""
    decoded = decode(TEXT.encode("cp1252"))
    assert decoded.text == TEXT
    assert decoded.note is not None
    assert "guess" in decoded.note


def test_the_page_names_its_encoding() -> None:
    """The charset of a page is believed before any guess."""
    page = '<meta charset="iso-8859-2"><p>Łódź</p>'
    decoded = decode(page.encode("iso-8859-2"), html=True)
    assert (decoded.text, decoded.encoding) == (page, "iso-8859-2")


def test_a_broken_promise_is_refused() -> None:
    """A byte order mark that the bytes do not keep raises, naming the way out."""
    with pytest.raises(UnreadableInput, match="save the text as UTF-8"):
        decode(b"\xff\xfea")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"abc\0def", "data with NUL bytes"),
        ("text".encode("utf-16"), None),
        (b"PKK fighters surrendered", None),
        (b"text", None),
    ],
)
def test_binary_files_are_recognised(head: bytes, kind: str | None) -> None:
    """Signatures and NUL bytes tell a binary file; UTF-16 with its mark is text."""
    assert binary_kind(head) == kind
