"""Dates told by a well-known event: "since the Iranian revolution", "after the October 7 attack"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from communique.pipeline.resolve.dates.points import Point
from communique.pipeline.resolve.dates.vocabulary import read_table

_LEAD: Final = re.compile(
    r"\b(?P<lead>since|after|following|before|prior to)(?: the (?:start|beginning|onset|outbreak) of)? (?:the )?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AnchorMatch:
    """Words that name an event after "since", "after" or "before", and the event's first day."""

    start: int
    end: int
    lead: str
    point: Point


@dataclass(frozen=True, slots=True)
class _Anchor:
    keys: tuple[str, ...]
    words: re.Pattern[str]
    point: Point


@cache
def _anchors() -> tuple[_Anchor, ...]:
    return tuple(_anchor(**row) for row in read_table("anchors.yml")["anchors"])


def _anchor(
    keys: list[str], words: str, source: str, start: dt.date | None = None, starts: list[dt.date] | None = None
) -> _Anchor:
    pattern = rf"(?:{words})(?!\w)(?: (?:began|started|broke out))?".replace("'", "['’]")
    if start is None:
        point = Point("latest", "day", days=tuple(starts or ()))
    else:
        point = Point("calendar", "day", year=start.year, month=start.month, day=start.day)
    return _Anchor(tuple(keys), re.compile(pattern, re.IGNORECASE), point)


def find_anchors(text: str) -> Iterator[AnchorMatch]:
    """The places where the text dates by a known event, in order, the longest match at each place."""
    near = [anchor for anchor in _anchors() if any(key in text for key in anchor.keys)]
    for lead in _LEAD.finditer(text) if near else ():
        matches = [
            (m.end(), anchor.point) for anchor in near if (m := anchor.words.match(text, lead.end())) is not None
        ]
        if matches:
            end, point = max(matches, key=lambda found: found[0])
            yield AnchorMatch(lead.start(), end, lead["lead"].lower(), point)
