"""Groups join by their mean, best first, under constraints."""

from __future__ import annotations

import numpy as np

from communique.pipeline.link.cluster import Constraints, cluster

Pair = tuple[int, int, float]


def groups(count: int, pairs: list[Pair], **constraints: object) -> list[int]:
    """The group of each row, rows of documents of their own unless told otherwise."""
    made = Constraints(constraints.pop("tellers", [[n] for n in range(count)]), **constraints)  # type: ignore[arg-type]
    first, second, scores = (np.array([p[i] for p in pairs]) for i in range(3))
    return cluster(first, second, scores.astype(np.float32), made, 0.0, -1.0).tolist()


def test_good_pairs_join() -> None:
    """Rows whose pairs reach the threshold are one group, named by the smallest."""
    assert groups(4, [(0, 1, 2.0), (1, 2, 1.0), (0, 2, 1.0)]) == [0, 0, 0, 3]


def test_one_good_pair_does_not_chain() -> None:
    """A row that likes one member and was refused by the others stays out."""
    assert groups(3, [(0, 1, 3.0), (1, 2, 1.0), (0, 2, -4.0)]) == [0, 0, 2]


def test_a_pair_that_was_never_compared_counts_against() -> None:
    """Pairs that blocking left out count `missing`."""
    assert groups(3, [(0, 1, 3.0), (1, 2, 0.5)]) == [0, 0, 2]


def test_reports_of_one_document_stay_apart() -> None:
    """Two rows told by one document are never one; the better match wins."""
    assert groups(3, [(0, 1, 2.0), (0, 2, 3.0), (1, 2, 9.0)], tellers=[[7], [8], [8]]) == [0, 1, 0]


def test_people_come_first() -> None:
    """What was judged to be one is one, though it shares a document and was never compared; what was split stays so."""
    assert groups(3, [(0, 1, 2.0)], tellers=[[7], [7], [8]], together=[(1, 2)]) == [0, 1, 1]
    assert groups(2, [(0, 1, 9.0)], apart=[(1, 0)]) == [0, 1]
    assert groups(3, [(0, 1, 9.0), (1, 2, 5.0), (0, 2, 5.0)], apart=[(2, 0)]) == [0, 0, 2]
