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
        """The lists `given`, `surnames` and `titles` of person_names.yml."""
        self._given = frozenset(words.get("given", ()))
        self._surnames = frozenset(words.get("surnames", ()))
        self._titles = frozenset(words.get("titles", ()))

    def part_of_name(self, text: str, start: int, end: int) -> bool:
        """True when the single word at start..end stands after a given name or title, or before a surname."""
        word = text[start:end]
        if not word.isalpha() or not word.istitle():
            return False
        before = _BEFORE.search(text, max(0, start - LONGEST_BEFORE), start)
        if before is not None and (before[1].rstrip(".") in self._given or before[1].rstrip(".") in self._titles):
            return True
        after = _AFTER.match(text, end)
        return after is not None and after[1] in self._surnames
