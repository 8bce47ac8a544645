"""docs/llm.md says what the code does."""

import re
from pathlib import Path

from communique.pipeline.llm.checking import DROPS
from communique.pipeline.llm.failures import REASONS
from communique.pipeline.llm.settings import PREFIX, LlmSettings

PAGE = (Path(__file__).parents[3] / "docs" / "llm.md").read_text(encoding="utf-8")


def test_every_setting_is_explained_with_its_default():
    """Each field of the settings has its row, and a default that is a number or word stands in it."""
    rows = dict(re.findall(r"^\| `(COMMUNIQUE_LLM_\w+)` \| (.*?) \|", PAGE, re.MULTILINE))
    assert set(rows) == {PREFIX + name.upper() for name in LlmSettings.__dataclass_fields__}
    found = LlmSettings(url="http://h", model="m")
    for name in ("timeout", "attempts", "concurrency", "answer_tokens", "piece", "overlap", "format", "marking"):
        told = getattr(found, name)
        assert rows[PREFIX + name.upper()] == (f"{told:g}" if isinstance(told, float) else str(told))


def test_every_reason_is_explained():
    """Each reason to set a document aside, and each to drop a report, has its row."""
    named = set(re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE))
    assert named == {*REASONS, *DROPS}
