"""Finds the doubles of one document: reports that a less sure reading made of an event that it tells already.

Reports of one document are different events, so two of them that would link if two documents told them are mostly one
event read twice. The surer reading stands for it. The other one is marked: it may still be an event of its own (a
second meeting of the day), but it needs more evidence to link to what other documents tell.
"""

from __future__ import annotations

import numpy as np

from communique.pipeline.link.features import STATUSES, SURE, Features, Ints
from communique.pipeline.link.score import Scorer

DENIED = STATUSES.index("denied")
REACH = 100
"""A report is held against this many of its type that follow in its document, lest a long list cost its square."""


def doubles(features: Features, scorer: Scorer, threshold: float) -> Ints:
    """1 for each report of which its document has a surer double, else 0; of equals the later one is the double.

    Nothing that a person wrote or accepted is a double, nor is a denial the double of the claim that it answers.
    """
    found = np.zeros(len(features), dtype=np.int64)
    first, second = _within_documents(features)
    status, sure = features.columns["status"], features.columns["sure"]
    alike = (status[first] == DENIED) == (status[second] == DENIED)
    first, second = first[alike], second[alike]
    first, second = (rows[scorer.scores(first, second) >= threshold] for rows in (first, second))
    less = np.where(sure[second] <= sure[first], second, first)
    found[less[sure[less] < SURE]] = 1
    return found


def _within_documents(features: Features) -> tuple[Ints, Ints]:
    """The pairs of rows of one document and one family that stand at most REACH apart, the earlier row first."""
    order = np.lexsort((np.arange(len(features)), features.columns["family"], features.docs))
    docs, family = features.docs[order], features.columns["family"][order]
    firsts, seconds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    left = np.arange(len(order))
    for step in range(1, REACH + 1):
        left = left[left + step < len(order)]
        left = left[(docs[left] == docs[left + step]) & (family[left] == family[left + step])]
        firsts.append(order[left])
        seconds.append(order[left + step])
        if not len(left):
            break
    return np.concatenate(firsts), np.concatenate(seconds)
