"""From a place's words to its name, country and coordinates. Pure functions: what is not known stays unresolved."""

from __future__ import annotations

from dataclasses import replace

from communique.lexicon import Lexicon
from communique.lexicon.centroids import state_centre
from communique.pipeline.resolve import place_words
from communique.pipeline.resolve.place_choice import (
    Hints,
    ResolvedPlace,
    as_area,
    capital_place,
    country_word,
    is_island,
    named_place,
    state_place,
)
from communique.pipeline.resolve.place_words import Core, cores

__all__ = ["ResolvedPlace", "resolve_place"]


def resolve_place(
    text: str, lexicon: Lexicon, *, parties: frozenset[str] = frozenset(), near: frozenset[str] = frozenset()
) -> ResolvedPlace | None:
    """The place that the words name, or None when they name none that is known for sure.

    `parties` are the countries that take part in the event, `near` those named close by (dateline, same sentence).
    """
    words = place_words.squeeze(text)
    return _resolve(words, lexicon, Hints(parties, near)) if words else None


def _resolve(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    for reading in READINGS:
        found = reading(words, lexicon, hints)
        if found is not None:
            return found
    return None


def _open_sea(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """International waters; the high seas."""
    return ResolvedPlace(words, None, None, None, None, "open sea") if place_words.OPEN_SEA.match(words) else None


def _whole(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """Gulf of Aden; Muscat."""
    return named_place(Core(words, False), lexicon, hints)


def _cut(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """The southern Sindh province; near Bunia; Karachi airport."""
    for core in cores(words)[1:]:
        found = named_place(core, lexicon, hints)
        if found is not None:
            return found
    return None


def _capital(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """The Syrian capital; Syria's capital; the capital of Syria."""
    match = place_words.CAPITAL.match(words)
    code = country_word(match["owner"] or match["of"], lexicon) if match else None
    return capital_place(code, lexicon, f"capital of {code}") if code else None


def _off(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """Off Oman; forty miles off Cotonou; in waters off the coast of Somalia: at sea, in no country."""
    match = place_words.OFF.match(words)
    found = _resolve(match["rest"], lexicon, hints) if match else None
    if found is None:
        return None
    precision = as_area(found.geo_precision)
    return replace(found, country=None, geo_precision=precision, why=f"at sea off {found.name}; {found.why}")


def _beside(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """East of Basra; outside a state or island (120 miles east of Bahrain in the central Gulf) in no known country."""
    match = place_words.BEARING.match(words)
    if match is None:
        return None
    outer = place_words.IN.match(match["rest"])
    sea = _resolve(outer["outer"], lexicon, hints) if outer else None
    if sea is not None and sea.country is None:
        return sea
    found = _resolve(match["rest"], lexicon, hints)
    if found is None:
        return None
    outside = found.geo_precision == 3 or is_island(match["rest"], lexicon)
    country = None if outside else found.country
    why = f"{match['side']} of it; {found.why}"
    if found.geo_precision is None:
        return replace(found, country=country, why=why)
    return replace(found, country=country, geo_precision=2, why=why)


def _with_country(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """Muscat, Oman; Chaubatia, Uttarakhand."""
    inner, comma, outer = words.rpartition(", ")
    if not comma or outer.startswith(("and ", "or ")):
        return None
    around = _resolve(outer, lexicon, hints)
    if around is None or around.country is None:
        return None
    found = _resolve(inner, lexicon, replace(hints, only=around.country))
    if found is not None:
        return replace(found, why=f"{found.why}; {outer} says where") if found.country == around.country else None
    elsewhere = _resolve(inner, lexicon, hints)
    if elsewhere is not None:
        return elsewhere if _agree(elsewhere, outer, lexicon, hints) else None
    precision = as_area(around.geo_precision)
    return replace(around, name=inner, geo_precision=precision, why=f"unknown place in {around.name}; {around.why}")


def _several(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """Cape Town, Johannesburg and Pretoria; Syria and Iraq."""
    parts = [part for part in place_words.LISTED.split(words) if part]
    if len(parts) < 2:
        return None
    found = [_resolve(part, lexicon, hints) for part in parts]
    countries = {place.country for place in found if place is not None}
    if None in found:
        return None
    country = countries.pop() if len(countries) == 1 else None
    if country is None:
        return ResolvedPlace(words, None, None, None, None, "several places of several states")
    lat, lon = state_centre(country)
    return ResolvedPlace(words, country, lat, lon, 3, f"several places in {country}")


def _within(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """General Headquarters in Rawalpindi; Shahid Beheshti port of Chabahar; Turkey's military base in Qatar."""
    match = place_words.IN.match(words)
    if match is None:
        return None
    inner, outer = match["inner"], match["outer"]
    if match["word"] == "of" and place_words.ELSEWHERE.search(inner):  # the Embassy of India is not in India
        return _within(outer, lexicon, hints)
    around = _resolve(outer, lexicon, hints)
    if around is None:
        return None
    there = replace(around, why=f"{inner} is there; {around.why}")
    if around.country is None:
        return _soil(inner, lexicon, hints) or there
    found = _resolve(inner, lexicon, replace(hints, only=around.country))
    if found is not None and found.country == around.country and found.geo_precision != 3:
        return replace(found, why=f"{found.why}; in {around.name}")
    elsewhere = _resolve(inner, lexicon, hints)
    return elsewhere if elsewhere is not None and _agree(elsewhere, outer, lexicon, hints) else there


def _agree(place: ResolvedPlace, outer: str, lexicon: Lexicon, hints: Hints) -> bool:
    """True if `outer` can also be read as in the place's country (Kings Bay in Georgia), so that both agree."""
    if place.country is None or place.geo_precision == 3:
        return False
    around = _resolve(outer, lexicon, replace(hints, near=frozenset({place.country})))
    return around is not None and around.country == place.country and around.geo_precision != 1


def _owned(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """Ladakh's Kargil; Iraq's southern city of Basra."""
    match = place_words.OWNER.match(words)
    if match is None or place_words.ELSEWHERE.search(words):
        return None
    around = _whole(match["outer"], lexicon, hints) or _cut(match["outer"], lexicon, hints)
    if around is None or around.country is None:
        return None
    inner = _resolve(match["inner"], lexicon, replace(hints, only=around.country))
    return inner if inner is not None and inner.country == around.country else None


def _soil(words: str, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """Egyptian waters; Iraqi soil; India's eastern coast: the country and no more."""
    match = place_words.ON_SOIL.search(words)
    if match is None or place_words.ELSEWHERE.search(words):
        return None
    owners = words[: match.start()]
    for owner in [*(core.name for core in cores(owners)), owners.rpartition(" ")[2]]:
        code = country_word(owner.removesuffix("'s").removesuffix("’s"), lexicon)
        if code:
            return state_place(code, lexicon, f"{words} is {code}'s")
    return None


READINGS = (_open_sea, _whole, _capital, _off, _beside, _with_country, _several, _cut, _within, _owned, _soil)
"""Every way to read a place's words, in the order in which they are tried."""
