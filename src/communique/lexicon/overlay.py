"""A folder of a user's own tables: read here, with every fault named, and laid over the packaged lexicon by `laying`.

It holds tables of the packaged names and columns, and two of its own: names.csv gives more names to packaged entries,
removed.csv withdraws packaged rows or names.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from communique.errors import LexiconError, did_you_mean
from communique.lexicon.assembly import OTHER_FILES, hash_of, read_words
from communique.lexicon.officials import tenure_of
from communique.lexicon.people import OfficialRow, official_rows
from communique.lexicon.post_file import POST, POSTS, read_sections
from communique.lexicon.post_tables import Sections
from communique.lexicon.ranks import RANK
from communique.lexicon.ships import PREFIX, PREFIXES, Prefix, read_prefixes
from communique.lexicon.states import read_state, state_records
from communique.lexicon.tables import TABLES, Record, Table, is_acronym, read_table, rows_of

NAMES, REMOVED, OFFICIALS, STATES = "names.csv", "removed.csv", "officials.csv", "states"
CITIES = "cities_aliases.csv"
OWN = {table.file: table for table in TABLES}
FILES = (*OWN, *OTHER_FILES, POSTS, PREFIXES, CITIES, NAMES, REMOVED)
TABLE_FILES = (".csv", ".yml", ".yaml")
"""Endings of files that are meant as tables; others, such as notes, may lie beside them."""
KINDS = ("state", "official", *(table.kind for table in TABLES), POST, PREFIX)
ADDED_FORMS = ("alias", "acronym", "weak", "loaded", "native", "former", "adjective", "demonym")
PLAIN_FORMS = ("alias", "acronym")
"""Forms of what has no other: ranks and posts."""
WHY = "why"


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a packaged entry is to have besides, or is no longer to have; without a name the whole row."""

    kind: str
    id: str
    name: str
    form: str
    where: str

    @property
    def key(self) -> tuple[str, str]:
        """Kind and id, under which the entry's rows stand."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class CityName:
    """One more spelling of a city of GeoNames."""

    alias: str
    geoname_id: int
    where: str


@dataclass(slots=True)
class Overlay:
    """What the folder holds."""

    folder: Path
    hash: str
    records: list[Record] = field(default_factory=list)
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    officials: dict[str, OfficialRow] = field(default_factory=dict)
    posts: Sections = field(default_factory=dict)
    prefixes: list[Prefix] = field(default_factory=list)
    cities: list[CityName] = field(default_factory=list)
    names: list[Named] = field(default_factory=list)
    removed: list[Named] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """faults of single files, one sentence each; what stands in a faulty file is left out"""

    @property
    def on_officials(self) -> bool:
        """Whether anything in it bears on officials."""
        return bool(self.officials) or any(n.kind == "official" for n in (*self.names, *self.removed))


def overlay_files(folder: Path) -> list[Path]:
    """The tables in the folder, in a fixed order."""
    return [folder / n for n in sorted(FILES) if (folder / n).is_file()] + sorted((folder / STATES).glob("*.yml"))


def is_bare(folder: Path) -> bool:
    """Whether a folder that is there holds nothing that is meant as a table."""
    return folder.is_dir() and not any(path.suffix in TABLE_FILES or path.is_dir() for path in folder.iterdir())


def overlay_hash(folder: Path) -> str:
    """Sixteen hexadecimal digits over names and bytes of the folder's tables: another for any change in them."""
    return hash_of(overlay_files(folder), folder)


def read_overlay(folder: Path) -> Overlay:
    """All that the folder's tables say, with their faults; raises LexiconError where there is no folder."""
    if not folder.is_dir():
        raise LexiconError(f"no folder {folder}; rows of your own stand in a folder that holds tables of the lexicon")
    overlay = Overlay(folder, overlay_hash(folder))
    overlay.problems += unknown_files(folder)
    for path in sorted((folder / STATES).glob("*.yml")):
        guarded(overlay, partial(take_state, overlay, path))
    for file, table in OWN.items():
        if (folder / file).is_file():
            guarded(overlay, partial(take_table, overlay, folder / file, table))
    guarded(overlay, lambda: overlay.words.update(read_words(folder)["words"]))
    guarded(overlay, lambda: overlay.officials.update(read_own_officials(folder / OFFICIALS)))
    guarded(overlay, partial(take_posts, overlay, folder / POSTS))
    guarded(overlay, partial(take_prefixes, overlay, folder / PREFIXES))
    guarded(overlay, lambda: overlay.cities.extend(read_city_names(folder / CITIES)))
    guarded(overlay, lambda: overlay.names.extend(read_names(folder / NAMES)))
    guarded(overlay, lambda: overlay.removed.extend(read_removed(folder / REMOVED)))
    return overlay


def guarded(overlay: Overlay, read: Callable[[], None]) -> None:
    """Reads one file; its fault is kept with the others."""
    try:
        read()
    except LexiconError as error:
        overlay.problems.append(str(error))
    except (UnicodeDecodeError, csv.Error) as error:
        overlay.problems.append(f"a table is no CSV file in UTF-8 ({error}); save it as one")


def unknown_files(folder: Path) -> list[str]:
    """A sentence for each table that the lexicon would not read, so that a slip in a name is not passed over."""
    problems = []
    for path in sorted(folder.iterdir()):
        if path.suffix in TABLE_FILES and path.name not in FILES:
            problems.append(f"{path.name}: no table that can be laid over; {did_you_mean(path.name, FILES)}")
        if path.is_dir() and path.name != STATES:
            problems.append(f"{path.name}: no folder of the lexicon; only {STATES}/ holds files of states")
    return problems


def take_state(overlay: Overlay, path: Path) -> None:
    """Takes up the file of one state."""
    state = read_state(path)
    overlay.records += list(state_records(state, path.name))
    overlay.states[state["code"]] = state


def take_table(overlay: Overlay, path: Path, table: Table) -> None:
    """Takes up one table."""
    overlay.records += list(read_table(path, table))


def take_posts(overlay: Overlay, path: Path) -> None:
    """Takes up the sections of the posts' file, where there is one."""
    if path.is_file():
        overlay.posts = read_sections(path, whole=False)


def take_prefixes(overlay: Overlay, path: Path) -> None:
    """Takes up the prefixes of ships, where there are any."""
    if path.is_file():
        overlay.prefixes = read_prefixes(path)


def read_own_officials(path: Path) -> dict[str, OfficialRow]:
    """The officials' rows by id, each with level and dates that can be."""
    rows = official_rows(path)
    for where, row in rows.values():
        tenure_of(row, where)
    return rows


def read_city_names(path: Path) -> list[CityName]:
    """Spellings of cities; empty without the file."""
    return [] if not path.exists() else [city_name(path, *numbered) for numbered in rows_of(path, CITY, ("note",))]


CITY = ("alias", "geoname_id")


def city_name(path: Path, line: int, row: dict[str, str]) -> CityName:
    """One row of cities_aliases.csv."""
    where = f"{path.name}, line {line}"
    if not row["alias"]:
        raise LexiconError(f"{where}: no alias; every row needs one")
    if re.fullmatch(r"[0-9]{1,9}", row["geoname_id"]) is None:
        raise LexiconError(f"{where}: geoname_id is {row['geoname_id']!r}; write the number that geonames.org shows")
    return CityName(row["alias"], int(row["geoname_id"]), where)


def read_names(path: Path) -> list[Named]:
    """Names that packaged entries are to have besides; empty without the file."""
    return [] if not path.exists() else [added_name(path, *numbered) for numbered in rows_of(path, ADDED, ("note",))]


ADDED = ("kind", "id", "name", "form")


def added_name(path: Path, line: int, row: dict[str, str]) -> Named:
    """One row of names.csv. Without a form, capitals make an acronym and the rest an alias."""
    where = f"{path.name}, line {line}"
    check_target(row, where, ("kind", "id", "name"))
    if row["kind"] == PREFIX:
        raise LexiconError(f"{where}: a prefix of ships has no other names; give it a row in {PREFIXES}")
    form = row["form"] or ("acronym" if is_acronym(row["name"]) else "alias")
    if form not in ADDED_FORMS:
        raise LexiconError(f"{where}: form {form!r} is unknown; {did_you_mean(form, ADDED_FORMS)}")
    if row["kind"] in (RANK, POST) and form not in PLAIN_FORMS:
        raise LexiconError(f"{where}: a {row['kind']} has no names of form {form!r}; leave the form empty")
    return Named(row["kind"], row["id"], row["name"], form, where)


def read_removed(path: Path) -> list[Named]:
    """Rows and names that are withdrawn, each with a reason; empty without the file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        wanted = ["kind", "id", "name", WHY]
        if reader.fieldnames != wanted:
            raise LexiconError(f"{path.name}, line 1: its header is {','.join(reader.fieldnames or ())!r}; "
                               f"write {','.join(wanted)}")  # fmt: skip
        return [removed_row(raw, f"{path.name}, line {reader.line_num}") for raw in reader]


def removed_row(raw: dict[str, str | None], where: str) -> Named:
    """One row of removed.csv."""
    if None in raw or None in raw.values():
        raise LexiconError(f"{where}: the row has not as many cells as the header; quote cells that hold a comma")
    row = {name: (value or "").strip() for name, value in raw.items()}
    check_target(row, where, ("kind", "id", WHY))
    return Named(row["kind"], row["id"], row["name"], "", where)


def check_target(row: dict[str, str], where: str, needed: tuple[str, ...]) -> None:
    """Raises LexiconError for an empty cell or a kind that no table has."""
    for column in needed:
        if not row[column]:
            raise LexiconError(f"{where}: no {column}; every row needs one")
    if row["kind"] not in KINDS:
        raise LexiconError(f"{where}: kind {row['kind']!r} is unknown; {did_you_mean(row['kind'], KINDS)}")
