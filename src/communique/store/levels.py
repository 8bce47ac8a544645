"""The level of the office that a participant holds, as the lexicon's post patterns tell it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from communique.lexicon import load_lexicon
from communique.records import Participant

LEVELS = (
    "head_of_state", "head_of_government", "minister", "chief_of_staff", "service_chief", "deputy", "director",
    "commander", "attache", "spokesperson", "ambassador", "working",
)  # fmt: skip
"""The lexicon's levels of office from the highest."""


def level_of(participant: Participant) -> str | None:
    """One of LEVELS for a person with a post, else None."""
    return level_of_post(participant.post) if participant.kind == "person" and participant.post else None


@lru_cache(maxsize=65_536)
def level_of_post(post: str) -> str | None:
    """The highest level of the posts that the words name, None where the lexicon knows none of them."""
    entries = [e for match in load_lexicon().find(post) for e in match.entries if e.kind == "post"]
    return highest(e.attributes.get("level", e.subkind) for e in entries)


def highest(levels: Iterable[str | None]) -> str | None:
    """The highest of the levels that are known, None where none is.

    >>> highest(["working", None, "minister"])
    'minister'
    """
    told = [level for level in levels if level in LEVELS]
    return min(told, key=LEVELS.index) if told else None
