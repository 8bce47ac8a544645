"""Languages beside English: which have a folder of data, what it holds, and what is missing for the others."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from communique.errors import LexiconError, did_you_mean

FOLDER = Path(__file__).parent / "data" / "languages"
TABLES = ("language", "nouns", "dates", "cues", "triggers")
ROWS = ("states", "bodies")


@dataclass(frozen=True, slots=True)
class LanguageData:
    """Everything that the folder of one language says: tables by file name, and rows of its CSV files."""

    tag: str
    name: str
    tables: Mapping[str, Mapping[str, Any]]
    rows: Mapping[str, tuple[Mapping[str, str], ...]]

    @property
    def package(self) -> str:
        """The importable name of the language's parser."""
        return str(self.tables["language"]["parser"]["package"])

    @property
    def install(self) -> str:
        """The command that installs the parser."""
        return str(self.tables["language"]["parser"]["install"])


def primary(tag: str) -> str:
    """The primary subtag of a BCP 47 tag.

    >>> primary("fr-CA"), primary("fr_FR")
    ('fr', 'fr')
    """
    return tag.lower().replace("_", "-").split("-")[0]


@lru_cache(maxsize=1)
def languages_with_data() -> frozenset[str]:
    """The primary subtags of the languages that have a folder of data."""
    return frozenset(path.parent.name for path in FOLDER.glob("*/language.yml"))


@lru_cache(maxsize=8)
def load_language(tag: str) -> LanguageData:
    """The data of one language; raises LexiconError for a language without a folder or with a file missing."""
    code = primary(tag)
    if code not in languages_with_data():
        raise LexiconError(f"no data for the language {tag!r} in {FOLDER}; {did_you_mean(code, languages_with_data())}")
    folder = FOLDER / code
    try:
        tables = {name: yaml.safe_load((folder / f"{name}.yml").read_text("utf-8")) for name in TABLES}
        rows = {name: tuple(read_rows(folder / f"{name}.csv")) for name in ROWS}
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(
            f"the data of the language {code!r} cannot be read: {error}; mend the folder {folder}"
        ) from error
    return LanguageData(code, str(tables["language"]["name"]), tables, rows)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def can_be_coded(tag: str) -> bool:
    """Whether a language has its data and its parser is installed."""
    code = primary(tag)
    return code in languages_with_data() and importlib.util.find_spec(load_language(code).package) is not None


@lru_cache(maxsize=1)
def missing() -> Mapping[str, Mapping[str, str]]:
    """What is missing for the languages without data, by primary subtag: `name` and `missing`."""
    raw: dict[str, Any] = yaml.safe_load((FOLDER / "missing.yml").read_text("utf-8"))
    return {tag: row for tag, row in raw.items() if isinstance(row, dict)}


def lacking(tag: str) -> str:
    """What keeps a language from being coded, in words.

    >>> "parser" in lacking("ru")
    True
    """
    code = primary(tag)
    if code in languages_with_data():
        return f"the parser of {load_language(code).name} is not installed: {load_language(code).install}"
    row = missing().get(code)
    if row is None:
        return "this language has neither a parser nor data here"
    return f"{row['name']} is not coded yet; missing: {row['missing']}"
