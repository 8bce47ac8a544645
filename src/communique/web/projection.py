"""The Equal Earth projection, and great circles, in units of a map that is 1000 wide."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
A = (1.340264, -0.081106, 0.000893, 0.003796)
"""Šavrič, Patterson and Jenny, The Equal Earth map projection, Int. J. Geographical Information Science 33 (2019)."""
M = math.sqrt(3) / 2
WIDTH = 1000.0
STEP = 0.5
"""Degrees between two points of a great circle at most."""
NEAR = 5.0
"""Units of the map between two points of a line at least."""
POLAR = 85.0
"""The latitude beyond which a way leaves the map: less than two units from its edge."""


def raw(lon: float, lat: float) -> Point:
    """Longitude and latitude in degrees as x to the right and y upwards, on a sphere of radius 1."""
    t = math.asin(M * math.sin(math.radians(lat)))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = math.radians(lon) * math.cos(t) / (M * (A[0] + 3 * A[1] * t2 + t6 * (7 * A[2] + 9 * A[3] * t2)))
    return x, t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2))


EDGE = raw(180, 0)[0]
TOP = raw(0, 90)[1]
SCALE = WIDTH / (2 * EDGE)
HEIGHT = 2 * TOP * SCALE


def project(lon: float, lat: float) -> Point:
    """Longitude and latitude in degrees as a place on the map, y downwards.

    >>> project(0, 0) == (500.0, HEIGHT / 2), round(HEIGHT)
    (True, 487)
    """
    x, y = raw(lon, lat)
    return round((x + EDGE) * SCALE, 1), round((TOP - y) * SCALE, 1) if lat else HEIGHT / 2


def great_circle(start: Point, end: Point) -> list[list[Point]]:
    """The shortest way between two points of (longitude, latitude) as lines on the map, several where it leaves it.

    A way across the 180th meridian leaves at one side and comes back at the other. The map draws a pole as its whole
    upper or lower edge, so that a way close by a pole leaves at the edge, too, and comes back where it goes on.

    >>> japan, california = great_circle((140, 35), (-120, 40))
    >>> japan[0] == project(140, 35), california[-1] == project(-120, 40), round(japan[-1][0] + california[0][0])
    (True, True, 1000)
    """
    way = list(along(start, end))
    if max(abs(start[1]), abs(end[1])) < POLAR:
        parts = [part for by_pole in split_at_poles(way) for part in split_at_sides(by_pole)]
    else:
        parts = split_at_sides(way)
    lines = [thinned([project(lon, lat) for lon, lat in part]) for part in parts]
    return [line for line in lines if len(line) > 1]


def along(start: Point, end: Point) -> Iterator[Point]:
    """Points of a great circle in equal steps of half a degree at most, in degrees."""
    a, b = vector(start), vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(a, b, strict=True)))))
    if angle < 1e-9 or math.pi - angle < 1e-9:
        yield from (start, end)
        return
    steps = max(1, math.ceil(math.degrees(angle) / STEP))
    for i in range(steps + 1):
        u, v = (math.sin(angle * (1 - i / steps)) / math.sin(angle), math.sin(angle * i / steps) / math.sin(angle))
        x, y, z = (u * p + v * q for p, q in zip(a, b, strict=True))
        yield math.degrees(math.atan2(y, x)), math.degrees(math.asin(max(-1.0, min(1.0, z))))


def split_at_poles(way: Sequence[Point]) -> list[list[Point]]:
    """A way in degrees without what lies close by a pole; its parts end at the edge of the map."""
    parts: list[list[Point]] = [[way[0]]]
    for before, (lon, lat) in pairwise(way):
        if abs(lat) < POLAR:
            if abs(before[1]) >= POLAR:
                parts.append([(lon, math.copysign(90.0, lat))])
            parts[-1].append((lon, lat))
        elif abs(before[1]) < POLAR:
            parts[-1].append((before[0], math.copysign(90.0, lat)))
    return parts


def split_at_sides(way: Sequence[Point]) -> list[list[Point]]:
    """A way in degrees in its parts on either side of the 180th meridian; each ends on it."""
    parts: list[list[Point]] = [[way[0]]]
    for before, (lon, lat) in pairwise(way):
        if abs(lon - before[0]) > 180:
            side = math.copysign(180.0, before[0])
            part = (side - before[0]) / (lon + 2 * side - before[0])
            crossing = before[1] + part * (lat - before[1])
            parts[-1].append((side, crossing))
            parts.append([(-side, crossing)])
        parts[-1].append((lon, lat))
    return parts


def thinned(line: Sequence[Point]) -> list[Point]:
    """A line on the map without points that are next to the one before; its ends stay."""
    kept = [line[0]]
    for point in line[1:-1]:
        if math.dist(point, kept[-1]) >= NEAR:
            kept.append(point)
    return [*kept, line[-1]] if line[-1] != kept[-1] else kept


def vector(point: Point) -> tuple[float, float, float]:
    """A point as a direction from the centre of the earth."""
    lon, lat = (math.radians(part) for part in point)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def path(lines: Sequence[Sequence[Point]], closed: bool = False) -> str:
    """Lines as the `d` of an SVG path.

    >>> path([[(0.0, 1.5), (2.0, 3.0)]])
    'M0,1.5L2,3'
    """
    end = "Z" if closed else ""
    return "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in line) + end for line in lines)
