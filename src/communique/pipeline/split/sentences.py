"""Cuts a document into paragraphs and sentences, recases headlines, and finds what stands in quotation marks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from communique.pipeline.drafts import Parsed, Quotation, Sentence
from communique.records import Document, Span

PARAGRAPH = re.compile(r"[^\n]+")
# Straight and typographic double quotes; a quotation may run over paragraphs, each opened anew, so none closes another.
QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{3,1500})(?:[”\"»]|(?=\n\n|\Z))")
# A run of letters in a line nearly all in capitals is recased before parsing.
CAPITALS_SHARE = 0.75
WORD = re.compile(r"[^\W\d_]+")
TITLE_SHARE = 0.8
LONGEST_HEADLINE = 200
# A paragraph longer than this is cut at a white space, so that one endless line cannot fill the memory.
LONGEST = 20_000
# White space of one character that the tokeniser would take for a word: no-break, thin and figure spaces.
SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f", " "))


def split(
    doc: Document,
    language: Language,
    proper: Iterable[Span] = (),
    *,
    home: str | None = None,
    official: bool = False,
    written: dt.date | None = None,
) -> Parsed:
    """The document's sentences in order.

    `proper` are spans of names, which keep their capitals when a line is recased.
    """
    names = list(proper)
    pieces = list(paragraphs(doc.text, doc.ignored))
    lower = frozenset(re.findall(r"(?<![.!?\"“] )(?<!^)\b[a-z]{3,}\b", doc.text))
    cased = [lowered(recase(doc.text[a:b], a, names), a, names, lower).translate(SPACES) for a, b in pieces]
    sentences: list[Sentence] = []
    title_end = len(doc.title) if doc.title and doc.text.startswith(doc.title) else 0
    for number, ((start, _), parsed) in enumerate(zip(pieces, language.pipe(cased), strict=True)):
        sentences.extend(sentences_of(parsed, number, start, len(sentences), start < title_end))
    return Parsed(doc, tuple(sentences), tuple(quotations(doc.text)), home, official, written or doc.published)


def sentences_of(parsed: Doc, paragraph: int, offset: int, first: int, is_title: bool) -> Iterator[Sentence]:
    """The sentences of one parsed paragraph; a headline stays one sentence."""
    spans = [parsed[:]] if is_title else list(parsed.sents)
    text = parsed.text
    worded = [span for span in spans if any(token.is_alpha for token in span)]
    for number, span in enumerate(worded):
        yield Sentence(first + number, paragraph, offset, span, is_title, span.text.lower(), text)


def paragraphs(text: str, ignored: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The stretches between line breaks, without those that are to be ignored and without outer white space."""
    for line in PARAGRAPH.finditer(text):
        for start, end in without(line.start(), line.end(), ignored):
            for a, b in cut(text, start, end):
                stripped = text[a:b].strip()
                if stripped:
                    begin = a + text[a:b].index(stripped[0])
                    yield begin, begin + len(stripped)


def without(start: int, end: int, ignored: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """What is left of start..end when the ignored spans are taken out."""
    at = start
    for span in sorted(ignored, key=lambda s: s.start):
        if span.end <= at or span.start >= end:
            continue
        if span.start > at:
            yield at, span.start
        at = max(at, span.end)
    if at < end:
        yield at, end


def cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch in pieces of at most LONGEST characters, cut at white space where there is some."""
    while end - start > LONGEST:
        space = text.rfind(" ", start, start + LONGEST)
        stop = space if space > start else start + LONGEST
        yield start, stop
        start = stop
    yield start, end


def recase(line: str, offset: int, names: Iterable[Span]) -> str:
    """The line in sentence case when it stands in capitals, of the same length; the names in it begin with capitals.

    >>> recase("IRAN TO SEND SHIPS", 0, [Span(start=0, end=4)])
    'Iran to send ships'
    >>> recase("Iran to send ships", 0, [])
    'Iran to send ships'
    """
    letters = [c for c in line if c.isalpha()]
    if len(letters) < 8 or sum(c.isupper() for c in letters) < CAPITALS_SHARE * len(letters):
        return line
    lowered = list("".join(c.lower() if len(c.lower()) == 1 else c for c in line))
    lowered[0] = line[0]
    for span in names:
        a, b = span.start - offset, span.end - offset
        if 0 <= a < b <= len(line):
            word = line[a:b]
            lowered[a:b] = list(word if is_acronym(word) else capitalised(word))
    return "".join(lowered)


def lowered(line: str, offset: int, names: Iterable[Span], lower: frozenset[str]) -> str:
    """A headline in title case with the words in lower case that the text itself writes so; names keep their capitals.

    >>> lowered("President Seeks Aid From Oman", 0, [Span(start=25, end=29)], frozenset({"seeks", "aid", "from"}))
    'President seeks aid from Oman'
    """
    words = [w for w in WORD.finditer(line) if len(w.group()) > 3]
    if (
        len(line) > LONGEST_HEADLINE
        or len(words) < 4
        or sum(w.group()[0].isupper() for w in words) < TITLE_SHARE * len(words)
    ):
        return line
    kept = [(s.start - offset, s.end - offset) for s in names]
    return WORD.sub(
        lambda w: (
            w.group()
            if w.start() == 0 or w.group().lower() not in lower or any(a <= w.start() < b for a, b in kept)
            else w.group().lower()
        ),
        line,
    )


def is_acronym(word: str) -> bool:
    """Whether a name in capitals would be written in capitals anyway ("U.S.", "NATO" as far as length tells)."""
    return "." in word or len(word) <= 3


def capitalised(words: str) -> str:
    """Each word with a capital first letter, length kept."""
    return re.sub(r"[^\W\d_]+", lambda m: m.group()[0] + m.group()[1:].lower(), words)


def quotations(text: str) -> Iterator[Quotation]:
    """The stretches between quotation marks, without the marks."""
    for match in QUOTED.finditer(text):
        yield Quotation(match.start(1), match.end(1))
