"""Results over documents: gold against itself is perfect, breakdowns add up, errors are listed in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.evaluation import Counts, GoldDocument, Share, evaluate, load_gold
from communique.evaluation.measures import HEADLINE

GOLD = Path(__file__).resolve().parents[2] / "gold"
CASES = load_gold(GOLD / "cases.jsonl")


@pytest.mark.parametrize("corpus", ["demo", "cases"])
def test_gold_against_itself_is_perfect(corpus: str) -> None:
    """Every headline figure is 1, every measure is made, and nothing is in error."""
    gold = load_gold(GOLD / f"{corpus}.jsonl")
    result = evaluate(gold, {document.id: document.events for document in gold}, errors=5)
    assert set(result.figures().values()) == {1.0}
    assert list(result.headline) == list(HEADLINE)
    assert result.errors == ()


def test_no_predictions_at_all() -> None:
    """Nothing is found, everything is missed, and fields that could not be compared are left out."""
    result = evaluate(CASES, {}, errors=3)
    assert result.headline["event"] == Counts(
        missed=sum(e.type not in ("statement", "appointment") for d in CASES for e in d.events)
    )
    assert result.headline["whole"] == Share(0, 206)
    assert "date" not in result.headline
    assert [error.kind for error in result.errors] == ["MISSED"] * 3


def test_no_documents() -> None:
    """An empty gold gives zeros, no division by zero."""
    result = evaluate([], {"a": ()}, bootstrap=10)
    assert result.documents == 0
    assert result.headline["event"] == Counts()
    assert result.headline["whole"].figure == 0.0
    assert result.unlabelled == ("a",)
    assert result.bounds == {}


@settings(max_examples=20, deadline=None)
@given(st.permutations(CASES[:12]), st.integers(0, 11))
def test_the_order_of_documents_does_not_matter(documents: list[GoldDocument], silent: int) -> None:
    """The same figures whatever the order, and predictions for part of the documents."""
    predictions = {document.id: document.events for document in CASES[:12] if document.id != CASES[silent].id}
    expected, found = evaluate(CASES[:12], predictions), evaluate(documents, predictions)
    assert found.headline == expected.headline
    assert found.by_type == expected.by_type


def test_types_and_outlets_add_up_to_the_headline() -> None:
    """Counts by type and by outlet sum to `event` and `secondary`."""
    gold = load_gold(GOLD / "demo.jsonl")
    result = evaluate(gold, {document.id: document.events[::2] for document in gold})
    primary = sum((c for k, c in result.by_type.items() if k not in ("statement", "appointment")), Counts())
    assert primary == result.headline["event"]
    assert sum(result.by_type.values(), Counts()) == primary + result.secondary
    outlets = result.by_outlet.values()
    assert sum((outlet.headline["event"] for outlet in outlets), Counts()) == primary  # type: ignore[misc]
    assert sum(outlet.documents for outlet in outlets) == len(gold)
    assert sum(result.by_status.values(), Counts()).gold == result.headline["status"].of  # type: ignore[union-attr]


def test_errors_name_document_type_actors_and_words() -> None:
    """The words are those of the report's first evidence span."""
    document = CASES[0]
    error = evaluate([document], {}, errors=1).errors[0]
    start, end = document.events[0].spans[0]
    assert (error.doc_id, error.type, error.words) == (document.id, "meeting", [document.text[start:end]])
    assert error.actors == [("P", "DJI"), ("P", "TUR")]
