"""The clause that tells an event."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.extract.evidence import LONGEST

LONG = (
    "Chile and Peru, "
    + ", ".join(f"who in the year {n} had spoken of peace and of trade" for n in range(1990, 2020))
    + ", signed a defence agreement in Suva."
)


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "words"),
    [
        ("Oman's defence minister visited Tonga.", "visit", "visited", "Oman's defence minister visited Tonga"),
        (
            "Chile and Peru signed a defence agreement, and Tonga bought two boats from Fiji.",
            "agreement",
            "signed",
            "Chile and Peru signed a defence agreement",
        ),
        ("“Chile sold missiles to Peru.”", "transfer", "sold", "Chile sold missiles to Peru"),
    ],
)
def test_the_smallest_clause(read: Any, text: str, kind: str, trigger: str, words: str) -> None:
    """Evidence is the clause of its trigger, without other clauses and marks at its ends."""
    draft = read(text).one(kind, trigger)
    assert text[draft.start : draft.end] == words


def test_evidence_holds_its_trigger(read: Any, cases: Any) -> None:
    """Every span lies in its sentence, holds its trigger, and is no longer than the codebook allows."""
    for text in [case["text"] for table in ("parties", "status", "voice") for case in cases(table)] + [LONG]:
        found = read(text)
        for draft in found.drafts:
            sentence = found.parsed.sentences[draft.sentence]
            at = sentence.begin_of(sentence.tokens.doc[draft.trigger])
            assert sentence.start <= draft.start <= at < draft.end <= sentence.end
            assert text[at : at + len(draft.trigger_text)] == draft.trigger_text
            assert draft.end - draft.start <= LONGEST <= 400


def test_a_long_clause_is_cut_around_its_trigger(read: Any) -> None:
    """A clause longer than the limit is cut at the borders of words."""
    draft = read(LONG).one("agreement", "signed")
    words = LONG[draft.start : draft.end]
    assert "signed" in words
    assert not LONG[draft.start - 1].isalnum()
    assert not LONG[draft.end].isalnum()


def test_a_headline_counts_whole(read: Any) -> None:
    """The evidence of a headline is the headline."""
    title = "Chile signs defence pact with Peru, buys boats"
    draft = read("The pact was signed in Suva.", title=title).one("agreement", "signs")
    assert (draft.start, draft.end) == (0, len(title))
