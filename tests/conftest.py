"""The rules coder and what its stages make of a text, loaded once for all tests that need a parsed sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pytest

from communique.pipeline.drafts import Draft, Parsed
from communique.pipeline.extract.extract import read_page
from communique.pipeline.extract.triggers import Page
from communique.pipeline.resolve import resolve_events
from communique.pipeline.run import Coder
from communique.records import Document, Report, Span
from communique.text import content_hash

PUBLISHED = dt.date(2021, 6, 10)  # a Thursday


@dataclass(frozen=True)
class Reading:
    """A text after the stages split, extract and resolve, with every draft kept, however unlikely."""

    parsed: Parsed
    page: Page
    drafts: list[Draft]

    def of(self, kind: str) -> list[Draft]:
        """The drafts of one type."""
        return [d for d in self.drafts if d.type == kind]

    def one(self, kind: str, trigger: str | None = None) -> Draft:
        """The first draft of a type, at a trigger word if one is named."""
        found = [d for d in self.of(kind) if trigger in (None, d.trigger_text)]
        assert found, f"no {kind} at {trigger!r}; drafts: {[(d.type, d.trigger_text) for d in self.drafts]}"
        return found[0]


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The rules coder with its language model and lexicon."""
    return Coder("rules")


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """Makes a document of a text with, if given, a title before it; it is published on Thursday, 10 June 2021."""

    def made(
        text: str,
        title: str | None = None,
        outlet: str | None = "Reef Daily",
        country: str | None = None,
        published: dt.date | None = PUBLISHED,
        ignored: tuple[Span, ...] = (),
    ) -> Document:
        whole = f"{title}\n\n{text}" if title else text
        return Document(
            id="d1",
            text=whole,
            title=title,
            outlet=outlet,
            outlet_country=country,
            published=published,
            hash=content_hash(whole),
            ignored=ignored,
        )

    return made


@pytest.fixture(scope="session")
def code(coder: Coder, document: Callable[..., Document]) -> Callable[..., list[Report]]:
    """Codes a text as the command line would."""
    return lambda text, title=None, **known: coder.code(document(text, title, **known))


@pytest.fixture(scope="session")
def read(coder: Coder, document: Callable[..., Document]) -> Callable[..., Reading]:
    """Reads a text up to its drafts, unweighed: weights are tuned again and again. Not to be changed."""

    @lru_cache(maxsize=400)
    def reading(text: str, title: str | None = None, **known: object) -> Reading:
        parsed, drafts, dates = coder.propose(document(text, title, **known), weights={})
        page = read_page(parsed, coder.lexicon.find(parsed.document.text), coder.lexicon, coder.lemmas)
        return Reading(parsed, page, resolve_events(drafts, parsed, coder.lexicon, dates))

    return reading


@pytest.fixture(scope="session")
def parse(read: Callable[..., Reading]) -> Callable[..., Parsed]:
    """The sentences of a text, parsed."""
    return lambda text, title=None, **known: read(text, title, **known).parsed
