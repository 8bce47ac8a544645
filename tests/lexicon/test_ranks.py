"""The ranks of compiled rows, each form with one grade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from communique.lexicon.assembly import assemble
from communique.lexicon.ranks import RankForms, rank_forms, twice
from communique.lexicon.tables import TABLES, Record, read_table

HEADER = "form,aliases,grade,service,language,weak,source,licence,retrieved\n"
TABLE = next(table for table in TABLES if table.file == "ranks.csv")


def records(folder: Path, *rows: str) -> list[Record]:
    path = folder / "ranks.csv"
    path.write_text(HEADER + "".join(f"{row},a page,CC0,2026-11-26\n" for row in rows), encoding="utf-8")
    return list(read_table(path, TABLE))


def compiled(found: list[Record]) -> dict[str, Any]:
    return assemble({"records": found, "states": {}, "tenures": {}, "words": {}}, "")


def title(ranks: RankForms, words: str) -> tuple[str, str, bool] | None:
    found = ranks.titles.at(words.split(), 0)
    return None if found is None else (found[1], ranks.ranks[found[1]].grade, ranks.ranks[found[1]].weak)


def test_every_spelling_leads_to_its_rank(tmp_path: Path) -> None:
    """Aliases too; a row that is marked weak is a weak rank."""
    content = compiled(records(tmp_path, "Hetman,Ataman|HTM,OF-9,army,en,", "Elder,,OF-5,army,en,yes"))
    ranks = rank_forms(content["rows"], content["forms"])
    assert [title(ranks, words) for words in ("hetman", "ataman", "htm", "elder", "general")] == [
        ("Hetman", "OF-9", False), ("Hetman", "OF-9", False), ("Hetman", "OF-9", False), ("Elder", "OF-5", True), None,
    ]  # fmt: skip


def test_own_rows_come_before_the_others(tmp_path: Path) -> None:
    """Of two ranks of one spelling the earlier row has it, but an own row's is the own one's."""
    rows = records(tmp_path, "Hetman,,OF-9,army,en,", "Elder,Hetman,OF-5,army,en,", "Chief,Elder,OF-3,army,en,")
    content = compiled(rows)
    first = rank_forms(content["rows"], content["forms"])
    own = rank_forms(content["rows"], content["forms"], own_from=len(content["rows"]) - 1)
    assert [title(first, words) for words in ("hetman", "elder")] == [
        ("Hetman", "OF-9", False),
        ("Elder", "OF-5", False),
    ]
    assert title(own, "elder") == ("Chief", "OF-3", False)


def test_a_form_in_two_rows_is_told(tmp_path: Path) -> None:
    """Under which grade it is to be found cannot be known."""
    found = records(tmp_path, "Hetman,,OF-9,army,en,", "Elder,,OF-8,army,en,", "Hetman,,OF-8,army,en,")
    assert list(twice(found)) == [
        "ranks.csv, line 4: rank 'Hetman' has another grade or service in ranks.csv, line 2; merge the rows"
    ]
