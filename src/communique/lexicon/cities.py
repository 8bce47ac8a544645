"""Cities of the world with at least 5,000 inhabitants, found by name. Facts from GeoNames (CC BY 4.0)."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.errors import LexiconError
from communique.text import fold

DATA = Path(__file__).parent / "data"
CITIES = DATA / "cities.parquet"
WORDS = DATA / "cities_words.csv"
COLUMNS = ("geoname_id", "name", "country", "lat", "lon", "population")
PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ŋ": "n", "ħ": "h"}
    | dict.fromkeys("'’‘`´ʻʼʽʾʿ.", "")
)


@dataclass(frozen=True, slots=True)
class City:
    """A populated place: coordinates in degrees (WGS 84), country as ISO 3166 alpha-3 (XKX Kosovo)."""

    name: str
    country: str
    lat: float
    lon: float
    population: int
    geoname_id: int


def city_key(name: str) -> str:
    """The name as cities are compared: folded, without apostrophes, full stops and letters foreign to English.

    >>> city_key("Sana'a"), city_key("St. John’s"), city_key("Łódź")
    ('sanaa', 'st johns', 'lodz')
    """
    return " ".join(fold(name).translate(PLAIN).split())


def cities_named(name: str) -> tuple[City, ...]:
    """Every city that bears this name or one of its alternates, the largest first; empty when there is none.

    >>> [city.country for city in cities_named("Tripoli")]
    ['LBY', 'LBN', 'GRC']
    """
    key = city_key(name)
    found = _cities_of(key)
    if not found and key.startswith("saint "):
        return _cities_of("st " + key.removeprefix("saint "))
    if not found and key.startswith("st "):
        return _cities_of("saint " + key.removeprefix("st "))
    return found


def city_of(geoname_id: int) -> City | None:
    """The city with this number of GeoNames, None when the table does not hold it.

    >>> city_of(2524459), city_of(98182).name
    (None, 'Baghdad')
    """
    table = _index().table
    row = pc.index(table["geoname_id"], pa.scalar(geoname_id, table["geoname_id"].type)).as_py()
    return None if row < 0 else _city(table, row)


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """English words that are also names of cities (Of, Police, Split); `doubted` is the law on such a city."""
    if not WORDS.exists():
        raise LexiconError(f"no table {WORDS.name} in {WORDS.parent}; install communique again")
    with WORDS.open(encoding="utf-8", newline="") as stream:
        return frozenset(row["word"] for row in csv.DictReader(stream))


def doubted(name: str, country: str | None, told: Container[str | None]) -> bool:
    """True for a city whose name is an English word and whose country is none of those that the text tells.

    >>> doubted("Split", "HRV", {"ITA"}), doubted("Split", "HRV", {"HRV"}), doubted("Zagreb", "HRV", {"ITA"})
    (True, False, False)
    """
    return city_key(name) in common_words() and country not in told


@dataclass(frozen=True, slots=True)
class _Index:
    keys: pa.StringArray
    """sorted"""
    rows: pa.Int32Array
    """row of the table for each key; within a key in the table's order, largest city first"""
    table: pa.Table


@lru_cache(maxsize=1)
def _index() -> _Index:
    if not CITIES.exists():
        way_out = "run `python -m communique.lexicon.build_cities`"
        raise LexiconError(f"no table {CITIES.name} in {CITIES.parent}; {way_out}")
    with pq.ParquetFile(CITIES, pre_buffer=False) as file:
        columns = {name: _own(_column(file, name)) for name in COLUMNS}
        keys = _column(file, "keys")
    flat, rows = keys.flatten(), pc.list_parent_indices(keys).cast(pa.int32())
    order = pc.array_sort_indices(flat)
    index = _Index(_own(flat.take(order)), _own(rows.take(order)), pa.table(columns))
    del keys, flat, rows, order
    pa.default_memory_pool().release_unused()
    return index


def _column(file: pq.ParquetFile, name: str) -> pa.Array:
    return file.read([name], use_threads=False)[name].combine_chunks()


def _own(array: pa.Array) -> pa.Array:
    """The array outside of Arrow's pool, which gives back no page that holds anything."""
    buffers = [None if held is None else pa.py_buffer(held.to_pybytes()) for held in array.buffers()]
    return pa.Array.from_buffers(array.type, len(array), buffers, offset=array.offset)


@lru_cache(maxsize=20_000)
def _cities_of(key: str) -> tuple[City, ...]:
    index = _index()
    position = bisect_left(_Keys(index.keys), key)
    found = []
    while position < len(index.keys) and index.keys[position].as_py() == key:
        found.append(_city(index.table, index.rows[position].as_py()))
        position += 1
    return tuple(found)


class _Keys:
    """The sorted keys as a sequence of str, so that `bisect` can search them without making 200,000 Python objects."""

    def __init__(self, keys: pa.StringArray) -> None:
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, position: int) -> str:
        return str(self._keys[position])


def _city(table: pa.Table, row: int) -> City:
    value = {column: table[column][row].as_py() for column in COLUMNS}
    return City(
        name=value["name"],
        country=value["country"],
        lat=round(value["lat"], 4),
        lon=round(value["lon"], 4),
        population=value["population"],
        geoname_id=value["geoname_id"],
    )
