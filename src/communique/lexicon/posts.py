"""A text goes in, its posts and ranks come out with offsets: "Chief of Staff of the Iranian Armed Forces".

Posts are read by the grammar in posts.yml, ranks are looked up in ranks.csv. A state before a post isn't part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from communique.lexicon.post_line import Line, Names
from communique.lexicon.post_reading import Reading, read_post
from communique.lexicon.post_tables import Forms, Grammar, read_grammar, words_of
from communique.lexicon.rank_reading import RankMatch, ranks_in
from communique.lexicon.ranks import RankForms, read_ranks
from communique.lexicon.tables import Record

DATA = Path(__file__).parent / "data"
NOT_STATES = frozenset({"central", "marine", "general", "republic", "union", "commonwealth"})
"""words that some state bears as a name and institutions bear far more often"""

__all__ = ["PostMatch", "RankMatch", "find_posts", "find_ranks", "read_posts"]


@dataclass(frozen=True, slots=True)
class PostMatch:
    """A post as the text gives it; `modifiers` are former, acting, deputy, then, incoming, senior."""

    start: int
    end: int
    text: str
    level: str
    body_kind: str | None
    modifiers: tuple[str, ...]
    pattern: str
    """id of the pattern in posts.yml"""


def find_posts(text: str) -> list[PostMatch]:
    """The posts in the text, in text order and without overlaps, each as long as the text gives it."""
    grammar = _grammar()
    line = Line(text, grammar, _names())
    matches, free_from = [], 0
    for i in grammar.heads.starts(line.small):
        reading = read_post(line, i, free_from) if i >= free_from else None
        if reading is not None:
            matches.append(_match(line, reading))
            free_from = reading.end
    return matches


def _match(line: Line, post: Reading) -> PostMatch:
    start, end = line.starts[post.start], line.ends[post.end - 1]
    return PostMatch(start, end, line.text[start:end], post.level, post.body_kind, post.modifiers, post.pattern)


def find_ranks(text: str) -> list[RankMatch]:
    """The military ranks in the text, in text order; "general" counts only as a title or as "the general"."""
    return ranks_in(text, _ranks(), _grammar().no_ranks)


def read_posts(path: Path) -> Iterator[Record]:
    """No records: posts are read by `find_posts`. A file that cannot be read raises LexiconError."""
    if path.exists():
        read_grammar(path)
    yield from ()


@lru_cache(maxsize=1)
def _grammar() -> Grammar:
    return read_grammar(DATA / "posts.yml")


@lru_cache(maxsize=1)
def _ranks() -> RankForms:
    return read_ranks(DATA / "ranks.csv")


@lru_cache(maxsize=1)
def _names() -> Names:
    from communique.lexicon.load import load_lexicon  # load reads this module's read_posts

    states: Forms[str] = Forms()
    adjectives: Forms[str] = Forms()
    lexicon = load_lexicon()
    for code in lexicon.states():
        state = lexicon.state(code)
        for name in (state.name, *state.strong, *state.former):
            _add(states, name, code)
        for name in (*state.adjectives, *state.demonyms):
            _add(adjectives, name, code)
    for name in _grammar().states:
        _add(states, name, name)
    return Names(states, adjectives, _ranks().titles)


def _add(forms: Forms[str], name: str, code: str) -> None:
    words = words_of(name)
    if words and not (len(words) == 1 and words[0] in NOT_STATES):
        forms.add(words, code)
