"""Files for scoring are read in all their forms, and what cannot be read is named by file and line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique.errors import CommuniqueError, EvaluationError, UnreadableInput
from communique.evaluation import evaluate, load_clusters, load_gold, load_links, load_predictions
from communique.text import content_hash

GOLD = Path(__file__).resolve().parents[2] / "gold"


def write(path: Path, *rows: Any) -> Path:
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")
    return path


def gold_rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / "cases.jsonl").read_text(encoding="utf-8").split("\n") if line]


def test_documents_and_report_lines_are_the_same_predictions(tmp_path: Path) -> None:
    """Events by document, one report a line, and both mixed read the same, blank lines aside."""
    rows = gold_rows()[:6]
    documents = load_predictions(write(tmp_path / "documents.jsonl", *rows))
    lines = [{"doc_id": row["id"], **event} for row in rows for event in row["events"]]
    assert load_predictions(write(tmp_path / "lines.jsonl", lines[0], "", *lines[1:])) == documents


def test_parquet_reads_like_json_lines(tmp_path: Path) -> None:
    """Nested report rows with real dates score like the lines they came from."""
    lines = [{"doc_id": row["id"], **event} for row in gold_rows() for event in row["events"]]
    for line in lines:
        line.pop("details")
        if line["date"]:
            line["date"] = {end: dt.date.fromisoformat(line["date"][end]) for end in ("start", "end")}
    pq.write_table(pa.Table.from_pylist(lines), tmp_path / "reports.parquet")
    result = evaluate(load_gold(GOLD / "cases.jsonl"), load_predictions(tmp_path / "reports.parquet"))
    assert set(result.figures().values()) == {1.0}


def test_gold_documents_turn_into_documents_to_code() -> None:
    """Text, date and outlet are kept, the labels are not, and the hash is that of the text."""
    gold = load_gold(GOLD / "demo.jsonl")[0]
    document = gold.document()
    assert (document.id, document.text, document.published) == ("demo-101", gold.text, dt.date(2020, 7, 10))
    assert (document.outlet, document.outlet_country) == ("Tehran Times", "IRN")
    assert document.hash == content_hash(gold.text)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{broken", "p.jsonl:2: not JSON"),
        ("[1]", "p.jsonl:2: not an object but list"),
        ({"id": "a"}, "p.jsonl:2: neither a document"),
        ({"doc_id": "a"}, "p.jsonl:2: neither a document"),
        ({"id": "a", "events": [{"type": "visit"}, {"type": None}]}, "p.jsonl:2: event 1: a report has no type"),
        ({"id": "a", "events": ["visit"]}, "p.jsonl:2: event 0: 'visit' is not an object"),
        ({"doc_id": "a", "type": "visit", "evidence": [{"start": "x", "end": 2}]}, "p.jsonl:2: event 0: evidence"),
        ({"doc_id": "a", "type": "visit", "evidence": "[{"}, "p.jsonl:2: event 0:"),
    ],
)
def test_a_bad_prediction_is_named_by_file_and_line(row: Any, told: str, tmp_path: Path) -> None:
    """The message starts with file:line and says what the row lacks."""
    path = write(tmp_path / "p.jsonl", {"doc_id": "a", "type": "visit"}, row)
    with pytest.raises(UnreadableInput) as caught:
        load_predictions(path)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"id": "a", "events": []}, "g.jsonl:2: no text"),
        ({"text": "x", "events": []}, "g.jsonl:2: no id"),
        ({"id": "b", "text": "x"}, "g.jsonl:2: no events"),
        ({"id": "a", "text": "x", "events": []}, "g.jsonl:2: document 'a' was given already at"),
    ],
)
def test_a_bad_gold_document_is_named_by_file_and_line(row: Any, told: str, tmp_path: Path) -> None:
    """A gold document needs id, text and events, and an id comes once."""
    path = write(tmp_path / "g.jsonl", {"id": "a", "text": "x", "events": []}, row)
    with pytest.raises(CommuniqueError) as caught:
        load_gold(path)
    assert told in str(caught.value)


def test_links_are_read_by_document_and_index(tmp_path: Path) -> None:
    """The same link twice is one; a report in two engagements is refused."""
    row = {"doc_id": "a", "index": 0, "engagement_id": "e1"}
    assert load_links(write(tmp_path / "links.jsonl", row, row)) == {("a", 0): "e1"}
    with pytest.raises(EvaluationError, match=r"2: report 0 of 'a' is put into 'e1' and 'e2'"):
        load_links(write(tmp_path / "links.jsonl", row, {**row, "engagement_id": "e2"}))
    with pytest.raises(UnreadableInput, match=r"links.jsonl:1: not a link"):
        load_links(write(tmp_path / "links.jsonl", {"doc_id": "a"}))


@pytest.mark.parametrize("content", ["[]", '{"a": {}}', '{"a": {"engagements": [{"docs": [{"id": "x"}]}]}}', "{"])
def test_a_file_that_holds_no_clusters(content: str, tmp_path: Path) -> None:
    """The error names the file."""
    with pytest.raises(UnreadableInput, match=r"c.json"):
        load_clusters(write(tmp_path / "c.json", content))


@pytest.mark.parametrize("name", ["none.jsonl", "none.parquet"])
def test_a_missing_file(name: str, tmp_path: Path) -> None:
    """It is an unreadable input, not a crash."""
    with pytest.raises(UnreadableInput, match=name):
        load_predictions(tmp_path / name)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """Latin-1 is refused, and a file that is no Parquet too."""
    (tmp_path / "p.jsonl").write_bytes(b'{"doc_id": "M\xfajica"}')
    (tmp_path / "p.parquet").write_bytes(b"nothing of the kind")
    for name in ("p.jsonl", "p.parquet"):
        with pytest.raises(UnreadableInput, match=name):
            load_predictions(tmp_path / name)
