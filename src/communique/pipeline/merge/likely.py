"""How likely a group of drafts is an event worth a report: its mentions weighed together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from communique.pipeline.drafts import Draft
from communique.pipeline.weigh import probability


def likelihood(drafts: Sequence[Draft], density: float, table: Mapping[str, float]) -> float:
    """The probability that a group of drafts is a report. `density` says how full of events the document is."""
    if not table:
        return max(d.score for d in drafts)
    return probability(features_of(drafts, density), table)


def density_of(drafts: Sequence[Draft]) -> float:
    """How full of events a document is: the mean log odds of its eight likeliest trigger words."""
    best = sorted((logit(d.score) for d in drafts if not d.flags & {"echo", "title"}), reverse=True)[:8]
    return sum(best) / 8 if best else -3.0


def features_of(drafts: Sequence[Draft], density: float) -> dict[str, float]:
    """The features of a group by name."""
    kind = drafts[0].type
    scores = sorted((d.score for d in drafts), reverse=True)
    founding = [d for d in drafts if not d.flags & {"echo", "title"}]
    codes = set().union(*(d.codes() for d in drafts))
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
