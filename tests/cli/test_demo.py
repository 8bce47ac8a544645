"""The demo corpus, kept in a record by one command."""

import json

import pytest
from typer.testing import CliRunner

from communique.cli import app, demo
from communique.demo import demo_documents_path
from communique.store import Record


@pytest.fixture
def one_brief(tmp_path, monkeypatch):
    """The demo corpus cut to its first brief."""
    path = tmp_path / "briefs.jsonl"
    path.write_text(demo_documents_path().read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    monkeypatch.setattr(demo, "demo_documents_path", lambda: path)
    return json.loads(path.read_text("utf-8"))


def test_the_demo_is_kept_in_a_record_and_the_next_commands_are_told(one_brief, tmp_path):
    """The record holds the briefs, coded and linked, and the words on the screen lead to the browser."""
    folder = tmp_path / "record"
    done = CliRunner().invoke(app, ["demo", "--record", str(folder)])
    assert done.exit_code == 0, done.output
    assert f"communique serve --record {folder}" in done.output
    assert f"--record {folder}" in done.output.partition("communique reviewer add")[2]
    with Record.open(folder, read_only=True) as record:
        assert [kept.document.id for kept in record.documents()] == [one_brief["id"]]
        assert record.engagements().num_rows > 0


def test_a_record_and_a_file_at_once_are_refused(one_brief, tmp_path):
    """Nothing is made where both are asked for."""
    done = CliRunner().invoke(app, ["demo", "--record", str(tmp_path / "record"), "-o", str(tmp_path / "rows.csv")])
    assert done.exit_code != 0
    assert not (tmp_path / "record").exists()
