"""Finds the model's quotations in the text, letter by letter.

Runs of white space count as one space, and typographic quotation marks, dashes and apostrophes as plain ones, since
models write them so; nothing else may differ. What is found is the text's own stretch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.records import Span

PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‘’‚ʼ′`", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    }
)
AROUND = " \t\n\"'.,;:"


class Grounds:
    """A text in which quotations are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters: list[str] = []
        self._origin: list[int] = []
        for place, letter in enumerate(text):
            plain = letter.translate(PLAIN)
            if letter.isspace():
                plain = "" if letters and letters[-1] == " " else " "
            if plain:
                letters.append(plain)
                self._origin.append(place)
        self._plain = "".join(letters)

    def find(self, words: str | None, near: Span | None = None, within: Span | None = None) -> Span | None:
        """Where the words stand: nearest to `near`, else first, and inside `within` before elsewhere; None for nowhere.

        >>> Grounds("The two “sides”\\n met.").find('"sides" met')
        Span(start=8, end=20)
        """
        sought = squeezed(words or "")
        if not any(c.isalnum() for c in sought):
            return None
        found = list(self._all(sought)) or list(self._all(sought.strip(AROUND)))
        inside = [s for s in found if within is not None and within.start <= s.start and s.end <= within.end]
        return min(inside or found, key=lambda s: (distance(s, near) if near is not None else 0, s.start), default=None)

    def _all(self, sought: str) -> Iterator[Span]:
        at = self._plain.find(sought) if sought else -1
        while at >= 0:
            end = at + len(sought)
            if self._whole(at, end):
                yield Span(start=self._origin[at], end=self._origin[end - 1] + 1)
            at = self._plain.find(sought, at + 1)

    def _whole(self, start: int, end: int) -> bool:
        """Whether no word is cut at either end ("Oman" in "Romanian")."""
        return not joined(self._plain[start - 1 : start + 1] if start else "") and not joined(
            self._plain[end - 1 : end + 1]
        )


def squeezed(words: str) -> str:
    """The words with plain marks and single spaces."""
    return " ".join(words.translate(PLAIN).split())


def joined(pair: str) -> bool:
    """Whether two neighbouring characters are of one word; scripts without capitals may not part words at all."""
    return len(pair) == 2 and all(c.isdigit() or c.upper() != c.lower() for c in pair)


def distance(a: Span, b: Span) -> int:
    """How many characters lie between two spans; 0 where they touch or overlap."""
    return max(0, a.start - b.end, b.start - a.end)


def overlapping(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span shares a character with one of the others."""
    return any(o.start < span.end and span.start < o.end for o in others)
