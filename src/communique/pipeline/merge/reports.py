"""Makes one report of the drafts of one event: the fullest words of each field, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from communique.codebook import Codebook, crosswalk
from communique.pipeline.drafts import Draft, Parsed
from communique.pipeline.merge.dating import date_of
from communique.pipeline.merge.participants import addressed, as_written, participants_of, received
from communique.pipeline.merge.vouching import voice_of
from communique.pipeline.merge.whereabouts import is_at_host, is_one_of_many, place_of_host, specific
from communique.pipeline.weigh import Weights
from communique.records import Claim, Codes, Participant, Report, Span, Status, Versions
from communique.text import content_hash

CLEARER: tuple[Status, ...] = ("denied", "cancelled", "occurred", "ongoing", "planned", "proposed")


def build_report(
    parsed: Parsed,
    drafts: Sequence[Draft],
    confidence: float,
    codebook: Codebook,
    versions: Versions,
    weights: Weights | None = None,
) -> Report:
    """The report of one event from its drafts, which are in order of the text.

    `weights` say who vouches for it, and whether an event without a told date is left without one; without them rules
    decide.
    """
    doc, weights = parsed.document, weights or {}
    first = drafts[0]
    lead = max(drafts, key=lambda d: (len(d.codes()), d.date is not None, d.score))
    evidence = tuple(Span(start=a, end=b) for a, b in joined([(d.start, d.end) for d in drafts]))
    status = status_of(drafts)
    date = date_of(drafts, status, doc.published, parsed.official, weights.get("undated", {}))
    participants = tuple(as_written(p, doc.text) for p in participants_of(drafts, codebook))
    told = [d for d in sorted(drafts, key=specific) if d.place is not None and is_at_host(d, participants)]
    placed = told[0] if told else None
    if placed is not None and is_one_of_many(placed, participants):
        placed = None
    if first.type == "visit" and placed is not None and placed.place is not None:
        participants = received(participants, placed.place.country)
    if first.type == "statement":
        participants = addressed(participants, drafts, parsed.home if parsed.official else None)
    report = Report(
        doc_id=doc.id,
        report_id=content_hash(doc.hash, first.type, *(f"{s.start}-{s.end}" for s in evidence)),
        type=first.type,
        mode=mode_of(drafts, participants, codebook),
        status=status,
        participants=participants,
        date=date,
        place=placed.place if placed else place_of_host(drafts),
        domains=tuple(sorted(set().union(*(d.domains for d in drafts)))),
        asserted_by=voice_of(drafts, weights.get("voice", {})),
        evidence=evidence,
        aggregate=any(d.aggregate for d in drafts),
        details=details_of(drafts),
        claims=claims_of(drafts),
        confidence=round(confidence, 3),
        why=reasons(drafts, lead),
        lat=placed.lat if placed else None,
        lon=placed.lon if placed else None,
        geo_precision=placed.geo_precision if placed else None,  # type: ignore[arg-type]
        versions=versions,
    )
    codes: Codes = crosswalk(report.model_dump(mode="json"), codebook)
    return report.model_copy(update={"codes": codes})


def is_unspoken(report: Report) -> bool:
    """Whether a report tells a statement without anybody who makes it, or an appointment of nobody known, and so
    tells none."""
    needed = {"statement": "speaker", "appointment": "appointee"}.get(report.type)
    return needed is not None and not any(p.role == needed for p in report.participants)


def joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order without those that lie within another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if kept and end <= kept[-1][1]:
            continue
        kept.append((start, end))
    return kept


def founding(drafts: Sequence[Draft]) -> list[Draft]:
    """The mentions that tell the event themselves, without headlines and words that only refer to it; else all."""
    return [d for d in drafts if not d.flags & {"echo", "title"}] or list(drafts)


def status_of(drafts: Sequence[Draft]) -> Status:
    """The status that most mentions give, each by its probability; among equals the one that is told most surely.

    Headlines and words that only refer count where nothing else does.
    """
    told: dict[Status, float] = defaultdict(float)
    for draft in founding(drafts):
        for status, share in (draft.statuses or {draft.status: 1.0}).items():
            told[status] += share
    return max(told, key=lambda s: (told[s], -CLEARER.index(s)))


def mode_of(drafts: Sequence[Draft], participants: Sequence[Participant], codebook: Codebook) -> str | None:
    """The mode of most mentions, the earliest among equals; how many sides met is counted when all are known."""
    told = Counter(d.mode for d in founding(drafts) if d.mode) or Counter(d.mode for d in drafts if d.mode)
    mode = told.most_common(1)[0][0] if told else None
    if mode not in ("bilateral", "multilateral"):
        return mode
    actors = {p.actor for p in participants}
    if len(actors) > 2:
        return "multilateral"
    return "bilateral" if len(actors) == 2 and all(a in codebook.states for a in actors) else mode


def details_of(drafts: Sequence[Draft]) -> dict[str, Any] | None:
    """The details of all mentions, the first that tells each."""
    found: dict[str, Any] = {}
    for draft in drafts:
        for key, value in draft.details.items():
            if not key.startswith("_") and value and key not in found:
                found[key] = value
    return found or None


def claims_of(drafts: Sequence[Draft]) -> tuple[Claim, ...]:
    """The claims of all mentions without repeats."""
    found: dict[tuple[str, str], Claim] = {}
    for draft in drafts:
        for claim in draft.claims:
            found.setdefault((claim.kind, claim.text.lower()), claim)
    return tuple(found.values())


def reasons(drafts: Sequence[Draft], lead: Draft) -> tuple[str, ...]:
    """The rules that made the report."""
    lines = [w for d in drafts for w in d.why]
    lines += [f"{f.role}={'/'.join(f.mention.codes)} by {f.rule}: {f.mention.text!r}" for f in lead.fillers]
    lines.append(f"status={lead.status} by {lead.status_why}")
    if lead.date_why:
        lines.append(lead.date_why)
    return tuple(dict.fromkeys(lines))
