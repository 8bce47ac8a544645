"""What a decision is about: document, type, evidence and actors, so that it outlives a recoding of the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.records import Report, Row, Span


class Anchor(Row):
    """The report that a decision was made on, as it then stood; `side` tells the parts of a merge or split apart."""

    doc_id: str
    doc_hash: str
    report_id: str
    type: str
    evidence: tuple[Span, ...]
    quotes: tuple[str, ...]
    actors: tuple[str, ...]
    side: int = 0


def anchor_of(report: Report, doc_hash: str, text: str, side: int = 0) -> Anchor:
    """The anchor of a coded report in the text of its document."""
    return Anchor(
        doc_id=report.doc_id,
        doc_hash=doc_hash,
        report_id=report.report_id,
        type=report.type,
        evidence=report.evidence,
        quotes=tuple(s.of(text) for s in report.evidence),
        actors=tuple(sorted({p.actor for p in report.participants})),
        side=side,
    )


def matching(anchor: Anchor, doc_hash: str, text: str, reports: Iterable[Report]) -> Report | None:
    """The report that the anchor means now: same type, overlapping evidence, a common actor; None where there is none.

    In another version of the text the evidence is looked for by its words.
    """
    spans = anchor.evidence if doc_hash == anchor.doc_hash else moved(anchor, text)
    best: tuple[int, bool, str] | None = None
    found: Report | None = None
    for report in reports:
        shared = overlap(spans, report.evidence)
        if report.type != anchor.type or shared == 0 or not common_actor(anchor, report):
            continue
        rank = (shared, report.report_id == anchor.report_id, report.report_id)
        if best is None or rank > best:
            best, found = rank, report
    return found


def common_actor(anchor: Anchor, report: Report) -> bool:
    """Whether an actor of the anchor is one of the report; a report without any matched one without any."""
    actors = {p.actor for p in report.participants}
    return bool(actors & set(anchor.actors)) or (not actors and not anchor.actors)


def overlap(some: Sequence[Span], others: Sequence[Span]) -> int:
    """How many characters two lists of spans share.

    >>> overlap([Span(start=0, end=5)], [Span(start=3, end=9)])
    2
    """
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)


def moved(anchor: Anchor, text: str) -> tuple[Span, ...]:
    """Where the anchor's words stand in another version of its text, each at the place nearest to the old one."""
    spans: list[Span] = []
    for span, quote in zip(anchor.evidence, anchor.quotes, strict=True):
        places: list[int] = []
        at = text.find(quote) if quote else -1
        while at >= 0:
            places.append(at)
            at = text.find(quote, at + 1)
        if places:
            start = min(places, key=lambda p: abs(p - span.start))
            spans.append(Span(start=start, end=start + len(quote)))
    return tuple(spans)
