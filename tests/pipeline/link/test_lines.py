"""Reports are read from either form of line, and links are written so that the scorer reads them."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from communique.errors import InputError
from communique.pipeline.link import DocumentInfo, link_lines, link_reports, read_lines

VISIT = {
    "type": "visit",
    "participants": [
        {"role": "visitor", "actor": "IRN", "kind": "country"},
        {"role": "host", "actor": "SYR", "kind": "country"},
    ],
    "date": {"start": "2020-07-08", "end": "2020-07-08", "precision": "day"},
}


def test_both_forms_give_the_same_links() -> None:
    """Documents with events and report lines of the same reports are linked alike."""
    documents = [{"id": d, "published": "2020-07-10", "events": [VISIT]} for d in ("a", "b")]
    lines = [{"doc_id": d, "published": "2020-07-10", "doc_hash": d, **VISIT} for d in ("a", "b")]
    for rows in (documents, lines):
        found = list(link_lines(link_reports(*read_lines(rows))))
        assert sorted((row["doc_id"], row["index"]) for row in found) == [("a", 0), ("b", 0)]
        assert len({row["engagement_id"] for row in found}) == 1
        assert all("date same +3.0" in row["why"] for row in found)
        json.dumps(found)


def test_lines_of_one_document_are_counted() -> None:
    """A report line without an index takes its place among its document's lines."""
    items, _ = read_lines([{"doc_id": "a", **VISIT}, {"doc_id": "b", **VISIT}, {"doc_id": "a", **VISIT}])
    assert [item.key for item in items] == [("a", 0), ("b", 0), ("a", 1)]


def test_known_documents_add_what_lines_lack() -> None:
    """Predictions without outlet and date take them from the known documents."""
    known = {"a": DocumentInfo("a", outlet="Gulf Star", published=dt.date(2020, 7, 10))}
    assert read_lines([{"id": "a", "events": [VISIT]}], known)[1] == known


def test_texts_show_copies() -> None:
    """Documents with one text are one group of copies."""
    text = " ".join(f"word{n}" for n in range(60))
    _, documents = read_lines([{"id": d, "text": text, "events": []} for d in ("a", "b")])
    assert documents["a"].copies == documents["b"].copies is not None


def test_other_rows_are_refused() -> None:
    """A row that is neither document nor report stops with its number."""
    with pytest.raises(InputError, match="row 2"):
        read_lines([{"id": "a", "events": []}, {"title": "x"}])
