"""The check names what a reader of one row can't see, and finds nothing in the packaged tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique.lexicon import Lexicon
from communique.lexicon.assembly import BUILT_FROM, CITIES, CITY_TABLES, COMPILED, DATA, compiled_text, source_files
from communique.lexicon.check import check_lexicon

BODIES = "id,name,aliases,native,kind,actor,parent,source,licence,retrieved\n"
IGO = BODIES + "{id},{name},,,igo,{actor},{parent},a page,CC0,2026-11-26\n"


def write_state(folder: Path, code: str, strong: str) -> None:
    (folder / "states").mkdir(exist_ok=True)
    (folder / "states" / f"{code}.yml").write_text(
        f"code: {code}\nname: {code} land\nnames: {{strong: [{strong}]}}\n"
        "source: a test\nlicence: CC0\nretrieved: 2026-11-26\n",
        encoding="utf-8",
    )


def problems(folder: Path, wanted: str) -> list[str]:
    return [problem for problem in check_lexicon(folder) if wanted in problem]


def test_the_packaged_tables_have_no_problem() -> None:
    """Codes, parents and names fit together, and the compiled file is the one that the tables give."""
    assert check_lexicon() == []


def test_a_form_that_two_states_claim_as_strong_is_told(tmp_path: Path) -> None:
    """Both files are named."""
    write_state(tmp_path, "XXA", "Testland")
    write_state(tmp_path, "XXB", "Testland")
    (problem,) = problems(tmp_path, "'testland'")
    assert problem.startswith("XXA.yml, XXB.yml: ")
    assert "2 states" in problem


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({"id": "x", "name": "XXA land", "actor": "NATO", "parent": ""}, "is a strong name of NATO, XXA"),
        ({"id": "XXA", "name": "Test Body", "actor": "NATO", "parent": ""}, "id 'XXA' stands in 2 tables"),
        ({"id": "x", "name": "Test Body", "actor": "NATO", "parent": "nothing"}, "has parent 'nothing'"),
        ({"id": "x", "name": "", "actor": "NATO", "parent": ""}, "line 2: no name"),
    ],
)
def test_a_fault_between_tables_is_told(tmp_path: Path, row: dict[str, str], wanted: str) -> None:
    write_state(tmp_path, "XXA", "Testland")
    (tmp_path / "bodies_international.csv").write_text(IGO.format(**row), encoding="utf-8")
    assert len(problems(tmp_path, wanted)) == 1


def test_a_code_that_no_table_has_is_told(tmp_path: Path) -> None:
    """A state's body must act for a state that exists."""
    (tmp_path / "bodies_states.csv").write_text(
        BODIES + "x,Test Navy,,,navy,QQQ,,a page,CC0,2026-11-26\n", encoding="utf-8"
    )
    assert len(problems(tmp_path, "'x' names 'QQQ', no state and no actor")) == 1


def test_tables_without_a_compiled_file_are_told(tmp_path: Path) -> None:
    """The way out is the command that compiles."""
    assert check_lexicon(tmp_path) == [
        "compiled.json is missing or older than the tables; run python -m communique.lexicon.compile"
    ]


# stale files
FILES = sorted(p.relative_to(DATA).as_posix() for p in DATA.rglob("*") if p.is_file() and p.parent.name != "states")


def test_every_file_of_the_lexicon_is_heeded() -> None:
    """No file of data but the compiled one is outside its hash, so that a new file needs no list."""
    assert {p for p in DATA.rglob("*") if p.is_file()} - set(source_files(DATA)) == {DATA / COMPILED}


@pytest.mark.parametrize("name", [*(name for name in FILES if name != COMPILED), "states/FRA.yml"])
def test_a_change_of_any_file_makes_the_compiled_one_stale(name: str, tmp_path: Path) -> None:
    """Whether a file is compiled or read as it is, the check fails until it is compiled in."""
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(DATA / name, tmp_path / name)
    (tmp_path / COMPILED).write_text(compiled_text(tmp_path), encoding="utf-8")
    assert problems(tmp_path, COMPILED) == []
    with (tmp_path / name).open("ab") as stream:
        stream.write(b"\n")
    assert len(problems(tmp_path, COMPILED)) == 1


@pytest.mark.parametrize(
    "name", ["posts.yml", "ship_prefixes.csv", "cues.yml", "cities_words.csv", "languages/fr/cues.yml"]
)
def test_a_file_that_is_read_as_it_is_bears_on_the_version_of_reports(name: str, tmp_path: Path) -> None:
    """The version is a hash of the compiled text, in which the hash of all files stands."""
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(DATA / name, tmp_path / name)
    before = Lexicon(compiled_text(tmp_path)).version
    with (tmp_path / name).open("ab") as stream:
        stream.write(b"\n")
    assert Lexicon(compiled_text(tmp_path)).version != before


def test_a_compiled_file_that_the_tables_do_not_give_is_told(tmp_path: Path) -> None:
    """A file that was edited, or compiled by other code, is stale though its hash of the tables is right."""
    write_state(tmp_path, "XXA", "Testland")
    (tmp_path / COMPILED).write_text(compiled_text(tmp_path).replace("Testland", "Testlund"), encoding="utf-8")
    assert len(problems(tmp_path, COMPILED)) == 1


@pytest.mark.parametrize("name", CITY_TABLES)
def test_cities_that_were_built_from_other_tables_are_told(name: str, tmp_path: Path) -> None:
    """A spelling or a word that the table of cities does not know yet is no dead letter."""
    for file in (CITIES, *CITY_TABLES):
        shutil.copy(DATA / file, tmp_path / file)
    assert problems(tmp_path, "build_cities") == []
    with (tmp_path / name).open("ab") as stream:
        stream.write(b"\n")
    assert len(problems(tmp_path, "build_cities")) == 1


def test_a_broken_table_of_cities_is_told(tmp_path: Path) -> None:
    """What is no Parquet file, or does not say what it was built from, is to be built again."""
    (tmp_path / CITIES).write_bytes(b"none")
    assert len(problems(tmp_path, "build_cities")) == 1
    pq.write_table(pa.table({"name": []}).replace_schema_metadata({BUILT_FROM: "other"}), tmp_path / CITIES)
    assert len(problems(tmp_path, "build_cities")) == 1
