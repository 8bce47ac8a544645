"""A record's folder `lexicon` is laid over the packaged lexicon, and travels with the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import LexiconError
from communique.lexicon import load_lexicon
from communique.store import Record

OUTLETS = (
    "id,name,aliases,country,owner,affiliation,typology,wire_credits,url,source,licence,retrieved\n"
    "test-gazette,Testland Gazette,,IRN,Test Press,private,,,,a page,CC0,2026-11-26\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    (made / "lexicon").mkdir(parents=True)
    (made / "lexicon" / "outlets.csv").write_text(OUTLETS, encoding="utf-8")
    return made


def test_a_folder_that_holds_own_rows_alone_becomes_a_record(folder: Path) -> None:
    """Rows can be written before the first article is added, and are the record's at once."""
    with Record.create(folder) as record:
        told = record.lexicon.behind("Testland Gazette")
        assert record.own_rows == folder / "lexicon"
    assert told is not None
    assert (told.owner, told.country) == ("Test Press", "IRN")


def test_a_record_without_own_rows_has_the_packaged_lexicon(tmp_path: Path) -> None:
    """Nothing is copied or compiled."""
    with Record.create(tmp_path / "record") as record:
        assert record.own_rows is None
        assert record.lexicon is load_lexicon()


def test_a_faulty_row_is_refused_when_the_lexicon_is_asked_for(folder: Path) -> None:
    """The message names file, line and value."""
    (folder / "lexicon" / "outlets.csv").write_text(OUTLETS.replace("private", "privat"), encoding="utf-8")
    with Record.create(folder) as record, pytest.raises(LexiconError, match=r"outlets\.csv, line 2: .*'privat'"):
        assert record.lexicon


def test_a_backup_holds_the_own_rows(folder: Path, tmp_path: Path) -> None:
    """A copy codes as the record does."""
    with Record.create(folder) as record:
        version = record.lexicon.version
        record.backup(tmp_path / "copy")
    with Record.open(tmp_path / "copy", read_only=True) as copy:
        assert copy.lexicon.version == version
