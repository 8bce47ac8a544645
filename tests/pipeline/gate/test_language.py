"""The language of a text is told without a download; English with foreign names stays English."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.pipeline.gate import language_of, set_aside_foreign
from communique.pipeline.read import document_from_text
from communique.records import Quarantined

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases/read_language.yml").read_text("utf-8"))
FRENCH = next(c["text"] for c in CASES if c["lang"] == "fr")
OTHER = next(c for c in CASES if c["lang"] not in ("en", "fr", "und"))
ENGLISH = next(c["text"] for c in CASES if c["lang"] == "en")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:30])
def test_language_is_told(case: dict[str, Any]) -> None:
    """Each text of the table gets its tag."""
    assert language_of(case["text"]) == case["lang"]


def test_a_foreign_text_is_set_aside_with_its_tag() -> None:
    """The row carries the reason `language` and begins with the tag."""
    item = set_aside_foreign(document_from_text("Un titre\n\n" + OTHER["text"]))
    assert isinstance(item, Quarantined)
    assert (item.reason, item.detail.split()[0]) == ("language", OTHER["lang"])


@pytest.mark.parametrize(
    ("lang", "aside"), [("en", False), ("en-GB", False), ("EN_us", False), ("tr", True), ("es-MX", True)]
)
def test_a_given_language_is_believed(lang: str, aside: bool) -> None:
    """`lang` decides without a look at the text."""
    assert (set_aside_foreign(document_from_text(FRENCH if not aside else ENGLISH, lang=lang)) is not None) == aside


def test_short_texts_are_not_judged() -> None:
    """Under 40 letters nobody can tell, so the document stays."""
    assert set_aside_foreign(document_from_text("Le ministre")) is None


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_no_text_breaks_the_detector(text: str) -> None:
    """Any text has a tag."""
    assert language_of(text)
