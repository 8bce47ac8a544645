"""Holds what the model proposes against the text and the codebook.

A report with an invented quotation or mention, of no known type, or without a party in a known role, is dropped with
its reason; a lesser field that fails is left out, with a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.codebook import Codebook
from communique.pipeline.llm.answer import ProposedParty, ProposedReport
from communique.pipeline.llm.grounding import Grounds, overlapping
from communique.pipeline.llm.pieces import Piece
from communique.records import Claim, Span

# A clause is told in a sentence; a quotation of half the document is none, and one word tells no event.
LONGEST_EVIDENCE, SHORTEST_EVIDENCE, LONGEST_MENTION = 800, 8, 300


@dataclass(frozen=True, slots=True)
class GroundedParty:
    """A party whose mention stands in the text; name, post and rank only where they do too."""

    role: str
    span: Span
    proposed: ProposedParty
    name: str | None = None
    post: str | None = None
    rank: str | None = None


@dataclass(slots=True)
class Grounded:
    """A proposed report with the places of its words. `left_out` names the fields that failed."""

    proposed: ProposedReport
    mode: str | None
    evidence: list[Span]
    parties: list[GroundedParty]
    dates: list[Span] = field(default_factory=list)
    place: Span | None = None
    source: Span | None = None
    domains: set[str] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)
    details: dict[str, object] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


class Dropped(Exception):
    """A proposed report that cannot stand; `reason` is a short code."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


DROPS = {
    "form": "a field is missing or has a value that the codebook lacks",
    "type": "the codebook has no such type",
    "role": "no party stands in a role of the type",
    "evidence": "a quotation of evidence does not stand in the text",
    "evidence_length": "a quotation is too short or too long to be a clause",
    "furniture": "the evidence is a dateline or feed furniture, which is never coded",
    "mention": "a party's words do not stand in the text",
    "no_actor": "no party has a known code",
}
"""Every reason for which a proposed report is dropped."""


def grounded(
    proposed: ProposedReport, grounds: Grounds, piece: Piece, codebook: Codebook, ignored: Sequence[Span]
) -> Grounded:
    """The report with the places of its words; raises Dropped."""
    event = codebook.types.get(proposed.type)
    if event is None:
        raise Dropped("type", f"type {proposed.type!r}")
    within = Span(start=piece.start, end=piece.end)
    evidence = [evidence_of(q, grounds, within, ignored) for q in proposed.evidence]
    found = Grounded(proposed, proposed.mode, sorted(set(evidence), key=lambda s: (s.start, s.end)), [])
    if proposed.mode is not None and proposed.mode not in event.modes:
        found.mode = None
        found.left_out.append(f"mode {proposed.mode!r}")
    for party in proposed.participants:
        held = party_of(party, grounds, found.evidence, within, found.left_out)
        if party.role in event.roles:
            found.parties.append(held)
        else:
            found.left_out.append(f"party {party.mention[:80]!r} as {party.role!r}, which {event.name} has not")
    if not found.parties:
        raise Dropped("role", f"no party in a role of {event.name}; {proposed.participants[0].role!r} is none")
    add_words(found, grounds, within, codebook)
    return found


def evidence_of(quotation: str, grounds: Grounds, within: Span, ignored: Sequence[Span]) -> Span:
    """Where a quotation of evidence stands."""
    span = grounds.find(quotation, within=within)
    if span is None:
        raise Dropped("evidence", f"evidence {quotation[:120]!r}")
    if not SHORTEST_EVIDENCE <= span.end - span.start <= LONGEST_EVIDENCE:
        raise Dropped("evidence_length", f"evidence of {span.end - span.start} characters: {quotation[:120]!r}")
    if overlapping(span, ignored):
        raise Dropped("furniture", f"evidence {quotation[:120]!r}")
    return span


def party_of(
    party: ProposedParty, grounds: Grounds, evidence: Sequence[Span], within: Span, left_out: list[str]
) -> GroundedParty:
    """A party with the place of its mention nearest to the evidence."""
    near = next((s for e in evidence if (s := grounds.find(party.mention, e, e)) and inside(s, e)), None)
    span = near or grounds.find(party.mention, evidence[0], within)
    if span is None or span.end - span.start > LONGEST_MENTION:
        raise Dropped("mention", f"mention {party.mention[:120]!r}")
    words = {}
    for name in ("name", "post", "rank"):
        told = getattr(party, name)
        place = grounds.find(told, span, within)
        words[name] = grounded_words(grounds, place)
        if told and place is None:
            left_out.append(f"{name} {told[:80]!r}")
    return GroundedParty(party.role, span, party, **words)


def inside(inner: Span, outer: Span) -> bool:
    """Whether one span lies within another."""
    return outer.start <= inner.start and inner.end <= outer.end


def grounded_words(grounds: Grounds, span: Span | None) -> str | None:
    """The text's own words at a span, on one line."""
    return " ".join(span.of(grounds.text).split()) if span is not None else None


def add_words(found: Grounded, grounds: Grounds, within: Span, codebook: Codebook) -> None:
    """Places of date, place and voice; claims and details whose words stand in the text."""
    told, near = found.proposed, found.evidence[0]

    def place_of(name: str, words: str | None) -> Span | None:
        span = grounds.find(words, near, within)
        if words and span is None:
            found.left_out.append(f"{name} {words[:80]!r}")
        return span

    found.dates = [span for words in told.date_words if (span := place_of("date", words)) is not None]
    found.place = place_of("place", told.place_words)
    if told.voice.kind != "outlet":
        found.source = place_of("voice", told.voice.name)
    found.domains = {d for d in told.domains if d in codebook.domains}
    found.left_out += [f"domain {d[:40]!r}" for d in told.domains if d not in codebook.domains]
    for claim in told.claims:
        span = place_of("claim", claim.words)
        if span is not None:
            found.claims.append(Claim(kind=claim.kind, text=span.of(grounds.text)))
    known = codebook.type(told.type).details
    for detail in told.details:
        if detail.field not in known:
            found.left_out.append(f"detail {detail.field!r}, which {told.type} has not")
            continue
        span = place_of(f"detail {detail.field}", detail.words)
        if span is None:
            continue
        words = grounded_words(grounds, span)
        kind = known[detail.field].kind
        if kind == "items":
            number = grounded_words(grounds, place_of("quantity", detail.quantity))
            listed_in(found.details, detail.field).append({"item": words, "quantity": number})
        elif kind == "texts":
            listed_in(found.details, detail.field).append(words)
        else:
            found.details.setdefault(detail.field, words)


def listed_in(details: dict[str, object], name: str) -> list[object]:
    """The list under a name, made if there is none."""
    held = details.setdefault(name, [])
    assert isinstance(held, list)
    return held
