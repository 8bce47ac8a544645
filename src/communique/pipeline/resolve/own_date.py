"""The date that the words around an event tell: those of its clause, else of its sentence, else what a reader names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from communique.pipeline.drafts import Draft, Parsed, Sentence
from communique.pipeline.resolve.dates import DateExpression, Length, Tense, date_of_event
from communique.records import DateInterval, Span

DatesBySentence = Mapping[int, Sequence[tuple[int, int, DateExpression]]]
"""The date expressions of each sentence, by its index, with their offsets in the document."""
Told = tuple[int, DateExpression]
"""A date expression with where it begins in the document."""

DAYS = {"day": 1, "week": 7}
# A date this many characters outside the clause no longer belongs to it.
NEAR = 60
# What is planned may be dated by its decision or by its day: the words beside the date decide, so no tense is given.
TENSE: Mapping[str, Tense | None] = {"planned": None, "proposed": None, "ongoing": "present"}


def date_of(
    draft: Draft,
    parsed: Parsed,
    expressions: DatesBySentence,
    intervals: Sequence[tuple[int, DateInterval | None]],
) -> DateInterval | None:
    """The date that the words around a draft tell: those of its clause, else the nearest ones in its sentence.

    A draft whose reader has named the event's own date words ("_dates") is dated by these alone.
    """
    tense = None if "title" in draft.flags else TENSE.get(draft.status, "past")
    period = period_of(draft, parsed, expressions, intervals)
    if period is not None:
        return period
    for found in choices(draft, parsed, expressions):
        if draft.status == "planned":
            found = to_come(found, draft, expressions, parsed.written, intervals)
        if draft.type in OF_A_DAY and draft.status == "occurred" and len(found) == 1 and found[0][1].form == "since":
            found = [(found[0][0], replace(found[0][1], form="plain"))]
        date = told_by(found, parsed.written, intervals, tense)
        if all(e.is_some_years() for _, e in found):
            draft.flags.add("some years")
            return None
        if date is not None and can_be_of(draft, date, parsed.written):
            if any(e.cue == "end" for _, e in found):
                draft.flags.add("ends")
            if all(e.is_window() for _, e in found):
                draft.flags.add("some time")
            return date
    return None


def to_come(
    found: Sequence[Told],
    draft: Draft,
    expressions: DatesBySentence,
    published: dt.date | None,
    intervals: Sequence[tuple[int, DateInterval | None]],
) -> list[Told]:
    """The dates found for a plan, but where one of them or of its clause lies ahead without those of its decision."""
    clause = [
        (a, e)
        for a, b, e in expressions.get(draft.sentence, ())
        if draft.start <= a and b <= draft.end and e.weak is None and e.form != "since" and can_date(draft, e)
    ]
    all_told = [*found, *(t for t in clause if t not in found)]
    dated = [(t, told_by([t], published, intervals, None)) for t in all_told if t[1].form not in LENGTHS]
    if published is None or not any(date is not None and date.start > published for _, date in dated):
        return list(found)
    lengths = [t for t in found if t[1].form in LENGTHS]
    return [*(t for t, date in dated if date is not None and date.end > published), *lengths]


# What is done on a day: "in force since May" is of May.
OF_A_DAY = frozenset({"agreement", "appointment", "membership"})


def period_of(
    draft: Draft,
    parsed: Parsed,
    expressions: DatesBySentence,
    intervals: Sequence[tuple[int, DateInterval | None]],
) -> DateInterval | None:
    """The years that a text said it is about ("during these years") for a sum of what was done that has no date in its
    own clause."""
    if not draft.aggregate or draft.status != "occurred" or draft.type == "incident":
        return None
    clause = [e for a, b, e in expressions.get(draft.sentence, ()) if draft.start <= a and b <= draft.end]
    if any(can_date(draft, e) for e in clause):
        return None
    told = {a for found in expressions.values() for a, _, e in found if e.is_period() and a < draft.end}
    return next((d for a, d in reversed(intervals) if a in told and d is not None), None)


def choices(draft: Draft, parsed: Parsed, expressions: DatesBySentence) -> list[list[Told]]:
    """The groups of expressions that may date a draft, the likeliest first."""
    named = draft.details.pop("_dates", None)
    here = [
        (a, b, e)
        for a, b, e in expressions.get(draft.sentence, ())
        if (e.form != "since" or reaches_back(draft, parsed, a, b)) and can_date(draft, e)
    ]
    clause = [(a, e) for a, b, e in here if a >= draft.start and b <= draft.end]
    if draft.status == "denied":
        elsewhere = expressions_at(named or (), expressions, but=draft.sentence)
        return [found for found in ([(a, e) for a, e in clause if not e.telling], elsewhere) if found]
    if named is None:
        near = [(a, e) for a, b, e in here if b > draft.start - NEAR and a < draft.end + NEAR and (a, e) not in clause]
        return [found for found in (clause, near) if found]
    told = [(a, e) for a, e in expressions_at(named, expressions) if can_date(draft, e)]
    if any(t in clause for t in told):
        beside = {(a, e) for a, _, e in here} - set(clause)
        told = [t for t in told if t not in beside]
    own = [t for t in clause if t[1].form in LENGTHS and draft.lasts is not None and t not in told]
    return [[*told, *own]] if told or own else []


def told_by(
    found: Sequence[Told],
    published: dt.date | None,
    intervals: Sequence[tuple[int, DateInterval | None]],
    tense: Tense | None,
) -> DateInterval | None:
    """The interval that expressions tell together, counted from the last date told before them."""
    if len(found) == 1 and found[0][1].is_period():
        return dict(intervals).get(found[0][0])
    before = [d for a, d in intervals if a < found[0][0] and d is not None and d.precision != "span"]
    return date_of_event([e for _, e in found], published, reference=before[-1] if before else None, tense=tense)


def can_be_of(draft: Draft, date: DateInterval, published: dt.date | None) -> bool:
    """Whether a date may be a draft's: nothing was said after the day of publication."""
    said = draft.type == "statement" and draft.status == "occurred"
    return published is None or not said or date.start <= published


def that_date(parsed: Parsed, expressions: DatesBySentence) -> DatesBySentence:
    """The expressions but for a "Today," that says how things stand; in a state's own release it is always the day."""
    if parsed.official:
        return expressions
    return {
        i: [(a, b, e) for a, b, e in found if not is_nowadays(e, a, parsed.sentences[i])]
        for i, found in expressions.items()
    }


def is_nowadays(expression: DateExpression, start: int, sentence: Sentence) -> bool:
    """Whether "Today," opens a sentence that tells how things stand ("Today, the two have ...")."""
    if expression.text != "Today" or start != sentence.start:
        return False
    verb = sentence.tokens[0].head
    return verb.tag_ in ("VBZ", "VBP") or any(c.lower_ in ("has", "have") for c in verb.children)


# Words between which and "since" a sum is told.
TOTAL = re.compile(r"\b(?:total|sum|overall)\b", re.IGNORECASE)


def reaches_back(draft: Draft, parsed: Parsed, start: int, end: int) -> bool:
    """Whether an event may be one since the day that the document tells from `start` to `end`: what goes on, a sum, and
    in its clause what is told in the perfect or as a total ("brings total aid to two billion since 2021")."""
    if draft.status == "ongoing" or draft.aggregate:
        return True
    if not (draft.start <= start and end <= draft.end):
        return False
    if draft.type in OF_A_DAY:
        return True
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


def expressions_at(
    words: Sequence[Span], expressions: DatesBySentence, *, but: int | None = None
) -> list[tuple[int, DateExpression]]:
    """The date expressions of a document, `but` for those of one sentence, that share characters with any of the
    spans, with their offsets."""
    return [
        (a, e)
        for sentence, found in expressions.items()
        for a, b, e in found
        if sentence != but and any(a < span.end and span.start < b for span in words)
    ]
