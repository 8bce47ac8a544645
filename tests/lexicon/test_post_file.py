"""A posts file is read section by section; own sections come before packaged ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from communique.errors import LexiconError
from communique.lexicon import load_lexicon
from communique.lexicon.post_file import LISTS, packaged_posts, posts_over, read_sections
from communique.lexicon.post_tables import grammar_of, words_of

PAGE = Path(__file__).parents[2] / "docs" / "lexicon.md"
TOLD = "source: a page\nlicence: CC0\nretrieved: 2026-11-26\n"
VIZIER = {"id": "vizier", "level": "minister", "forms": ["grand vizier", "{service} vizier"]}


def head_of(sections: Any, form: str) -> tuple[str, str | None] | None:
    """Level and kind of body of the pattern that keeps a form."""
    found = grammar_of(sections).heads.at(words_of(form), 0)
    return None if found is None or found[0] < len(words_of(form)) else (found[1].pattern.level, found[1].body_kind)


@pytest.mark.parametrize(
    ("form", "head"),
    [
        ("grand vizier", ("minister", None)),
        ("navy vizier", ("minister", "navy")),
        ("home guard vizier", ("minister", "army")),
        ("home guard chief", ("service_chief", "army")),
        ("prime minister", ("head_of_government", "government")),
    ],
)
def test_own_patterns_and_words_join_the_packaged_ones(form: str, head: tuple[str, str | None]) -> None:
    """An own service fills the packaged patterns' slots, and the packaged services those of an own pattern."""
    own = {"patterns": [VIZIER], "services": {"army": ["home guard"]}}
    assert head_of(posts_over(packaged_posts(), own, {}, {}), form) == head


def test_an_own_pattern_has_the_forms_that_a_packaged_one_had() -> None:
    """Read first, it keeps them; the packaged pattern keeps its other forms."""
    own = {"patterns": [{"id": "own", "level": "director", "forms": ["premier"]}]}
    laid = posts_over(packaged_posts(), own, {}, {})
    assert head_of(laid, "premier") == ("director", None)
    assert head_of(laid, "prime minister") == ("head_of_government", "government")


def test_an_own_pattern_takes_the_place_of_that_of_its_id() -> None:
    """Forms that it does not name are gone."""
    own = {"patterns": [{"id": "prime_minister", "level": "minister", "forms": ["premier"]}]}
    laid = posts_over(packaged_posts(), own, {}, {})
    assert [row["level"] for row in laid["patterns"] if row["id"] == "prime_minister"] == ["minister"]


def test_forms_are_given_and_withdrawn() -> None:
    """A withdrawn form leaves the others; the empty form withdraws the pattern."""
    laid = posts_over(
        packaged_posts(), {}, {"prime_minister": ["First Speaker"]}, {"prime_minister": {"premier"}, "minister": {""}}
    )
    assert head_of(laid, "First Speaker") == head_of(laid, "prime minister") == ("head_of_government", "government")
    assert (head_of(laid, "premier"), head_of(laid, "mantri")) == (None, None)


def test_own_words_that_change_nothing_leave_the_grammar_as_it_was() -> None:
    """Law: laying the packaged sections over themselves gives the same heads, bodies and words."""
    packaged = packaged_posts()
    first, second = grammar_of(packaged), grammar_of(posts_over(packaged, packaged, {}, {}))
    for name in ("heads", "bodies", "institutions", "leads", "inside", "outside", "after"):
        assert vars_of(getattr(first, name)) == vars_of(getattr(second, name)), name
    assert (first.tail_words, first.joint, first.services) == (second.tail_words, second.joint, second.services)
    assert first.no_ranks == second.no_ranks


def vars_of(forms: Any) -> dict[Any, Any]:
    """All sequences with their meanings."""
    return dict(forms._leaves)


def write(folder: Path, sections: str) -> Path:
    path = folder / "posts.yml"
    path.write_text(TOLD + sections, encoding="utf-8")
    return path


def test_a_level_in_a_state_that_is_none_is_refused(tmp_path: Path) -> None:
    """By the check of an own folder, which a coder runs too."""
    write(tmp_path, "patterns: [{id: x, level: minister, forms: [x], levels: {INX: deputy}}]\n")
    with pytest.raises(LexiconError, match=re.escape("'x' names 'INX', no state and no actor")):
        load_lexicon(tmp_path).find_posts("x")


def test_own_sections_need_not_be_whole(tmp_path: Path) -> None:
    """A file to be laid over another holds what it adds; as a whole file it lacks sections."""
    path = write(tmp_path, "leads: [divan]\n")
    assert read_sections(path, whole=False)["leads"] == ["divan"]
    with pytest.raises(LexiconError, match="no section 'departments'; add it"):
        read_sections(path)


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ("pattern: []\n", "unknown section 'pattern'; did you mean 'patterns'?"),
        ("patterns: grand vizier\n", "patterns is 'grand vizier'; write it as a list of patterns"),
        ("patterns: [grand vizier]\n", "pattern 'grand vizier' needs id, level and forms"),
        ("patterns: [{id: x, level: minster, forms: [x]}]\n", "'x' has level 'minster'; did you mean 'minister'?"),
        ("patterns: [{id: x, level: minister, forms: vizier}]\n", "'x', forms is 'vizier'; write it as a list"),
        ("patterns: [{id: x, level: minister, forms: ['']}]\n", "forms holds '', which has no words; take it out"),
        ("patterns: [{id: x, level: minister, forms: [x], lead: 3}]\n", "'x' has lead 3; write yes or no"),
        ("patterns: [{id: x, level: minister, forms: ['{servic} x']}]\n", "slot {servic}; did you mean 'service'"),
        ("patterns: [{id: x, level: minister, forms: [x], body_kind: [a]}]\n", "has body_kind ['a']; write a kind"),
        (
            "patterns: [{id: x, level: minister, forms: [x], levels: deputy}]\n",
            "'x' has levels 'deputy'; write a mapping",
        ),
        (
            "patterns: [{id: x, level: minister, forms: [x], levels: {India: deputy}}]\n",
            "'x' has levels of 'India'; write",
        ),
        ("patterns: [{id: x, level: minister, forms: [x], levels: {IND: debuty}}]\n", "'debuty' in IND; did you mean"),
        ("departments: [war]\n", "departments is ['war']; write it as a mapping of names to lists"),
        ("services: {army: home guard}\n", "services.army is 'home guard'; write it as a list"),
        ("leads: divan\n", "leads is 'divan'; write it as a list"),
        ("modifiers: {inside: {actng: [locum]}}\n", "unknown modifier in inside 'actng'; did you mean 'acting'?"),
        ("modifiers: {within: {acting: [locum]}}\n", "unknown part of modifiers 'within'"),
        ("no_ranks: {alone: hetman}\n", "no_ranks.alone is 'hetman'; write it as a list"),
        ("no_ranks: [hetman]\n", "no_ranks is ['hetman']; write it as a mapping of after, before"),
    ],
)
def test_a_fault_is_named_with_section_and_value(tmp_path: Path, sections: str, message: str) -> None:
    """So that a user finds it in a file of one's own."""
    path = write(tmp_path, sections)
    with pytest.raises(LexiconError, match=re.escape(message)) as refused:
        read_sections(path, whole=False)
    assert str(refused.value).startswith("posts.yml: ")


def test_the_example_of_the_page_can_be_laid_over(tmp_path: Path) -> None:
    """What docs/lexicon.md shows as own posts is read, and gives posts of its level."""
    (example,) = re.findall(r"```yaml\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "posts.yml"
    path.write_text(example, encoding="utf-8")
    laid = posts_over(packaged_posts(), read_sections(path, whole=False), {}, {})
    assert head_of(laid, "grand vizier") == ("minister", None)
    assert head_of(laid, "grand vizier of defence") == ("minister", "ministry_defence")
    assert head_of(laid, "home guard chief") == ("service_chief", "army")


def test_facts_need_a_source(tmp_path: Path) -> None:
    """Of own posts too."""
    path = tmp_path / "posts.yml"
    path.write_text("source:\nlicence: CC0\nretrieved: 2026-11-26\nleads: [divan]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="no source; name where its facts come from"):
        read_sections(path, whole=False)


def test_all_lists_are_laid_over() -> None:
    """No list of words is forgotten."""
    own = {name: ["ostrich"] for name in LISTS}
    laid = posts_over(packaged_posts(), own, {}, {})
    assert all(laid[name] == ["ostrich", *packaged_posts()[name]] for name in LISTS)
