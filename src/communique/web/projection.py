"""The Equal Earth projection, and great circles, in units of a map that is 1000 wide."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

Point = tuple[float, float]
A = (1.340264, -0.081106, 0.000893, 0.003796)
"""Šavrič, Patterson and Jenny, The Equal Earth map projection, Int. J. Geographical Information Science 33 (2019)."""
M = math.sqrt(3) / 2
WIDTH = 1000.0


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


def great_circle(start: Point, end: Point, steps: int = 32) -> list[list[Point]]:
    """The shortest way between two points of (longitude, latitude) as lines on the map; two where it leaves the map.

    >>> [len(line) for line in great_circle((140, 35), (-120, 40))]
    [14, 19]
    """
    lines: list[list[Point]] = [[]]
    before: float | None = None
    for lon, lat in along(start, end, steps):
        if before is not None and abs(lon - before) > 180:
            lines.append([])
        lines[-1].append(project(lon, lat))
        before = lon
    return [line for line in lines if len(line) > 1]


def along(start: Point, end: Point, steps: int) -> Iterator[Point]:
    """Points of a great circle in equal steps, in degrees."""
    a, b = vector(start), vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(a, b, strict=True)))))
    if angle < 1e-9 or math.pi - angle < 1e-9:
        yield from (start, end)
        return
    for i in range(steps + 1):
        u, v = (math.sin(angle * (1 - i / steps)) / math.sin(angle), math.sin(angle * i / steps) / math.sin(angle))
        x, y, z = (u * p + v * q for p, q in zip(a, b, strict=True))
        yield math.degrees(math.atan2(y, x)), math.degrees(math.asin(max(-1.0, min(1.0, z))))


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
