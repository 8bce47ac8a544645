"""One row a tenure becomes one entry a person, with the tenures in order of time."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import LexiconError
from communique.lexicon.people import read_officials, tenure_rows

HEADER = "id,person,aliases,state,post,level,body_kind,start,end,rank,source,licence,retrieved\n"
LATER = "b,Ana Test,A. Test,XXA,minister of defence,minister,ministry_defence,2021-05,,,a page,CC0,2026-11-26\n"
EARLIER = (
    "a,Ana Test,Ana B. Test,XXA,chief of staff,chief,general_staff,2019-01,2021-04,General,a page,CC0,2026-11-26\n"
)


def write(folder: Path, content: str) -> Path:
    path = folder / "officials.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_person_with_two_tenures_is_one_entry_in_its_latest_post(tmp_path: Path) -> None:
    """Names and aliases of all rows lead to the person; an empty end is None."""
    records, tenures = read_officials(write(tmp_path, HEADER + LATER + EARLIER))
    (record,) = records
    assert (record.id, record.code, record.spellings) == ("XXA:ana-test", "XXA", ("Ana Test", "A. Test", "Ana B. Test"))
    assert (record.attributes["post"], record.attributes["tenures"]) == ("minister of defence", "2")
    first, second = tenure_rows(tenures["XXA:ana-test"])
    assert (first.post, first.end, first.rank) == ("chief of staff", "2021-04", "General")
    assert (second.post, second.end, second.rank) == ("minister of defence", None, None)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + LATER + LATER, r"officials.csv, line 3: tenure 'b' is on line 2 already"),
        (HEADER + LATER.replace("XXA", ""), r"line 2: no state"),
        (HEADER + LATER.replace("a page", ""), r"line 2: no source"),
    ],
)
def test_a_fault_is_refused_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        read_officials(write(tmp_path, content))


def test_without_a_table_there_are_no_officials(tmp_path: Path) -> None:
    """The lexicon works before the table is there."""
    assert read_officials(tmp_path / "officials.csv") == ([], {})
