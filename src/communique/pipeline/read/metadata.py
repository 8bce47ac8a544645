"""Finds what a text says of its own origin: dateline, wire credit, byline, publication date. Nothing is guessed."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from communique.records import Document, Span

# A dateline stands at the head of one of the first paragraphs: after headline, byline and an office's name.
FIRST_PARAGRAPHS = 7
# How long before its publication a story may have been filed.
FILED = dt.timedelta(days=10)
MONTH_NUMBERS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTH_NUMBERS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
MONTH = "(?:" + "|".join(sorted(map(str.capitalize, MONTH_NUMBERS), key=len, reverse=True)) + r")\b\.?"
MONTH_ANY_CASE = f"(?i:{MONTH})"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
MONTH_DAY = rf"(?P<month>{MONTH_ANY_CASE})\s+(?P<day>{DAY})|(?P<day2>{DAY})\s+(?P<month2>{MONTH_ANY_CASE})"
DATE = rf"(?P<date>{WEEKDAY}(?:{MONTH_DAY}){YEAR})"
CAPITALS = r"[A-Z][A-Z'’.\-/]*[A-Z](?:[ /-]+[A-Z][A-Z'’.\-]*|\s+(?:and|of|de|al))*"
TITLE_CASE = r"[A-Z][\w'’.\-]+(?:[ /-][A-Z][\w'’.\-]+){0,3}"
REGION = r"(?:,\s*(?!" + MONTH_ANY_CASE + r")[A-Z][\w'’.\- ]{1,30}?)?"
CREDIT = r"[\(\[/](?P<credit>[A-Z][\w &.'’/\-]{1,40}?)[\)\]/]"
DASH = r"(?:\s*[–—]|\s*--+|\s+-|-(?=\s))"
SOURCE_LINE = re.compile(r"(?:SOURCE|Source)\s?:\s*")
# Up to a web address or a full stop, if there is one: what follows "NEWS DESK / EXAMPLE.ORG" in capitals is the story.
CAPITAL_RUN = re.compile(r"(?:(?:[A-Z][A-Z&\-]+|/)\s+)*(?:[A-Z]+\.(?:ORG|COM|NET|IN)\b|[A-Z][A-Z&\-]+(?=[.\s]|$))")

FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # TEHRAN, Jul. 16 (MNA) – / ANKARA, March 29 - / New Delhi, May 2 (PTI) / SOUTH WAZIRISTAN, April 5 (APP):
        rf"(?P<place>(?:{CAPITALS}|{TITLE_CASE}){REGION}),?\s+{DATE},?\s*(?:{CREDIT})?(?:{DASH}|\s*:|(?<=[)\]])(?=\s))\s*",
        # MOSCOW, September 30. /TASS/. / KYIV. May 5. INTERFAX-UKRAINE –
        rf"(?P<place>(?:{CAPITALS}|{TITLE_CASE}){REGION})[,.]\s+{DATE}[.,]?\s*(?:{CREDIT}\.?(?:{DASH})?|(?P<bare>[A-Z][A-Za-z\-]{{2,20}}){DASH})\s*",
        # WASHINGTON (AP) — / Dubai (Reuters) - / ANKARA (AA):
        rf"(?P<place>(?:{CAPITALS}|{TITLE_CASE}){REGION})\s+{CREDIT}\s*(?:{DASH}|:)\s*",
        # SOUTH CHINA SEA (July 13, 2022) – or without a dash
        rf"(?P<place>{CAPITALS}{REGION})\s+\({DATE}\)(?:{DASH}|\s*:)?\s*",
        # (Reuters) - / (MENAFN) --
        rf"{CREDIT}\s*(?:{DASH})\s*",
        # TEHRAN – / FORT CARSON, Colo. -- : capitals only, and a new sentence follows
        rf"(?P<place>{CAPITALS}{REGION}){DASH}\s*(?=[\"“‘'A-Z0-9])(?=.{{0,25}}[a-z])",
    )
)
BYLINE = re.compile(
    r"^(?i:by|written by|story by)[:\s]+(?P<name>(?:[A-Z][\w.'’\-]*\s+){1,6}[A-Z][\w.'’\-]*)"
    r"(?=$|,| and | for | in |\s*\|)"
)
LONGEST_BYLINE = 120
NUMERIC = r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
STATED = re.compile(
    r"^(?:(?:first )?(?:published|posted|date|released|publish date|publication date)(?:\s+on)?\s*:?\s+(?:on\s+)?)?"
    rf"(?:(?-i:{TITLE_CASE}),\s+)?(?:{NUMERIC}|{DATE})(?:\s*[|,–-]\s*\d\d?:\d\d.*|\s+\d\d?:\d\d.*)?\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a wire story was filed, as it says; `span` covers it up to the first word of the story."""

    span: Span
    place: str | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Byline:
    """A line of its own that names the writer; `span` covers the line."""

    span: Span
    name: str


@functools.cache
def credits() -> dict[str, str]:
    """Wire credits in lower case, each with its outlet's name."""
    return {row["credit"].lower(): row["outlet"] for row in table()["credits"]}


@functools.cache
def no_places() -> frozenset[str]:
    """Capitals that look like a dateline's place but are none."""
    return frozenset(table()["no_places"])


@functools.cache
def table() -> dict[str, Any]:
    """The rows of credits.yml."""
    text = files("communique.pipeline.read").joinpath("data/credits.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the head of one of the first paragraphs, or None; month, day and year only as far as told.

    >>> line = find_dateline("TEHRAN, Jul. 16 (MNA) – The two sides met.")
    >>> (line.place, line.month, line.day, line.year, line.credit)
    ('TEHRAN', 7, 16, None, 'MNA')
    """
    lines = list(first_lines(text))
    for number, (start, line) in enumerate(lines):
        found = dateline_at(line, start, bare_allowed=number > 0 or len(lines) == 1)
        if found is not None:
            return found
    return None


def written_on(doc: Document) -> dt.date | None:
    """The day from which a document's words count: its dateline's where that lies a few days before its publication.

    A dateline names no year; it is that of the publication, or the one before.
    """
    line = find_dateline(doc.text)
    if doc.published is None or line is None or line.month is None or line.day is None:
        return doc.published
    for year in (doc.published.year, doc.published.year - 1):
        try:
            day = dt.date(year, line.month, line.day)
        except ValueError:
            continue
        if dt.timedelta(0) <= doc.published - day <= FILED:
            return day
    return doc.published


def first_lines(text: str) -> Iterator[tuple[int, str]]:
    """The first lines that hold words, each with its offset."""
    at = count = 0
    while at < len(text) and count < FIRST_PARAGRAPHS:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        if line.strip():
            count += 1
            yield at + len(line) - len(line.lstrip()), line.strip()
        at = end + 1


def dateline_at(line: str, offset: int, *, bare_allowed: bool) -> Dateline | None:
    """The dateline that a line begins with; without `bare_allowed` a place and a dash alone are a headline's."""
    lead = source_credit(line)
    begin = lead[1] if lead is not None else 0
    for number, form in enumerate(FORMS):
        match = form.match(line, begin)
        if match is None or not plausible(match, line) or (number == len(FORMS) - 1 and not bare_allowed):
            continue
        return from_match(match, offset, lead[0] if lead is not None else None)
    return Dateline(Span(start=offset, end=offset + begin), credit=lead[0]) if lead is not None else None


def plausible(match: re.Match[str], line: str) -> bool:
    """Whether what looks like a dateline is one: a story follows, the place is no known heading, the day exists."""
    found = match.groupdict()
    place = found.get("place") or ""
    if not line[match.end() :].strip() or place.strip(". ") in no_places() or len(place.split()) > 5:
        return False
    day = number_of(found.get("day") or found.get("day2"))
    month = found.get("month") or found.get("month2")
    return month is None or day is None or day <= calendar.monthrange(2000, month_number(month))[1]


def from_match(match: re.Match[str], offset: int, lead: str | None) -> Dateline:
    """The dateline's parts; the span begins with the line, so that a "SOURCE:" before it is covered too."""
    found = match.groupdict()
    month = found.get("month") or found.get("month2")
    place = found.get("place")
    return Dateline(
        span=Span(start=offset, end=offset + match.end()),
        place=place.strip() if place else None,
        month=month_number(month) if month else None,
        day=number_of(found.get("day") or found.get("day2")),
        year=number_of(found.get("year")),
        credit=found.get("credit") or found.get("bare") or lead,
    )


def source_credit(line: str) -> tuple[str, int] | None:
    """The credit after "SOURCE:" and where the story begins, or None. Known credits first, else a run of capitals."""
    head = SOURCE_LINE.match(line)
    if head is None:
        return None
    rest = line[head.end() :]
    known = max((c for c in credits() if re.match(re.escape(c) + r"\b", rest, re.IGNORECASE)), key=len, default=None)
    run = CAPITAL_RUN.match(rest)
    length = len(known) if known is not None else run.end() if run is not None else 0
    if length == 0:
        return None
    end = head.end() + length
    return rest[:length].strip(" ."), end + len(line[end:]) - len(line[end:].lstrip(" ."))


def find_outlet(dateline: Dateline | None) -> str | None:
    """The outlet that the dateline's credit names, where the credit is a known agency's."""
    return credits().get(dateline.credit.lower()) if dateline is not None and dateline.credit is not None else None


def find_byline(text: str) -> Byline | None:
    """The writer named in a line of its own near the head ("By Hadi Rezaei"), or None.

    >>> find_byline("A title\\n\\nBy Hadi Rezaei\\n\\nThe story.").name
    'Hadi Rezaei'
    """
    for start, line in first_lines(text):
        match = BYLINE.match(line)
        if match is not None and len(line) < LONGEST_BYLINE and line[-1] not in ".?!":
            return Byline(Span(start=start, end=start + len(line)), match.group("name"))
    return None


def find_published(text: str) -> dt.date | None:
    """The publication date that a line or the dateline states in full, or None: a year is never invented.

    >>> find_published("A title\\n\\nPublished: 16 July 2020\\n\\nThe story.")
    datetime.date(2020, 7, 16)
    >>> find_published("TEHRAN, Jul. 16 (MNA) – The story.") is None
    True
    """
    for _, line in first_lines(text):
        match = STATED.match(line)
        date = full_date(match) if match is not None else None
        if date is not None:
            return date
    dateline = find_dateline(text)
    if dateline is None or dateline.year is None or dateline.month is None or dateline.day is None:
        return None
    return dt.date(dateline.year, dateline.month, dateline.day)


def full_date(match: re.Match[str]) -> dt.date | None:
    """The day that a match states with its year, or None where the year is missing or the day does not exist."""
    found = match.groupdict()
    month, day = found["month"] or found["month2"], number_of(found["day"] or found["day2"])
    try:
        if found["iso"]:
            return dt.date.fromisoformat(found["iso"])
        if month is None or day is None or found["year"] is None:
            return None
        return dt.date(int(found["year"]), month_number(month), day)
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 to 12 for a month's name or abbreviation."""
    return MONTH_NUMBERS[name.strip(".").lower()]


def number_of(digits: str | None) -> int | None:
    """The number at the head of "16th", or None for None."""
    return int(re.sub(r"\D", "", digits)) if digits else None
