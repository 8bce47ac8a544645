"""Cities are found by their names and alternates, the largest first, never by an English word or a country's name."""

from __future__ import annotations

import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from communique.errors import LexiconError
from communique.lexicon.centroids import state_centre
from communique.lexicon.cities import CITIES, cities_named, city_key, common_words


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Damascus", "SYR"), ("Kyiv", "UKR"), ("Kiev", "UKR"), ("Mecca", "SAU"), ("Sana'a", "YEM"), ("Sanaa", "YEM"),
        ("N'Djamena", "TCD"), ("Malé", "MDV"), ("Male", "MDV"), ("Hodeidah", "YEM"), ("Kut", "IRQ"), ("Lodz", "POL"),
        ("Łódź", "POL"), ("St. Petersburg", "RUS"), ("Saint Petersburg", "RUS"), ("Diyarbakir", "TUR"),
        ("Rangoon", "MMR"), ("Pristina", "XKX"), ("Simferopol", "UKR"), ("Gaza", "PSE"), ("Taipei", "TWN"),
        ("Hong Kong", "HKG"), ("Nice", "FRA"), ("Bandar Abbas", "IRN"), ("NEW DELHI", "IND"), ("Tromsø", "NOR"),
    ],
)  # fmt: skip
def test_names_and_spellings(name: str, country: str) -> None:
    """The best known bearer of the name comes first, whatever its spelling."""
    assert cities_named(name)[0].country == country


@pytest.mark.parametrize(
    "name", ["Of", "Police", "Arménie", "Irak", "Italie", "KBP", "Ko", "", "Xyzzy", "United States", "Tortosa City"]
)
def test_words_codes_and_countries_name_no_city(name: str) -> None:
    """English words, airport codes and countries in other languages are no cities."""
    assert cities_named(name) == ()


def test_a_homonym_keeps_its_own_name() -> None:
    """Tortosa is the town in Spain, not the old name of Tartus."""
    assert cities_named("Tortosa")[0].country == "ESP"
    assert "SYR" not in {city.country for city in cities_named("Tortosa")}


@pytest.mark.parametrize("name", ["Tripoli", "Georgetown", "Hyderabad", "San José", "Alexandria"])
def test_largest_first(name: str) -> None:
    """Homonyms come in the order of their populations."""
    populations = [city.population for city in cities_named(name)]
    assert len(populations) > 1
    assert populations == sorted(populations, reverse=True)


def test_the_table_is_large_and_of_one_piece() -> None:
    """At least 25,000 cities in at most 5 MB; every key is what city_key makes, so that lookups can meet it."""
    table = pq.read_table(CITIES)
    assert table.num_rows >= 25_000
    assert CITIES.stat().st_size < 5_000_000
    assert table.schema.metadata[b"licence"] == b"CC BY 4.0"
    names, keys = table["name"].to_pylist()[:3000], table["keys"].to_pylist()[:3000]
    assert all(key == city_key(key) for row in keys for key in row)
    assert all(city_key(n) in row for n, row in zip(names, keys, strict=True) if city_key(n) not in common_words())


def test_nothing_is_read_on_import() -> None:
    """Importing the module reads no table."""
    code = "from communique.lexicon import cities; print(cities._index.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_the_centre_of_an_unknown_state() -> None:
    """An unknown code is an error that names the nearest one."""
    with pytest.raises(LexiconError, match="no state 'FRX'"):
        state_centre("FRX")
