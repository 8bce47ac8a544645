"""Finds ranks in a text by the words around them: "General Akar", "the general", but no "general election"."""

from __future__ import annotations

from dataclasses import dataclass

from communique.lexicon.post_tables import WORD, NoRanks, plain
from communique.lexicon.ranks import Rank, RankForms

SHORT = 2
"""letters of an abbreviation in capitals that means a rank only before a name (MG, FM)"""
MOST_BRACKET = 5


@dataclass(frozen=True, slots=True)
class RankMatch:
    """A rank as the text gives it, with its canonical form, NATO grade and service."""

    start: int
    end: int
    text: str
    form: str
    grade: str
    service: str


class _Words:
    """The words of a text with their offsets."""

    def __init__(self, text: str) -> None:
        small = plain(text)
        matches = list(WORD.finditer(small))
        self.text = text
        self.small = [m.group() for m in matches]
        self.starts = [m.start() for m in matches]
        self.ends = [m.end() for m in matches]

    def word(self, i: int) -> str:
        return self.small[i] if 0 <= i < len(self.small) else ""

    def between(self, start: int, end: int) -> str:
        return self.text[self.starts[start] : self.ends[end - 1]]


def ranks_in(text: str, forms: RankForms, no_ranks: NoRanks) -> list[RankMatch]:
    """The ranks in the text, in text order and without overlaps, the longest spelling first."""
    words = _Words(text)
    matches, free_from = [], 0
    for i in forms.titles.starts(words.small):
        found = forms.titles.at(words.small, i) if i >= free_from else None
        if found is None:
            continue
        end, rank = found[0], forms.ranks[found[1]]
        phrase = words.between(i, end)
        if _is_rank(words, i, end, rank, no_ranks):
            start = words.starts[i]
            matches.append(RankMatch(start, start + len(phrase), phrase, rank.form, rank.grade, rank.service))
            free_from = end
    return matches


def _is_rank(words: _Words, start: int, end: int, rank: Rank, no_ranks: NoRanks) -> bool:
    phrase, before, after = words.between(start, end), words.word(start - 1), words.word(end)
    if "\n\n" in phrase or after in no_ranks.before:
        return False
    if end - start == 1 and before in no_ranks.after and phrase.lower() == "general":
        return False
    if not phrase[0].isupper():
        if end - start > 1 and _name_at(words, end):  # "the major general Akar", "général de division Test"
            return True
        return before in no_ranks.articles and " ".join(words.small[start:end]) in no_ranks.alone
    if _name_at(words, end):
        return True
    told = end - start > 1 or before in no_ranks.articles or before in ("(", ",")
    return told and not rank.weak and not (phrase.isupper() and len(phrase) <= SHORT)


def _name_at(words: _Words, i: int) -> bool:
    """Whether a capitalised word follows directly, as a person's name does after a rank."""
    if words.word(i) == "(":  # "Brigadier General (Pilot) Naser"
        i = next((j + 1 for j in range(i, i + MOST_BRACKET) if words.word(j) == ")"), i)
    if i >= len(words.small) or "\n\n" in words.text[words.ends[i - 1] : words.starts[i]]:
        return False
    return words.text[words.starts[i]].isupper()
