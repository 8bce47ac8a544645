"""A document as the reader takes it in: windows of sentences as word pieces, with what each piece belongs to.

A window begins with the headline and the sentence before as context, then come the sentences that are read in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from tokenizers import Tokenizer

from communique.pipeline.drafts import Mention, Sentence
from communique.pipeline.learned.vocabulary import ARCS, KINDS, SHAPES, TAGS, TYPES

LONGEST = 128
"""Word pieces that are read of a sentence; what lies behind is left to the rules."""
WINDOW = 256
"""Word pieces of a window, unless a single sentence with its context is longer."""
CONTEXT = 56
"""Word pieces of a headline or of the sentence before that are kept as context."""

LABELS = ("kinds", "shapes", "tags", "arcs", "hints")
"""What is told of each piece beside its number, by the names of the window's lists."""

Marked = tuple[int, int, str]
"""A date or a place of a sentence: its start and end in the document, and which of the two it is."""


TAG_AT = {tag: n for n, tag in enumerate(TAGS)}
ARC_AT = {arc: n for n, arc in enumerate(ARCS)}


@dataclass(frozen=True, slots=True)
class Extent:
    """A mention, date or place in a window: its offsets in the document, what it is, and its first and last piece."""

    start: int
    end: int
    what: str
    sentence: int
    first: int
    last: int


@dataclass(slots=True)
class Window:
    """Some sentences of n pieces and w words.

    `ids`, `kinds`, `shapes`, `tags`, `arcs` (n): vocabulary, KINDS, SHAPES, TAGS and ARCS indices. `hints` (n): one
    more than the TYPES index of the event that the word is known to tell, 0 without one. `context` (n): 1 for pieces
    that are only context. `words` (w): offsets in the document of the words that are read, `sentence_of` their
    sentence, `tokens` their place in the paragraph, `first` the piece that each begins with.
    """

    ids: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    arcs: list[int] = field(default_factory=list)
    hints: list[int] = field(default_factory=list)
    context: list[int] = field(default_factory=list)
    words: list[tuple[int, int]] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    extents: list[Extent] = field(default_factory=list)

    def add(self, part: Part, read: bool) -> None:
        """Append a sentence, as context or to be read."""
        offset = len(self.ids)
        kept = part.length if read else min(part.length, CONTEXT)
        self.ids += [*part.ids[:kept], special("[SEP]")]
        for name in LABELS:
            getattr(self, name).extend([*getattr(part, name)[:kept], 0])
        self.context += [0 if read else 1] * (kept + 1)
        self.extents += [
            Extent(e.start, e.end, e.what, e.sentence, e.first + offset, e.last + offset)
            for e in part.extents
            if e.last < kept
        ]
        if read:
            self.words += part.words
            self.sentence_of += [part.sentence] * len(part.words)
            self.tokens += part.tokens
            self.first += [piece + offset for piece in part.first]


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence's pieces, counted from its own beginning."""

    sentence: int
    is_title: bool
    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    shapes: tuple[int, ...]
    tags: tuple[int, ...]
    arcs: tuple[int, ...]
    hints: tuple[int, ...]
    words: tuple[tuple[int, int], ...]
    tokens: tuple[int, ...]
    first: tuple[int, ...]
    extents: tuple[Extent, ...]

    @property
    def length(self) -> int:
        """How many pieces it has."""
        return len(self.ids)


@lru_cache(maxsize=1)
def load_tokenizer() -> Tokenizer:
    """The packaged vocabulary, loaded once."""
    tokenizer = Tokenizer.from_str(
        files("communique.pipeline.learned").joinpath("data/tokenizer.json").read_text("utf-8")
    )
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@lru_cache(maxsize=2)
def special(piece: str) -> int:
    """The number of a piece that stands for no word: [CLS] opens a window, [SEP] ends a sentence."""
    number = load_tokenizer().token_to_id(piece)
    assert number is not None
    return number


def windows_of(
    sentences: Sequence[Sentence],
    mentions: Mapping[int, Sequence[Mention]],
    marked: Mapping[int, Sequence[Marked]],
    hints: Mapping[int, Mapping[int, str]],
) -> Iterator[Window]:
    """The windows that read each sentence once, in order of the text.

    By the sentence's index `mentions`, `marked` dates and places, and `hints`: the type of event that a token is known
    to tell.
    """
    parts = [part_of(s, mentions.get(s.index, ()), marked.get(s.index, ()), hints.get(s.index, {})) for s in sentences]
    title = next((p for p in parts[:1] if p.is_title), None)
    at = 0
    while at < len(parts):
        window = Window([special("[CLS]")], [0], [0], [0], [0], [0], [0])
        if title is not None and at > 0:
            window.add(title, read=False)
        if at > 1 or (at == 1 and title is None):
            window.add(parts[at - 1], read=False)
        window.add(parts[at], read=True)
        at += 1
        while at < len(parts) and len(window.ids) + parts[at].length < WINDOW:
            window.add(parts[at], read=True)
            at += 1
        yield window


def part_of(
    sentence: Sentence, mentions: Sequence[Mention], marked: Sequence[Marked], hints: Mapping[int, str]
) -> Part:
    """The pieces of a sentence with its mentions, dates and places, and the types that its tokens hint at."""
    tokens = [t for t in sentence.tokens if not t.is_space]
    encoded = load_tokenizer().encode([t.text for t in tokens], is_pretokenized=True, add_special_tokens=False)
    begins = [sentence.begin_of(t) for t in tokens]
    spans = [*marked, *((m.start, m.end, m.cls) for m in mentions)]
    labels = {
        "kinds": kinds_at(spans, begins),
        "shapes": [shape_of(t.text) for t in tokens],
        "tags": [TAG_AT.get(t.tag_, 0) for t in tokens],
        "arcs": [ARC_AT.get(t.dep_, 0) for t in tokens],
        "hints": [TYPES.index(hints[t.i]) + 1 if t.i in hints else 0 for t in tokens],
    }
    owners = [word for word in encoded.word_ids[:LONGEST] if word is not None]
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for piece, word in enumerate(owners):
        first.setdefault(word, piece)
        last[word] = piece
    read = sorted(first)
    return Part(
        sentence=sentence.index,
        is_title=sentence.is_title,
        ids=tuple(encoded.ids[:LONGEST]),
        **{name: tuple(held[w] for w in owners) for name, held in labels.items()},
        words=tuple((begins[w], begins[w] + len(tokens[w].text)) for w in read),
        tokens=tuple(tokens[w].i for w in read),
        first=tuple(first[w] for w in read),
        extents=tuple(extents_of(spans, sentence.index, begins, first, last)),
    )


def extents_of(
    spans: Sequence[Marked], sentence: int, begins: Sequence[int], first: Mapping[int, int], last: Mapping[int, int]
) -> Iterator[Extent]:
    """Where the spans lie among the pieces; a span none of whose words is read is left out."""
    for start, end, what in spans:
        inside = [w for w, begin in enumerate(begins) if start <= begin < end and w in first]
        if inside:
            yield Extent(start, end, what, sentence, first[inside[0]], last[inside[-1]])


def kinds_at(spans: Sequence[Marked], begins: Sequence[int]) -> list[int]:
    """The kind of each word by the offset at which it begins."""
    found = [0] * len(begins)
    for start, end, kind in spans:
        number = KINDS.index(kind) if kind in KINDS else KINDS.index("other")
        for word, begin in enumerate(begins):
            if start <= begin < end:
                found[word] = number
    return found


def shape_of(word: str) -> int:
    """The case of a word as an index of SHAPES."""
    if any(c.isdigit() for c in word):
        return SHAPES.index("digit")
    if word[:1].isupper():
        return SHAPES.index("upper" if len(word) > 1 and word.isupper() else "capital")
    return 0
