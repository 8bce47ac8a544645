"""The page on the lexicon tells true counts."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from communique.lexicon.assembly import DATA

PAGE = Path(__file__).parents[2] / "docs" / "lexicon.md"
TOLD = dict(re.findall(r"^\| `([\w/*.]+)` \| [^|]+ \| (\d+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def rows(name: str) -> int:
    path = DATA / name
    if "*" in name:
        return len(list(DATA.glob(name)))
    if name == "posts.yml":
        return len(yaml.safe_load(path.read_text(encoding="utf-8"))["patterns"])
    if path.suffix == ".parquet":
        return int(pq.read_metadata(path).num_rows)
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(1 for _ in csv.DictReader(stream))


@pytest.mark.parametrize("name", sorted(TOLD))
def test_the_page_tells_how_many_rows_a_table_has(name: str) -> None:
    """Each count in docs/lexicon.md is that of the table."""
    assert int(TOLD[name]) == rows(name)


def test_the_page_writes_up_every_table() -> None:
    """No CSV table of the lexicon is left out, but the word list that only the building of cities reads."""
    assert {path.name for path in DATA.glob("*.csv")} - set(TOLD) == {"cities_words.csv"}
