"""Strict reading of the lexicon's tables: every row becomes records, or a LexiconError says which cell is wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from communique.errors import LexiconError, did_you_mean

PROVENANCE = ("source", "licence", "retrieved")
YES = {"1": True, "true": True, "yes": True, "": False, "0": False, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Record:
    """An entry with the spellings that name it in this way."""

    kind: str
    id: str
    code: str | None
    name: str
    form: str
    subkind: str | None
    attributes: Mapping[str, str]
    spellings: tuple[str, ...]
    where: str
    """file and line, for messages"""


@dataclass(frozen=True, slots=True)
class Table:
    """How the columns of one CSV file become entries."""

    file: str
    kind: str
    subkind: str | None = "kind"
    subkinds: tuple[str, ...] = ()
    code: str | None = None
    name: str = "name"
    ident: tuple[str, ...] = ("id",)
    """columns that together tell the rows apart"""
    columns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ("aliases",)
    needed: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    """entry kind where it follows from the subkind"""


STATE_BODIES = (
    "ministry_defence", "ministry_foreign", "ministry_interior", "general_staff", "army", "navy", "air_force",
    "marines", "coast_guard", "gendarmerie", "border_guard", "police", "intelligence", "special",
    "missile_force", "armed_forces", "legislature", "agency", "government",
)  # fmt: skip
BODY_COLUMNS = ("id", "name", "aliases", "native", "kind", "actor", "parent")
BODY_SPELLINGS = ("aliases", "native")
PLACES = (
    "sea", "gulf", "strait", "canal", "ocean", "island", "river", "naval_base", "port", "air_base", "training_ground",
    "military_base", "venue", "region", "disputed",
)  # fmt: skip
OUTLETS = (
    "state", "state-affiliated", "public", "private", "independent", "party", "government", "intergovernmental",
    "armed-group", "",
)  # fmt: skip
"""Affiliations of outlets; empty where it is unknown."""
GRADES = (*(f"OF-{n}" for n in range(1, 11)), "OF-D", *(f"OR-{n}" for n in range(1, 10)))
"""NATO's grades: OF-10 the highest officer, OF-D an officer in training, OR-9 the highest other rank."""
TABLES = (
    Table("bodies_states.csv", "body", subkinds=STATE_BODIES, code="actor", columns=BODY_COLUMNS,
          spellings=BODY_SPELLINGS, needed=("actor",)),
    Table("bodies_international.csv", "igo", subkinds=("igo", "format", "mission", "ngo"), code="actor",
          columns=BODY_COLUMNS, spellings=BODY_SPELLINGS, needed=("actor",)),
    Table("armed_groups.csv", "armed", subkinds=("armed",), code="actor", columns=(*BODY_COLUMNS, "state"),
          spellings=BODY_SPELLINGS, needed=("actor",)),
    Table("firms.csv", "firm", subkinds=("firm", "agency"), code="actor",
          columns=("id", "name", "aliases", "kind", "actor"), needed=("actor",)),
    Table("ranks.csv", "rank", subkind="grade", subkinds=GRADES, name="form", ident=("form", "service", "grade"),
          columns=("form", "aliases", "grade", "service", "language")),
    Table("places_special.csv", "place", subkinds=PLACES, code="country",
          columns=("id", "name", "aliases", "kind", "country", "lat", "lon", "precision", "weak")),
    Table("exercises.csv", "exercise",
          subkinds=("naval", "air", "land", "joint", "staff", "relief", "cyber", "special"),
          columns=("id", "name", "aliases", "host", "parties", "first_year", "kind", "domains", "weak")),
    Table("instruments.csv", "instrument", subkinds=("agreement", "format", "treaty", "dialogue"),
          columns=("id", "name", "aliases", "kind", "parties", "year", "subject", "weak")),
    Table("outlets.csv", "outlet", subkind="affiliation", subkinds=OUTLETS, code="country",
          columns=("id", "name", "aliases", "country", "owner", "affiliation", "typology", "wire_credits", "url")),
    Table("state_groups.csv", "group", subkind=None, columns=("id", "name", "aliases", "members", "weak")),
    Table("decoys.csv", "decoy", subkind=None, columns=("id", "name", "aliases")),
)  # fmt: skip
NumberedRow = tuple[int, dict[str, str]]
OPTIONAL = ("note", "weak", "weak_aliases", "since", "until")
NUMBERS = {"lat": (-90, 90), "lon": (-180, 180), "precision": (1, 3), "first_year": (1500, 2100), "year": (1500, 2100)}
"""Columns that hold a number or nothing, with the least and the greatest."""
UNINDEXED = (*PROVENANCE, "aliases", "native", "note", "weak", "weak_aliases")


def rows_of(path: Path, columns: tuple[str, ...], optional: tuple[str, ...] = OPTIONAL) -> Iterator[NumberedRow]:
    """Every row of the CSV file with its line number, cells stripped; refuses unknown or missing columns, and gaps."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        header = reader.fieldnames or []
        _check_header(path, header, (*columns, *PROVENANCE), optional)
        for raw in reader:
            line = reader.line_num
            if None in raw or None in raw.values():
                raise LexiconError(
                    f"{path.name}, line {line}: the row has not as many cells as the header ({len(header)}); "
                    f"quote cells that hold a comma"
                )
            row = {name: (value or "").strip() for name, value in raw.items()}
            for name in PROVENANCE:
                if not row[name]:
                    raise LexiconError(f"{path.name}, line {line}: no {name}; name where the row's facts come from")
            yield line, row


def _check_header(path: Path, header: Sequence[str], needed: tuple[str, ...], optional: tuple[str, ...]) -> None:
    for name in header:
        if name not in needed and name not in optional:
            raise LexiconError(
                f"{path.name}, line 1: unknown column {name!r}; {did_you_mean(name, (*needed, *optional))}"
            )
    for name in needed:
        if name not in header:
            raise LexiconError(f"{path.name}, line 1: no column {name!r}; add it to the header")


def read_table(path: Path, table: Table) -> Iterator[Record]:
    """The records of one table: its names as strong (or weak) forms, its other spellings as aliases and acronyms."""
    seen: dict[str, int] = {}
    for line, row in rows_of(path, table.columns):
        where = f"{path.name}, line {line}"
        ident = "/".join(row[column] for column in table.ident if row[column])
        for column in (table.ident[0], table.name):
            if not row[column]:
                raise LexiconError(f"{where}: no {column}; every row needs one")
        if ident in seen:
            raise LexiconError(f"{where}: {table.ident[0]} {ident!r} is on line {seen[ident]} already; merge the rows")
        seen[ident] = line
        yield from _records(row, ident, table, where)


def _records(row: dict[str, str], ident: str, table: Table, where: str) -> Iterator[Record]:
    for column in table.needed:
        if not row[column]:
            raise LexiconError(f"{where}: no {column}; every row of {table.file} needs one")
    for column in NUMBERS.keys() & row.keys():
        check_number(column, row[column], where)
    subkind = row[table.subkind] if table.subkind else None
    if table.subkinds and subkind not in table.subkinds:
        raise LexiconError(
            f"{where}: {table.subkind} {subkind!r} is unknown; {did_you_mean(subkind or '', table.subkinds)}"
        )
    skipped = (*UNINDEXED, "id", table.name, table.subkind, table.code)
    attributes = {name: value for name, value in row.items() if value and name not in skipped}
    weak = flag(row.get("weak", ""), where)
    faint = listed(row.get("weak_aliases", ""))
    groups = {"strong": [n for n in (row[table.name],) if n not in faint], "alias": [], "acronym": [], "weak": faint}
    for column in table.spellings:
        for spelling in listed(row[column]):
            groups["acronym" if is_acronym(spelling) else "alias"].append(spelling)
    if weak:
        groups = {"weak": [spelling for group in groups.values() for spelling in group]}
    code = (row[table.code] or None) if table.code else None
    for form, spellings in groups.items():
        if spellings:
            yield Record(table.kind, ident, code, row[table.name], form, subkind or None, attributes,
                         tuple(dict.fromkeys(spellings)), where)  # fmt: skip


def check_number(column: str, cell: str, where: str) -> None:
    """Raises LexiconError for a cell that is neither empty nor a number within the column's bounds."""
    least, most = NUMBERS[column]
    try:
        fits = not cell or least <= float(cell) <= most
    except ValueError:
        fits = False
    if not fits:
        raise LexiconError(f"{where}: {column} is {cell!r}; write a number from {least} to {most}, or nothing")


def listed(cell: str) -> list[str]:
    """The values of a list-valued cell.

    >>> listed("US | USA|")
    ['US', 'USA']
    """
    return [value.strip() for value in cell.split("|") if value.strip()]


def flag(cell: str, where: str) -> bool:
    """The cell read as yes or no; an empty cell is no."""
    value = YES.get(cell.lower())
    if value is None:
        raise LexiconError(f"{where}: weak is {cell!r}; write yes or no")
    return value


def is_acronym(spelling: str) -> bool:
    """True for two to five capitals, with or without dots.

    >>> [is_acronym(s) for s in ("US", "U.S.", "NATO", "Iran", "A", "INTERPOL")]
    [True, True, True, False, False, False]
    """
    letters = spelling.replace(".", "")
    return 2 <= len(letters) <= 5 and letters.isalpha() and letters.isupper()
