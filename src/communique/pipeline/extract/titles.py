"""The posts and ranks of a sentence on its tokens, with the state or body that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.lexicon.posts import PostMatch, RankMatch
from communique.pipeline.drafts import Sentence
from communique.pipeline.extract.names import SERVED, Name, NameMap


@dataclass(slots=True)
class Title:
    """A post or rank on tokens first..last of a sentence's paragraph."""

    first: int
    last: int
    text: str
    rank: bool
    match: PostMatch | None = None
    code: str | None = None
    former: bool = False

    @property
    def level(self) -> str | None:
        """The level of the post as all states use it; None for a rank."""
        return self.level_in(None)

    def level_in(self, state: str | None) -> str | None:
        """The level of the post in the state that has it; None for a rank."""
        return None if self.match is None else self.match.level_in(state)


def titles_of(
    sentence: Sentence, posts: Sequence[PostMatch], ranks: Sequence[RankMatch], names: NameMap
) -> list[Title]:
    """The posts and ranks found in a sentence's words, on its tokens; a rank inside a post is part of the post."""
    found: list[Title] = []
    doc, base = sentence.tokens.doc, sentence.tokens.start_char
    for match in posts:
        span = doc.char_span(base + match.start, base + match.end, alignment_mode="expand")
        if span is not None and len(span):
            owner = owner_behind(sentence, names, span.end)
            code = code_inside(sentence, names, span.start, span.end - 1) or (owner.entry.code if owner else None)
            former = "former" in match.modifiers
            found.append(Title(span.start, span.end - 1, match.text, False, match, code, former))
    taken = {i for t in found for i in range(t.first, t.last + 1)}
    for rank in ranks:
        span = doc.char_span(base + rank.start, base + rank.end, alignment_mode="expand")
        free = [i for i in range(span.start, span.end) if i not in taken] if span is not None else []
        if span is not None and free and free[-1] == span.end - 1:
            found.append(Title(free[0], free[-1], doc[free[0] : free[-1] + 1].text, True))
    return sorted(found, key=lambda t: t.first)


def code_inside(sentence: Sentence, names: NameMap, first: int, last: int) -> str | None:
    """The state or body named inside a post ("Chief of Staff of the Iranian Armed Forces").

    An ambassador's host is not it.
    """
    words = sentence.tokens.doc[first : last + 1].text.lower()
    if "ambassador" in words or "envoy" in words or "attach" in words:
        last = first
    for i in range(first, last + 1):
        name = names.at(sentence, i)
        if name is not None and name.entry.code and name.entry.kind in SERVED:
            return name.entry.code
    return None


def owner_behind(sentence: Sentence, names: NameMap, after: int) -> Name | None:
    """The state, body or armed group that a post is "of": the name after "of" and an article right behind the post."""
    doc, stop = sentence.tokens.doc, sentence.tokens.end
    if after >= stop or doc[after].lower_ != "of":
        return None
    at = after + 2 if after + 1 < stop and doc[after + 1].lower_ == "the" else after + 1
    name = names.at(sentence, at) if at < stop else None
    return name if name is not None and name.entry.code and name.entry.kind in SERVED else None
