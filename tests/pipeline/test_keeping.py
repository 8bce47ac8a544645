"""Adding files keeps their bytes; reading them again makes new versions."""

import io
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from small_coder import SmallCoder, gate

from communique.pipeline import recoding
from communique.pipeline.keeping import add
from communique.pipeline.recoding import reread
from communique.store import Record

PLAIN = (
    "Talks were held in the capital.\n\nIRN visits SYR on 2020-07-08. The two sides then talked about the coming year."
)


@pytest.fixture
def record(tmp_path):
    with Record.create(tmp_path / "record") as made:
        yield made


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_files_are_kept_with_their_bytes(record, tmp_path):
    """Of each document the very bytes that it was read from can be had: the file, or the line of a file of lines."""
    folder = tmp_path / "in"
    folder.mkdir()
    rows = [
        {"id": f"j{n}", "text": f"CHN meets PAK. Number {n} of the talks was held in the capital."} for n in range(5)
    ]
    (folder / "a.txt").write_text(PLAIN)
    (folder / "b.jsonl").write_text(lines(*rows) + "not json\n")
    (folder / "c.json").write_text(json.dumps([{**rows[0], "id": "array"}]))
    (folder / "d.bin").write_bytes(b"%PDF-1.4")
    result = add(record, [folder], SmallCoder, gate=gate, size=2, outlet="Wire", lang="en")
    assert (result.inputs, result.coded, result.quarantined) == (9, 7, 2)
    held = {k.document.id: k for k in record.documents()}
    assert record.raw(held["j3"].raw) == (json.dumps(rows[3]).encode() + b"\n", ".jsonl")
    assert json.loads(record.raw(held["array"].raw)[0])[held["array"].part - 1]["id"] == "array"
    text = next(k for k in held.values() if k.document.source.endswith("a.txt"))
    assert record.raw(text.raw) == (PLAIN.encode(), ".txt")
    assert text.given == {"outlet": "Wire", "lang": "en"}
    assert "trafilatura" in text.extractor
    assert record.status().quarantined == {"binary": 1, "json": 1}
    before = record.sequence
    assert add(record, [folder], SmallCoder, gate=gate, size=2, outlet="Wire", lang="en").known == 7
    assert record.sequence == before
    assert record.verify() == []


def test_standard_input_is_kept_too(record):
    """What came through a pipe can be read again."""
    data = lines({"id": "x", "text": "IRN visits SYR. The talks went on for the whole day in the capital."}).encode()
    assert add(record, ["-"], SmallCoder, gate=gate, stdin=io.BytesIO(data)).coded == 1
    assert record.raw(record.documents()[0].raw) == (data, ".jsonl")


def test_reading_again_changes_nothing_while_the_reader_is_the_same(record, tmp_path):
    """Documents that today's reader has read are left alone, and reading all again gives the same texts."""
    (tmp_path / "a.txt").write_text(PLAIN)
    add(record, [tmp_path / "a.txt"], SmallCoder, gate=gate, lang="en")
    assert reread(record, SmallCoder).read == 0
    done = reread(record, SmallCoder, all_documents=True)
    assert (done.read, done.same, done.changed, done.failed) == (1, 1, 0, 0)


def test_a_better_reader_makes_a_new_version(record, tmp_path, monkeypatch):
    """Where the text comes out otherwise, the new text takes the old one's place and is coded at once."""
    (tmp_path / "a.txt").write_text(PLAIN)
    add(record, [tmp_path / "a.txt"], SmallCoder, gate=gate, lang="en")
    old = record.documents()[0].document
    monkeypatch.setattr(recoding, "extractor_version", lambda: "better 2")
    reader = recoding.read
    monkeypatch.setattr(recoding, "read", lambda paths, **more: better(reader(paths, **more)))
    done = reread(record, SmallCoder, gate=gate)
    assert (done.read, done.changed, done.added.superseded) == (1, 1, 1)
    first, second = record.documents()
    assert (first.document.id, first.superseded_by) == (old.id, second.number)
    assert second.extractor == "better 2"
    assert record.reports()["doc_id"].to_pylist() == [second.document.id]


def better(items):
    from communique.text import content_hash

    for doc in items:
        text = doc.text.replace("Talks were held in the capital.\n\n", "")
        yield doc.model_copy(update={"text": text, "title": None, "hash": content_hash(text), "id": content_hash(text)})
