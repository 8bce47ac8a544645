"""Where an event of another language happens: the nearest town or state after a preposition of place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.lexicon import Lexicon
from communique.pipeline.drafts import Draft, Sentence
from communique.pipeline.languages.names import Named
from communique.pipeline.languages.words import Words
from communique.pipeline.resolve.places import ResolvedPlace, resolve_place
from communique.records import Place

LONGEST = 4


def place_near(
    draft: Draft,
    sentence: Sentence,
    names: Sequence[Named],
    lexicon: Lexicon,
    words: Words,
    inside: Sequence[tuple[int, int]],
) -> None:
    """Set the draft's place with coordinates from its sentence; no place lies within the parties' phrases `inside`."""
    states = {n.start: n for n in names if n.form in ("name", "capital")}
    found: list[tuple[bool, int, Place, ResolvedPlace | None]] = []
    for t, first, last in candidates(sentence, words, inside):
        start = sentence.begin_of(sentence.tokens.doc[first])
        told = sentence.tokens.doc[first:last].text
        state = states.get(start)
        resolved = resolved_as(told, state, draft, lexicon)
        code = state.code if state is not None else resolved.country if resolved is not None else None
        if code is not None:
            vague = state is not None and state.form == "name"
            found.append((vague, abs(t - draft.trigger), Place(name=told, country=code, text=told), resolved))
    if found:
        _, _, draft.place, point = min(found, key=lambda f: (f[0], f[1]))
        if point is not None:
            draft.lat, draft.lon, draft.geo_precision = point.lat, point.lon, point.geo_precision


def candidates(sentence: Sentence, words: Words, inside: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """The preposition's token, first and last (exclusive) of each run of capitalised words after one of place."""
    doc, end = sentence.tokens.doc, sentence.tokens.end
    for t in sentence.tokens:
        if t.lower_ not in words.locals or any(a <= t.i <= b for a, b in inside):
            continue
        first = t.i + 1
        while first < end and doc[first].lower_ in words.articles:
            first += 1
        last = first
        while last < end and last - first < LONGEST and capital(doc[last].text):
            last += 1
        if last > first:
            yield t.i, first, last


def resolved_as(told: str, state: Named | None, draft: Draft, lexicon: Lexicon) -> ResolvedPlace | None:
    """The place that the words mean: the state that they name, else the town."""
    if state is not None and state.form == "name":
        return resolve_place(lexicon.state(state.code).name, lexicon)
    near = frozenset({state.code}) if state is not None else frozenset[str]()
    return resolve_place(told, lexicon, parties=frozenset(draft.codes()), near=near)


def capital(word: str) -> bool:
    """Whether a word can be part of a place's name."""
    return word[0].isupper() or word == "-"
