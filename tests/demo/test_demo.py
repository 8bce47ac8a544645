"""The packaged demo corpus holds the 48 briefs, word for word, and no labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from communique.demo import demo_documents_path

GOLD = Path(__file__).resolve().parents[2] / "gold" / "demo.jsonl"


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_the_briefs_are_golds_without_labels() -> None:
    """Each has exactly its text and what is known of it, equal to gold's, so that offsets agree."""
    fields = ("id", "title", "text", "outlet", "outlet_country", "published", "restates")
    briefs = rows(demo_documents_path())
    assert len(briefs) == 48
    assert briefs == [{field: row[field] for field in fields} for row in rows(GOLD)]


def test_every_brief_says_what_it_restates_and_the_licence_is_there() -> None:
    """At least one page with its address each; the licence file names CC BY 4.0."""
    assert all(page["url"].startswith("http") for brief in rows(demo_documents_path()) for page in brief["restates"])
    assert all(brief["restates"] for brief in rows(demo_documents_path()))
    assert "CC BY 4.0" in demo_documents_path().with_name("LICENSE").read_text(encoding="utf-8")
