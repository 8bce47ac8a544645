"""A text cut into words, and the noun runs that name bodies and states in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.lexicon.post_tables import WORD, Forms, Grammar, plain

ARTICLES = frozenset({"the", "his", "her", "their", "its", "our"})
POSSESSIVE = frozenset({"'s", "'"})
LONGEST_RANK = 4
MOST_RUN = 9
"""words in one noun run of a tail; the longest institution's name met in news has eight"""


@dataclass(frozen=True, slots=True)
class Names:
    """Word sequences that the reading of posts takes from the other tables."""

    states: Forms[str]
    adjectives: Forms[str]
    ranks: Forms[str]


class Line:
    """A text cut into words, with offsets and small forms."""

    def __init__(self, text: str, grammar: Grammar, names: Names) -> None:
        """The words of the text; lists from `grammar`, states and ranks from `names`."""
        small = plain(text)
        matches = list(WORD.finditer(small))
        self.text = text
        self.starts = [m.start() for m in matches]
        self.ends = [m.end() for m in matches]
        self.small: Sequence[str] = [m.group() for m in matches]
        self.grammar = grammar
        self.names = names

    def __len__(self) -> int:
        """The number of words."""
        return len(self.small)

    def capital(self, i: int) -> bool:
        """True when the word begins with a capital or a digit."""
        first = self.text[self.starts[i]]
        return first.isupper() or first.isdigit()

    def acronym(self, i: int) -> bool:
        """True when the word is three to nine capitals."""
        word = self.text[self.starts[i] : self.ends[i]]
        return 3 <= len(word) <= 9 and word.isupper() and word.isalnum()

    def word(self, i: int) -> str:
        """The small form of word i; empty past the ends."""
        return self.small[i] if 0 <= i < len(self.small) else ""

    def unbroken(self, start: int, end: int) -> bool:
        """True when no break of paragraph stands within words start..end."""
        return "\n\n" not in self.text[self.starts[start] : self.ends[end - 1]]

    def same_row(self, start: int, i: int) -> bool:
        """True when no line ends between the words before `start` and word i."""
        return "\n" not in self.text[self.ends[max(0, start - 1)] : self.starts[i]]

    def state_at(self, i: int) -> int | None:
        """The end of the state's name that starts at word i."""
        found = self.names.states.at(self.small, i) if self.capital(i) else None
        return None if found is None else found[0]

    def covered(self, start: int, end: int) -> bool:
        """True when words start..end lie within a longer rank ("Air Chief" in "Air Chief Marshal")."""
        for i in range(max(0, start - LONGEST_RANK + 1), start + 1):
            rank = self.names.ranks.at(self.small, i) if self.capital(i) else None
            if rank is not None and rank[0] >= end and rank[0] - i > end - start:
                return True
        return False

    def rank_at(self, i: int) -> bool:
        """True when a rank starts at word i, and no name of an institution ("General Staff")."""
        return (
            self.capital(i)
            and self.names.ranks.at(self.small, i) is not None
            and self.grammar.institutions.at(self.small, i) is None
        )

    def head_within(self, start: int, end: int) -> bool:
        """True when a post's head starts at one of these words."""
        return any(self.grammar.heads.at(self.small, i) is not None for i in range(start, end))


@dataclass(frozen=True, slots=True)
class Run:
    """A noun run: `end` after its last word that names a body, a state or, if open, anything."""

    start: int
    end: int
    state: bool
    """the run is a state's name and nothing else"""
    whole: bool
    """nothing capitalised follows that was cut off"""


def noun_run(line: Line, start: int, *, open_end: bool = False) -> Run | None:
    """The body or state named from word `start` on, article included; None when no institution's name ends there."""
    first = start + 1 if line.word(start) in ARTICLES else start
    i, end, state_end = first, None, None
    while i < len(line) and i - first < MOST_RUN and line.same_row(start, i) and _goes_on(line, first, i, end is None):
        state = line.state_at(i)
        if state is not None:
            state_end = state if i == first else state_end
            i = end = state
            continue
        found = line.grammar.institutions.at(line.small, i)
        i = i + 1 if found is None else found[0]
        end = end if found is None else i
    if end is None:
        end = i if open_end and i > first and line.capital(first) else None
    if end is None:
        return None
    if line.word(end).isdigit() and line.same_row(start, end):  # "Task Force 70"
        end += 1
    whole = end >= len(line) or not (line.capital(end) and line.word(end).isalpha())
    return Run(start, end, state_end is not None and end == state_end, whole)


def _goes_on(line: Line, first: int, i: int, unfinished: bool) -> bool:
    word = line.small[i]
    if word in POSSESSIVE or word == "&":
        return i > first
    if word == "and" and unfinished and i > first:  # "East Asian and Pacific Affairs"
        return line.capital(i - 1) and i + 1 < len(line) and line.capital(i + 1)
    if not word[0].isalnum() or line.rank_at(i):
        return False
    if i > first and line.capital(i) and line.grammar.heads.at(line.small, i) is not None:
        return False
    return line.capital(i) or word in line.grammar.tail_words or line.grammar.institutions.at(line.small, i) is not None
