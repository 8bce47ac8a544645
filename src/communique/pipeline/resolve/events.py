"""Gives each draft its true date and its place with coordinates; posts are those of the event's date.

The date is read from the clause that tells the event, else from its sentence, never from the day of the article alone
unless the text tells a plain past event without any date (`inferred`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from communique.lexicon import Lexicon
from communique.lexicon.officials import Register
from communique.pipeline.drafts import Draft, Parsed, Sentence
from communique.pipeline.resolve.dates import DateExpression, Length, Tense, date_of_event, find_dates, in_order
from communique.pipeline.resolve.places import resolve_place
from communique.records import DateInterval, Place, Span

DAYS = {"day": 1, "week": 7}
# A date this many characters outside the clause no longer belongs to it.
NEAR = 60
# What is planned may be dated by its decision or by its day: the words beside the date decide, so no tense is given.
TENSE: Mapping[str, Tense | None] = {"planned": None, "proposed": None, "ongoing": "present"}


DatesBySentence = Mapping[int, Sequence[tuple[int, int, DateExpression]]]


def find_all_dates(parsed: Parsed) -> DatesBySentence:
    """The date expressions of each sentence with their offsets in the document."""
    return {s.index: dates_in(s, parsed.document.text) for s in parsed.sentences}


def resolve_events(
    drafts: Sequence[Draft], parsed: Parsed, lexicon: Lexicon, expressions: DatesBySentence
) -> list[Draft]:
    """The drafts with their dates and places set."""
    published = parsed.document.published
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


def date_by_story(drafts: Sequence[Draft], published: dt.date | None, *, official: bool = False) -> None:
    """Give an undated event the day of the story's main event when the same parties act in both.

    The main event is the first dated one of the last fortnight; "the two sides also agreed" needs no date of its own.
    What a release of its own state announces beside an event of "this week" or of tomorrow keeps the release's day.
    """
    if published is None:
        return
    main = next(
        (
            d
            for d in drafts
            if d.date is not None
            and d.date.text
            and "some time" not in d.flags
            and recent(d.date, published)
            and len(d.codes()) >= 2
        ),
        None,
    )
    if main is None or main.date is None:
        return
    announced = official and (main.date.start != main.date.end or main.date.start > published)
    for draft in drafts:
        if of_the_day(draft, announced=announced) and len(draft.codes() & main.codes()) >= 2:
            draft.date, draft.date_why = main.date, "date of the story's main event"


def of_the_day(draft: Draft, *, announced: bool) -> bool:
    """Whether an undated draft is likely of the same day as the story's main event, as its status and its type say: not
    background, a sum, a stationing, or what a release announces on its own day."""
    if draft.date is not None or draft.aggregate or "background" in draft.flags:
        return False
    if draft.type == "deployment" and draft.status != "planned":
        return False
    if announced and draft.type in ANNOUNCED:
        return False
    return draft.status in ("occurred", "planned", "proposed") or on_visit(draft)


def on_visit(draft: Draft) -> bool:
    """Whether a draft tells of a visit that goes on ("who is here on a visit"): it is of the story's day."""
    return draft.type == "visit" and draft.status == "ongoing"


# What a release announces on its own day, though its story's main event is of another.
ANNOUNCED = frozenset({"statement", "transfer"})


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


def recent(date: DateInterval, published: dt.date) -> bool:
    """Whether a date of at most a week lies in the fortnight before publication."""
    return (date.end - date.start).days <= 7 and -1 <= (published - date.start).days <= 14


def dates_in(sentence: Sentence, text: str) -> list[tuple[int, int, DateExpression]]:
    """The date expressions of a sentence with their offsets in the document."""
    words = text[sentence.start : sentence.end]
    return [(sentence.start + e.start, sentence.start + e.end, e) for e in find_dates(words)]


def date_of(
    draft: Draft,
    parsed: Parsed,
    expressions: DatesBySentence,
    intervals: Sequence[tuple[int, DateInterval | None]],
) -> DateInterval | None:
    """The date that the words around a draft tell: those of its clause, else the nearest ones in its sentence.

    A draft whose reader has named the event's own date words ("_dates") is dated by these alone.
    """
    published = parsed.document.published
    named = draft.details.pop("_dates", None)
    here = [
        (a, b, e)
        for a, b, e in expressions.get(draft.sentence, ())
        if (e.form != "since" or reaches_back(draft, parsed, a, b)) and can_date(draft, e)
    ]
    tense = None if "title" in draft.flags else TENSE.get(draft.status, "past")
    clause = [(a, e) for a, b, e in here if a >= draft.start and b <= draft.end]
    near = [(a, e) for a, b, e in here if b > draft.start - NEAR and a < draft.end + NEAR and (a, e) not in clause]
    own = [(a, e) for a, e in clause if e.form in LENGTHS and draft.lasts is not None]
    told = [] if named is None else [(a, e) for a, e in expressions_at(named, expressions) if can_date(draft, e)]
    for found in (clause, near) if named is None else ([*told, *own],):
        if found:
            before = [d for a, d in intervals if a < found[0][0] and d is not None and d.precision != "span"]
            date = date_of_event(
                [e for _, e in found], published, reference=before[-1] if before else None, tense=tense
            )
            if date is not None:
                if any(e.cue == "end" for _, e in found):
                    draft.flags.add("ends")
                if all(e.is_window() for _, e in found):
                    draft.flags.add("some time")
                return date
    return None


# Words between which and "since" a sum is told.
TOTAL = re.compile(r"\b(?:total|sum|overall)\b", re.IGNORECASE)


def reaches_back(draft: Draft, parsed: Parsed, start: int, end: int) -> bool:
    """Whether an event may be one since the day that the document tells from `start` to `end`: what goes on, a sum, and
    in its clause what is told in the perfect or as a total ("brings total aid to two billion since 2021")."""
    if draft.status == "ongoing" or draft.aggregate:
        return True
    if not (draft.start <= start and end <= draft.end):
        return False
    sentence = parsed.sentences[draft.sentence]
    at = sentence.begin_of(sentence.tokens.doc[draft.trigger])
    total = TOTAL.search(sentence.words(sentence.start, min(at, start)))
    return not draft.features.keys().isdisjoint({"aux=has", "aux=have"}) or (total is not None and at < start)


# What goes on for long, so that the day on which somebody says so is not its own.
STANDING = frozenset({"deployment", "transfer", "training"})
# What a treaty's date is the date of.
BY_INSTRUMENT = frozenset({"agreement", "membership"})


def can_date(draft: Draft, expression: DateExpression) -> bool:
    """Whether an expression may be a draft's date: not the year of the treaty by which it is done, nor the day from
    which visits are counted, nor that of saying that troops stand abroad."""
    if expression.weak == "instrument":
        return draft.type in BY_INSTRUMENT
    if expression.weak == "attribute" and draft.type == "statement":
        return False
    if draft.type in STANDING and draft.status == "ongoing" and expression.form == "plain":
        return expression.hint != "past" or expression.cue is not None
    return expression.weak != "comparison"


LENGTHS = frozenset({"length", "lasting"})
# Characters from a trigger within which a length of time is that of its event ("a three-day visit").
BESIDE = 50


def note_length(draft: Draft, parsed: Parsed, expressions: DatesBySentence) -> None:
    """Note how many days an event lasts, where its clause tells a length of days or weeks beside the trigger."""
    sentence = parsed.sentences[draft.sentence]
    at = sentence.begin_of(sentence.tokens.doc[draft.trigger])
    for a, b, expression in expressions.get(draft.sentence, ()):
        length = expression.parts[0]
        if not isinstance(length, Length) or length.unit not in DAYS or not draft.start <= a < draft.end:
            continue
        whole = "-" in expression.text or expression.form == "lasting" or sentence.words(a - 4, a).endswith(" of ")
        if whole and at - BESIDE <= b and a <= at + BESIDE:
            draft.lasts = round(length.count * DAYS[length.unit])
            return


def expressions_at(words: Sequence[Span], expressions: DatesBySentence) -> list[tuple[int, DateExpression]]:
    """The date expressions of a document that share characters with any of the spans, with their offsets."""
    return [
        (a, e)
        for found in expressions.values()
        for a, b, e in found
        if any(a < span.end and span.start < b for span in words)
    ]


def set_place(draft: Draft, lexicon: Lexicon) -> None:
    """Turn the draft's place words into a place with coordinates."""
    locality = draft.details.pop("_locality", None)
    if locality is None:
        return
    near = frozenset({locality.country}) if locality.country else frozenset()
    resolved = resolve_place(locality.text, lexicon, parties=frozenset(draft.codes()), near=near)
    draft.place = Place(
        name=locality.name, country=resolved.country if resolved is not None else locality.country, text=locality.text
    )
    if resolved is not None:
        draft.lat, draft.lon, draft.geo_precision = resolved.lat, resolved.lon, resolved.geo_precision
