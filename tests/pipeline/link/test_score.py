"""A score is the sum of its reasons, and what the coder doubts counts for less."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from communique.pipeline.link import LinkItem, Party
from communique.pipeline.link.features import build_features
from communique.pipeline.link.knowledge import load_rules
from communique.pipeline.link.score import Scorer

DRILL = LinkItem(
    "a",
    0,
    "a",
    "exercise",
    "naval",
    parties=(Party("party", "IRN"), Party("party", "RUS")),
    start=737600,
    end=737600,
    precision="day",
)


def compared(a: LinkItem, b: LinkItem) -> tuple[float, dict[str, str]]:
    """The score of two reports, and the level of each feature that counts."""
    features = build_features([a, replace(b, doc_id="b", report_id="b")], {})
    scorer = Scorer(features)
    score = float(scorer.scores(np.array([0]), np.array([1]))[0])
    told = scorer.reasons(0, 1)
    assert score == pytest.approx(sum(reason.weight for reason in told), abs=1e-4)
    return score, {reason.feature: reason.level for reason in told}


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        (None, None, None),
        (0.95, 0.9, None),
        (0.95, None, None),
        (0.7, 0.65, "some"),
        (0.45, None, "some"),  # one report is vouched for, the other is not
        (0.5, 0.55, "much"),
        (0.3, None, "much"),
        (0.4, 0.4, "most"),
        (0.1, None, "most"),
        (0.0, 0.0, "most"),
    ],
)
def test_doubt_goes_by_both_reports_confidence(a: float | None, b: float | None, level: str | None) -> None:
    """The lower the product of both confidences, the more it takes off; nothing where nobody doubts."""
    sure = compared(DRILL, DRILL)[0]
    score, levels = compared(replace(DRILL, confidence=a), replace(DRILL, confidence=b))
    assert levels.get("doubt") == level
    assert score - sure == pytest.approx(load_rules().weights["doubt"][level or "none"], abs=1e-4)


def test_doubt_only_grows() -> None:
    """A lower band never takes off less than a higher one."""
    rules = load_rules()
    bands = sorted(rules.doubt_below, key=lambda band: -rules.doubt_below[band])
    weights = [rules.weights["doubt"][band] for band in ("none", *bands)]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("mode", "level"), [("naval", "same"), ("joint", "umbrella"), ("staff", "differ"), ("land", "clash")]
)
def test_a_mode_may_hold_another(mode: str, level: str) -> None:
    """A joint drill has a naval part, so that the two words hardly speak against one event."""
    assert compared(DRILL, replace(DRILL, mode=mode))[1]["mode"] == level
