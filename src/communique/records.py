"""The records that pass through communique: documents in, reports out, and what is set aside with a reason.

Field names and their values are the codebook's (docs/codebook.md). Offsets are 0-based, end-exclusive counts of
Unicode code points into `Document.text`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Precision = Literal["day", "range", "week", "month", "season", "year", "span", "inferred"]
Status = Literal["occurred", "ongoing", "planned", "proposed", "cancelled", "denied"]
ActorKind = Literal["country", "organisation", "person"]
VoiceKind = Literal["outlet", "organisation", "person"]
ClaimKind = Literal["first", "largest", "unprecedented", "count", "other"]
UNKNOWN = "UNKNOWN"
"""The actor of a party whose identity is not told."""


class Row(BaseModel):
    """A record that cannot be changed in place and refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Row):
    """A half-open stretch of a document's text, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    def of(self, text: str) -> str:
        """The words that the span covers in `text`."""
        return text[self.start : self.end]


class DateInterval(Row):
    """When an event happens: both ends inclusive, never more exact than the words told."""

    start: dt.date
    end: dt.date
    precision: Precision
    text: str | None = None


class Place(Row):
    """Where an event happens: the most specific named place; `country` is ISO 3166 alpha-3, null at sea."""

    name: str | None = None
    country: str | None = None
    text: str | None = None


class Participant(Row):
    """A party in its role. `actor` is an ISO 3166 alpha-3 code or a code of the codebook's actors."""

    role: str
    actor: str
    kind: ActorKind
    name: str | None = None
    post: str | None = None
    rank: str | None = None
    mention: str | None = None
    span: Span | None = None


class Voice(Row):
    """Who vouches for a report. `text` holds the words that say so."""

    kind: VoiceKind
    name: str | None = None
    text: str | None = None


class Claim(Row):
    """A superlative or count that a text puts forward about an event: data with a source, never our own words."""

    kind: ClaimKind
    text: str


class Versions(Row):
    """Which coder, codebook and lexicon made a row."""

    coder: str
    codebook: str
    lexicon: str


class Codes(Row):
    """The report in the codes of older event data: CAMEO root or code, PLOVER event type and mode."""

    cameo: str | None = None
    plover: str | None = None
    plover_mode: str | None = None


class Report(Row):
    """One event as one document tells it."""

    doc_id: str
    report_id: str
    type: str
    mode: str | None = None
    status: Status = "occurred"
    participants: tuple[Participant, ...] = ()
    date: DateInterval | None = None
    place: Place | None = None
    domains: tuple[str, ...] = ()
    asserted_by: Voice = Voice(kind="outlet")
    evidence: tuple[Span, ...] = ()
    aggregate: bool = False
    details: dict[str, Any] | None = None
    claims: tuple[Claim, ...] = ()
    confidence: float = Field(default=0.5, ge=0, le=1)
    why: tuple[str, ...] = ()
    codes: Codes = Codes()
    lat: float | None = None
    lon: float | None = None
    geo_precision: Literal[1, 2, 3] | None = None
    versions: Versions | None = None


class Document(Row):
    """One text with what is known of it. `id` is the caller's name for it, else the hash of its text."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    outlet_country: str | None = None
    published: dt.date | None = None
    url: str | None = None
    lang: str | None = None
    byline: str | None = None
    source: str | None = None
    restates: tuple[dict[str, Any], ...] = ()
    hash: str
    ignored: tuple[Span, ...] = ()
    """Stretches that are feed furniture or datelines: never coded."""


class Quarantined(Row):
    """An input that was set aside, and why. `reason` is a short code, `detail` says it in words with the way out."""

    source: str
    reason: str
    detail: str
    doc_id: str | None = None
