"""A text in stretches: which reports rest on each, and what is furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.records import Document, Report, Span

AROUND = 170
GAP = "…"


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on which the same reports rest. `type` is that of the first report; empty where there is none."""

    text: str
    reports: tuple[str, ...] = ()
    type: str = ""
    furniture: bool = False


def segments(document: Document, reports: Sequence[Report], start: int = 0, end: int | None = None) -> list[Segment]:
    """The text from `start` to `end` in stretches; joined together they are that text, whatever the spans are.

    Where reports overlap, the one with the shortest evidence is named first.
    """
    last = len(document.text) if end is None else min(end, len(document.text))
    ordered = sorted(reports, key=lambda r: sum(s.end - s.start for s in r.evidence))
    cuts = {start, last}
    for span in (*(s for r in ordered for s in r.evidence), *document.ignored):
        cuts |= {min(max(side, start), last) for side in (span.start, span.end)}
    places = sorted(cuts)
    out = []
    for a, b in pairwise(places):
        own = [r for r in ordered if any(s.start <= a and b <= s.end for s in r.evidence)]
        furniture = not own and any(s.start <= a and b <= s.end for s in document.ignored)
        told = tuple(dict.fromkeys(r.report_id for r in own))
        out.append(Segment(document.text[a:b], told, own[0].type if own else "", furniture))
    return out


def excerpts(document: Document, report: Report, around: int = AROUND) -> list[list[Segment]]:
    """The evidence of a report with some words before and after, as pieces of the text in their order."""
    windows: list[Span] = []
    for span in sorted(report.evidence, key=lambda s: s.start):
        start, end = word_before(document.text, span.start - around), word_after(document.text, span.end + around)
        if windows and start <= windows[-1].end:
            windows[-1] = Span(start=windows[-1].start, end=max(end, windows[-1].end))
        else:
            windows.append(Span(start=start, end=end))
    return [clipped(document, report, window) for window in windows]


def clipped(document: Document, report: Report, window: Span) -> list[Segment]:
    """One window with marks where the text goes on."""
    inner = segments(document, [report], window.start, window.end)
    before = [Segment(GAP + " ")] if window.start > 0 else []
    after = [Segment(" " + GAP)] if window.end < len(document.text) else []
    return [*before, *inner, *after]


def word_before(text: str, place: int) -> int:
    """The beginning of the word at a place."""
    if place <= 0:
        return 0
    found = text.rfind(" ", 0, place)
    return found + 1 if found >= 0 else 0


def word_after(text: str, place: int) -> int:
    """The end of the word at a place."""
    if place >= len(text):
        return len(text)
    found = text.find(" ", place)
    return found if found >= 0 else len(text)
