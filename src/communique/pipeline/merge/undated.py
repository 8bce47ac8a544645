"""Whether an event that is told without a date is news of the day or lies in the dark: named features, weighed.

By the codebook what a news item tells in the plain past is dated by its publication; background has no date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from communique.pipeline.drafts import Draft
from communique.pipeline.weigh import probability

TOLD_BY = ("tag=", "aux=", "dep=", "left=", "lead", "tail", "relative", "quoted", "reported", "pronoun", "after=")


def is_undated(drafts: Sequence[Draft], official: bool, table: Mapping[str, float]) -> bool:
    """Whether an event without a told date is more likely without any than of the document's day."""
    return bool(table) and probability(features_of_undated(drafts, official), table) > 0.5


def features_of_undated(drafts: Sequence[Draft], official: bool) -> dict[str, float]:
    """The features of an event by name: how its first full mention is told, where it stands, its type and status."""
    full = [d for d in drafts if not d.flags & {"echo", "title"}] or list(drafts)
    first, kind = full[0], full[0].type
    found = {name: 1.0 for name in first.features if name.startswith(TOLD_BY)}
    for name in (f"type={kind}", f"status={first.status}", f"{kind}:status={first.status}", f"tense={first.tense}"):
        found[name] = 1.0
    found["official outlet"] = float(official)
    found[f"{first.status}:official outlet"] = float(official)
    found["in title"] = float(any("title" in d.flags for d in drafts))
    found["sums up"] = float(any(d.aggregate for d in drafts))
    found["background"] = float(any("background" in d.flags for d in drafts))
    found[f"mentions={min(len(full), 3)}"] = 1.0
    found["depth"] = min(first.sentence, 20) / 20
    return {name: value for name, value in found.items() if value}
