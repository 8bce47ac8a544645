"""What a reader sees is laid over the rules' drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from communique.codebook import load_codebook
from communique.pipeline.drafts import Draft, Filler, Reading, Sentence
from communique.pipeline.extract import Page
from communique.pipeline.extract.heed import heed
from communique.pipeline.learned.vocabulary import ROLES, STATUSES, TYPES
from communique.pipeline.run import Coder
from communique.records import Document

TEXT = "Envoys huddle\n\nGenerals of Norway huddled with generals of Tonga near the border of Chile."


@pytest.fixture
def sentence(coder: Coder, document: Callable[..., Document]) -> tuple[Sentence, Page]:
    """The second sentence of TEXT and its page."""
    parsed, page, _ = coder.page_of(document(TEXT))
    return parsed.sentences[1], page


def reading(sentence: Sentence, word: str, kind: str, roles: Mapping[str, str], page: Page) -> Reading:
    """A reading in which one word tells an event, and the actors of `roles` take part in it."""
    tokens = {t.i: n for n, t in enumerate(sentence.tokens)}
    triggers = {k: np.full(len(tokens), -6.0, dtype=np.float32) for k in TYPES}
    triggers[kind][next(n for t, n in tokens.items() if sentence.tokens.doc[t].text == word)] = 3.0
    shares = {
        (m.start, m.end): {r: float(r == roles.get(m.codes[0] if m.codes else "", "none")) for r in ROLES}
        for m in page.mentions.of(sentence.index)
    }
    nothing = np.zeros(len(tokens), dtype=np.float32)
    return Reading(tokens, triggers, dict.fromkeys(STATUSES, nothing), lambda row, k: shares)


def test_a_word_that_no_rule_knows(sentence: tuple[Sentence, Page]) -> None:
    """The reader's trigger becomes a draft with the parties that it sees, without the place that it does not."""
    here, page = sentence
    sees = reading(here, "huddled", "meeting", {"NOR": "party", "TON": "party"}, page)
    drafts = heed(sees, [], here, page, load_codebook())
    assert [(d.type, d.trigger_text, d.codes()) for d in drafts] == [("meeting", "huddled", {"NOR", "TON"})]


def test_a_party_that_the_reader_doubts(sentence: tuple[Sentence, Page]) -> None:
    """A party of the rules in which the reader sees none is taken out, and one near the trigger is not doubled."""
    here, page = sentence
    sees = reading(here, "huddled", "meeting", {"NOR": "party", "TON": "party"}, page)
    token = next(t.i for t in here.tokens if t.text == "huddled")
    chile = next(m for m in page.mentions.of(here.index) if "CHL" in m.codes)
    rules = Draft("meeting", None, here.index, token, "huddled", here.start, here.end, [Filler("party", chile, "in")])
    drafts = heed(sees, [rules], here, page, load_codebook())
    assert [d.codes() for d in drafts] == [{"NOR", "TON"}]


def test_without_a_reading(sentence: tuple[Sentence, Page]) -> None:
    """A sentence that was not read keeps the rules' drafts as they are."""
    here, page = sentence
    drafts: list[Any] = [Draft("visit", None, here.index, 0, "x", 0, 1)]
    assert heed(None, drafts, here, page, load_codebook()) == drafts
