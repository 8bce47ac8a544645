"""Compares two values of one feature and names the level of their agreement; the levels' weights are data."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from typing import Any

from communique.codebook import load_codebook
from communique.pipeline.link.names import Title, same_person
from communique.pipeline.link.values import Matter, PlaceValue, Units

NEAR_KM = 60.0
SUMS_APART = 1.25
"""Two sums of which one is more than this many times the other are not roundings of one."""

Sides = frozenset[tuple[str, str]]
People = frozenset[tuple[str, tuple[str, ...]]]


def compare_parties(a: Sides | None, b: Sides | None) -> str:
    """How two sets of (side, actor) agree: the same, one within the other, overlapping, reversed or different.

    Where both know one actor alone, that is little: nobody tells on whose side or against whom the others were.
    """
    if not a or not b:
        return "none"
    if a == b:
        return ("same_one", "same", "same_many")[min(len({actor for _, actor in a}), 3) - 1]
    shared = a & b
    if not shared:
        return "reversed" if {x for _, x in a} & {x for _, x in b} else "none"
    if _other_side(a, b):
        return "other_side"
    telling = len(shared) > 1 or any(_is_body(actor) for _, actor in shared)
    if shared in (a, b):
        return "subset" if telling else "single"
    return "overlap" if telling else "one_shared"


@functools.lru_cache(maxsize=4096)
def _is_body(actor: str) -> bool:
    """Whether the actor is an intergovernmental body, whose members may be told in its stead."""
    found = load_codebook().find_actor(actor)
    return found is not None and found.kind == "igo"


def _other_side(a: Sides, b: Sides) -> bool:
    """Whether a side on which both reports name actors has none in common."""
    for side in ("A", "B"):
        first, second = ({x for s, x in v if s == side} for v in (a, b))
        if first and second and not first & second:
            return True
    return False


def compare_people(a: People | None, b: People | None) -> str:
    """How the persons named agree, country by country."""
    if not a or not b:
        return "untold"
    short, full = (a, b) if len(a) <= len(b) else (b, a)
    found = sum(any(actor == other and same_person(key, name) for other, name in full) for actor, key in short)
    if found == len(short):
        return "all" if found > 1 else "one"
    countries = {actor for actor, _ in full}
    at_odds = any(
        actor in countries and not any(o == actor and same_person(key, n) for o, n in full) for actor, key in short
    )
    if found:
        return "partial" if at_odds else "one"
    return "differ" if at_odds else "elsewhere"


def compare_places(a: PlaceValue | None, b: PlaceValue | None) -> str:
    """How two places agree: the same name, near by, one country, other places, other countries."""
    if a is None or b is None:
        return "untold"
    if a.country and b.country and a.country != b.country:
        return "abroad" if not a.words & b.words else "same"
    if a.words and b.words:
        if a.words <= b.words or b.words <= a.words:
            return "same"
        return "near" if _near(a, b) else ("differ" if a.country and b.country and not a.words & b.words else "sea")
    if a.country and b.country:
        return "vague" if a.words or b.words else "country"
    return "sea"


def _near(a: PlaceValue, b: PlaceValue) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    across = math.cos(math.radians((a.lat + b.lat) / 2)) * (a.lon - b.lon)
    return 111.2 * math.hypot(a.lat - b.lat, across) <= NEAR_KM


def compare_titles(a: Title | None, b: Title | None) -> str:
    """How two names of exercises, instruments or meetings agree, with their number and year."""
    if a is None or b is None:
        return "untold" if a is b else "one_told"
    if None not in (a.number, b.number) and a.number != b.number:
        return "other_edition"
    if None not in (a.year, b.year) and a.year != b.year:
        return "other_edition"
    if _one_name(a, b):
        return "same_edition" if a.number is not None and a.number == b.number else "same"
    if not a.words or not b.words or 3 * len(a.words & b.words) >= len(a.words | b.words):
        return "similar"
    return "differ"


def _one_name(a: Title, b: Title) -> bool:
    """Whether one has all the words of the other, or tells an acronym that the other tells or spells out."""
    if a.acronyms & (b.acronyms | b.words | {b.initials}) or b.acronyms & (a.words | {a.initials}):
        return True
    return bool(a.words and b.words and (a.words <= b.words or b.words <= a.words))


def compare_units(a: Units | None, b: Units | None) -> str:
    """Whether numbered units, ships or units of a name are the same."""
    if a is None or b is None:
        return "untold"
    if a.numbers & b.numbers or _same_ship(a, b):
        return "same"
    if any(actor == other and (x <= y or y <= x) for actor, x in a.names for other, y in b.names):
        return "same_name"
    numbered = {actor for actor, _ in a.numbers} & {actor for actor, _ in b.numbers}
    return "differ" if numbered else "untold"


def _same_ship(a: Units, b: Units) -> bool:
    """Whether a ship of one is among the other's: all the words of its name, or two of them."""
    return any(set(x) <= set(y) or set(y) <= set(x) or len(set(x) & set(y)) > 1 for x in a.vessels for y in b.vessels)


def compare_matter(a: Matter | None, b: Matter | None) -> str:
    """Whether the same things or sums pass, or the same subject is told. Sums far apart differ in any case."""
    if a is None or b is None:
        return "untold"
    if a.amount is not None and a.amount == b.amount:
        return "same"
    if a.currency == b.currency and _sums_apart(a.amount, b.amount):
        return "differ"
    if a.items and b.items:
        return "same" if a.items & b.items else "differ"
    return "same" if len(a.subject & b.subject) > 1 else "untold"


def _sums_apart(a: float | None, b: float | None) -> bool:
    if not a or not b:
        return False
    return max(a, b) > SUMS_APART * min(a, b)


def compare_domains(a: frozenset[str] | None, b: frozenset[str] | None) -> str:
    """Whether the two share a domain."""
    if not a or not b:
        return "untold"
    return "shared" if a & b else "differ"


COMPARERS: Mapping[str, Callable[[Any, Any], str]] = {
    "parties": compare_parties,
    "people": compare_people,
    "place": compare_places,
    "title": compare_titles,
    "units": compare_units,
    "matter": compare_matter,
    "domains": compare_domains,
}
"""The features that are compared value by value, in the order of their reasons."""

COLUMN_OF: Mapping[str, str] = {"parties": "sides"}
"""The column of a feature where it has another name."""
