"""The check names what a reader of one row can't see, and finds nothing in the packaged tables."""

from __future__ import annotations

from pathlib import Path

import pytest

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
