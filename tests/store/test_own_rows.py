"""A record's folder `lexicon` is laid over the packaged lexicon, and travels with the record."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_coder import Courtly, document, gate

from communique.errors import LexiconError
from communique.lexicon import load_lexicon
from communique.pipeline.keeping import add_items
from communique.pipeline.relinking import engagement, link
from communique.records import Participant
from communique.store import Decision, Record

OUTLETS = (
    "id,name,aliases,country,owner,affiliation,typology,wire_credits,url,source,licence,retrieved\n"
    "test-gazette,Testland Gazette,,IRN,Test Press,private,,,,a page,CC0,2026-11-26\n"
)


POSTS = (
    "source: a page\nlicence: CC0\nretrieved: 2026-11-26\n"
    "patterns: [{id: grand_vizier, level: minister, forms: [grand vizier], bare: always}]\n"
)
OFFICIALS = (
    "id,person,aliases,state,post,level,body_kind,start,end,rank,source,licence,retrieved\n"
    "test-1,Ana Testi,,OMN,Vizier,director,,2020-01,2020-12,,a page,CC0,2026-11-26\n"
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


def test_offices_have_the_levels_of_the_records_own_rows(folder: Path) -> None:
    """Of a post in the words and of an office in the register alike, as coded, as edited and as learned."""
    (folder / "lexicon" / "posts.yml").write_text(POSTS, encoding="utf-8")
    (folder / "lexicon" / "officials.csv").write_text(OFFICIALS, encoding="utf-8")
    docs = [
        document("a", "OMN visits SYR on 2020-07-08. [OMN: Salim Darvari, grand vizier]", published="2020-07-09"),
        document("b", "OMN meets IND on 2020-07-08. [OMN: Ana Testi]", published="2020-07-09"),
        document("c", "OMN arms PAK on 2020-07-08.", published="2020-07-09"),
    ]
    with Record.create(folder) as record:
        add_items(record, docs, Courtly, gate=gate)
        reports = {row["doc_id"]: row for row in record.reports().to_pylist()}
        assert {doc: row["level"] for doc, row in reports.items()} == {"a": "minister", "b": "director", "c": None}
        vizier = Participant(role="supplier", actor="OMN", kind="person", name="Jan Testi", post="grand vizier")
        parties = [vizier.model_dump(), {"role": "recipient", "actor": "PAK", "kind": "country"}]
        record.decide(
            Decision(kind="edit", who="ana", report=reports["c"]["report_id"], field="participants", value=parties)
        )
        link(record)
        assert {row["doc_id"]: row["level"] for row in record.reports().to_pylist()}["c"] == "minister"
        learned = record.sql("SELECT name, post, level FROM officials ORDER BY name").to_pylist()
    assert {"name": "Salim Darvari", "post": "grand vizier", "level": "minister"} in learned
    with Record.create(folder.parent / "packaged") as plain:
        add_items(plain, docs, Courtly, gate=gate)
        assert {row["level"] for row in plain.reports().to_pylist()} == {None}


def test_a_credited_agency_is_that_of_the_records_own_rows(folder: Path) -> None:
    """Its owner and country stand among the witnesses, whoever printed the text."""
    (folder / "lexicon" / "outlets.csv").write_text(
        OUTLETS.replace("test-gazette,Testland Gazette", "irn-mehr-news-agency,Mehr News Agency"), encoding="utf-8"
    )
    doc = document("a", "TEHRAN (MNA) - IRN visits SYR on 2020-07-08.", outlet="Hill Courier", country="CHL")
    with Record.create(folder) as record:
        add_items(record, [doc], Courtly, gate=gate)
        link(record)
        (row,) = record.engagements().to_pylist()
        (told,) = engagement(record, row["engagement_id"]).witnesses.tellings
    assert (told.outlet, told.owner, told.country) == ("Mehr News Agency", "Test Press", "IRN")
