"""The scripts that browsers get are those that web/ gives: no node is needed to know it."""

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def building():
    """web/building.py."""
    spec = importlib.util.spec_from_file_location("building", ROOT / "web" / "building.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_built_scripts_are_fresh(building):
    """Neither a source nor a built file was changed since the last `make web`."""
    assert building.state() == "fresh", "run make web, which needs node"


@pytest.mark.parametrize(
    ("changed", "state"),
    [("web/src/keys.ts", "stale"), ("web/package-lock.json", "stale"), ("static/theme.js", "stale"), (None, "fresh")],
)
def test_a_changed_file_is_noticed_and_other_ends_of_lines_are_not(building, tmp_path, monkeypatch, changed, state):
    shutil.copytree(ROOT / "web", tmp_path / "web", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(building.STATIC, tmp_path / "static")
    monkeypatch.setattr(building, "WEB", tmp_path / "web")
    monkeypatch.setattr(building, "STATIC", tmp_path / "static")
    monkeypatch.setattr(building, "NOTE", tmp_path / "web" / "built.json")
    for path in (*(tmp_path / "web" / "src").iterdir(), tmp_path / "static" / "review.js"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    if changed is not None:
        with (tmp_path / changed).open("a") as stream:
            stream.write("\n")
    assert building.state() == state
    (tmp_path / "static" / "htmx.min.js").unlink()
    assert building.state() == "missing"


def test_every_script_of_a_page_is_built(building):
    """No page names a script that web/ does not give."""
    templates = (ROOT / "src" / "communique" / "web" / "templates").glob("*.html")
    named = {
        part.partition("'")[0] for path in templates for part in path.read_text("utf-8").split("static('")[1:]
        if part.partition("'")[0].endswith(".js")
    }  # fmt: skip
    assert named == {name for name in building.BUILT if name.endswith(".js")}
