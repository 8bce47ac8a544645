"""Telling a state's name from the same word in a person's name (Michael Jordan, Chad Wolf, Mr England)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_BEFORE = re.compile(r"(?:^|[\s(\"“])([A-Z][a-zé]+\.?) $")
_AFTER = re.compile(r" ([A-Z][a-z]+)\b")
LONGEST_BEFORE = 16


class PersonNames:
    """Given names, surnames and titles that belong to persons only; empty lists tell nothing."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """The lists `given`, `surnames`, `titles` and `ranks` of person_names.yml."""
        self._given = frozenset(words.get("given", ()))
        self._surnames = frozenset(words.get("surnames", ()))
        self._titles = frozenset(words.get("titles", ()))
        self._ranks = frozenset(words.get("ranks", ()))

    def part_of_name(self, text: str, start: int, end: int) -> bool:
        """True when the single word at start..end stands after a given name or title, or before a surname."""
        if not _one_word(text, start, end):
            return False
        before = _word_before(text, start)
        if before in self._given or before in self._titles:
            return True
        after = _AFTER.match(text, end)
        return after is not None and after[1] in self._surnames

    def after_rank(self, text: str, start: int, end: int) -> bool:
        """True when the single word stands after a military rank: a person's name, if the word is a weak one."""
        return _one_word(text, start, end) and _word_before(text, start) in self._ranks


def _one_word(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    return word.isalpha() and word.istitle()


def _word_before(text: str, start: int) -> str:
    before = _BEFORE.search(text, max(0, start - LONGEST_BEFORE), start)
    return "" if before is None else before[1].rstrip(".")
