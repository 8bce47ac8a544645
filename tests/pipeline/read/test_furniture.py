"""Feed furniture is found as spans, and lines of a story are left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import InputError
from communique.pipeline.read.assemble import document_from_text
from communique.pipeline.read.furniture import find_furniture, pattern_of

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases/read_furniture.yml").read_text("utf-8"))


@pytest.mark.parametrize("line", CASES["furniture"])
def test_furniture_is_ignored_whole(line: str) -> None:
    """A line of furniture is covered by one span, and nothing around it."""
    text = f"A title\n\nThe story.\n\n{line}\n\nMore of the story."
    assert [span.of(text) for span in find_furniture(text)] == [line]


@pytest.mark.parametrize("case", CASES["parts"], ids=lambda c: c["line"])
def test_furniture_within_a_line_is_ignored_alone(case: dict[str, Any]) -> None:
    """Only the named words of the line are covered."""
    assert [span.of(case["line"]) for span in find_furniture(case["line"])] == case["ignored"]


@pytest.mark.parametrize("line", CASES["story"])
def test_story_lines_stay(line: str) -> None:
    """A sentence that only resembles furniture is never ignored."""
    assert find_furniture(f"A title\n\n{line}\n\nMore of the story.") == []


def test_the_title_is_never_furniture() -> None:
    """A headline that reads like furniture stays codable."""
    doc = document_from_text(
        "Photo: ministers meet\n\nThe ministers met in Cairo.", clean=True, title="Photo: ministers meet"
    )
    assert doc.ignored == ()


def test_rows_for_one_outlet_leave_others_alone() -> None:
    """A malformed row of furniture.yml is refused, and says which."""
    assert pattern_of({"line": "x", "outlet": "Example Times"}).outlet == "Example Times"
    with pytest.raises(InputError, match="either `line` or `part`"):
        pattern_of({"outlet": "Example Times"})
    with pytest.raises(InputError, match="no regular expression"):
        pattern_of({"line": "("})


LINES = st.lists(st.sampled_from([*CASES["furniture"], *CASES["story"], "", "  ", "TEHRAN – The story."]), max_size=8)


@given(LINES.map("\n".join))
def test_ignored_spans_are_ordered_and_disjoint(text: str) -> None:
    """Ignored spans never overlap, never leave the text and are never empty."""
    spans = document_from_text(text, clean=True).ignored
    ends = [0, *(s.end for s in spans)]
    assert all(end <= s.start < s.end <= len(text) for end, s in zip(ends, spans, strict=False))
