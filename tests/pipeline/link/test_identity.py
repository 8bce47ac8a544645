"""Engagements keep their names, and old names lead to where their founder is."""

from __future__ import annotations

from communique.pipeline.link.identity import engagement_id, find_engagement, redirects


def test_merge_leaves_a_redirect() -> None:
    """After a merge the name that went leads to the one that stayed."""
    before = {"r1": engagement_id("r1"), "r2": engagement_id("r2")}
    after = {"r1": engagement_id("r1"), "r2": engagement_id("r1")}
    assert redirects(before, after) == {engagement_id("r2"): engagement_id("r1")}
    assert find_engagement(engagement_id("r2"), after) == engagement_id("r1")


def test_an_older_document_renames_with_a_redirect() -> None:
    """A founder that is found later gives its name, and the old name leads to it."""
    before = {"r2": engagement_id("r2"), "r3": engagement_id("r2")}
    after = {"r1": engagement_id("r1"), "r2": engagement_id("r1"), "r3": engagement_id("r1")}
    assert redirects(before, after) == {engagement_id("r2"): engagement_id("r1")}


def test_without_its_founder_a_name_goes_with_most() -> None:
    """Where the founder is gone, the name goes where most of its reports went; where all are gone, nowhere."""
    before = dict.fromkeys(("r1", "r2", "r3", "r4"), engagement_id("r1"))
    after = {"r2": engagement_id("r2"), "r3": engagement_id("r3"), "r4": engagement_id("r3")}
    assert redirects(before, after) == {engagement_id("r1"): engagement_id("r3")}
    assert redirects({"r9": engagement_id("r9")}, after) == {}
    assert find_engagement("unheard of", after) is None


def test_living_names_are_not_redirected() -> None:
    """A split keeps the name with the founder."""
    before = {"r1": engagement_id("r1"), "r2": engagement_id("r1")}
    after = {"r1": engagement_id("r1"), "r2": engagement_id("r2")}
    assert redirects(before, after) == {}
