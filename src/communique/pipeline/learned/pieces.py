"""A sentence as the reader takes it in: word pieces, what each belongs to, and where words and mentions lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tokenizers import Tokenizer

from communique.pipeline.drafts import Mention, Sentence
from communique.pipeline.learned.vocabulary import KINDS, SHAPES

LONGEST = 128
"""Word pieces that are read of a sentence; what lies behind is left to the rules."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence of n pieces and w words.

    `ids`, `kinds`, `shapes` (n): vocabulary, KINDS and SHAPES indices. `words` (w): offsets in the document of the
    words that are read, `texts` their letters, `tokens` their place in the paragraph, `first` the piece that each
    begins with. `mentions`: first and last piece of each mention of the sentence, or None for one that lies outside.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    shapes: tuple[int, ...]
    words: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]
    tokens: tuple[int, ...]
    first: tuple[int, ...]
    mentions: tuple[tuple[int, int] | None, ...]


@lru_cache(maxsize=1)
def load_tokenizer() -> Tokenizer:
    """The packaged vocabulary, loaded once."""
    tokenizer = Tokenizer.from_str(
        files("communique.pipeline.learned").joinpath("data/tokenizer.json").read_text("utf-8")
    )
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def pieces_of(sentence: Sentence, mentions: Sequence[Mention], marked: Sequence[tuple[int, int, str]] = ()) -> Pieces:
    """The pieces of a sentence. `marked` gives dates and places as (start, end, kind) in the document's offsets."""
    tokens = [t for t in sentence.tokens if not t.is_space]
    encoded = load_tokenizer().encode([t.text for t in tokens], is_pretokenized=True)
    begins = [sentence.begin_of(t) for t in tokens]
    kind_at = kinds_at(mentions, marked, begins)
    ids: list[int] = []
    kinds: list[int] = []
    shapes: list[int] = []
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for piece, (token_id, word) in enumerate(zip(encoded.ids, encoded.word_ids, strict=True)):
        if piece >= LONGEST - 1:
            break
        ids.append(token_id)
        kinds.append(0 if word is None else kind_at[word])
        shapes.append(0 if word is None else shape_of(tokens[word].text))
        if word is not None:
            first.setdefault(word, piece)
            last[word] = piece
    read = sorted(first)
    return Pieces(
        ids=tuple(ids),
        kinds=tuple(kinds),
        shapes=tuple(shapes),
        words=tuple((begins[w], begins[w] + len(tokens[w].text)) for w in read),
        texts=tuple(tokens[w].text for w in read),
        tokens=tuple(tokens[w].i for w in read),
        first=tuple(first[w] for w in read),
        mentions=tuple(reach(m, begins, first, last) for m in mentions),
    )


def kinds_at(mentions: Sequence[Mention], marked: Sequence[tuple[int, int, str]], begins: Sequence[int]) -> list[int]:
    """The kind of each word by the offset at which it begins."""
    found = [0] * len(begins)
    spans = [*marked, *((m.start, m.end, m.cls) for m in mentions)]
    for start, end, kind in spans:
        number = KINDS.index(kind) if kind in KINDS else KINDS.index("other")
        for word, begin in enumerate(begins):
            if start <= begin < end:
                found[word] = number
    return found


def reach(
    mention: Mention, begins: Sequence[int], first: dict[int, int], last: dict[int, int]
) -> tuple[int, int] | None:
    """The first and last piece of a mention, or None where none of its words is read."""
    inside = [w for w, begin in enumerate(begins) if mention.start <= begin < mention.end and w in first]
    return (first[inside[0]], last[inside[-1]]) if inside else None


def shape_of(word: str) -> int:
    """The case of a word as an index of SHAPES."""
    if any(c.isdigit() for c in word):
        return SHAPES.index("digit")
    if word[:1].isupper():
        return SHAPES.index("upper" if len(word) > 1 and word.isupper() else "capital")
    return 0
