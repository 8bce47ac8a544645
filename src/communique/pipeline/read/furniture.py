"""Finds feed furniture, the lines and line ends that a site puts around a story, as spans that are never coded."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import yaml

from communique.errors import InputError
from communique.records import Span

# A line of furniture is short; a longer one that begins like furniture may hold a story.
LONGEST_LINE = 240


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of furniture.yml: `line` patterns match a whole line, `part` patterns cover the matched words only."""

    regex: re.Pattern[str]
    whole_line: bool
    outlet: str | None


@functools.cache
def patterns() -> tuple[Pattern, ...]:
    """The rows of furniture.yml, compiled without regard to case unless a row says otherwise."""
    text = files("communique.pipeline.read").joinpath("data/furniture.yml").read_text(encoding="utf-8")
    return tuple(pattern_of(row) for row in yaml.safe_load(text)["patterns"])


def pattern_of(row: dict[str, str]) -> Pattern:
    """The compiled row; raises InputError on a row without exactly one of `line` and `part`, or a broken expression."""
    if ("line" in row) == ("part" in row):
        raise InputError(f"furniture.yml: {row} needs either `line` or `part`")
    flags = 0 if row.get("case") else re.IGNORECASE
    try:
        regex = re.compile(row.get("line") or row["part"], flags)
    except re.error as broken:
        raise InputError(f"furniture.yml: {row} is no regular expression: {broken}") from broken
    return Pattern(regex, "line" in row, row.get("outlet"))


def find_furniture(text: str, outlet: str | None = None, *, skip: int = 0) -> list[Span]:
    """The furniture's spans in order, without overlaps; the first `skip` characters (the title) are never furniture."""
    rows = [p for p in patterns() if p.outlet is None or p.outlet == outlet]
    spans: list[Span] = []
    at = skip
    for line in text[skip:].split("\n"):
        spans.extend(in_line(line, at, rows))
        at += len(line) + 1
    return spans


def in_line(line: str, at: int, rows: list[Pattern]) -> Iterator[Span]:
    """The furniture in one line that begins at offset `at`: the whole line, or disjoint parts of it."""
    words = line.strip()
    if not words:
        return
    begin = at + line.index(words[0])
    if len(words) <= LONGEST_LINE and any(p.whole_line and p.regex.fullmatch(words) for p in rows):
        yield Span(start=begin, end=begin + len(words))
        return
    last = 0
    hits = (m.span() for p in rows if not p.whole_line for m in p.regex.finditer(words))
    for start, end in sorted(h for h in hits if h[0] < h[1]):
        if end > last:
            yield Span(start=begin + max(start, last), end=begin + end)
            last = end
