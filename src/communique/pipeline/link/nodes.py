"""Collapses reports that agree in everything that is compared into one node, so that a thousand copies cost as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from communique.pipeline.link.features import COLUMNS, STATUSES, Features, Ints
from communique.pipeline.link.score import Scorer

DENIED, CANCELLED = STATUSES.index("denied"), STATUSES.index("cancelled")


@dataclass(slots=True)
class Nodes:
    """`of` gives the node of each row, `head` and `second` each node's first and second row (-1 if there is none)."""

    of: Ints
    head: Ints
    second: Ints

    def tellers(self, features: Features) -> Sequence[Sequence[int]]:
        """For each node its documents: groups that share one never join.

        A denial counts as told by a document of its own where the same document also tells the claim: same type,
        parties and days. These two reports are one event. What is said to be cancelled is no such claim.
        """
        told = features.docs * 2 + _answering(features)
        order = np.argsort(self.of, kind="stable")
        cuts = np.flatnonzero(np.diff(self.of[order])) + 1
        return [part.tolist() for part in np.split(told[order], cuts)] if len(order) else []


def collapse(features: Features, scorer: Scorer, judged: set[int], threshold: float) -> Nodes:
    """One node for all rows with the same features, where these are telling enough to link the row to itself.

    Reports of one document stay apart, and so does every report that a person judged.
    """
    count = len(features)
    if count == 0:
        return Nodes(*(np.zeros(0, np.int64) for _ in range(3)))
    rows = np.arange(count, dtype=np.int64)
    table = np.column_stack([features.columns[name] for name in COLUMNS])
    _, kind = np.unique(table, axis=0, return_inverse=True)
    twin = _nth(kind.reshape(-1), features.docs)
    group = kind.reshape(-1) * (int(twin.max()) + 1) + twin
    lone = scorer.scores(rows, rows) < threshold
    lone[list(judged)] = True
    group = np.where(lone, -1 - rows, group)
    _, first, of = np.unique(group, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    node = rank[of.reshape(-1)]
    head = np.sort(first)
    second = np.full(len(head), -1, dtype=np.int64)
    later = rows[head[node] != rows]
    second[node[later[::-1]]] = later[::-1]
    return Nodes(node, head, second)


def _answering(features: Features) -> Ints:
    """1 for each denial whose document also tells the claim that is denied, else 0."""
    denied = features.columns["status"] == DENIED
    claimed = ~denied & (features.columns["status"] != CANCELLED)
    found = np.zeros(len(features), dtype=np.int64)
    if not denied.any():
        return found
    docs = np.isin(features.docs, features.docs[denied])
    rows = np.flatnonzero(docs)
    columns = [features.docs, *(features.columns[name] for name in ("family", "sides", "lo", "hi"))]
    claims = {key for row in rows.tolist() if claimed[row] for key in [tuple(int(c[row]) for c in columns)]}
    for row in np.flatnonzero(denied).tolist():
        found[row] = int(tuple(int(c[row]) for c in columns) in claims)
    return found


def _nth(kind: Ints, docs: Ints) -> Ints:
    """For each row how many earlier rows of its document have its kind."""
    order = np.lexsort((np.arange(len(kind)), docs, kind))
    k, d = kind[order], docs[order]
    new = np.r_[True, (k[1:] != k[:-1]) | (d[1:] != d[:-1])]
    begins = np.flatnonzero(new)
    nth = np.empty(len(kind), dtype=np.int64)
    nth[order] = np.arange(len(kind)) - begins[np.cumsum(new) - 1]
    return nth
