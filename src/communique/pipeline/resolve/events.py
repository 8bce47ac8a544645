"""Gives each draft its true date and its place with coordinates; posts are those of the event's date.

The date is read from the clause that tells the event, else from its sentence, never from the day of the article alone
unless the text tells a plain past event without any date (`inferred`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from communique.lexicon import Lexicon
from communique.pipeline.drafts import Draft, Parsed, Sentence, Setting
from communique.pipeline.resolve.dates import DateExpression, date_of_event, find_dates
from communique.records import DateInterval, Place

# A date this many characters outside the clause no longer belongs to it.
NEAR = 60
TENSE = {"planned": "future", "proposed": "future", "ongoing": "present"}


DatesBySentence = Mapping[int, Sequence[tuple[int, int, DateExpression]]]


def find_all_dates(parsed: Parsed) -> DatesBySentence:
    """The date expressions of each sentence with their offsets in the document."""
    return {s.index: dates_in(s, parsed.document.text) for s in parsed.sentences}


def resolve_events(drafts: Sequence[Draft], parsed: Parsed, setting: Setting, lexicon: Lexicon, expressions: DatesBySentence) -> Sequence[Draft]:
    """The drafts with their dates and places set."""
    reference: DateInterval | None = None
    for draft in drafts:
        sentence = parsed.sentences[draft.sentence]
        draft.date = date_of(draft, sentence, expressions, setting.published, reference)
        if draft.date is not None and draft.date.text is not None:
            reference = draft.date
            draft.date_why = f"date: {draft.date.text!r}"
        set_place(draft, lexicon)
    return drafts


def dates_in(sentence: Sentence, text: str) -> list[tuple[int, int, DateExpression]]:
    """The date expressions of a sentence with their offsets in the document."""
    words = text[sentence.start : sentence.end]
    return [(sentence.start + e.start, sentence.start + e.end, e) for e in find_dates(words)]


def date_of(
    draft: Draft, sentence: Sentence, expressions: DatesBySentence, published: dt.date | None, reference: DateInterval | None
) -> DateInterval | None:
    """The date that the words around a draft tell."""
    here = expressions.get(draft.sentence, ())
    clause = [e for a, b, e in here if a >= draft.start and b <= draft.end]
    tense = TENSE.get(draft.status, "past")
    found = date_of_event(clause, published, reference=reference, tense=tense) if clause else None  # type: ignore[arg-type]
    if found is not None:
        return found
    near = [e for a, b, e in here if b > draft.start - NEAR and a < draft.end + NEAR and e not in clause]
    if near:
        return date_of_event(near, published, reference=reference, tense=tense)  # type: ignore[arg-type]
    return None


def set_place(draft: Draft, lexicon: Lexicon) -> None:
    """Turn the draft's place words into a place with coordinates."""
    locality = draft.details.pop("_locality", None)
    if locality is None:
        return
    resolved = None
    country = getattr(resolved, "country", None) if resolved is not None else locality.country
    draft.place = Place(name=locality.name, country=None if locality.sea else country or locality.country, text=locality.text)
    if resolved is not None:
        draft.lat, draft.lon = getattr(resolved, "lat", None), getattr(resolved, "lon", None)
        draft.geo_precision = getattr(resolved, "geo_precision", None)
