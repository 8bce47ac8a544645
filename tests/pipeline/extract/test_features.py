"""The facts that are weighed."""

from __future__ import annotations

from typing import Any

import pytest


def test_features_are_numbers_without_zeros(read: Any, cases: Any) -> None:
    """Every feature has a name and a finite value other than nought, and each draft has its type and status."""
    for case in [*cases("parties"), *cases("status")]:
        for draft in read(case["text"]).drafts:
            assert all(isinstance(k, str) and 0 < abs(v) < 100 for k, v in draft.features.items())
            assert draft.features[f"type={draft.type}"] == 1.0
            assert draft.features[f"status={draft.status}"] == 1.0
            assert draft.features[draft.why[0]] == 1.0


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "feature"),
    [
        ("Oman's defence minister will visit Tonga.", "visit", "visit", "aux=will"),
        ("Chile did not attack Peru.", "incident", "attack", "negated"),
        ("Oman's defence minister visited Tonga on Monday.", "visit", "visited", "dated"),
        ("Chile sold missiles to Peru, the ministry said.", "transfer", "sold", "reported"),
        ("Chile and Peru held talks in Suva.", "meeting", "talks", "placed"),
        ("Did Chile attack Peru?", "incident", "attack", "question"),
        ("Chile visited Suva to sell missiles to Peru.", "transfer", "sell", "purpose"),
        ("He attacked Peru.", "incident", "attacked", "parties=1"),
    ],
)
def test_a_feature_holds_where_its_words_stand(read: Any, text: str, kind: str, trigger: str, feature: str) -> None:
    """A reader can check each feature on the words."""
    assert feature in read(text).one(kind, trigger).features


@pytest.mark.parametrize(
    "feature", ["aux=will", "negated", "dated", "reported", "question", "purpose", "condition", "quoted", "pronoun"]
)
def test_a_plain_sentence_has_none_of_them(read: Any, feature: str) -> None:
    """A feature does not hold without its words."""
    assert feature not in read("Oman's defence minister visited Tonga.").one("visit", "visited").features
