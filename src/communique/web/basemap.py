"""The basemap: land and borders of Natural Earth (public domain) as SVG paths, with an outline and a grid."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from communique.web.projection import HEIGHT, path, project


@cache
def world() -> dict[str, Any]:
    """The basemap: `land` and `borders` as paths, `outline` and `grid`, its `height` and its `source`."""
    text = files("communique.web").joinpath("data", "world.json").read_text("utf-8")
    return {**json.loads(text), "outline": outline(), "grid": grid(), "height": round(HEIGHT, 1)}


def outline() -> str:
    """The edge of the map."""
    left = [project(-180, lat) for lat in range(-90, 91, 3)]
    right = [project(180, lat) for lat in range(90, -91, -3)]
    return path([[*left, *right]], closed=True)


def grid() -> str:
    """Meridians and parallels every 30 degrees."""
    meridians = [[project(lon, lat) for lat in range(-90, 91, 5)] for lon in range(-150, 180, 30)]
    parallels = [[project(-180, lat), project(180, lat)] for lat in range(-60, 90, 30)]
    return path([*meridians, *parallels])
