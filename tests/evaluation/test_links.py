"""B-cubed and pairwise scores of engagements on partitions small enough to score by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import EvaluationError
from communique.evaluation import (
    CodedEvent,
    Counts,
    GoldDocument,
    evaluate_links,
    load_clusters,
    load_gold,
    read_event,
)

GOLD = Path(__file__).resolve().parents[2] / "gold"


def event(start: int) -> CodedEvent:
    evidence = [{"start": start, "end": start + 10}]
    participants = [{"role": "visitor", "actor": "IRN"}]
    return read_event({"type": "visit", "participants": participants, "evidence": evidence}, where="test")


def document(name: str, reports: int) -> GoldDocument:
    return GoldDocument(name, "x" * 100, tuple(event(20 * n) for n in range(reports)))


FOUR = [document("a", 2), document("b", 2)]
TWO_PAIRS = [[("a", 0), ("b", 0)], [("a", 1), ("b", 1)]]


def test_right_links_are_perfect() -> None:
    """The names of engagements do not matter, and unlinked reports stand alone."""
    links = {("a", 0): "x", ("b", 0): "x"}
    result = evaluate_links(FOUR, TWO_PAIRS[:1], links)
    assert result.figures() == {"b3": 1.0, "pairwise": 1.0}
    assert (result.reports, result.gold_engagements, result.predicted_engagements) == (4, 3, 3)


def test_everything_in_one_engagement() -> None:
    """Recall is full, B-cubed precision 2 of 4, pairwise 2 of 6."""
    result = evaluate_links(FOUR, TWO_PAIRS, {(doc, n): "x" for doc in "ab" for n in (0, 1)})
    assert (result.b3.precision, result.b3.recall) == (0.5, 1.0)
    assert result.pairwise == Counts(right=2, false=4)


def test_nothing_linked() -> None:
    """Precision of B-cubed is full, recall one of two; no pair is found."""
    result = evaluate_links(FOUR, TWO_PAIRS, {}, errors=9)
    assert (result.b3.precision, result.b3.recall) == (1.0, 0.5)
    assert result.pairwise == Counts(missed=2)
    assert [(e.kind, e.first[:3], e.second[:3]) for e in result.errors] == [
        ("NOT LINKED", "a#0", "b#0"),
        ("NOT LINKED", "a#1", "b#1"),
    ]


def test_clusters_that_share_a_report_are_one() -> None:
    """A report listed in two gold engagements joins them."""
    result = evaluate_links(FOUR, [[("a", 0), ("b", 0)], [("b", 0), ("b", 1)]], {})
    assert result.gold_engagements == 2
    assert result.pairwise.missed == 3


def test_end_to_end_a_false_report_glued_to_a_true_engagement_costs_precision() -> None:
    """Predictions in another order, one spurious: it stands alone in gold, so its link is wrong."""
    predictions = {"a": [event(80), event(0), event(20)], "b": [event(0), event(20)]}
    right = {("a", 1): "x", ("b", 0): "x", ("a", 2): "y", ("b", 1): "y"}
    assert evaluate_links(FOUR, TWO_PAIRS, right, predictions).figures() == {"b3": 1.0, "pairwise": 1.0}
    glued = evaluate_links(FOUR, TWO_PAIRS, {**right, ("a", 0): "x"}, predictions, errors=5)
    assert glued.reports == 5
    assert glued.pairwise == Counts(right=2, false=2)
    assert {error.kind for error in glued.errors} == {"WRONGLY LINKED"}
    assert {error.first for error in glued.errors} == {"a#spurious-0"}


def test_end_to_end_a_missed_report_stands_alone() -> None:
    """A gold report that was not found costs the recall of its engagement."""
    links = {("a", 0): "x", ("b", 0): "x", ("b", 1): "y"}
    result = evaluate_links(FOUR, TWO_PAIRS, links, {"a": [event(0)], "b": [event(0), event(20)]})
    assert result.pairwise == Counts(right=1, missed=1)
    assert result.b3.precision == 1.0


@given(st.lists(st.integers(0, 5), min_size=4, max_size=4), st.lists(st.integers(0, 5), min_size=4, max_size=4))
def test_precision_and_recall_change_places_with_gold_and_prediction(told: list[int], found: list[int]) -> None:
    """Scoring B by A gives the recall of scoring A by B as precision."""
    keys = [("a", 0), ("a", 1), ("b", 0), ("b", 1)]

    def score(gold: list[int], predicted: list[int]) -> tuple[float, float, float]:
        clusters = [[key for key, name in zip(keys, gold, strict=True) if name == n] for n in range(6)]
        links = {key: str(name) for key, name in zip(keys, predicted, strict=True)}
        result = evaluate_links(FOUR, clusters, links)
        return result.b3.precision, result.b3.recall, result.pairwise.figure

    forth, back = score(told, found), score(found, told)
    assert forth == pytest.approx((back[1], back[0], back[2]))


def test_the_gold_clusters_against_themselves() -> None:
    """The shipped clusters name reports that the shipped gold holds, and score 1 against themselves."""
    clusters = load_clusters(GOLD / "clusters.json")
    links = {key: f"e{n}" for n, cluster in enumerate(clusters) for key in cluster}
    result = evaluate_links(load_gold(GOLD / "demo.jsonl"), clusters, links)
    assert result.figures() == {"b3": 1.0, "pairwise": 1.0}
    assert result.reports == 334


def test_a_cluster_of_a_report_that_gold_lacks() -> None:
    """A wrong index stops the scoring; a document that gold lacks is passed over."""
    with pytest.raises(EvaluationError, match="report 7 of 'a', which has 2"):
        evaluate_links(FOUR, [[("a", 7), ("b", 0)]], {})
    assert evaluate_links(FOUR, [[("z", 0), ("b", 0)]], {}).gold_engagements == 4


def test_gold_without_reports() -> None:
    """There is nothing to score, and the error says so."""
    with pytest.raises(EvaluationError, match="no report"):
        evaluate_links([document("a", 0)], [], {})
