"""A selection on the map: events at their places with the precision shown, and great circles between pairs."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from communique.codebook import load_codebook
from communique.errors import LexiconError
from communique.lexicon.centroids import state_centre
from communique.store.query import Filters
from communique.web import wording
from communique.web.address import Address
from communique.web.projection import Point, great_circle, path, project
from communique.web.reader import Reader

MOST_PLACES = 1500
MOST_LINKS = 80
LARGEST = 13.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Events at one place: name, state, precision (1 the place, 2 an area, 3 the state), number, and an engagement."""

    name: str | None
    country: str | None
    precision: int
    count: int
    type: str
    ident: str
    x: float
    y: float
    radius: float

    @property
    def told(self) -> str:
        """The place and its state in words, with the number."""
        state = wording.actor(self.country) if self.country else ""
        where = (
            f"{self.name}, {state}" if self.name and state and state != self.name else self.name or state or "A place"
        )
        return f"{where}: {self.count} ({wording.GEO[self.precision]})"


@dataclass(frozen=True, slots=True)
class Link:
    """A pair of states: its code, number of engagements, the line between them, and how thick it is."""

    pair: str
    count: int
    line: str
    width: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a map shows of a selection: spots and links, and how many have a place, by its precision, or none."""

    spots: tuple[Spot, ...]
    links: tuple[Link, ...]
    by_precision: dict[int, int]
    unplaced: int
    more_links: int

    @property
    def leaving(self) -> bool:
        """Whether a line leaves the map at one edge and comes back at another."""
        return any(link.line.count("M") > 1 for link in self.links)

    @property
    def types(self) -> list[str]:
        """The types whose colours the spots bear, in the order of the codebook."""
        return [name for name in load_codebook().types if any(spot.type == name for spot in self.spots)]


def drawn(reader: Reader, unit: str, filters: Filters) -> Drawn:
    """The map of a selection."""
    return reader.unchanged(("map", unit, filters), lambda: drawn_now(reader, unit, filters))


def drawn_now(reader: Reader, unit: str, filters: Filters) -> Drawn:
    """The same, worked out."""
    placed, unplaced = reader.spots(unit, filters, MOST_PLACES)
    highest = max((row["n"] for row in placed), default=1)
    spots = []
    for row in placed:
        x, y = project(row["lon"], row["lat"])
        radius = max(2.6, LARGEST * math.sqrt(row["n"] / max(highest, 12)))
        name, country, precision = row["place"], row["country"], row["geo_precision"] or 3
        spots.append(Spot(name, country, precision, row["n"], row["type"], row["ident"], x, y, round(radius, 1)))
    by_precision = {p: sum(s.count for s in spots if s.precision == p) for p in (1, 2, 3)}
    links, more = links_of(reader.facet(unit, filters, "pairs"))
    return Drawn(
        tuple(sorted(spots, key=lambda s: (-s.precision, -s.count))), links, by_precision,
        unplaced, more,
    )  # fmt: skip


def links_of(pairs: list[tuple[str, int]]) -> tuple[tuple[Link, ...], int]:
    """The strongest pairs as great circles, the weakest first so that the strongest lie on top; how many are left out.

    A body such as NATO has no place and no line.
    """
    found = []
    for code, number in pairs:
        ends = [centre(actor) for actor in code.split("-")]
        if all(ends):
            found.append((code, number, ends))
    highest = max((number for _, number, _ in found), default=1)
    links = [
        Link(code, number, path(great_circle(a, b)), round(0.5 + 3.5 * number / highest, 2))
        for code, number, (a, b) in found[:MOST_LINKS]
        if a is not None and b is not None
    ]
    return tuple(reversed(links)), len(pairs) - len(links)


def centre(actor: str) -> Point | None:
    """Longitude and latitude of a state, None for another body."""
    try:
        lat, lon = state_centre(actor)
    except LexiconError:
        return None
    return lon, lat


def linking(address: Address) -> Callable[[Spot], str]:
    """A function that tells where a spot leads: to its one engagement, or the selection in its state."""
    open_to = address.without("place_country")

    @cache
    def selection(country: str | None) -> str:
        chosen = address if country is None else open_to.toggled("place_country", country)
        return chosen.showing(view="table").link()

    return lambda spot: f"/engagement/{spot.ident}" if spot.count == 1 else selection(spot.country)
