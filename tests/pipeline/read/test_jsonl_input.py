"""JSON Lines are clean: the text and its offsets stay, and each bad record is one row with its reason."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.read import jsonl_input
from communique.pipeline.read.assemble import Defaults
from communique.pipeline.read.jsonl_input import read_json, read_lines
from communique.records import Document, Quarantined

GOOD = {"id": "a", "title": "T", "text": "T\n\nBody  with\u00a0odd\u00adspaces."}


def read_one(record: Any) -> Document | Quarantined:
    line = record if isinstance(record, bytes) else json.dumps(record).encode()
    (item,) = read_lines(io.BytesIO(line), "f", Defaults())
    return item


def test_text_with_title_and_blank_line_is_kept_as_it_is() -> None:
    """No character of a clean text moves."""
    doc = read_one(GOOD)
    assert isinstance(doc, Document)
    assert (doc.text, doc.title, doc.id, doc.source) == (GOOD["text"], "T", "a", "f:1")


@pytest.mark.parametrize(
    ("title", "text", "stored"),
    [("T", "Body", "T\n\nBody"), (None, "Body", "Body"), ("", "\n\nBody", "\n\nBody"), ("T", "T\nBody", "T\n\nBody")],
)
def test_the_title_is_put_before_a_text_that_lacks_it(title: str | None, text: str, stored: str) -> None:
    """The stored text is title, blank line, body."""
    doc = read_one({"title": title, "text": text})
    assert isinstance(doc, Document)
    assert doc.text == stored
    assert doc.id == doc.hash


@pytest.mark.parametrize(
    ("record", "reason", "words"),
    [
        (b"{not json", "json", "not JSON"),
        (b'{"text": "x' + b"\xff" + b'"}', "encoding", "UTF-8"),
        ([1], "schema", "a list"),
        ("x", "schema", "a str"),
        ({"title": "T"}, "schema", "`text` is missing"),
        ({"text": 5}, "schema", "`text` is a int"),
        ({"text": None}, "schema", "`text` is a NoneType"),
        ({"text": " \n"}, "no_text", "white space"),
        ({"text": "x", "title": 5}, "schema", "`title`"),
        ({"text": "x", "published": "2020-02-31"}, "schema", "2020-02-31"),
        ({"text": "x", "published": "last week"}, "schema", "no date"),
        ({"text": "x", "published": 20200716}, "schema", "no date"),
        ({"text": "x", "id": ["a"]}, "schema", "`id`"),
        ({"text": "x", "restates": [1]}, "schema", "`restates`"),
        ({"text": "x \ud800 y"}, "encoding", "surrogate"),
        (b'{"text": ' + b"[" * 100_000, "json", "not JSON"),
    ],
)
def test_a_bad_record_is_one_row_with_its_reason(record: Any, reason: str, words: str) -> None:
    """The row names file, line, short code and what is wrong."""
    item = read_one(record)
    assert isinstance(item, Quarantined)
    assert (item.source, item.reason) == ("f:1", reason)
    assert words in item.detail


def test_other_names_and_forms_are_understood() -> None:
    """`source` stands for the outlet, a number for an id, a datetime for a date, a string for a page."""
    record = {
        "id": 7,
        "text": "x",
        "source": "Times",
        "published": "2020-07-16T08:00:00Z",
        "restates": ["https://a.org"],
    }
    doc = read_one(record)
    assert isinstance(doc, Document)
    assert (doc.id, doc.outlet, str(doc.published)) == ("7", "Times", "2020-07-16")
    assert doc.restates == ({"url": "https://a.org"},)


@pytest.mark.parametrize(
    ("published", "text", "day"),
    [
        ("", "A title\n\nROME, July 16, 2020 (ANSA) - The story.", "2020-07-16"),
        (None, "A title\n\nAT SEA (July 16, 2020) - The story.", "2020-07-16"),
        ("2020-07-18", "A title\n\nROME, July 16, 2020 (ANSA) - The story.", "2020-07-18"),
        (None, "A title\n\nROME, July 16 (ANSA) - The story.", "None"),
    ],
)
def test_a_line_without_a_day_has_that_of_its_dateline(published: str | None, text: str, day: str) -> None:
    """Where a line leaves `published` open, the day that the text states in full counts; a year is never invented."""
    doc = read_one({"text": text, "published": published})
    assert isinstance(doc, Document)
    assert str(doc.published) == day


def test_unused_keys_are_said_once() -> None:
    """Keys that are not used make one note for the file."""
    notes: list[str] = []
    lines = b'{"text": "x", "events": []}\n{"text": "y", "events": [], "split": "read"}\n'
    list(read_lines(io.BytesIO(lines), "f", Defaults(note=notes.append)))
    assert notes == ["f: keys not used: events, split"]


def test_a_line_without_end_is_set_aside_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line over the limit is one row, and reading goes on behind it."""
    monkeypatch.setattr(jsonl_input, "LONGEST_LINE", 100)
    lines = b'{"text": "' + b"x" * 500 + b'"}\n{"text": "y"}\n'
    first, second = read_lines(io.BytesIO(lines), "f", Defaults())
    assert isinstance(first, Quarantined)
    assert (first.reason, first.source) == ("too_large", "f:1")
    assert isinstance(second, Document)
    assert second.source == "f:2"


def test_arrays_and_single_objects_are_read() -> None:
    """Items are numbered from 1; a broken file, and an empty array, are one row."""
    items = list(read_json(json.dumps([GOOD, 5]).encode(), "f", Defaults()))
    assert [i.source for i in items] == ["f:1", "f:2"]
    assert [type(i) for i in items] == [Document, Quarantined]
    assert [i.reason for i in read_json(b"[]", "f", Defaults()) if isinstance(i, Quarantined)] == ["empty"]
    assert [i.reason for i in read_json(b"[", "f", Defaults()) if isinstance(i, Quarantined)] == ["json"]


LINE = st.sampled_from(
    [
        b"",
        b"  ",
        b"{",
        b"null",
        b'{"text": 1}',
        b'{"text": ""}',
        b'{"text": "A b."}',
        b'{"text": "x", "published": "?"}',
        b"\xff\xfe",
    ]
)


@given(st.lists(LINE, max_size=12))
def test_every_line_is_a_document_or_a_row(lines: list[bytes]) -> None:
    """Input = documents + quarantined: one item per line that is not blank, in order."""
    items = list(read_lines(io.BytesIO(b"\n".join(lines)), "f", Defaults()))
    assert [i.source for i in items] == [f"f:{n}" for n, line in enumerate(lines, 1) if line.strip()]


@given(st.text(min_size=1, max_size=100), st.text(max_size=20) | st.none())
def test_any_text_survives(text: str, title: str | None) -> None:
    """A text of any characters is kept to the letter behind its title, or set aside; never altered."""
    item = read_one({"text": text, "title": title})
    if isinstance(item, Document):
        assert item.text.endswith(text) or (title and text.startswith(title + "\n"))
    else:
        assert not text.strip() or any("\ud800" <= c <= "\udfff" for c in text + (title or ""))
