"""Hygiene repairs texts before offsets are fixed, and never twice differently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.read.hygiene import clean

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases/read_hygiene.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["raw"][:30])
def test_raw_text_becomes_clean(case: dict[str, Any]) -> None:
    """Each fault of the table is mended, and nothing else is touched."""
    assert clean(case["raw"]) == case["clean"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_clean_text_holds_nothing_invisible(text: str) -> None:
    """No carriage return, soft hyphen, zero-width or control character, outer space or third line break is left."""
    result = clean(text)
    assert not set(result) & {"\r", "\t", "\u00ad", "\u200b", "\ufeff", "\u00a0", "\0", "\u2028", "\u2029", "\x85"}
    assert "\n\n\n" not in result
    assert all(line == line.strip(" ") for line in result.split("\n"))
