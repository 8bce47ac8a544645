"""Cuts a long text into pieces at paragraph ends; neighbours share paragraphs, so that no event falls in between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PARAGRAPH = re.compile(r"[^\n]+\n*")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document's text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The piece's text."""
        return text[self.start : self.end]


def pieces_of(text: str, longest: int, overlap: int) -> list[Piece]:
    """Pieces of at most `longest` characters that cover the text; each begins with the last `overlap` paragraphs of
    the one before, as far as they fill no more than a third of it."""
    units = [u for p in PARAGRAPH.finditer(text) for u in short_units(text, p.start(), p.end(), longest)]
    pieces: list[Piece] = []
    first = 0
    while first < len(units):
        last = first
        while last + 1 < len(units) and units[last + 1][1] - units[first][0] <= longest:
            last += 1
        pieces.append(Piece(units[first][0], units[last][1]))
        if last + 1 == len(units):
            break
        first = shared(units, first, last + 1, overlap, longest)
    return pieces


def shared(units: list[tuple[int, int]], first: int, after: int, overlap: int, longest: int) -> int:
    """The unit with which the next piece begins."""
    begin = after
    while begin - 1 > first and after - begin < overlap and units[after - 1][1] - units[begin - 1][0] <= longest // 3:
        begin -= 1
    return begin


def short_units(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """A paragraph in parts of at most `longest` characters, cut at a sentence's end, else at white space, else hard."""
    while end - start > longest:
        ends = [m.end() for m in SENTENCE_END.finditer(text, start, start + longest)]
        cut = ends[-1] if ends else text.rfind(" ", start + 1, start + longest) + 1
        cut = cut if cut > start else start + longest
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def halves(piece: Piece, text: str, overlap: int) -> list[Piece]:
    """A piece in two or three shorter ones, or the piece alone where it cannot be cut."""
    found = pieces_of(piece.of(text), max(200, (piece.end - piece.start) * 3 // 5), overlap)
    return [Piece(piece.start + p.start, piece.start + p.end) for p in found]
