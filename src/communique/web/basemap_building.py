"""Makes data/world.json: land and borders projected once.

`python -m communique.web.basemap_building countries-110m.json` reads a file of the npm package `world-atlas` (ISC
licence), which holds Natural Earth's 1:110m countries as TopoJSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from communique.web.projection import Point, path, project

SOURCE = "Natural Earth 1:110m, public domain, by way of world-atlas 2 (ISC), retrieved 2026-11-26"


def compiled(topology: dict[str, Any]) -> dict[str, str]:
    """Land and borders of a topology: an arc that two countries share is a border."""
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = [ring for geometry in topology["objects"]["countries"]["geometries"] for ring in rings_of(geometry)]
    uses = Counter(arc if arc >= 0 else ~arc for ring in rings for arc in ring)
    land = [piece for ring in topology_rings(topology["objects"]["land"]) for piece in cut(joined(ring, arcs))]
    shared = [piece for number, count in uses.items() if count > 1 for piece in runs(arcs[number])]
    return {
        "source": SOURCE, "land": path([thinned(projected(piece)) for piece in land], closed=True),
        "borders": path([projected(piece) for piece in shared]),
    }  # fmt: skip


def decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """An arc of a quantized topology in degrees."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    out = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        out.append((x * kx + dx, y * ky + dy))
    return out


def topology_rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a geometry or of a collection."""
    for one in geometry.get("geometries", [geometry]):
        yield from rings_of(one)


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a polygon or of several, as numbers of arcs."""
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring in degrees; a number below 0 is an arc in reverse."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def runs(line: list[Point]) -> list[list[Point]]:
    """The parts of a line on either side of the 180th meridian."""
    out = [[line[0]]]
    for a, b in pairwise(line):
        if abs(a[0] - b[0]) > 180:
            out.append([])
        out[-1].append(b)
    return [part for part in out if len(part) > 1]


def cut(ring: list[Point]) -> list[list[Point]]:
    """A ring as rings that do not cross the 180th meridian; one around a pole, which crosses it once, stays whole."""
    crossings = sum(abs(a[0] - b[0]) > 180 for a, b in pairwise(ring))
    if crossings % 2:
        return [ring]
    parts = runs(ring)
    if crossings and len(parts) > 1 and parts[0][0] == parts[-1][-1]:
        parts = [[*parts[-1], *parts[0][1:]], *parts[1:-1]]
    return parts


def projected(line: list[Point]) -> list[Point]:
    """A line in degrees on the map."""
    return [project(lon, lat) for lon, lat in line]


def thinned(line: list[Point]) -> list[Point]:
    """The line without points that lie where the one before does."""
    return [line[0], *(b for a, b in pairwise(line) if a != b)]


if __name__ == "__main__":
    made = compiled(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    Path(__file__).with_name("data").joinpath("world.json").write_text(json.dumps(made, indent=0) + "\n", "utf-8")
