"""The names of engagements: each is named after its founding report, so that a rebuild gives the same names.

An engagement's founder is the report of its earliest document, by (published, hash of the document, index). Every other
member's own name is an alias of the engagement, so a name that was given before a merge leads to the engagement
that holds its founder now, without a table; `redirects` lists what changed between two links for those who keep one.
"""

from __future__ import annotations

from collections.abc import Mapping

from communique.text import content_hash


def engagement_id(report_id: str) -> str:
    """The name of the engagement that this report founds: sixteen hexadecimal digits.

    >>> engagement_id("a") == engagement_id("a") != engagement_id("b")
    True
    """
    return content_hash("engagement", report_id)


def find_engagement(name: str, links: Mapping[str, str]) -> str | None:
    """The engagement that answers to a name, given the engagement of each report; None where no report bears it."""
    for report, current in links.items():
        if name in (current, engagement_id(report)):
            return current
    return None


def redirects(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Where each engagement of `before` that is no longer one went: old name to new name.

    Both arguments give the engagement of each report. An old engagement goes where its founder went; where the founder
    is gone, where most of its reports went, the smaller name among equals. One that lost all reports is left out.
    """
    members: dict[str, list[str]] = {}
    for report, old in before.items():
        members.setdefault(old, []).append(report)
    alive = set(after.values())
    return {
        old: new
        for old, reports in members.items()
        if old not in alive and (new := _heir(old, reports, after)) is not None
    }


def _heir(old: str, reports: list[str], after: Mapping[str, str]) -> str | None:
    for report in reports:
        if engagement_id(report) == old and report in after:
            return after[report]
    votes: dict[str, int] = {}
    for report in reports:
        if report in after:
            votes[after[report]] = votes.get(after[report], 0) + 1
    return min(votes, key=lambda name: (-votes[name], name)) if votes else None
