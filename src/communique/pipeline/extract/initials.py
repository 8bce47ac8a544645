"""Initials mean what the text spells out before them: "Langkawi International Maritime and Aerospace Exhibition (LIMA
2023)" is not Peru's capital."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.lexicon import Match

# A few words, then their initials in brackets, with a year behind them or none.
SPELLED = re.compile(r"((?:[\w'’.-]+ ){2,10})\(([A-Z]{3,8})(?:[ -]?\d{2,4})?\)")


def as_spelled_out(text: str, matches: Sequence[Match]) -> list[Match]:
    """The matches, without those of initials that the text spells out as something else than what they match."""
    meant = dict(spelled_out(text))
    if not meant:
        return list(matches)
    return [m for m in matches if m.text not in meant or is_meant(m, *meant[m.text], matches)]


def spelled_out(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Initials in brackets with the span of the words before them that they abbreviate, but for the last perhaps."""
    for found in SPELLED.finditer(text):
        words = list(re.finditer(r"\S+", found[1]))
        for first in range(len(words)):
            if found[2] in (told := initials(found[1][words[first].start() :]), told[:-1]):
                yield found[2], (found.start() + words[first].start(), found.start() + words[-1].end())
                break


def initials(phrase: str) -> str:
    """The initials of the words with a capital.

    >>> initials("Gulf Co-operation Council"), initials("Memorandum of Understanding")
    ('GCC', 'MU')
    """
    return "".join(word[0] for word in phrase.split() if word[0].isupper())


def is_meant(match: Match, start: int, end: int, matches: Sequence[Match]) -> bool:
    """Whether initials can mean what they match: its own initials, or a party that the spelled words name too."""
    codes = {e.code for m in matches if start <= m.start and m.end <= end for e in m.entries}
    return any(e.code is None or e.code in codes or initials(e.name) == match.text for e in match.entries)
