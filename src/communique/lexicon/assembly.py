"""Putting the tables together into the compiled lexicon: one JSON text, the same bytes for the same tables.

A hash of all data is stored in it, so that a stale file is noticed, and the version changes with whatever is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from communique.errors import LexiconError
from communique.lexicon.matcher import form_key
from communique.lexicon.people import read_officials
from communique.lexicon.states import read_state, read_yaml, state_records
from communique.lexicon.tables import TABLES, Record, read_table

DATA = Path(__file__).parent / "data"
COMPILED = "compiled.json"
FORMAT = 1
ARTICLE = "the "
OTHER_FILES = ("officials.csv", "person_names.yml", "caps_words.yml")
DATA_FILES = (".csv", ".yml", ".parquet")
"""Endings of files that hold what the lexicon knows, compiled or read as they are."""
CITIES = "cities.parquet"
CITY_TABLES = ("cities_aliases.csv", "cities_words.csv")
"""What the table of cities is built from beside GeoNames; it holds their hash under the name BUILT_FROM."""
BUILT_FROM = "built_from"


def source_files(folder: Path) -> list[Path]:
    """All data files in the folder and the folders in it, in a fixed order.

    Posts, cues, cities and languages are not compiled, but a report rests on them as well: no list could forget them.
    """
    found = (path for path in folder.rglob("*") if path.suffix in DATA_FILES and not path.name.startswith("."))
    return sorted((path for path in found if path.is_file()), key=lambda path: path.relative_to(folder).as_posix())


def source_hash(folder: Path) -> str:
    """Sixteen hexadecimal digits over names and bytes of all data files."""
    return hash_of(source_files(folder), folder)


def hash_of(files: Iterable[Path], folder: Path) -> str:
    """Sixteen hexadecimal digits over the files' bytes and their names within the folder."""
    digest = hashlib.sha256(str(FORMAT).encode())
    for path in files:
        name = path.relative_to(folder).as_posix()
        digest.update(name.encode() + b"\x1f" + path.read_bytes() + b"\x1f")
    return digest.hexdigest()[:16]


def city_tables_hash(folder: Path) -> str:
    """Sixteen hexadecimal digits over what the table of cities is built from beside GeoNames."""
    return hash_of((folder / name for name in CITY_TABLES if (folder / name).exists()), folder)


def gather(folder: Path) -> dict[str, Any]:
    """All that one folder of tables says: records, states, tenures, posts and word lists."""
    records: list[Record] = []
    states: dict[str, dict[str, Any]] = {}
    for path in sorted((folder / "states").glob("*.yml")):
        state = read_state(path)
        states[state["code"]] = state
        records.extend(state_records(state, path.name))
    for table in TABLES:
        if (folder / table.file).exists():
            records.extend(read_table(folder / table.file, table))
    officials, tenures = read_officials(folder / "officials.csv")
    records.extend(officials)
    return {"records": records, "states": states, "tenures": tenures, **read_words(folder)}


def assemble(gathered: dict[str, Any], sources: str) -> dict[str, Any]:
    """The compiled lexicon as plain JSON values: rows without repetition, and for each normalised form its rows."""
    rows: dict[str, int] = {}
    forms: dict[str, list[list[Any]]] = {}
    bare = {(record.kind, record.id, form_key(s)) for record in gathered["records"] for s in record.spellings}
    for record in gathered["records"]:
        row = [record.kind, record.id, record.code, record.name, record.form, record.subkind, dict(record.attributes)]
        number = rows.setdefault(json.dumps(row, ensure_ascii=False, sort_keys=True), len(rows))
        for spelling in record.spellings:
            clean = " ".join(spelling.split())
            key = form_key(clean)
            if (record.kind, record.id, key.removeprefix(ARTICLE)) in bare and key.startswith(ARTICLE):
                continue  # "the Pentagon" adds nothing to "Pentagon", and would hide another entry's "Pentagon"
            reading = [number, clean]
            readings = forms.setdefault(key, [])
            if reading not in readings:
                readings.append(reading)
    return {
        "format": FORMAT,
        "sources": sources,
        "rows": [json.loads(row) for row in rows],
        "forms": forms,
        "states": {code: _state(state) for code, state in sorted(gathered["states"].items())},
        "tenures": gathered["tenures"],
        "words": gathered["words"],
    }


def _state(state: dict[str, Any]) -> dict[str, Any]:
    kept = ("name", "iso2", "capital", "codes", "membership")
    plain = {name: state[name] for name in kept if state.get(name)}
    plain["codes"] = {name: str(code) for name, code in (state.get("codes") or {}).items()}
    plain["strong"] = (state.get("names") or {}).get("strong") or []
    for name in ("adjectives", "demonyms", "former"):
        plain[name] = [item if isinstance(item, str) else item["text"] for item in state.get(name) or []]
    return plain


def read_words(folder: Path) -> dict[str, dict[str, list[str]]]:
    """The word lists that keep names of persons and words in capitals from being read as states."""
    words: dict[str, list[str]] = {}
    for file, names in (("person_names.yml", ("given", "surnames", "titles", "ranks")), ("caps_words.yml", ("words",))):
        path = folder / file
        if path.exists():
            content = read_yaml(path)
            words.update({name: _word_list(content, name, file) for name in names})
    return {"words": words}


def _word_list(content: Any, name: str, file: str) -> list[str]:
    listed = content.get(name) if isinstance(content, dict) else None
    if not isinstance(listed, list):
        raise LexiconError(f"{file}: no list {name!r}; write it as {name}: [...]")
    for word in listed:
        if not isinstance(word, str):
            raise LexiconError(f"{file}: {name} holds {word!r}, which is no text; put the word in quotes")
    return sorted(set(listed))


def compiled_text(folder: Path = DATA) -> str:
    """The compiled lexicon of the folder as JSON."""
    compiled = assemble(gather(folder), source_hash(folder))
    return json.dumps(compiled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
