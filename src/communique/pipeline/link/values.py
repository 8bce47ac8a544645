"""The values of a report that are interned and compared: parties, persons, place, name, units and matter."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from communique.codebook import load_codebook
from communique.pipeline.link.items import LinkItem
from communique.pipeline.link.knowledge import load_rules
from communique.pipeline.link.names import number_of, of_country, person_key, plain_words, title_of
from communique.records import UNKNOWN


class PlaceValue(NamedTuple):
    """A place as compared: its own words (none where only a country is told), country, rounded coordinates."""

    words: frozenset[str]
    country: str | None
    lat: float | None
    lon: float | None


class Units(NamedTuple):
    """Numbers of units ("61st flotilla"), names of ships, and names of other units ("Nimitz strike group")."""

    numbers: frozenset[tuple[str, int]]
    vessels: frozenset[tuple[str, ...]]
    names: frozenset[tuple[str, frozenset[str]]] = frozenset()


class Matter(NamedTuple):
    """What it is about: words of the items passed or of the subject, and the sum with its currency."""

    items: frozenset[str]
    subject: frozenset[str]
    amount: float | None
    currency: str | None = None


def sides_value(source: tuple[str, tuple[tuple[str, str], ...]]) -> frozenset[tuple[str, str]] | None:
    """(side, actor) of each known party; the types whose parties are equals have the side P alone."""
    kind, parties = source
    return frozenset((_side(kind, role), actor) for role, actor in parties if actor != UNKNOWN) or None


@functools.lru_cache(maxsize=1024)
def _side(kind: str, role: str) -> str:
    event = load_codebook().types.get(kind)
    if event is None or event.symmetric or role not in event.roles:
        return "P"
    return event.roles[role].side


def people_value(source: tuple[tuple[str, str], ...]) -> frozenset[tuple[str, tuple[str, ...]]] | None:
    """(actor, name key) of each named person."""
    return frozenset((actor, person_key(name)) for actor, name in source) or None


def place_value(source: tuple[str | None, str | None, float | None, float | None]) -> PlaceValue | None:
    """A place without the words that prove nothing; no words are left where only its country is told."""
    name, country, lat, lon = source
    if name is None and country is None:
        return None
    words = frozenset(plain_words(name or ""))
    own = words - load_rules().names.place_words or words
    own = frozenset(w for w in own if not of_country(w, country))
    return PlaceValue(
        own, country, round(lat, 1) if lat is not None else None, round(lon, 1) if lon is not None else None
    )


def title_source(item: LinkItem) -> tuple[str | None, str | None] | None:
    """Name and edition of what a report is about, else the operation of a deployment.

    The name of a unit is no title: it serves in many deployments.
    """
    details = item.details
    if not details:
        return None
    name, edition = details.get("name"), details.get("edition")
    mission = details.get("mission")
    if name is None and isinstance(mission, str) and mission.casefold().startswith("operation "):
        name = mission
    return (name, edition) if name or edition else None


def title_value(source: tuple[str | None, str | None] | None) -> Any:
    """The comparable form of a name and edition."""
    return title_of(*source) if source else None


def unit_source(item: LinkItem) -> Hashable:
    """The words that may number a unit or name a ship."""
    details = item.details or {}
    named = tuple(
        (p.actor, p.name)
        for p in item.parties
        if p.kind != "person" and p.actor != UNKNOWN and p.name and any(c.isdigit() for c in p.name)
    )
    unit = details.get("unit")
    own = ((item.parties[0].actor, unit),) if isinstance(unit, str) and item.parties else ()
    vessels = details.get("vessels") or ()
    return (
        (named, own, tuple(vessels) if isinstance(vessels, (list, tuple)) else ()) if named or own or vessels else None
    )


def units_value(source: Any) -> Units | None:
    """The numbers of units, the ships and the names of units that the words tell."""
    if source is None:
        return None
    named, own, vessels = source
    numbers = frozenset(
        (actor, n)
        for actor, name in named + own
        for w in plain_words(name)
        if w[0].isdigit() and w[-1].isalpha() and (n := number_of(w)) is not None
    )
    ships = frozenset(filter(None, (plain_words(v) for v in vessels)))
    names = frozenset((actor, words) for actor, unit in own if (words := _unit_words(unit, actor)))
    return Units(numbers, ships, names) if numbers or ships or names else None


def _unit_words(unit: str, actor: str) -> frozenset[str]:
    """The words of a unit's name that tell it from others of its country; none of "Indian Army"."""
    common = load_rules().names.title_words
    return frozenset(
        w for w in plain_words(unit) if w not in common and number_of(w) is None and not of_country(w, actor)
    )


def matter_source(item: LinkItem) -> Hashable:
    """The words and sums that tell what passes or what it is about."""
    details = item.details
    if not details:
        return None
    rows = details.get("items") or ()
    items = tuple(str(row.get("item")) for row in rows if isinstance(row, Mapping) and _telling(row.get("item")))
    told = tuple(str(details[k]) for k in ("subject", "mission", "office") if details.get(k))
    amount = details.get("amount")
    if not items and not told and amount is None:
        return None
    currency = details.get("currency")
    return items, told, None if amount is None else str(amount), None if currency is None else str(currency)


def _telling(item: object) -> bool:
    """Whether an item has a word that other transfers do not share ("defence equipment" has none)."""
    words = plain_words(str(item or ""))
    return any(w not in load_rules().names.matter_words for w in words)


def matter_value(source: Any) -> Matter | None:
    """The stems of those words, and the sum."""
    if source is None:
        return None
    items, told, amount, currency = source
    return Matter(_stems(items), _stems(told), _number(amount), currency)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    """The words of four or more letters, cut to seven, so that plurals and derived forms agree."""
    return frozenset(
        w[:7].rstrip("s") for text in texts for w in plain_words(text) if len(w) > 3 or any(c.isdigit() for c in w)
    )


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None
