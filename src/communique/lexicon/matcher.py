"""One pass over a text by an Aho-Corasick automaton of normalised forms; then case, words and overlaps are judged."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from communique.lexicon.entries import Match

LONGEST_ACRONYM = 6
CAPITAL_LINE_WORDS = 3
LONGEST_ADDRESS = 200
SPACES = " \t\r\x0b\x0c\xa0  "


class Found(NamedTuple):
    """A normalised form at its place in the text."""

    start: int
    end: int
    key: str


class _Normal(dict[int, str]):
    """Maps a code point to exactly one: lower case, without accent; curly apostrophes and dashes made plain."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "’‘ʼ′`":
            plain = "'"
        elif char in SPACES or unicodedata.category(char) in ("Pd", "Zs"):
            plain = " "
        else:
            plain = _base(char)
        self[code] = plain
        return plain


def _base(char: str) -> str:
    lower = char.lower()[0]
    parts = unicodedata.normalize("NFD", lower)
    bare = parts[0] if len(parts) > 1 and all(unicodedata.combining(c) for c in parts[1:]) else lower
    return bare if unicodedata.name(bare, "").startswith("LATIN") else lower


_NORMAL = _Normal()
_LONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_RUN = re.compile(r"[ \n]*\n[ \n]*\n[ \n]*| *\n *| {2,}")
_RAGGED = re.compile(r"  | \n|\n ")
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*$")
_WORD = re.compile(r"[^\W\d_]+")


def normalise(text: str) -> str:
    """The text in lower case with plain letters, apostrophes, hyphens and breaks, every character at its old offset.

    >>> normalise("Türkiye’s US–led\\ncoalition")
    "turkiye's us led coalition"
    """
    return _LONE_BREAK.sub(" ", text.translate(_NORMAL))


def form_key(spelling: str) -> str:
    """The spelling as the automaton holds it: normalised, single spaces."""
    return " ".join(normalise(spelling).split())


@lru_cache(maxsize=65536)
def capitals(spelling: str) -> tuple[int, ...]:
    """Offsets in the spelling that must be capitals in the text: its first capital, and every letter of an acronym.

    An article at the head doesn't count.

    >>> capitals("army"), capitals("al-Qaida"), capitals("US Navy"), capitals("U.S."), capitals("The Hague")
    ((), (3,), (0, 1), (0, 2), (4,))
    """
    head = len("The ") if spelling.startswith("The ") else 0
    first = next((i for i, char in enumerate(spelling) if i >= head and char.isupper()), None)
    if first is None:
        return ()
    needed = {first}
    for word in _WORD.finditer(spelling):
        letters = word.group()
        dotted = len(letters) == 1 and spelling[word.end() : word.end() + 1] == "."
        if letters.isupper() and (dotted or 2 <= len(letters) <= LONGEST_ACRONYM):
            needed.update(range(word.start(), word.end()))
    return tuple(sorted(needed))


class Source:
    """A text beside its normalised self; `origin(i)` leads from a place in `folded` back to the text."""

    __slots__ = ("_shifts", "_starts", "folded", "plain", "text")

    def __init__(self, text: str) -> None:
        """The text, normalised once."""
        self.text = text
        self._starts: list[int] = []
        self._shifts: list[int] = []
        folded = normalise(text)
        plain = text
        if _RAGGED.search(folded):
            plain, folded = self._close_runs(folded)
        self.folded = folded
        self.plain = plain

    def _close_runs(self, folded: str) -> tuple[str, str]:
        plain_parts: list[str] = []
        folded_parts: list[str] = []
        last = shift = length = 0
        for run in _RUN.finditer(folded):
            filler = "\n\n" if run.group().count("\n") > 1 else " "
            if len(filler) >= len(run.group()):
                continue
            for parts, whole in ((plain_parts, self.text), (folded_parts, folded)):
                parts.append(whole[last : run.start()])
                parts.append(filler)
            length += run.start() - last + len(filler)
            last = run.end()
            shift = last - length
            self._starts.append(length)
            self._shifts.append(shift)
        plain_parts.append(self.text[last:])
        folded_parts.append(folded[last:])
        return "".join(plain_parts), "".join(folded_parts)

    def origin(self, index: int) -> int:
        """The offset in the text of the character at `index` of the normalised text."""
        if not self._starts:
            return index
        at = bisect.bisect_right(self._starts, index) - 1
        return index + self._shifts[at] if at >= 0 else index

    def in_capitals(self, index: int) -> bool:
        """True when the line at `index` of the normalised text has three words and no small letter."""
        line = self.plain[self.plain.rfind("\n", 0, index) + 1 :].partition("\n")[0]
        return line.isupper() and len(_WORD.findall(line)) >= CAPITAL_LINE_WORDS


class Automaton:
    """Finds every whole-word occurrence of the normalised forms it was built from."""

    def __init__(self, keys: Iterable[str]) -> None:
        """An automaton of forms that `form_key` made."""
        self._automaton = ahocorasick.Automaton()
        for key in keys:
            self._automaton.add_word(key, key)
        self._empty = len(self._automaton) == 0
        if not self._empty:
            self._automaton.make_automaton()

    def scan(self, source: Source) -> list[Found]:
        """All occurrences, overlapping ones too, that begin and end at the edges of words."""
        if self._empty:
            return []
        folded = source.folded
        size = len(folded)
        found = []
        for last, key in self._automaton.iter(folded):
            end = last + 1
            start = end - len(key)
            if (end == size or not folded[end].isalnum()) and (start == 0 or not folded[start - 1].isalnum()):
                found.append(Found(start, end, key))
        return found


def in_address(source: Source, start: int, end: int) -> bool:
    """True when the stretch is part of a web or mail address or of an account (iran.ir, @Ukraine, //x.org/Iran)."""
    plain = source.plain
    after = plain[end : end + 2]
    if len(after) == 2 and after[0] in ".@" and after[1].isalnum() and not after[1].isupper():
        return True
    return (
        start > 0
        and plain[start - 1] in "@/.-_"
        and _ADDRESS.search(plain, max(0, start - LONGEST_ADDRESS), start) is not None
    )


def spelled_as(source: Source, start: int, spelling: str, exact: bool) -> bool:
    """True when the text has the capitals that the spelling needs; with `exact` also the spelling's accents."""
    plain = source.plain
    if not all(plain[start + i].isupper() for i in capitals(spelling)):
        return False
    return not exact or spelling.isascii() or plain[start : start + len(spelling)].casefold() == spelling.casefold()


def longest(found: Iterable[Match]) -> list[Match]:
    """The matches in text order after longer ones have ousted shorter ones that overlap them."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        at = bisect.bisect_left(kept, match.start, key=lambda m: m.start)
        free_before = at == 0 or kept[at - 1].end <= match.start
        if free_before and (at == len(kept) or kept[at].start >= match.end):
            kept.insert(at, match)
    return kept
