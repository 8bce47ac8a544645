"""Files are whole or not there."""

import json

import pytest

from communique.errors import InputError
from communique.export import kept_documents, quarantine_path, whole_file, write_gated, write_quarantined
from communique.pipeline.read import read
from communique.records import Quarantined


def test_a_failure_leaves_the_old_file(tmp_path):
    """When writing fails the file stays as it was and nothing else is left in its folder."""
    path = tmp_path / "a.jsonl"
    path.write_text("old")

    def rows():
        yield Quarantined(source="x.png", reason="binary", detail="an image")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_quarantined(rows(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_success_replaces_it(tmp_path):
    """When writing ends well the new content is there and nothing else."""
    path = tmp_path / "a.jsonl"
    path.write_text("old")
    with whole_file(path) as sink:
        sink.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["missing/a.jsonl", "folder"])
def test_an_unusable_place_is_said(tmp_path, name):
    """A missing folder, or a folder in the file's place, gives an InputError that names the file."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=name.split("/")[-1]), whole_file(tmp_path / name) as sink:
        sink.write(b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_quarantine(tmp_path):
    """Inputs that were set aside stand beside the output, one a line with their reason."""
    path = quarantine_path(tmp_path / "a.csv")
    write_quarantined([Quarantined(source="x.png", reason="binary", detail="an image")], path)
    assert path.name == "a.quarantine.jsonl"
    assert json.loads(path.read_text()) == {"source": "x.png", "reason": "binary", "detail": "an image", "doc_id": None}


def test_gated(tmp_path):
    """Documents without anything to code are listed with the reason."""
    write_gated([("d1", "no security word")], tmp_path / "g.jsonl")
    assert json.loads((tmp_path / "g.jsonl").read_text()) == {"doc_id": "d1", "reason": "no security word"}


def test_kept_documents_are_input_again(tmp_path, coded):
    """Kept documents read back with the same id, text and metadata, so that offsets still fit."""
    path = tmp_path / "docs.jsonl"
    with kept_documents(coded, path) as stream:
        assert list(stream) == coded
    found = list(read([path]))
    assert [(d.id, d.text, d.outlet, d.published) for d in found] == [
        (d.id, d.text, d.outlet, d.published) for d, _ in coded
    ]
