"""Floors on the command line."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.cli import app
from communique.cli.scoring import as_read
from communique.pipeline.read import read
from communique.records import Document

GOLD = Path(__file__).parents[2] / "gold"


def test_gold_documents_are_read_as_any_input():
    """A gold document is coded with the same text, datelines and furniture as its file read by `communique code`."""
    for doc in read([GOLD / "demo.jsonl"], note=lambda _: None):
        assert isinstance(doc, Document)
        bare = Document(**{**doc.model_dump(), "ignored": (), "byline": None, "restates": (), "source": None})
        assert as_read(bare).ignored == doc.ignored


@pytest.mark.parametrize(("event", "status"), [(0.0, 0), (1.0, 1)])
def test_floors_tell_breaches(tmp_path, event, status):
    """Scores above their floors give status 0; one below gives status 1 and is named."""
    import hashlib

    for name in ("demo", "cases"):
        first = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:3]
        (tmp_path / f"{name}.jsonl").write_text("".join(first), encoding="utf-8")
    pinned = {"demo.jsonl": hashlib.sha256((tmp_path / "demo.jsonl").read_bytes()).hexdigest()}
    floors = {"corpora": {"demo": {"files": pinned, "scores": {"event": event}}}, "regressions": []}
    (tmp_path / "floors.json").write_text(json.dumps(floors))
    result = CliRunner().invoke(app, ["floors", "--gold", str(tmp_path)])
    assert result.exit_code == status
    assert ("demo event" in result.stdout) == bool(status)


def test_floors_are_raised(tmp_path):
    """--raise writes the scores reached for both corpora, and then they hold."""
    for name in ("demo", "cases"):
        first = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:3]
        (tmp_path / f"{name}.jsonl").write_text("".join(first), encoding="utf-8")
    (tmp_path / "floors.json").write_text('{"corpora": {}}')
    assert CliRunner().invoke(app, ["floors", "--gold", str(tmp_path), "--raise"]).exit_code == 0
    assert set(json.loads((tmp_path / "floors.json").read_text())["corpora"]) == {"demo", "cases"}
    assert CliRunner().invoke(app, ["floors", "--gold", str(tmp_path)]).exit_code == 0
    shutil.rmtree(tmp_path)
