"""A text goes in, its posts and ranks come out with offsets: "Chief of Staff of the Iranian Armed Forces".

Posts are read by the grammar in posts.yml, ranks are looked up in ranks.csv. A state before a post isn't part of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from communique.lexicon.entries import State
from communique.lexicon.post_line import Line, Names
from communique.lexicon.post_reading import Reading, read_post
from communique.lexicon.post_tables import Forms, Grammar, StateLevels, words_of
from communique.lexicon.rank_reading import RankMatch, ranks_in
from communique.lexicon.ranks import RankForms

NOT_STATES = frozenset({"central", "marine", "general", "republic", "union", "commonwealth"})
"""words that some state bears as a name and institutions bear far more often"""

__all__ = ["PostMatch", "RankMatch", "Titles"]


@dataclass(frozen=True, slots=True)
class PostMatch:
    """A post as the text gives it; `modifiers` are former, acting, deputy, then, incoming."""

    start: int
    end: int
    text: str
    level: str
    body_kind: str | None
    modifiers: tuple[str, ...]
    pattern: str
    """id of the pattern in posts.yml"""
    levels: StateLevels = field(default_factory=dict, hash=False)
    """its level in the states whose own use differs"""

    def level_in(self, state: str | None) -> str:
        """The level of the post in a state, the usual one where the state is not known or has no use of its own."""
        return self.levels.get(state, self.level) if state is not None else self.level


class Titles:
    """Finds posts and ranks by one grammar, one table of ranks and the names of one lexicon's states."""

    def __init__(self, grammar: Grammar, ranks: RankForms, states: Iterable[State]) -> None:
        """What reads texts by these tables."""
        self._grammar, self._ranks = grammar, ranks
        self._names = _names(grammar, ranks, states)

    def posts(self, text: str) -> list[PostMatch]:
        """The posts in the text, in text order and without overlaps, each as long as the text gives it."""
        line = Line(text, self._grammar, self._names)
        matches, free_from = [], 0
        for i in self._grammar.heads.starts(line.small):
            reading = read_post(line, i, free_from) if i >= free_from else None
            if reading is not None:
                matches.append(_match(line, reading))
                free_from = reading.end
        return matches

    def ranks(self, text: str) -> list[RankMatch]:
        """The military ranks in the text, in text order; "general" counts only as a title or as "the general"."""
        return ranks_in(text, self._ranks, self._grammar.no_ranks)


def _match(line: Line, post: Reading) -> PostMatch:
    start, end = line.starts[post.start], line.ends[post.end - 1]
    text = line.text[start:end]
    return PostMatch(start, end, text, post.level, post.body_kind, post.modifiers, post.pattern, post.levels)


def _names(grammar: Grammar, ranks: RankForms, of: Iterable[State]) -> Names:
    states: Forms[str] = Forms()
    adjectives: Forms[str] = Forms()
    for state in of:
        for name in (state.name, *state.strong, *state.former):
            _add(states, name, state.code)
        for name in (*state.adjectives, *state.demonyms):
            _add(adjectives, name, state.code)
    for name in grammar.states:
        _add(states, name, name)
    return Names(states, adjectives, ranks.titles)


def _add(forms: Forms[str], name: str, code: str) -> None:
    words = words_of(name)
    if words and not (len(words) == 1 and words[0] in NOT_STATES):
        forms.add(words, code)
