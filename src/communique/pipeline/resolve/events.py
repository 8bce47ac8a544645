"""Gives each draft its true date and its place with coordinates; posts are those of the event's date.

The date is read from the clause that tells the event, else from its sentence, never from the day of the article alone
unless the text tells a plain past event without any date (`inferred`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from communique.lexicon import Lexicon
from communique.lexicon.officials import Register
from communique.pipeline.drafts import Draft, Parsed, Sentence
from communique.pipeline.resolve.dates import DateExpression, find_dates, in_order
from communique.pipeline.resolve.own_date import DatesBySentence, date_of, note_length, that_date
from communique.pipeline.resolve.places import resolve_place
from communique.pipeline.resolve.story import date_by_story
from communique.records import DateInterval, Place


def find_all_dates(parsed: Parsed) -> DatesBySentence:
    """The date expressions of each sentence with their offsets in the document."""
    return {s.index: dates_in(s, parsed.document.text) for s in parsed.sentences}


def resolve_events(
    drafts: Sequence[Draft], parsed: Parsed, lexicon: Lexicon, expressions: DatesBySentence
) -> list[Draft]:
    """The drafts with their dates and places set."""
    published = parsed.written
    expressions = that_date(parsed, expressions)
    ordered = [(a, e) for s in parsed.sentences for a, _, e in expressions.get(s.index, ())]
    intervals = list(zip((a for a, _ in ordered), in_order([e for _, e in ordered], published), strict=True))
    for draft in drafts:
        note_length(draft, parsed, expressions)
        draft.date = date_of(draft, parsed, expressions, intervals)
        if draft.date is not None and draft.date.text is not None:
            draft.date_why = f"date: {draft.date.text!r}"
        set_place(draft, lexicon)
    date_by_story(drafts, published, official=parsed.official)
    place_by_visit(drafts)
    for draft in drafts:
        set_offices(draft, published, lexicon.register)
        only_speak(draft)
    return list(drafts)


# What a spokesperson tells of is done by others of his side.
DONE = frozenset({"meeting", "visit", "agreement", "exercise", "transfer", "training", "deployment", "cooperation"})


def only_speak(draft: Draft) -> None:
    """Leave a spokesperson's state in what he tells of, not himself."""
    if draft.type not in DONE:
        return
    for filler in list(draft.fillers):
        if filler.mention.level != "spokesperson" or filler.mention.kind != "person":
            continue
        others = {c for f in draft.fillers if f is not filler and f.role == filler.role for c in f.mention.codes}
        if set(filler.mention.codes) <= others:
            draft.fillers.remove(filler)
        else:
            filler.mention = filler.mention.without_person()


def set_offices(draft: Draft, published: dt.date | None, register: Register) -> None:
    """Give the officials whom the text names without a post the one that they held on the event's day."""
    day = draft.date.start if draft.date is not None else published
    if day is None:
        return
    for filler in draft.fillers:
        mention = filler.mention
        if mention.kind == "person" and mention.post is None and mention.name and len(mention.codes) == 1:
            tenure = register.office_at(mention.name, day, mention.codes[0])
            if tenure is not None:
                filler.mention = replace(mention, post=tenure.post, level=tenure.level)
                draft.why.append(f"post of {mention.name} on {day}: {tenure.post} ({tenure.source})")


# What is done during a visit is done where the visitor is.
ON_A_VISIT = frozenset({"meeting", "agreement"})


def place_by_visit(drafts: Sequence[Draft]) -> None:
    """Give talks and signings without a place the place of the visit of the same parties and of overlapping dates."""
    visits = [d for d in drafts if d.type == "visit" and d.place is not None and len(d.codes()) >= 2]
    for draft in drafts:
        if draft.type not in ON_A_VISIT or draft.place is not None or draft.mode == "remote":
            continue
        visit = next((v for v in visits if len(v.codes() & draft.codes()) >= 2 and together(v.date, draft.date)), None)
        if visit is not None:
            draft.place, draft.lat, draft.lon = visit.place, visit.lat, visit.lon
            draft.geo_precision = visit.geo_precision
            draft.why.append("place of the visit")


def together(a: DateInterval | None, b: DateInterval | None) -> bool:
    """Whether two dates overlap or one of them is not told."""
    return a is None or b is None or (a.start <= b.end and b.start <= a.end)


def dates_in(sentence: Sentence, text: str) -> list[tuple[int, int, DateExpression]]:
    """The date expressions of a sentence with their offsets in the document."""
    words = text[sentence.start : sentence.end]
    return [(sentence.start + e.start, sentence.start + e.end, e) for e in find_dates(words)]


def set_place(draft: Draft, lexicon: Lexicon) -> None:
    """Turn the draft's place words into a place with coordinates; "the Syrian capital" bears the city's name."""
    locality = draft.details.pop("_locality", None)
    if locality is None:
        return
    near = frozenset({locality.country}) if locality.country else frozenset()
    resolved = resolve_place(locality.text, lexicon, parties=frozenset(draft.codes()), near=near)
    draft.place = Place(
        name=resolved.name if resolved is not None and locality.text.endswith(" capital") else locality.name,
        country=resolved.country if resolved is not None else locality.country,
        text=locality.text,
    )
    if resolved is not None:
        draft.lat, draft.lon, draft.geo_precision = resolved.lat, resolved.lon, resolved.geo_precision
