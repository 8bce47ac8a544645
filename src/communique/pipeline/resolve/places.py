"""From a place's words to its name, country and coordinates. Pure functions: what is not known stays unresolved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from communique.lexicon import Entry, Lexicon
from communique.lexicon.centroids import state_centre
from communique.lexicon.cities import City, city_key, common_words
from communique.pipeline.resolve.place_words import (
    BEARING, CAPITAL, ELSEWHERE, IN, LISTED, OFF, ON_SOIL, OPEN_SEA, OWNER, Core, cores, squeeze,
)  # fmt: skip

Precision = Literal[1, 2, 3]
MARGIN = 3
"""Without any hint the best known homonym must be so many times better known than the next in another country."""
AS_CAPITAL = 10
"""A national capital is in the news like a city so many times as large."""
KNOWN_STATE = 20_000_000
KNOWN_REGION = 1_000_000
SMALLEST_CAPITAL = 50_000
PARTY = 20
"""A party's own city is meant even where a city of a third country is so many times as large."""
PARTY_AGAINST_CAPITAL = 10
PARTY_CITY = 200_000
"""Against a third state's capital (Athens, London) a party's homonym must be a large city itself (Tripoli in Lebanon)."""
SEAS = ("sea", "gulf", "ocean", "strait")


@dataclass(frozen=True, slots=True)
class ResolvedPlace:
    """A place with what is known of it: degrees of WGS 84, country as ISO 3166 alpha-3 or None at sea or in several states.

    `geo_precision` is 1 for the place itself, 2 for an area, 3 for a country, as in ACLED; None where there is no point.
    """

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geo_precision: Precision | None
    why: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: ResolvedPlace
    weight: float
    sure: bool
    """named by a form that means nothing else"""
    capital: bool = False


@dataclass(frozen=True, slots=True)
class _Hints:
    parties: frozenset[str]
    near: frozenset[str]
    only: str | None = None
    """the country that the text names beside the place"""


def resolve_place(
    text: str, lexicon: Lexicon, *, parties: frozenset[str] = frozenset(), near: frozenset[str] = frozenset()
) -> ResolvedPlace | None:
    """The place that the words name, or None when they name none that is known for sure.

    `parties` are the countries that take part in the event, `near` those named close by (a dateline, the same sentence).
    """
    words = squeeze(text)
    return _resolve(words, lexicon, _Hints(parties, near)) if words else None


def _resolve(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    if OPEN_SEA.match(words):
        return ResolvedPlace(words, None, None, None, None, "open sea")
    for attempt in (_whole, _capital, _at_sea, _beside, _with_country, _list_of_places, _cut, _within, _owned, _soil):
        found = attempt(words, lexicon, hints)
        if found is not None:
            return found
    return None


def _whole(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    return _name(Core(words, False), lexicon, hints)


def _cut(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    for core in cores(words)[1:]:
        found = _name(core, lexicon, hints)
        if found is not None:
            return found
    return None


def _capital(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    """The Syrian capital; Syria's capital; the capital of Syria."""
    match = CAPITAL.match(words)
    code = _country_word(match["owner"] or match["of"], lexicon) if match else None
    return _capital_of(code, lexicon, f"capital of {code}") if code else None


def _at_sea(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    """Off Oman; forty miles off Cotonou; in waters off the coast of Somalia."""
    match = OFF.match(words)
    found = _resolve(match["rest"], lexicon, hints) if match else None
    if found is None:
        return None
    return replace(found, country=None, geo_precision=_area(found.geo_precision), why=f"at sea off {found.name}; {found.why}")


def _beside(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    """North of Socotra; 120 miles east of Bahrain in the central Gulf."""
    match = BEARING.match(words)
    if match is None:
        return None
    rest = match["rest"]
    outer = IN.match(rest)
    sea = _resolve(outer["outer"], lexicon, hints) if outer else None
    if sea is not None and sea.country is None:
        return sea
    found = _resolve(rest, lexicon, hints)
    if found is None:
        return None
    at_sea = any(e.kind == "place" and e.subkind == "island" for e in _entries(_bare(rest), lexicon))
    country = None if at_sea else found.country
    return replace(found, country=country, geo_precision=_area(found.geo_precision), why=f"{match['side']} of it; {found.why}")


def _with_country(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    """Muscat, Oman; Chaubatia, Uttarakhand."""
    inner, comma, outer = words.rpartition(", ")
    if not comma or outer.startswith(("and ", "or ")) or (", " in inner and " and " in inner):
        return None
    around = _resolve(outer, lexicon, hints)
    if around is None or around.country is None:
        return None
    found = _resolve(inner, lexicon, replace(hints, only=around.country))
    if found is not None and found.country == around.country:
        return replace(found, why=f"{found.why}; {outer} says where")
    if found is not None:
        return None
    return replace(around, name=inner, geo_precision=_area(around.geo_precision), why=f"unknown place in {around.name}; {around.why}")


def _list_of_places(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    """Cape Town, Johannesburg and Pretoria; Syria and Iraq."""
    parts = [part for part in LISTED.split(words) if part]
    if len(parts) < 2:
        return None
    found = [_resolve(part, lexicon, hints) for part in parts]
    known = [place for place in found if place is not None]
    if len(known) < len(found):
        return None
    countries = {place.country for place in known}
    country = countries.pop() if len(countries) == 1 else None
    if country is None:
        return ResolvedPlace(words, None, None, None, None, "several places of several states")
    lat, lon = state_centre(country)
    return ResolvedPlace(words, country, lat, lon, 3, f"several places in {country}")


def _within(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    """General Headquarters in Rawalpindi; the port of X in Y; Turkey's military base in Qatar."""
    match = IN.match(words)
    around = _resolve(match["outer"], lexicon, hints) if match else None
    if match is None or around is None:
        return None
    return _inside(match["inner"], around, lexicon, hints)


def _owned(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    """Ladakh's Kargil; Iraq's southern city of Basra."""
    match = OWNER.match(words)
    around = _whole(match["outer"], lexicon, hints) or _cut(match["outer"], lexicon, hints) if match else None
    if match is None or around is None or around.country is None or ELSEWHERE.search(words):
        return None
    inner = _resolve(match["inner"], lexicon, replace(hints, only=around.country))
    return inner if inner is not None and inner.country == around.country else None


def _inside(inner: str, around: ResolvedPlace, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace:
    if around.country is not None:
        found = _resolve(inner, lexicon, replace(hints, only=around.country))
        if found is not None and found.country == around.country and found.geo_precision != 3:
            return replace(found, why=f"{found.why}; in {around.name}")
    return replace(around, why=f"{inner} is in it; {around.why}")


def _soil(words: str, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    """Egyptian waters; Iraqi soil: the country and no more."""
    match = ON_SOIL.search(words)
    if match is None or ELSEWHERE.search(words):
        return None
    owner = _bare(words[: match.start()].strip())
    code = _country_word(owner.removesuffix("'s").removesuffix("’s"), lexicon)
    return _state(code, lexicon, f"{words} is {code}'s") if code else None


def _name(core: Core, lexicon: Lexicon, hints: _Hints) -> ResolvedPlace | None:
    candidates = _candidates(core.name, lexicon)
    if hints.only is not None:
        candidates = [c for c in candidates if c.place.country == hints.only]
    else:
        candidates = [c for c in candidates if not _doubtful_word(core.name, c, hints)]
    chosen = _choose(candidates, hints)
    if chosen is None:
        return None
    return replace(chosen, geo_precision=_area(chosen.geo_precision)) if core.area else chosen


def _doubtful_word(name: str, candidate: _Candidate, hints: _Hints) -> bool:
    """A city whose name is an English word (Of, Police) and for whose country nothing speaks."""
    word = city_key(name) in common_words() and not candidate.sure
    return word and candidate.place.country not in hints.near | hints.parties


def _candidates(name: str, lexicon: Lexicon) -> list[_Candidate]:
    found: list[_Candidate] = []
    for entry in _entries(name, lexicon):
        found += _of_entry(name, entry, lexicon)
    if not name[:1].isupper() or any(c.sure and c.place.country is None for c in found):
        return found
    taken = {c.place.country for c in found}
    return found + [_of_city(name, city) for city in lexicon.city(name) if city.country not in taken]


def _entries(name: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """The states and places that exactly these words name."""
    for match in lexicon.find(name):
        if match.start == 0 and match.end == len(name):
            return tuple(e for e in match.entries if e.kind in ("place", "state"))
    return ()


def _of_entry(name: str, entry: Entry, lexicon: Lexicon) -> list[_Candidate]:
    if entry.kind == "place":
        return [_Candidate(_special(name, entry), KNOWN_REGION, not entry.weak)]
    if entry.code is None or entry.form in ("adjective", "demonym", "loaded"):
        return []
    if entry.form != "metonym":
        return [_Candidate(_state(entry.code, lexicon, f"name of {entry.code}"), KNOWN_STATE, not entry.weak)]
    if entry.subkind != "capital":
        return [_Candidate(_capital_of(entry.code, lexicon, f"stands for {entry.code}"), KNOWN_REGION, False)]
    home = [city for city in lexicon.city(name) if city.country == entry.code]
    seat = _city(name, home[0], "capital") if home else _capital_of(entry.code, lexicon, "capital")
    weight = max(home[0].population if home else 0, SMALLEST_CAPITAL) * AS_CAPITAL
    return [_Candidate(seat, weight, False, capital=True)]


def _of_city(name: str, city: City) -> _Candidate:
    return _Candidate(_city(name, city, "city"), city.population, False)


def _choose(candidates: list[_Candidate], hints: _Hints) -> ResolvedPlace | None:
    """The candidate that is meant: one near by, else a sure one, else a party's, else by far the best known."""
    ranked = sorted(candidates, key=lambda c: -c.weight)
    if not ranked:
        return None
    near = [c for c in ranked if c.place.country in hints.near]
    sure = [c for c in ranked if c.sure]
    ours = [c for c in ranked if c.place.country in hints.parties]
    top = ranked[0]
    if near and not (sure and sure[0].place.country is None):
        return _because(near[0], "its country is named near by" if len(ranked) > 1 else "")
    if len({c.place.country for c in sure}) == 1:
        return _because(sure[0], "")
    if ours and _outdoes(ours[0], top, hints):
        return _because(ours[0], "its country takes part" if len(ranked) > 1 else "")
    rivals = [c for c in ranked[1:] if c.place.country != top.place.country or c.place.country is None]
    if rivals and rivals[0].weight * MARGIN > top.weight:
        return None
    return _because(top, f"better known than the one in {rivals[0].place.country}" if rivals else "")


def _outdoes(ours: _Candidate, top: _Candidate, hints: _Hints) -> bool:
    if ours is top or top.place.country in hints.parties:
        return ours is top
    if top.weight >= KNOWN_STATE and not top.capital and top.place.geo_precision == 3:
        return ours.place.geo_precision != 1
    if top.capital:
        large = ours.weight >= PARTY_CITY
        return large and ours.weight * PARTY_AGAINST_CAPITAL * AS_CAPITAL >= top.weight
    return ours.weight * PARTY >= top.weight


def _because(candidate: _Candidate, reason: str) -> ResolvedPlace:
    place = candidate.place
    return replace(place, why=f"{place.why}; {reason}") if reason else place


def _special(name: str, entry: Entry) -> ResolvedPlace:
    lat, lon = entry.attributes.get("lat"), entry.attributes.get("lon")
    told = entry.name if name.isupper() and len(name) > 4 else name
    why = f"{entry.subkind} {entry.id}"
    if lat is None or lon is None:
        return ResolvedPlace(told, entry.code, None, None, None, why)
    return ResolvedPlace(told, entry.code, float(lat), float(lon), _precision(entry.attributes.get("precision")), why)


def _city(name: str, city: City, what: str) -> ResolvedPlace:
    told = city.name if name.isupper() else name
    return ResolvedPlace(told, city.country, city.lat, city.lon, 1, f"{what} {city.name}, GeoNames {city.geoname_id}")


def _state(code: str, lexicon: Lexicon, why: str) -> ResolvedPlace:
    lat, lon = state_centre(code)
    return ResolvedPlace(lexicon.state(code).name, code, lat, lon, 3, why)


def _capital_of(code: str, lexicon: Lexicon, why: str) -> ResolvedPlace:
    capital = lexicon.state(code).capital
    home = [city for city in lexicon.city(capital) if city.country == code] if capital else []
    if capital and home:
        return _city(capital, home[0], why)
    return replace(_state(code, lexicon, why), name=capital or lexicon.state(code).name)


def _country_word(word: str, lexicon: Lexicon) -> str | None:
    """The state that the whole word names or describes (Syria, Syrian), if it is one only."""
    bare = _bare(word)
    for match in lexicon.find(bare):
        if match.start == 0 and match.end == len(bare):
            codes = {e.code for e in match.entries if e.kind == "state" and e.form != "metonym"}
            return codes.pop() if len(codes) == 1 else None
    return None


def _bare(words: str) -> str:
    for article in ("the ", "The ", "THE "):
        words = words.removeprefix(article)
    return words


def _area(precision: Precision | None) -> Precision | None:
    return 2 if precision == 1 else precision


def _precision(value: str | None) -> Precision:
    return 1 if value == "1" else 3 if value == "3" else 2
