"""Makes a Document: fixes text, hash and id, fills lacking metadata from the text, marks what is never coded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from communique.errors import InputError
from communique.pipeline.read.furniture import find_furniture
from communique.pipeline.read.hygiene import clean as cleaned
from communique.pipeline.read.metadata import find_byline, find_dateline, find_outlet, find_published
from communique.records import Document, Span
from communique.text import content_hash

# A first paragraph longer than this is a lead, not a headline.
LONGEST_TITLE = 250
LONGEST_TEXT = 1_000_000  # characters; a longer text is a book or a concatenated feed
FIELDS = {"id", "title", "outlet", "outlet_country", "published", "url", "lang", "byline", "source", "restates"}


@dataclass(slots=True)
class Defaults:
    """What the caller says of documents that do not say it themselves, and where notes go."""

    published: dt.date | None = None
    outlet: str | None = None
    lang: str | None = None
    note: Callable[[str], None] = field(default=lambda _: None)


def document_from_text(text: str, *, clean: bool = False, **metadata: Any) -> Document:
    """A Document of the text; `clean=True` keeps every character as it is, else hygiene comes before offsets.

    Metadata are Document's fields (id, title, outlet, outlet_country, published, url, lang, byline, source, restates);
    what is not given is looked for in the text. A given title that the text does not begin with is put before it.
    """
    unknown = sorted(set(metadata) - FIELDS)
    if unknown:
        raise InputError(f"no document field {unknown[0]!r}; use {', '.join(sorted(FIELDS))}")
    given = {name: value for name, value in metadata.items() if value is not None}
    given["published"] = as_date(given.get("published"))
    title = given.pop("title", None)
    if not clean:
        text = cleaned(text)
        title = " ".join(cleaned(title).split()) if title is not None else headline(text)
    return assembled(with_title(text, title), title or None, given)


def assembled(text: str, title: str | None, given: dict[str, Any]) -> Document:
    """The Document with hash, id, ignored spans, and what the text itself says about its origin."""
    digest = content_hash(text)
    dateline = find_dateline(text)
    furniture = find_furniture(text, given.get("outlet"), skip=len(title) if title and text.startswith(title) else 0)
    byline = find_byline(text)
    heads = [found.span for found in (dateline, byline) if found is not None]
    found: dict[str, Any] = {
        "id": digest,
        "byline": byline.name if byline is not None else None,
        "outlet": find_outlet(dateline),
        **given,
    }
    if found.get("published") is None:
        found["published"] = find_published(text)
    return Document(text=text, title=title, hash=digest, ignored=ignored_spans([*heads, *furniture]), **found)


def ignored_spans(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(start=joined[-1].start, end=max(span.end, joined[-1].end))
        elif span.start < span.end:
            joined.append(span)
    return tuple(joined)


def headline(text: str) -> str | None:
    """The first paragraph where it can be a headline: short, not a dateline, and followed by a body."""
    first, _, rest = text.partition("\n\n")
    if not rest and "\n" in first:
        first, _, rest = text.partition("\n")
    if not rest.strip() or len(first) > LONGEST_TITLE or "\n" in first or find_dateline(first) is not None:
        return None
    return first


def with_title(text: str, title: str | None) -> str:
    """The text that is stored: title, blank line, body."""
    if not title or text == title or text.startswith(title + "\n\n"):
        return text
    if text.startswith(title + "\n"):
        return title + "\n\n" + text[len(title) :].lstrip("\n")
    return title + "\n\n" + text


def as_date(value: Any) -> dt.date | None:
    """The date of an ISO date or datetime, or None for None; raises InputError for anything else."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(value.strip()).date()
    except (ValueError, TypeError, AttributeError):
        raise InputError(f"published is {value!r}, which is no date; write it as 2020-07-16") from None
