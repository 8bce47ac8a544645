"""The date of one event from all the date expressions of its clause, and the dates of a text one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from communique.pipeline.resolve.dates.bounds import ONE_DAY, Bounds
from communique.pipeline.resolve.dates.context import Tense
from communique.pipeline.resolve.dates.expressions import DateExpression
from communique.pipeline.resolve.dates.intervals import is_yearless, lasting, normalise
from communique.pipeline.resolve.dates.points import Length, Point, Stretch, What
from communique.records import DateInterval

_LENGTHS: Final = frozenset({"length", "lasting"})
_SHORT: Final = frozenset({"day", "week"})
_STRONG: Final = frozenset({None, "attribute"})
_TELLING: Final = frozenset({"plain", "range", "list", "from"})


def date_of_event(
    expressions: Sequence[DateExpression],
    published: dt.date | None,
    *,
    reference: DateInterval | None = None,
    tense: Tense | None = None,
) -> DateInterval | None:
    """The interval that the expressions of one event's clause tell together, or None where they tell none.

    A told range wins; else a first and a last day ("opened on Monday and ended on Friday") or a day and a length
    ("a three-day visit that began on Monday") are put together; else the first expression that gives a date counts.
    Frequencies give none, and a year in a name only where nothing else does.
    """
    useful = _with_months(_with_years([e for e in expressions if e.form != "frequency"], published), published)
    strong = [e for e in useful if e.weak in _STRONG] or [
        e for e in useful if tense == "present" or not _names_the_year(e, published)
    ]
    dated = [
        (e, d)
        for e in strong
        if e.form not in _LENGTHS and (d := normalise(e, published, reference=reference, tense=tense)) is not None
    ]
    dated = [(e, d) for e, d in dated if not e.is_window()] or dated
    lengths = [e for e in strong if e.form in _LENGTHS]
    if not dated:
        return _around_nth_day(strong, published, tense) or _of_length(lengths, published, reference, tense)
    whole = next(
        (d for e, d in dated if (e.form in {"range", "from"} and d.start != d.end) or e.form in {"since"}), None
    )
    if whole is not None:
        return whole
    return _first_and_last(dated) or _with_length(dated, lengths) or _going_on(dated, published, tense) or dated[0][1]


def _with_years(expressions: list[DateExpression], published: dt.date | None) -> list[DateExpression]:
    """The expressions, with a year told alone given to a day or month without one: "in 2020 ... from May 2 to 8"."""
    years = [
        e
        for e in expressions
        if e.weak in _STRONG and e.form == "plain" and isinstance(e.parts[0], Point) and e.parts[0].unit == "year"
    ]
    if len(years) != 1:
        return expressions
    told = normalise(years[0], published)
    if told is None or told.start.year != told.end.year:
        return expressions
    given = [replace(e, parts=tuple(_in_year(part, told.start.year) for part in e.parts)) for e in expressions]
    return (
        [e for e in given if e is not years[0]]
        if any(g != e for g, e in zip(given, expressions, strict=True))
        else expressions
    )


def _with_months(expressions: list[DateExpression], published: dt.date | None) -> list[DateExpression]:
    """The expressions, with a month told alone given to days without one: "in May 2021 ... on the 5th of the month"."""
    months = [e for e in expressions if e.weak in _STRONG and _is_month(e)]
    told = normalise(months[0], published, tense="past") if len(months) == 1 else None
    if told is None or told.precision != "month":
        return expressions
    given = [replace(e, parts=tuple(_in_month(part, told.start) for part in e.parts)) for e in expressions]
    changed = any(g != e for g, e in zip(given, expressions, strict=True))
    return [e for e in given if e is not months[0] and not _is_month(e)] if changed else expressions


def _is_month(expression: DateExpression) -> bool:
    what = expression.parts[0]
    return expression.form == "plain" and isinstance(what, Point) and what.form == "calendar" and what.unit == "month"


def _in_month(what: What, month: dt.date) -> What:
    if isinstance(what, Stretch):
        first, last = (_in_month(point, month) for point in (what.first, what.last))
        return Stretch(first, last, what.listed) if isinstance(first, Point) and isinstance(last, Point) else what
    bare = isinstance(what, Point) and what.form == "calendar" and what.unit == "day" and what.month is None
    if not (isinstance(what, Point) and bare and what.origin == "reference"):
        return what
    return replace(what, year=month.year, month=month.month, relation=None, origin="publication")


def _in_year(what: What, year: int) -> What:
    if isinstance(what, Stretch):
        first, last = (_in_year(point, year) for point in (what.first, what.last))
        return Stretch(first, last, what.listed) if isinstance(first, Point) and isinstance(last, Point) else what
    return replace(what, year=year) if isinstance(what, Point) and is_yearless(what) else what


def _names_the_year(expression: DateExpression, published: dt.date | None) -> bool:
    """Whether the year of publication is part of a name ("Bright Star 2025"): that tells no time within it."""
    what = expression.parts[0]
    return (
        expression.weak == "name_year"
        and published is not None
        and isinstance(what, Point)
        and what.year == published.year
    )


_Dated = tuple[DateExpression, DateInterval]


def _first_and_last(dated: Sequence[_Dated]) -> DateInterval | None:
    begin = next(((e, d) for e, d in dated if e.cue == "start"), None)
    end = next(((e, d) for e, d in dated if e.cue == "end"), None)
    if begin is None or end is None or begin[1].start >= end[1].end:
        return None
    words = " ... ".join(e.text for e, _ in sorted((begin, end), key=lambda pair: pair[0].start))
    return DateInterval(start=begin[1].start, end=end[1].end, precision="range", text=words)


def _with_length(dated: Sequence[_Dated], lengths: Sequence[DateExpression]) -> DateInterval | None:
    """A length of days or weeks from its first or to its last day; longer ones ("five-year pact") only after a cue."""
    single = next(((e, d) for e, d in dated if d.start == d.end), None)
    told = next(((e, e.parts[0]) for e in lengths if isinstance(e.parts[0], Length)), None)
    if single is None or told is None:
        return None
    (expression, day), (words, length) = single, told
    if length.unit not in _SHORT and expression.cue is None and not words.text.lower().startswith("for "):
        return None
    span = lasting(Bounds(day.start, day.start, "day"), length)
    start, end = span.start, span.end
    if expression.cue == "end" or words.text.lower().startswith("after "):
        start, end = day.end - (span.end - span.start), day.end
    text = " ... ".join(e.text for e in sorted((expression, words), key=lambda e: e.start))
    return DateInterval(start=start, end=end, precision=span.precision, text=text)


def _around_nth_day(
    expressions: Sequence[DateExpression], published: dt.date | None, tense: Tense | None
) -> DateInterval | None:
    """ "On the second day of his three-day visit": the whole visit, where the news of that day is told the same day."""
    points = [(e, e.parts[0]) for e in expressions if isinstance(e.parts[0], Point) and e.parts[0].form == "nth_of"]
    lengths = [(e, e.parts[0]) for e in expressions if isinstance(e.parts[0], Length) and e.parts[0].unit == "day"]
    if published is None or tense == "future" or len(points) != 1 or len(lengths) != 1:
        return None
    (nth, point), (words, length) = points[0], lengths[0]
    count = int(point.count or 1)
    first = published - ((count if count > 0 else int(length.count)) - 1) * ONE_DAY
    span = lasting(Bounds(first, first, "day"), length)
    return DateInterval(start=span.start, end=span.end, precision="range", text=f"{nth.text} ... {words.text}")


def _going_on(dated: Sequence[_Dated], published: dt.date | None, tense: Tense | None) -> DateInterval | None:
    """What began on a day and goes on reaches to publication; a stretch tells its own end ("under way (May 2-8)")."""
    expression, day = dated[0]
    if isinstance(expression.parts[0], Stretch):
        return None
    if tense != "present" or published is None or expression.cue != "start" or day.start >= published:
        return None
    return DateInterval(start=day.start, end=published, precision="range", text=expression.text)


def _of_length(
    lengths: Sequence[DateExpression], published: dt.date | None, reference: DateInterval | None, tense: Tense | None
) -> DateInterval | None:
    """A length alone: from the reference on, or in the present up to publication."""
    for expression in lengths:
        length = expression.parts[0]
        going_on = normalise(expression, published, tense=tense)
        if going_on is not None:
            return going_on
        if not isinstance(length, Length) or (length.unit not in _SHORT and _stands_before(expression)):
            continue
        if reference is not None and reference.precision == "day":
            span = lasting(Bounds(reference.start, reference.end, "day"), length)
            if tense == "past" and published is not None and span.end > published:
                continue
            return DateInterval(start=span.start, end=span.end, precision=span.precision, text=expression.text)
    return None


def _stands_before(expression: DateExpression) -> bool:
    """Whether a length is said of a thing ("the 80-year partnership") and not of what is done ("for two years")."""
    return "-" in expression.text or expression.form == "length"


def _is_bare_weekday(expression: DateExpression) -> bool:
    what = expression.parts[0]
    return isinstance(what, Point) and what.form == "weekday" and expression.hint is None


def in_order(
    expressions: Sequence[DateExpression],
    published: dt.date | None,
    *,
    tenses: Sequence[Tense | None] = (),
) -> list[DateInterval | None]:
    """The interval of each expression of a text, where each anaphoric one counts from the last dated one before it.

    "These years" are the same ones throughout a text.
    """
    out: list[DateInterval | None] = []
    reference: DateInterval | None = None
    period: DateInterval | None = None
    for i, expression in enumerate(expressions):
        tense = tenses[i] if i < len(tenses) else "past" if _is_bare_weekday(expression) else None
        found = normalise(expression, published, reference=reference, tense=tense)
        if expression.is_period():
            found = period = period or found
        out.append(found)
        if found is not None and found.precision != "span" and expression.form in _TELLING:
            reference = found
    return out
