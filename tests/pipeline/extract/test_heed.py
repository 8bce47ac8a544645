"""What a reader sees is laid over the rules' drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from communique.codebook import load_codebook
from communique.pipeline.drafts import Draft, Filler, Reading, RoleShares, Sentence
from communique.pipeline.extract import Page
from communique.pipeline.extract.heed import compare, heed
from communique.pipeline.learned.vocabulary import STATUSES, TYPES
from communique.pipeline.run import Coder
from communique.records import Document

TEXT = "Envoys huddle\n\nGenerals of Norway huddled with generals of Tonga near the border of Chile."


@pytest.fixture
def sentence(coder: Coder, document: Callable[..., Document]) -> tuple[Sentence, Page]:
    """The second sentence of TEXT and its page."""
    parsed, page, _ = coder.page_of(document(TEXT))
    return parsed.sentences[1], page


def reading(
    sentence: Sentence,
    word: str,
    kind: str,
    roles: Mapping[str, str],
    page: Page,
    marks: Mapping[tuple[int, int, str], float] | None = None,
) -> Reading:
    """A reading in which one word tells an event, and the actors of `roles` take part in it, wherever they stand."""
    tokens = {t.i: n for n, t in enumerate(sentence.tokens)}
    triggers = {k: [-6.0] * len(tokens) for k in TYPES}
    triggers[kind][next(n for t, n in tokens.items() if sentence.tokens.doc[t].text == word)] = 3.0
    told = {(m.start, m.end): roles.get(m.codes[0] if m.codes else "") for m in page.mentions.all}
    parts = {
        span: RoleShares(role, 1.0, 1.0, 1.0) if role else RoleShares("party", 0.0, 0.0, 0.0)
        for span, role in told.items()
    }
    nothing = [0.0] * len(tokens)
    return Reading(
        tokens,
        triggers,
        dict.fromkeys(STATUSES, nothing),
        nothing,
        ask=lambda wanted: None,
        roles_at=lambda row, k, allowed: parts,
        marks_at=lambda row, k: marks or {},
        same_at=lambda row, k, others: [2.0] * len(others),
    )


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


def test_a_type_that_the_reader_hears_nowhere(sentence: tuple[Sentence, Page]) -> None:
    """A rules' draft goes where no word of its sentence may tell its type, unless its trigger was not read at all."""
    here, page = sentence
    sees = reading(here, "huddled", "meeting", {}, page)
    read, unread = (
        Draft("visit", None, here.index, token, "x", here.start, here.end) for token in (here.tokens[0].i, 10_000)
    )
    assert [d for d in heed(sees, [read, unread], here, page, load_codebook()) if d.type == "visit"] == [unread]


def test_without_a_reading(sentence: tuple[Sentence, Page]) -> None:
    """A sentence that was not read keeps the rules' drafts as they are."""
    here, page = sentence
    drafts: list[Any] = [Draft("visit", None, here.index, 0, "x", 0, 1)]
    assert heed(None, drafts, here, page, load_codebook()) == drafts


def test_a_party_of_another_sentence(coder: Coder, document: Callable[..., Document]) -> None:
    """A party that the reader sees in the sentence before is added; a mere place of that sentence is not."""
    parsed, page, _ = coder.page_of(
        document("Norway hosted envoys of Tonga. In Chile nobody slept. They huddled late.")
    )
    here = parsed.sentences[2]
    sees = reading(here, "huddled", "meeting", {"NOR": "host", "TON": "party"}, page)
    (draft,) = heed(sees, [], here, page, load_codebook())
    assert {(f.role, f.rule, *f.mention.codes) for f in draft.fillers if not f.mention.pronoun} == {
        ("host", "reader elsewhere", "NOR"),
        ("party", "reader elsewhere", "TON"),
    }


def test_the_date_and_place_that_the_reader_names(coder: Coder, document: Callable[..., Document]) -> None:
    """Date words and a place that the reader takes for the event's own are noted for the resolver; others not."""
    text = "On Monday, in Oslo, ministers of Norway and Tonga huddled after their talks of 3 May in Lima."
    parsed, page, dates = coder.page_of(document(text))
    here = parsed.sentences[0]
    spans = [(a, b, "date") for a, b, _ in dates[0]] + [(x.start, x.end, "place") for x in page.localities[0]]
    marks = {span: 0.9 if text[span[0] : span[1]] in ("On Monday", "Oslo") else 0.2 for span in spans}
    sees = reading(here, "huddled", "meeting", {"NOR": "party", "TON": "party"}, page, marks)
    (draft,) = heed(sees, [], here, page, load_codebook())
    assert [text[s.start : s.end] for s in draft.details["_dates"]] == ["On Monday"]
    assert text[slice(*draft.details["_place"])] == "Oslo"


def test_drafts_read_together_are_compared(sentence: tuple[Sentence, Page]) -> None:
    """Two drafts of one type hold the reader's odds that they are one event; drafts of two types hold none."""
    here, page = sentence
    sees = reading(here, "huddled", "meeting", {}, page)
    first, *_, last = (t.i for t in here.tokens if t.is_alpha)
    a, b, c = (
        Draft(kind, None, here.index, token, "x", here.start, here.end)
        for kind, token in (("meeting", first), ("meeting", last), ("visit", last))
    )
    compare([a, b, c], {here.index: sees})
    assert (a.same, b.same, c.same) == ({b.trigger_at: 2.0}, {a.trigger_at: 2.0}, {})
