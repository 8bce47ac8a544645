"""The articles that were written for training keep their form and the codebook."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TRAINING = Path(__file__).parents[2] / "training"
HEAD = "=== x-1 | Reef Daily | 2020-07-16 | Norway {1:visits} Tonga\nA frigate of Norway {1:called at} Tonga.\n---\n"
PARTIES = 'visitor NOR country "Norway"; host TON country "Tonga"'
LINE = f"1 visit/port_call occurred | {PARTIES} | date none | place none | by outlet"


@pytest.fixture(scope="module")
def written() -> ModuleType:
    """training/written_articles.py as a module."""
    spec = importlib.util.spec_from_file_location("written_articles", TRAINING / "written_articles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["written_articles"] = module
    spec.loader.exec_module(module)
    return module


def test_all_articles_are_right(written: ModuleType) -> None:
    """Every article has its form, and every trigger and mention stands in its text."""
    docs = list(written.documents(sorted((TRAINING / "written").glob("*.txt"))))
    assert len(docs) > 1000
    for doc in docs:
        for event in doc["events"]:
            assert all(doc["text"][s["start"] : s["end"]] == s["trigger"] for s in event["evidence"])
            assert all(doc["text"][slice(*p["span"])] == p["mention"] for p in event["participants"])


def test_marks_are_taken_out(written: ModuleType, tmp_path: Path) -> None:
    """The text of an article has no marks, and its triggers stand where they stood."""
    path = tmp_path / "a.txt"
    path.write_text(HEAD + LINE)
    (doc,) = written.documents([path])
    assert doc["text"] == "Norway visits Tonga\n\nA frigate of Norway called at Tonga."
    assert [s["trigger"] for s in doc["events"][0]["evidence"]] == ["visits", "called at"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LINE.replace("port_call", "dance"), "no mode 'dance'"),
        (LINE.replace("visitor", "supplier"), "no role 'supplier'"),
        (LINE.replace("NOR", "QQQ"), "no actor 'QQQ'"),
        (LINE.replace('"Tonga"', '"Chile"'), "'Chile' is not in the text"),
        (LINE.replace("occurred", "hoped"), "no status 'hoped'"),
        (LINE.replace("1 visit", "2 visit"), "has no mark"),
        (LINE.replace(" | by outlet", ""), "4 parts"),
    ],
)
def test_a_wrong_line_is_named(written: ModuleType, tmp_path: Path, line: str, said: str) -> None:
    """A line that breaks the form or the codebook is refused with the file, the line and the value."""
    path = tmp_path / "a.txt"
    path.write_text(HEAD + line)
    with pytest.raises(ValueError, match=said):
        list(written.documents([path]))
