"""A document in paragraphs and sentences whose offsets count in the stored text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.pipeline.run import Coder
from communique.pipeline.split.sentences import (
    LONGEST,
    capitalised,
    cut,
    is_acronym,
    lowered,
    paragraphs,
    quotations,
    recase,
    without,
)
from communique.records import Document, Span

TEXTS = st.text(alphabet='aB cIRAN.\n\t’“"éßİŉﬁ漢-', max_size=120)
SPANS = st.lists(
    st.tuples(st.integers(0, 120), st.integers(0, 120)).map(lambda p: Span(start=min(p), end=max(p))), max_size=4
)


@given(line=st.text(max_size=60) | TEXTS, names=SPANS, offset=st.integers(0, 30))
def test_recasing_keeps_the_length(line: str, names: list[Span], offset: int) -> None:
    """A recased line is as long as the line and differs at most in case, so that offsets stay."""
    for found in (recase(line, offset, names), lowered(line, offset, names, frozenset({"iran", "a"}))):
        assert len(found) == len(line)
        assert all(a == b or a.lower() == b.lower() for a, b in zip(found, line, strict=True))


@given(words=st.text(max_size=40))
def test_capitals_keep_the_length(words: str) -> None:
    """Capitalising a name keeps its length."""
    assert len(capitalised(words)) == len(words)


@pytest.mark.parametrize(
    ("line", "names", "expected"),
    [
        ("CHILE TO SEND SHIPS TO OMAN", [(0, 5), (23, 27)], "Chile to send ships to Oman"),
        ("Chile to send ships", [(0, 5)], "Chile to send ships"),
        ("CHILE", [(0, 5)], "CHILE"),
        ("NORTH KOREA SENDS SHIPS", [(0, 11)], "North Korea sends ships"),
        ("U.S. SENDS SHIPS TO OMAN", [(0, 4), (20, 24)], "U.S. sends ships to Oman"),
        ("UAE SENDS SHIPS TO OMAN", [(0, 3), (19, 23)], "UAE sends ships to Oman"),
        ("", [], ""),
        ("1234 5678", [], "1234 5678"),
    ],
)
def test_recase(line: str, names: list[tuple[int, int]], expected: str) -> None:
    """A line in capitals is put in sentence case; names and short names in capitals stay."""
    assert recase(line, 0, [Span(start=a, end=b) for a, b in names]) == expected


def test_recase_counts_from_the_lines_offset() -> None:
    """Names are given in the document's offsets."""
    assert recase("SHIPS LEAVE CHILE", 100, [Span(start=112, end=117)]) == "SHIPS leave Chile".replace("SHIPS", "Ships")


@pytest.mark.parametrize(("word", "acronym"), [("U.S.", True), ("UAE", True), ("CHILE", False), ("NATO", False)])
def test_acronym(word: str, acronym: bool) -> None:
    """A short name or one with dots keeps its capitals."""
    assert is_acronym(word) is acronym


def test_title_case_is_lowered_where_the_text_writes_so() -> None:
    """Only words that the text itself writes in lower case are lowered, and never names."""
    line = "Chile Sends Ships And Fresh Troops To Oman"
    assert (
        lowered(line, 0, [Span(start=38, end=42)], frozenset({"sends", "ships", "troops", "oman"}))
        == "Chile sends ships And Fresh troops To Oman"
    )


@given(text=TEXTS, ignored=SPANS)
def test_paragraphs_cover_the_words_and_nothing_ignored(text: str, ignored: list[Span]) -> None:
    """Every character but ignored ones and white space is in one paragraph, in order, without outer white space."""
    found = list(paragraphs(text, ignored))
    covered = [i for a, b in found for i in range(a, b)]
    assert covered == sorted(set(covered))
    hidden = {i for s in ignored for i in range(s.start, s.end)}
    assert not hidden & set(covered)
    assert {i for i, c in enumerate(text) if not c.isspace()} - hidden <= set(covered)
    assert all(text[a:b] == text[a:b].strip() and "\n" not in text[a:b] for a, b in found)


@given(start=st.integers(0, 50), length=st.integers(0, 60), ignored=SPANS)
def test_without(start: int, length: int, ignored: list[Span]) -> None:
    """What is left lies in the stretch and outside all spans, and nothing else is lost."""
    kept = {i for a, b in without(start, start + length, ignored) for i in range(a, b)}
    assert kept == set(range(start, start + length)) - {i for s in ignored for i in range(s.start, s.end)}


@pytest.mark.parametrize("text", ["x" * (2 * LONGEST + 5), "word " * LONGEST, "short"])
def test_an_endless_line_is_cut(text: str) -> None:
    """The pieces join to the whole, none is longer than the limit, and words stay whole where there is white space."""
    pieces = list(cut(text, 0, len(text)))
    assert "".join(text[a:b] for a, b in pieces) == text
    assert all(0 < b - a <= LONGEST for a, b in pieces)
    if " " in text:
        assert all(not text[b - 1].isspace() and text[b].isspace() for _, b in pieces[:-1])


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We sold ships,” he said.", ["We sold ships,"]),
        ('He said "we sold ships" and "we left".', ["we sold ships", "we left"]),
        ("„Wir“ or «nous sommes»", ["nous sommes"]),
        ("He said “we sold ships.\n\n“We left.”", ["we sold ships.", "We left."]),
        ("no marks", []),
        ("“never closed", ["never closed"]),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    """What stands between quotation marks; one that runs over paragraphs is closed at each of them."""
    assert [text[q.start : q.end] for q in quotations(text) if q.end - q.start > 3] == quoted


def test_a_headline_is_one_sentence(parse: Any) -> None:
    """The title is one sentence however many stops it has; the body's sentences are no titles."""
    found = parse("Chile sold ships. Peru left.", title="Chile sells ships. Peru leaves")
    assert [(s.is_title, s.tokens.text) for s in found.sentences] == [
        (True, "Chile sells ships. Peru leaves"),
        (False, "Chile sold ships."),
        (False, "Peru left."),
    ]
    assert [s.index for s in found.sentences] == [0, 1, 2]
    assert [s.paragraph for s in found.sentences] == [0, 1, 1]


def test_a_recased_headline_keeps_its_offsets(parse: Any) -> None:
    """The stored text stays in capitals; the parsed copy does not."""
    found = parse("Peru left.", title="CHILE SENDS SHIPS TO OMAN")
    first = found.sentences[0]
    assert found.document.text[first.start : first.end] == "CHILE SENDS SHIPS TO OMAN"
    assert first.tokens.text == "Chile sends ships to Oman"


def test_furniture_is_never_a_sentence(parse: Any) -> None:
    """Ignored stretches are no part of any sentence."""
    text = "LIMA (RD) - Chile sold ships. News Code 12.\n\nPeru left. Your comment"
    ignored = (Span(start=0, end=12), Span(start=30, end=43), Span(start=56, end=68))
    found = parse(text, ignored=ignored)
    assert [text[s.start : s.end] for s in found.sentences] == ["Chile sold ships.", "Peru left."]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, ignored=SPANS)
def test_sentences_of_any_text(parse: Any, text: str, ignored: list[Span]) -> None:
    """Sentences are in order, do not overlap, slice the stored text but for case, and touch nothing ignored."""
    found = parse(text, ignored=tuple(ignored))
    ends = 0
    for number, sentence in enumerate(found.sentences):
        assert sentence.index == number
        assert ends <= sentence.start < sentence.end <= len(text)
        ends = sentence.end
        stored = text[sentence.start : sentence.end]
        assert len(stored) == len(sentence.tokens.text)
        assert stored.lower() == sentence.tokens.text.lower() or recase(stored, 0, []) != stored
        assert not any(s.start < sentence.end and sentence.start < s.end and s.start < s.end for s in ignored)
        for token in sentence.tokens:
            assert sentence.start <= sentence.begin_of(token) <= sentence.end_of(token) <= sentence.end


def test_a_no_break_space_parts_words_as_any_space(coder: Coder, document: Callable[..., Document]) -> None:
    """A name with a no-break space inside is two words, and its offsets slice the stored text."""
    parsed, page, _ = coder.page_of(document("Talks\n\nGeneral Pedro\u00a0Alvarez of Chile visited Oman."))
    (person,) = (m for m in page.mentions.all if m.kind == "person")
    assert person.name == "Pedro Alvarez"
    assert parsed.document.text[person.start : person.end].startswith("General Pedro\u00a0Alvarez")
