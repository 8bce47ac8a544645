"""The level of the office that a participant holds: as the words of the post tell it, else as the register has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import lru_cache

from communique.lexicon import Lexicon
from communique.lexicon.post_tables import LEVELS
from communique.lexicon.posts import PostMatch
from communique.records import Participant

OTHER_TIMES = frozenset({"former", "incoming"})
"""Words before a post that its bearer does not hold it at the time of writing."""

__all__ = ["LEVELS", "highest", "level_of", "level_of_post"]


def level_of(participant: Participant, lexicon: Lexicon, day: dt.date | None = None) -> str | None:
    """One of LEVELS for a person, else None: that of the post told, else that of the office held on the day.

    A "former minister" has the level of what he was on the day, as the register tells it.
    """
    if participant.kind != "person":
        return None
    told = level_of_post(participant.post, lexicon, participant.actor) if participant.post else None
    if told is not None or day is None or not participant.name:
        return told
    tenure = lexicon.register.office_at(participant.name, day, participant.actor)
    return None if tenure is None else tenure.level


def level_of_post(post: str, lexicon: Lexicon, state: str | None = None) -> str | None:
    """The highest level that the posts named by the words have in the state; None for no known post and for a former
    or incoming one."""
    held = (match for match in posts_by(lexicon)(post) if not OTHER_TIMES & set(match.modifiers))
    return highest(match.level_in(state) for match in held)


def held_then(post: str, lexicon: Lexicon) -> bool:
    """Whether the words tell a post held at the time of writing: not a former and not an incoming one."""
    return not any(OTHER_TIMES & set(match.modifiers) for match in posts_by(lexicon)(post))


@lru_cache(maxsize=2)
def posts_by(lexicon: Lexicon) -> Callable[[str], tuple[PostMatch, ...]]:
    """A function that gives the posts in some words, and remembers them, as most are told again and again.

    Some posts, such as "ambassador", are read with a capital alone.
    """

    @lru_cache(maxsize=65_536)
    def posts_in(post: str) -> tuple[PostMatch, ...]:
        return tuple(lexicon.find_posts(post) or lexicon.find_posts(post[:1].upper() + post[1:]))

    return posts_in


def highest(levels: Iterable[str | None]) -> str | None:
    """The highest of the levels that are known, None where none is.

    >>> highest(["working", None, "minister"])
    'minister'
    """
    told = [level for level in levels if level in LEVELS]
    return min(told, key=LEVELS.index) if told else None
