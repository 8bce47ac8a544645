"""Dates, parties, voices and evidence in words for people. Never more exact than the report."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from communique.codebook import Codebook
from communique.records import DateInterval, Document, Participant, Place, Report, Span, Voice

GAP = " […] "
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that could drive a terminal or turn text around; a web page may hold them."""


def plain(text: str) -> str:
    """The text in one line, without characters that could drive a terminal.

    >>> plain("signed  a \\x1b[31mpact")
    'signed a [31mpact'
    """
    return " ".join(CONTROLS.sub("", text.replace("\r", " ")).split())


def shortened(text: str, longest: int) -> str:
    """The text in one line, cut at a word with an ellipsis where it is longer than `longest` characters.

    >>> shortened("the pact was signed in Damascus", 20)
    'the pact was signed…'
    """
    line = plain(text)
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


def date_phrase(date: DateInterval | None) -> str:
    """The interval with its precision, as ISO 8601 writes it.

    >>> import datetime as dt
    >>> july = DateInterval(start=dt.date(2020, 7, 1), end=dt.date(2020, 7, 31), precision="month")
    >>> date_phrase(july), date_phrase(None)
    ('2020-07', 'undated')
    """
    if date is None:
        return "undated"
    start, end = date.start.isoformat(), date.end.isoformat()
    if date.precision == "day" and start == end:
        return start
    if date.precision == "month" and whole_month(date):
        return start[:7]
    if date.precision == "year" and (start[4:], end[4:], start[:4]) == ("-01-01", "-12-31", end[:4]):
        return start[:4]
    span = start if start == end else f"{start} to {end}"
    return span if date.precision == "range" else f"{span} ({date.precision})"


def whole_month(date: DateInterval) -> bool:
    """Whether the interval is one whole month."""
    last = calendar.monthrange(date.start.year, date.start.month)[1]
    return date.start.day == 1 and date.end == date.start.replace(day=last)


def party_phrase(party: Participant, book: Codebook) -> str:
    """The party by name, with its code, and a person's rank and post."""
    name = party.name or actor_name(party.actor, book) or party.actor
    told = [f"{plain(name)} ({party.actor})", *(plain(x) for x in (party.rank, party.post) if x)]
    return ", ".join(told)


def actor_name(code: str, book: Codebook) -> str | None:
    """The actor's name in the codebook, or None for a code that it lacks."""
    actor = book.find_actor(code)
    return actor.name if actor is not None else None


def place_phrase(place: Place | None, book: Codebook) -> str:
    """The place with its country's code, the country's name where no more is known, or nothing."""
    if place is None:
        return ""
    if place.country is None:
        return plain(place.name or "")
    return f"{plain(place.name or actor_name(place.country, book) or 'in')} ({place.country})"


def voice_phrase(voice: Voice) -> str:
    """Who vouches for the report.

    >>> voice_phrase(Voice(kind="outlet"))
    'outlet'
    """
    return "outlet" if voice.kind == "outlet" else plain(voice.name or f"a {voice.kind}")


def evidence_words(spans: Sequence[Span], text: str) -> str:
    """The words of all evidence spans in one line, with an ellipsis in brackets between them."""
    return GAP.join(plain(span.of(text)) for span in spans)


def restated_after(doc: Document) -> str:
    """The outlets whose pages the text restates, or their hosts where no outlet is named; empty for none."""
    return ", ".join(dict.fromkeys(filter(None, (source_name(page) for page in doc.restates))))


def source_name(page: Mapping[str, Any]) -> str:
    """The outlet of a page, or the host of its address."""
    if page.get("outlet"):
        return plain(str(page["outlet"]))
    return (urlsplit(str(page.get("url") or "")).hostname or "").removeprefix("www.")


def detail_phrases(report: Report) -> list[str]:
    """The report's details that are told, each as `name: value`."""
    return [f"{name}: {detail_phrase(value)}" for name, value in (report.details or {}).items() if value]


def detail_phrase(value: Any) -> str:
    """A detail's value in words: lists with commas, items with their quantity first."""
    if isinstance(value, Mapping):
        return plain(" ".join(str(part) for part in (value.get("quantity"), value.get("item")) if part is not None))
    if isinstance(value, list | tuple):
        return ", ".join(detail_phrase(member) for member in value)
    return plain(str(value))
