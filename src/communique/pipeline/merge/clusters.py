"""Which drafts of one document tell the same event."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from communique.pipeline.drafts import Draft
from communique.pipeline.merge.pairs import are_apart, at_odds, weighed_in, what_tells

# A headline only repeats what the body tells; an echo word ("the pact") only refers to it.
ECHOES = frozenset({"echo", "title"})
# What each member of a group that is at odds with a draft takes from the odds that they tell one event. Dates and
# officials are often borrowed from the sentence before, so that they weigh much and yet forbid nothing.
ODDS = 1.5


def cluster_drafts(drafts: Sequence[Draft], table: Mapping[str, float]) -> list[list[Draft]]:
    """The drafts in groups, each group one event, in order of the text, by the pairs' weights.

    Echoes that find no event are dropped.
    """
    clusters: list[list[Draft]] = []
    founding = [d for d in drafts if not d.flags & ECHOES] or [d for d in drafts if "echo" not in d.flags]
    for draft in founding:
        home = best_cluster(draft, clusters, table)
        if home is not None:
            home.append(draft)
        else:
            clusters.append([draft])
    for draft in drafts:
        if draft not in founding:
            home = best_cluster(draft, clusters, table)
            if home is not None:
                home.append(draft)
    return [sorted(c, key=lambda d: d.start) for c in clusters]


def best_cluster(draft: Draft, clusters: Sequence[list[Draft]], table: Mapping[str, float]) -> list[Draft] | None:
    """The group that a draft belongs to most likely, the latest among equals; None where none is likelier than not."""
    scored = [(likeness(draft, c, table), c[-1].sentence, n) for n, c in enumerate(clusters) if c[0].type == draft.type]
    best = max(scored, default=None)
    return clusters[best[2]] if best is not None and best[0] > 0 else None


def likeness(draft: Draft, cluster: Sequence[Draft], table: Mapping[str, float]) -> float:
    """The mean log odds that a draft and the members of a group tell one event, less what is at odds.

    Minus infinity where one of them cannot be the draft's event.
    """
    total = len(cluster) * table.get("bias", 0.0)
    for other in cluster:
        first, second = (draft, other) if draft.start < other.start else (other, draft)
        told = what_tells(first, second)
        if are_apart(first, second, told):
            return -math.inf
        total += sum(value * table.get(name, 0.0) for name, value in weighed_in(first, second, told).items())
        total -= ODDS * at_odds(first, second, told)
    return total / len(cluster)
