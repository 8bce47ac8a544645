"""Reports collapse where nothing tells them apart, and only there."""

from __future__ import annotations

from dataclasses import replace

from communique.pipeline.link.features import build_features
from communique.pipeline.link.items import LinkItem, Party
from communique.pipeline.link.nodes import Nodes, collapse
from communique.pipeline.link.score import Scorer

VISIT = LinkItem(
    "a",
    0,
    "a",
    "visit",
    parties=(Party("visitor", "IRN"), Party("host", "SYR")),
    start=737600,
    end=737600,
    precision="day",
)


def nodes(*items: LinkItem, judged: set[int] | None = None) -> Nodes:
    """The nodes of some reports."""
    features = build_features(items, {})
    return collapse(features, Scorer(features), judged or set(), 0.0)


def test_equal_reports_of_two_documents_are_one_node() -> None:
    """Copies collapse, another day does not."""
    made = nodes(VISIT, replace(VISIT, doc_id="b"), replace(VISIT, doc_id="c", start=737700, end=737700))
    assert made.of.tolist() == [0, 0, 1]
    assert made.second.tolist() == [1, -1]


def test_reports_of_one_document_stay_apart() -> None:
    """The second report of a document pairs with the second of another."""
    made = nodes(VISIT, replace(VISIT, index=1), replace(VISIT, doc_id="b"), replace(VISIT, doc_id="b", index=1))
    assert made.of.tolist() == [0, 1, 0, 1]


def test_vague_and_judged_reports_stay_alone() -> None:
    """A report that says too little to be linked to its own double does not collapse, nor does one that was judged."""
    vague = LinkItem("a", 0, "a", "statement", parties=(Party("speaker", "IRN"),))
    assert nodes(vague, replace(vague, doc_id="b")).of.tolist() == [0, 1]
    assert nodes(VISIT, replace(VISIT, doc_id="b"), judged={0}).of.tolist() == [0, 1]


def test_a_denial_answers_a_claim_but_no_cancellation() -> None:
    """A claim and its denial in one document may be one event; "called off" read once more as "denied" is a double."""

    def documents(status: str) -> list[int]:
        features = build_features([replace(VISIT, status=status), replace(VISIT, index=1, status="denied")], {})
        made = collapse(features, Scorer(features), set(), 0.0)
        return [told for tellers in made.tellers(features) for told in tellers]

    assert len(set(documents("occurred"))) == 2
    assert len(set(documents("cancelled"))) == 1
