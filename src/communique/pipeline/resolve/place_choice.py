"""Which of the places that bear a name is meant: weighed by how well each is known and by the event's countries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from communique.lexicon import Entry, Lexicon
from communique.lexicon.centroids import state_centre
from communique.lexicon.cities import City, city_key, doubted
from communique.pipeline.resolve.place_words import Core, bare

Precision = Literal[1, 2, 3]
MARGIN = 3
"""Without any hint the best known homonym must be so many times better known than the next in another country."""
AS_CAPITAL = 10
"""A national capital is in the news like a city so many times as large."""
KNOWN_STATE = 20_000_000
KNOWN_REGION = 1_000_000
SMALLEST_CAPITAL = 50_000
BY_ALTERNATE = 0.05
"""A city is less likely to be meant by a name that is not its first (Casablanca by White House)."""
PARTY = 20
"""A party's own city is meant even where a third country's city is so many times as large."""
PARTY_AGAINST_CAPITAL = 10
PARTY_CITY = 200_000
"""Against a third state's capital (Athens, London) a party's homonym must be large itself (Tripoli in Lebanon)."""
AT_SEA = ("sea", "gulf", "ocean", "strait")


@dataclass(frozen=True, slots=True)
class ResolvedPlace:
    """A place and what is known of it: degrees (WGS 84), country as ISO alpha-3, None at sea or in several states.

    `geo_precision` is 1 for the place itself, 2 for an area, 3 for a country, as in ACLED; None if there is no point.
    """

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geo_precision: Precision | None
    why: str


@dataclass(frozen=True, slots=True)
class Hints:
    """The countries that speak for one reading of a name."""

    parties: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    only: str | None = None
    """the country that the text names beside the place: no other will do"""


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: ResolvedPlace
    weight: float
    sure: bool
    """named by a form that means nothing else"""
    capital: bool = False


def named_place(core: Core, lexicon: Lexicon, hints: Hints) -> ResolvedPlace | None:
    """The place that exactly this name means under these hints, or None when it is unknown or stays ambiguous."""
    candidates = _candidates(core.name, lexicon)
    if hints.only is not None:
        candidates = [c for c in candidates if c.place.country == hints.only]
    else:
        candidates = [c for c in candidates if not _doubtful_word(core.name, c, hints)]
    chosen = _choose(candidates, hints)
    if chosen is None:
        return None
    return replace(chosen, geo_precision=as_area(chosen.geo_precision)) if core.area else chosen


def state_place(code: str, lexicon: Lexicon, why: str) -> ResolvedPlace:
    """The state as a place: its centre, precision 3."""
    lat, lon = state_centre(code)
    return ResolvedPlace(lexicon.state(code).name, code, lat, lon, 3, why)


def capital_place(code: str, lexicon: Lexicon, why: str) -> ResolvedPlace:
    """The state's capital, or the state's centre under the capital's name where that city is not known."""
    capital = lexicon.state(code).capital
    home = [city for city in lexicon.city(capital) if city.country == code] if capital else []
    if capital and home:
        return _city(capital, home[0], why)
    return replace(state_place(code, lexicon, why), name=capital or lexicon.state(code).name)


def country_word(words: str, lexicon: Lexicon) -> str | None:
    """The code of the state that the words as a whole name or describe (Syria, the Syrian), if it is one only."""
    entries = (e for e in _entries(bare(words), lexicon) if e.kind == "state" and e.form != "metonym")
    codes = {e.code for e in entries}
    return codes.pop() if len(codes) == 1 else None


def is_island(words: str, lexicon: Lexicon) -> bool:
    """True if the words as a whole name an island."""
    return any(e.subkind == "island" for e in _entries(bare(words), lexicon))


def as_area(precision: Precision | None) -> Precision | None:
    """The precision of an area in or about a place of this precision."""
    return 2 if precision == 1 else precision


def _entries(name: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """The states and places that exactly these words name; seas also in lower case ("the western gulf")."""
    for match in lexicon.find(name):
        if match.start == 0 and match.end == len(name):
            return tuple(e for e in match.entries if e.kind in ("place", "state"))
    if name.isalpha() and name.islower():
        return tuple(e for e in _entries(name.capitalize(), lexicon) if e.subkind in AT_SEA)
    return ()


def _candidates(name: str, lexicon: Lexicon) -> list[_Candidate]:
    entries = _entries(name, lexicon)
    if any(e.kind == "place" and not e.weak for e in entries):  # Guam, Réunion: the state that administers them counts
        entries = tuple(e for e in entries if not _is_territory(e, lexicon))
    found = [c for entry in entries for c in _of_entry(name, entry, lexicon)]
    if not name[:1].isupper() or any(c.sure and c.place.country is None for c in found):
        return found
    taken = {c.place.country for c in found}
    cities = [city for city in lexicon.city(name) if city.country not in taken]
    own = {city.country for city in cities if _same_name(city, name)}
    cities = [c for c in cities if c.country not in own or _same_name(c, name)]
    return found + [_of_city(name, city, lexicon) for city in cities]


def _same_name(city: City, name: str) -> bool:
    """True if the name is the city's first name, not an alternate."""
    return city_key(city.name).replace("saint ", "st ") == city_key(name).replace("saint ", "st ")


def _is_territory(entry: Entry, lexicon: Lexicon) -> bool:
    """True for a name of what has an ISO code but never was a member of the state system."""
    return entry.kind == "state" and entry.code is not None and not lexicon.state(entry.code).membership


def _of_entry(name: str, entry: Entry, lexicon: Lexicon) -> list[_Candidate]:
    if entry.kind == "place":
        return [_Candidate(_special(name, entry), KNOWN_REGION, not entry.weak)]
    if entry.code is None or entry.form in ("adjective", "demonym", "loaded"):
        return []
    if entry.form != "metonym":
        place = state_place(entry.code, lexicon, f"name of {entry.code}")
        return [_Candidate(place, KNOWN_STATE, not entry.weak)]
    if entry.subkind != "capital":
        return [_Candidate(capital_place(entry.code, lexicon, f"stands for {entry.code}"), KNOWN_REGION, False)]
    home = [city for city in lexicon.city(name) if city.country == entry.code]
    seat = _city(name, home[0], "capital") if home else capital_place(entry.code, lexicon, "capital")
    weight = max(home[0].population if home else 0, SMALLEST_CAPITAL) * AS_CAPITAL
    return [_Candidate(seat, weight, False, capital=True)]


def _of_city(name: str, city: City, lexicon: Lexicon) -> _Candidate:
    capital = city_key(lexicon.state(city.country).capital or "") == city_key(city.name)
    weight = max(city.population, SMALLEST_CAPITAL) * AS_CAPITAL if capital else city.population
    known = 1 if _same_name(city, name) else BY_ALTERNATE
    return _Candidate(_city(name, city, "city"), weight * known, False, capital)


def _special(name: str, entry: Entry) -> ResolvedPlace:
    lat, lon = entry.attributes.get("lat"), entry.attributes.get("lon")
    told = entry.name if (name.isupper() and len(name) > 4) or name.islower() else name
    why = f"{entry.subkind} {entry.id}"
    if lat is None or lon is None:
        return ResolvedPlace(told, entry.code, None, None, None, why)
    precision: Precision = 1 if entry.attributes.get("precision") == "1" else 2
    return ResolvedPlace(told, entry.code, float(lat), float(lon), precision, why)


def _city(name: str, city: City, what: str) -> ResolvedPlace:
    told = city.name if name.isupper() else name
    return ResolvedPlace(told, city.country, city.lat, city.lon, 1, f"{what} {city.name}, GeoNames {city.geoname_id}")


def _doubtful_word(name: str, candidate: _Candidate, hints: Hints) -> bool:
    """True for a city whose name is an English word (Of, Police) and for whose country nothing speaks."""
    city = candidate.place.why.startswith("city ")
    return city and doubted(name, candidate.place.country, hints.near | hints.parties)


def _choose(candidates: list[_Candidate], hints: Hints) -> ResolvedPlace | None:
    """One near by, else a sure one, else a party's, else the one that is by far the best known."""
    ranked = sorted(candidates, key=lambda c: -c.weight)
    if not ranked:
        return None
    top = ranked[0]
    near = [c for c in ranked if c.place.country in hints.near]
    sure = [c for c in ranked if c.sure]
    ours = [c for c in ranked if c.place.country in hints.parties]
    if near and not any(c.place.country is None for c in sure):
        return _because(near[0], "its country is named near by" if len(ranked) > 1 else "")
    if len({c.place.country for c in sure}) == 1:
        return sure[0].place
    if ours and _outdoes(ours[0], top, hints):
        return _because(ours[0], "its country takes part" if len(ranked) > 1 else "")
    rivals = [c for c in ranked[1:] if c.place.country != top.place.country or c.place.country is None]
    if rivals and rivals[0].weight * MARGIN > top.weight:
        return None
    return _because(top, f"better known than the one in {rivals[0].place.country}" if rivals else "")


def _outdoes(ours: _Candidate, top: _Candidate, hints: Hints) -> bool:
    """True if a party's place is meant rather than the best known one."""
    if ours is top or top.place.country in hints.parties:
        return ours is top
    if top.capital:
        return ours.weight >= PARTY_CITY and ours.weight * PARTY_AGAINST_CAPITAL * AS_CAPITAL >= top.weight
    if top.weight >= KNOWN_STATE and top.place.geo_precision == 3:
        return ours.place.geo_precision != 1
    return ours.weight * PARTY >= top.weight


def _because(candidate: _Candidate, reason: str) -> ResolvedPlace:
    place = candidate.place
    return replace(place, why=f"{place.why}; {reason}") if reason else place
