"""What occurs together in one selection: places with their names, pairs by year, officials, all from the cubes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from communique.store.cube import Column, Cube, Ints
from communique.store.facets import Asked
from communique.store.query import Filters

DENSE = 8_000_000
"""Up to so many possible combinations are counted in one array; more of them by sorting those that occur."""
Rows = list[dict[str, Any]]


def followed(views: Asked, name: str) -> Cube:
    """A cube as of the last change."""
    cube = views.cubes[name]
    cube.follow(views.memory, views.seq)
    return cube


def tallied(keys: Ints, size: int) -> tuple[Ints, Ints]:
    """The keys that occur, all below `size`, in ascending order, and how often."""
    if size > DENSE:
        found, counts = np.unique(keys, return_counts=True)
        return found, counts
    counts = np.bincount(keys, minlength=0)
    found = np.flatnonzero(counts)
    return found, counts[found]


def crossed(views: Asked, unit: str, filters: Filters, listed: str, wanted: Sequence[str], other: str) -> Rows:
    """How often each wanted value of a list stands with each value of another column: `first`, `second`, `n`."""
    cube = followed(views, unit)
    column, second = cube.columns[listed], cube.columns[other]
    assert column.rows is not None
    own = np.array([column.known[value] for value in wanted if value in column.known], dtype=np.int64)
    held = np.isin(column.codes, own) & cube.places(views.numbers(unit, filters))[column.rows]
    width = len(second.names) + 1
    keys = column.codes[held].astype(np.int64) * width + second.codes[column.rows[held]] + 1
    names = [None, *second.names]
    return [
        {"first": column.names[key // width], "second": names[key % width], "n": n}
        for key, n in zip(*(part.tolist() for part in tallied(keys, len(column.names) * width)), strict=True)
    ]


def spots(views: Asked, unit: str, filters: Filters, most: int) -> tuple[Rows, int]:
    """The places of a selection, those with most rows first, at most `most`; and how many rows have no place.

    Each has lat, lon, geo_precision, n, the place, country and type that most of its rows have, and the number of one.
    """
    cube = followed(views, unit)
    chosen = np.flatnonzero(cube.places(views.numbers(unit, filters)))
    spot = cube.columns["spot"]
    placed = chosen[spot.codes[chosen] >= 0]
    at: Ints = spot.codes[placed].astype(np.int64)
    found, counts = tallied(at, len(spot.names))
    best = np.flatnonzero(counts >= (np.sort(counts)[-most] if len(counts) > most else 0))
    one = np.zeros(len(spot.names), np.int64)
    one[at] = cube.numbers[placed]
    told = {
        name: commonest(at, cube.columns[column].codes[placed], cube.columns[column])
        for name, column in (("place", "place"), ("country", "place_country"), ("type", "type"))
    }
    rows = []
    for code, n in zip(found[best].tolist(), counts[best].tolist(), strict=True):
        lat, lon, precision = spot.names[code].split(" ")
        rows.append({
            "lat": float(lat), "lon": float(lon), "geo_precision": int(precision) if precision else None, "n": n,
            "number": int(one[code]), **{name: values.get(code) for name, values in told.items()},
        })  # fmt: skip
    ordered = sorted(rows, key=lambda row: (-row["n"], row["lat"], row["lon"], row["geo_precision"] or 0))
    return ordered[:most], len(chosen) - len(placed)


def commonest(groups: Ints, codes: NDArray[np.int32], column: Column) -> dict[int, Any]:
    """The value that most rows of each group have, the first of the alphabet among equals; null values do not count."""
    width = max(1, len(column.names))
    named = codes >= 0
    keys = groups[named] * width + codes[named]
    found, counts = tallied(keys, (int(groups.max()) + 1) * width if len(groups) else 0)
    ranks = np.zeros(width, np.int64)
    ranks[sorted(range(len(column.names)), key=column.names.__getitem__)] = np.arange(len(column.names))
    order = np.lexsort((ranks[found % width], -counts, found // width))
    ordered = found[order]
    first = np.concatenate([[True], np.diff(ordered // width) > 0]) if len(ordered) else np.zeros(0, bool)
    return {int(key) // width: column.names[int(key) % width] for key in ordered[first]}


def together(views: Asked, filters: Filters, most: int) -> tuple[list[tuple[int, int, int]], pa.Table]:
    """The pairs of officials who take part in most engagements of a selection, as numbers in `people` and a count.

    The officials of a pair, and pairs of one count, stand in the order of state and name. The table tells of each pair
    (`a`, `b`) the numbers `n` of its engagements.
    """
    cube = followed(views, "people")
    column, chosen = cube.columns["people"], cube.places(views.numbers("engagements", filters))
    assert column.rows is not None
    held = chosen[column.rows]
    known = views.memory.execute("SELECT who FROM people ORDER BY actor, name").fetchnumpy()["who"]
    ranks = np.zeros(len(known) + 1, np.int64)
    ranks[known] = np.arange(len(known))
    people = (
        ranks[np.array(column.names, dtype=np.int64)][column.codes[held]] if column.names else np.zeros(0, np.int64)
    )
    rows = column.rows[held]
    keys, places = paired(people, rows, max(1, len(known)))
    found, counts = tallied(keys, len(known) ** 2)
    best = np.lexsort((found, -counts))[:most]
    width = max(1, len(known))
    pairs = [(int(known[k // width]), int(known[k % width]), n)
             for k, n in zip(found[best].tolist(), counts[best].tolist(), strict=True)]  # fmt: skip
    shown = np.isin(keys, found[best])
    return pairs, pa.table({
        "a": known[keys[shown] // width], "b": known[keys[shown] % width], "n": cube.numbers[places[shown]],
    })  # fmt: skip


def paired(people: Ints, rows: NDArray[np.int32], width: int) -> tuple[Ints, NDArray[np.int32]]:
    """All pairs of officials of one row, as lower * width + higher, with the row; members of a row stand together."""
    keys, places = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    step = 1
    while True:
        same = np.flatnonzero(rows[step:] == rows[:-step]) if step < len(rows) else np.zeros(0, np.int64)
        if not len(same):
            return np.concatenate(keys), np.concatenate(places)
        a, b = people[same], people[same + step]
        keys.append(np.minimum(a, b) * width + np.maximum(a, b))
        places.append(rows[same])
        step += 1
