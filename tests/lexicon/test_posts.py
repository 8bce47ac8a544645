"""Posts are read whole, with level and kind of body, and end before names; ranks are told from common words."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import LexiconError
from communique.lexicon import load_lexicon
from communique.lexicon.post_file import read_grammar
from communique.lexicon.post_tables import LEVELS, plain

DATA = Path(__file__).parents[2] / "src" / "communique" / "lexicon" / "data"
CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "posts.yml").read_text(encoding="utf-8"))
MARKED = re.compile(r"\[([^\]]+)\]")
POSTS_YML = (DATA / "posts.yml").read_text(encoding="utf-8")
find_posts, find_ranks = load_lexicon().find_posts, load_lexicon().find_ranks


@pytest.mark.parametrize("case", CASES["posts"], ids=lambda c: c["text"][:60])
def test_a_post_is_read_whole_and_with_its_level(case: dict[str, Any]) -> None:
    """The words between brackets, and no others, are posts of the text."""
    expected = MARKED.findall(case["text"])
    found = find_posts(MARKED.sub(r"\1", case["text"]))
    assert [match.text for match in found] == expected
    told = {"level": "level", "body": "body_kind", "pattern": "pattern"}
    for name, attribute in told.items():
        if name in case:
            assert getattr(found[0], attribute) == case[name]
    if "modifiers" in case:
        assert list(found[0].modifiers) == case["modifiers"]


@pytest.mark.parametrize("case", CASES["ranks"], ids=lambda c: c["text"][:60])
def test_a_rank_is_told_from_common_words(case: dict[str, Any]) -> None:
    """The words between brackets are ranks, with canonical form, grade and service."""
    expected = MARKED.findall(case["text"])
    found = find_ranks(MARKED.sub(r"\1", case["text"]))
    texts = [match.text for match in found]
    if "whole" in case:
        assert texts == [case["whole"]]
    else:
        assert texts == expected
    for name in ("form", "grade", "service"):
        if name in case:
            assert getattr(found[0], name) == case[name]


@given(st.text(alphabet=st.sampled_from("aAİß’'.-,( )\nof the Minister Defence General Ş/"), max_size=120))
def test_offsets_count_code_points_of_the_text_as_given(text: str) -> None:
    """Law: every match is the stretch of text that its offsets name, and matches don't overlap."""
    for matches in (find_posts(text), find_ranks(text)):
        assert all(text[m.start : m.end] == m.text for m in matches)
        assert all(a.end <= b.start for a, b in pairwise(matches))


@given(st.text(max_size=60))
def test_plain_keeps_the_length(text: str) -> None:
    """Law: lower case and plain hyphens never move an offset, not even for capitals that become two characters."""
    assert len(plain(text)) == len(text)


def test_a_post_does_not_reach_into_the_next_paragraph() -> None:
    """A heading's last words and a paragraph's first ones are no post together."""
    assert [m.text for m in find_posts("Defence\n\nMinister of Defence Test")] == ["Minister of Defence"]


def test_the_tables_have_the_width_that_was_asked_for() -> None:
    """At least 80 patterns over all levels, and at least 120 forms of ranks."""
    content = yaml.safe_load(POSTS_YML)
    assert len(content["patterns"]) >= 80
    assert {pattern["level"] for pattern in content["patterns"]} == set(LEVELS)
    assert len({row["form"] for row in csv.DictReader((DATA / "ranks.csv").open(encoding="utf-8"))}) >= 120


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("level: spokesperson", "level: speaker", "pattern 'military_media' has level 'speaker'"),
        ("bare: capital, rank: true", "bare: maybe, rank: true", "pattern 'commander' has bare 'maybe'"),
        ("{id: raksha_mantri", "{id: raksha_mantri, grade: 3", "has unknown field 'grade'"),
        ("{id: raksha_mantri", "{id: monarch", "pattern 'monarch' stands there twice"),
        ("joint: [", "joints: [", "unknown section 'joints'; did you mean 'joint'?"),
        ('"{service} chief"', '"{servic} chief"', "slot {servic}; did you mean 'service'"),
        ("tail: [to, in, of, at]", "tail: [to, on, of, at]", "holds True, which is no text"),
    ],
)
def test_a_fault_in_the_posts_file_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """The message names the pattern, the field and the way out."""
    path = tmp_path / "posts.yml"
    assert old in POSTS_YML
    path.write_text(POSTS_YML.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(message)):
        read_grammar(path)


def test_the_joint_kinds_are_the_forces_as_a_whole() -> None:
    """Their commanders are chiefs of staff."""
    assert read_grammar(DATA / "posts.yml").joint == {"armed_forces", "general_staff"}
