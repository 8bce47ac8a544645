"""Groups reports by average-link agglomeration over the compared pairs, best pair first, under constraints.

Two groups join while their mean score, over all pairs of members, is at least the threshold; a pair that was never
compared counts `missing`. Groups that share a document never join, for reports of one document are different events,
unless one is the denial of the other. Human judgements come first: what must be together starts together, what must
be apart never joins. Ties are broken by the order of the rows, so the same set of reports gives the same groups.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from communique.pipeline.link.features import Ints
from communique.pipeline.link.score import Scores

Edge = tuple[int, int, float]


@dataclass(slots=True)
class Constraints:
    """`tellers[row]` holds the documents that tell the row; `together` and `apart` are pairs of rows from people."""

    tellers: Sequence[Iterable[int]]
    together: Sequence[tuple[int, int]] = ()
    apart: Sequence[tuple[int, int]] = ()


class Roots:
    """Disjoint sets of row numbers; the smallest row of a set is its root."""

    def __init__(self, count: int) -> None:
        """Every row a set of its own."""
        self.parent = list(range(count))

    def find(self, row: int) -> int:
        """The root of the row's set."""
        parent = self.parent
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def join(self, a: int, b: int) -> None:
        """Make one set of two."""
        a, b = self.find(a), self.find(b)
        self.parent[max(a, b)] = min(a, b)

    def labels(self) -> Ints:
        """The root of every row."""
        return np.array([self.find(row) for row in range(len(self.parent))], dtype=np.int64)


def cluster(
    first: Ints, second: Ints, scores: Scores, constraints: Constraints, threshold: float, missing: float
) -> Ints:
    """The group of each row, named by its smallest row. The caller sees to it that judgements agree."""
    count = len(constraints.tellers)
    groups = Roots(count)
    for a, b in constraints.together:
        groups.join(a, b)
    for edges in _components(first, second, scores, groups, threshold):
        _Agglomeration(edges, groups, constraints, threshold, missing).run()
    return groups.labels()


def _components(first: Ints, second: Ints, scores: Scores, groups: Roots, threshold: float) -> Iterable[list[Edge]]:
    """The compared pairs of each set of rows that good pairs connect, pairs below the threshold included."""
    linked = Roots(len(groups.parent))
    linked.parent = list(groups.parent)
    good = scores >= threshold
    for a, b in zip(first[good].tolist(), second[good].tolist(), strict=True):
        linked.join(a, b)
    label = linked.labels()
    inside = label[first] == label[second]
    home, a_rows, b_rows, told = label[first[inside]], first[inside], second[inside], scores[inside]
    order = np.argsort(home, kind="stable")
    cuts = np.flatnonzero(np.diff(home[order])) + 1
    for part in np.split(order, cuts) if len(order) else []:
        yield list(zip(a_rows[part].tolist(), b_rows[part].tolist(), told[part].tolist(), strict=True))


@dataclass(slots=True)
class _Agglomeration:
    edges: list[Edge]
    groups: Roots
    constraints: Constraints
    threshold: float
    missing: float
    near: dict[int, dict[int, float]] = field(init=False)
    size: dict[int, int] = field(init=False)
    tellers: dict[int, set[int]] = field(init=False)
    foes: dict[int, set[int]] = field(init=False)
    heap: list[tuple[float, int, int, int, int]] = field(init=False)

    def run(self) -> None:
        """Join groups until no pair of them reaches the threshold."""
        self._prepare()
        while self.heap:
            _, a, b, size_a, size_b = heapq.heappop(self.heap)
            if (
                self.size.get(a) == size_a
                and self.size.get(b) == size_b
                and b in self.near[a]
                and not self._barred(a, b)
            ):
                self._merge(a, b)

    def _prepare(self) -> None:
        self.near, self.heap = {}, []
        find = self.groups.find
        rows = {row for a, b, _ in self.edges for row in (a, b)}
        self.size, self.tellers, self.foes = {}, {}, {}
        for row in rows:
            root = find(row)
            self.size[root] = self.size.get(root, 0) + 1
            self.tellers.setdefault(root, set()).update(self.constraints.tellers[row])
        for a, b in self.constraints.apart:
            for one, other in ((a, b), (b, a)):
                self.foes.setdefault(find(one), set()).add(other)
        for a, b, score in self.edges:
            a, b = find(a), find(b)
            if a != b:
                self._add(a, b, score - self.missing)
        for one, others in self.near.items():
            for other in others:
                if one < other:
                    self._push(one, other)

    def _add(self, a: int, b: int, gain: float) -> None:
        for one, other in ((a, b), (b, a)):
            row = self.near.setdefault(one, {})
            row[other] = row.get(other, 0.0) + gain

    def _push(self, a: int, b: int) -> None:
        a, b = min(a, b), max(a, b)
        mean = self.missing + self.near[a][b] / (self.size[a] * self.size[b])
        if mean >= self.threshold:
            heapq.heappush(self.heap, (-round(mean, 4), a, b, self.size[a], self.size[b]))

    def _barred(self, a: int, b: int) -> bool:
        if not self.tellers[a].isdisjoint(self.tellers[b]):
            return True
        return any(self.groups.find(foe) == b for foe in self.foes.get(a, ()))

    def _merge(self, a: int, b: int) -> None:
        """`b` becomes part of `a`, which is the smaller row."""
        self.groups.join(a, b)
        self.size[a] += self.size.pop(b)
        self._absorb(self.tellers, a, b)
        if self.foes:
            self._absorb(self.foes, a, b)
        lost = self.near.pop(b)
        lost.pop(a, None)
        self.near[a].pop(b, None)
        for other, gain in lost.items():
            del self.near[other][b]
            self._add(a, other, gain)
        for other in self.near[a]:
            self._push(a, other)

    @staticmethod
    def _absorb(sets: dict[int, set[int]], a: int, b: int) -> None:
        """The union of both sets under `a`, the smaller poured into the larger."""
        one, two = sets.get(a, set()), sets.pop(b, set())
        small, large = sorted((one, two), key=len)
        large |= small
        sets[a] = large
