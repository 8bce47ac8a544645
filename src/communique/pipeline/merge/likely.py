"""How likely a group of drafts is an event worth a report: its mentions weighed together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from communique.pipeline.drafts import Draft
from communique.pipeline.merge.pairs import share
from communique.pipeline.weigh import probability

# The probability under which a party is doubtful.
DOUBTFUL = 0.7


Parties = Mapping[str, float]
"""The parties of an event with their probabilities."""


def likelihoods(
    events: Sequence[Sequence[Draft]], parties: Sequence[Parties], table: Mapping[str, float]
) -> list[float]:
    """The probability of each group of drafts of a document that it is a report."""
    if not table:
        return [max(d.score for d in drafts) for drafts in events]
    weighed = (probability(features, table) for features in features_of_events(events, parties))
    return [
        max([p, *(d.score for d in drafts if "firm" in d.flags)]) for p, drafts in zip(weighed, events, strict=True)
    ]


def features_of_events(events: Sequence[Sequence[Draft]], parties: Sequence[Parties]) -> list[dict[str, float]]:
    """The features of each group of a document by name: its own, and what the other groups say of it."""
    density = density_of([d for drafts in events for d in drafts])
    return [
        {
            k: v
            for k, v in [
                *features_of(drafts, density).items(),
                *of_parties(drafts[0].type, parties[n]),
                *of_others(drafts, [e for m, e in enumerate(events) if m != n]),
            ]
            if v
        }
        for n, drafts in enumerate(events)
    ]


def of_parties(kind: str, shares: Parties) -> Iterator[tuple[str, float]]:
    """How sure an event's parties are."""
    order = sorted(shares.values(), reverse=True)
    if not order:
        return
    yield "surest party", order[0]
    yield f"{kind}:surest party", order[0]
    yield "second party", order[1] if len(order) > 1 else 0.0
    yield f"{kind}:second party", order[1] if len(order) > 1 else 0.0
    yield "doubtful parties", sum(share < DOUBTFUL for share in order[1:]) / len(order)


def of_others(drafts: Sequence[Draft], others: Sequence[Sequence[Draft]]) -> Iterator[tuple[str, float]]:
    """Whether a likelier group of the document is of the same type and parties, or told by the same words."""
    kind, codes = drafts[0].type, actors_of(drafts)
    mine = max(d.score for d in drafts)
    spans = [(d.start, d.end) for d in drafts]
    for other in others:
        stronger = max(d.score for d in other) > mine
        theirs = actors_of(other)
        if other[0].type == kind and codes & theirs:
            like = share(codes, theirs)
            yield f"{'stronger' if stronger else 'weaker'} twin", like
            yield f"{kind}:{'stronger' if stronger else 'weaker'} twin", like
        if stronger and any(min(b, d.end) > max(a, d.start) for a, b in spans for d in other):
            yield "stronger in its words", 1.0
            yield f"{kind}:stronger {other[0].type}", 1.0


def actors_of(drafts: Sequence[Draft]) -> set[str]:
    """The actors of all drafts of a group."""
    return set().union(*(d.codes() for d in drafts))


def density_of(drafts: Sequence[Draft]) -> float:
    """How full of events a document is: the mean log odds of its eight likeliest trigger words."""
    best = sorted((logit(d.score) for d in drafts if not d.flags & {"echo", "title"}), reverse=True)[:8]
    return sum(best) / 8 if best else -3.0


def features_of(drafts: Sequence[Draft], density: float) -> dict[str, float]:
    """The features of a group by name."""
    kind = drafts[0].type
    scores = sorted((d.score for d in drafts), reverse=True)
    founding = [d for d in drafts if not d.flags & {"echo", "title"}]
    codes = set().union(*(d.sides() for d in drafts))
    sure = {
        c
        for d in drafts
        for f in d.fillers
        if f.rule not in ("same sentence", "place", "event before")
        for c in f.mention.codes
    }
    found: dict[str, float] = {
        "logit": logit(scores[0]),
        f"{kind}:logit": logit(scores[0]),
        "density": density,
        "second": scores[1] if len(scores) > 1 else 0.0,
        "together": logit(1 - math.prod(1 - s for s in scores)),
        f"type={kind}": 1.0,
        f"parties={min(len(codes), 3)}": 1.0,
        f"{kind}:parties={min(len(codes), 3)}": 1.0,
        f"sure={min(len(sure), 3)}": 1.0,
        f"mentions={min(len(founding), 4)}": 1.0,
        "only echoes": float(not founding),
        "in title": float(any("title" in d.flags for d in drafts)),
        "dated": float(any(d.date is not None and d.date.text is not None for d in drafts)),
        "placed": float(any(d.place is not None for d in drafts)),
        "person": float(any(f.mention.kind == "person" for d in drafts for f in d.fillers)),
        f"status={drafts[0].status}": 1.0,
        f"{kind}:status={drafts[0].status}": 1.0,
        "aggregate": float(any(d.aggregate for d in drafts)),
        "many": float(len(codes) > 4),
        "lead": float(min(d.sentence for d in drafts) < 3),
    }
    return {k: v for k, v in found.items() if v}


def logit(p: float) -> float:
    """The log odds of a probability, clipped.

    >>> round(logit(0.5), 2)
    0.0
    """
    q = min(0.999, max(0.001, p))
    return math.log(q / (1 - q))
