"""Draws rows of the lexicon for a reader to check: `python docs/lexicon_sample.py SEED [N]` prints N rows, 120 of them.

Each table gives rows in proportion to its length, at least one. The same seed draws the same rows from the same tables.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parents[1] / "src" / "communique" / "lexicon" / "data"
DERIVED = ("cities_words.csv", "cities_aliases.csv", "state_centroids.csv")
"""Taken over whole from GeoNames and Natural Earth, or lists of words."""


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a table, the files of states, or the patterns of posts."""
    if path.is_dir():
        return [yaml.safe_load(file.read_text("utf-8")) for file in sorted(path.glob("*.yml"))]
    if path.suffix == ".yml":
        return list(yaml.safe_load(path.read_text("utf-8"))["patterns"])
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def shares(sizes: dict[str, int], wanted: int) -> dict[str, int]:
    """How many rows each table gives: in proportion, none without, rounded so that they make up the number."""
    exact = {name: wanted * size / sum(sizes.values()) for name, size in sizes.items()}
    given = {name: max(1, int(share)) for name, share in exact.items()}
    by_rest = sorted(exact, key=lambda name: exact[name] - given[name], reverse=True)
    for name in by_rest[: wanted - sum(given.values())]:
        given[name] += 1
    return given


def draw(seed: int, wanted: int = 120) -> list[tuple[str, dict[str, Any]]]:
    """The drawn rows with their tables, in the order of the tables."""
    paths = [DATA / "states", DATA / "posts.yml", *sorted(p for p in DATA.glob("*.csv") if p.name not in DERIVED)]
    tables = {path.name: rows(path) for path in paths}
    numbers = shares({name: len(held) for name, held in tables.items()}, wanted)
    drawn = ((name, random.Random(f"{seed} {name}").sample(tables[name], numbers[name])) for name in tables)
    return [(name, row) for name, taken in drawn for row in taken]


if __name__ == "__main__":
    for number, (table, row) in enumerate(draw(*map(int, sys.argv[1:])), 1):
        told = " | ".join(f"{name}={value}" for name, value in row.items() if value)
        print(f"{number} | {table} | {told}")
