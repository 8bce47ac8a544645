"""A table is read strictly: each fault is refused with file, line, value and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import LexiconError
from communique.lexicon.tables import TABLES, Record, read_table

BODIES = next(table for table in TABLES if table.file == "bodies_states.csv")
PLACES = next(table for table in TABLES if table.file == "places_special.csv")
RANKS = next(table for table in TABLES if table.file == "ranks.csv")
HEADER = "id,name,aliases,native,kind,actor,parent,source,licence,retrieved\n"
GOOD = "in-navy,Indian Navy,IN|Navy of India,,navy,IND,in-mod,a page,CC0,2026-11-26\n"


def records(folder: Path, content: str) -> list[Record]:
    path = folder / BODIES.file
    path.write_text(content, encoding="utf-8")
    return list(read_table(path, BODIES))


def test_names_aliases_and_acronyms_become_forms_of_their_own(tmp_path: Path) -> None:
    """The row's kind is the entry's subkind, its parent an attribute, its source no attribute."""
    found = {record.form: record for record in records(tmp_path, HEADER + GOOD)}
    assert {form: record.spellings for form, record in found.items()} == {
        "strong": ("Indian Navy",),
        "alias": ("Navy of India",),
        "acronym": ("IN",),
    }
    assert (found["strong"].kind, found["strong"].code, found["strong"].subkind) == ("body", "IND", "navy")
    assert dict(found["strong"].attributes) == {"parent": "in-mod"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            HEADER.replace("parent", "parents") + GOOD,
            r"bodies_states.csv, line 1: unknown column 'parents'; did you mean 'parent'",
        ),
        (HEADER.replace(",parent", "") + GOOD, r"line 1: no column 'parent'; add it"),
        (HEADER + GOOD + GOOD, r"line 3: id 'in-navy' is on line 2 already"),
        (HEADER + GOOD.replace("a page", ""), r"line 2: no source; name where"),
        (HEADER + GOOD.replace("CC0", " "), r"line 2: no licence"),
        (HEADER + GOOD.replace(",navy,", ",navvy,"), r"line 2: kind 'navvy' is unknown; did you mean 'navy'"),
        (HEADER + GOOD.replace(",IND,", ",,"), r"line 2: no actor"),
        (HEADER + GOOD.replace("in-navy", ""), r"line 2: no id"),
        (HEADER + GOOD.replace("Indian Navy", ""), r"line 2: no name"),
        (
            HEADER + GOOD.replace("a page", "a page, p. 3"),
            r"line 2: the row has not as many cells as the header \(10\)",
        ),
        (HEADER + "in-navy,Indian Navy\n", r"line 2: the row has not as many cells"),
    ],
)
def test_a_fault_is_refused_with_its_place_and_a_way_out(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        records(tmp_path, content)


def test_every_form_of_a_weak_row_is_weak_and_coordinates_are_attributes(tmp_path: Path) -> None:
    """A place's country is its code; an empty one, at sea, is None."""
    path = tmp_path / PLACES.file
    path.write_text(
        "id,name,aliases,kind,country,lat,lon,precision,weak,source,licence,retrieved\n"
        "hormuz,Hormuz,the Strait,strait,,26.6,56.5,2,yes,a page,CC0,2026-11-26\n",
        encoding="utf-8",
    )
    (record,) = read_table(path, PLACES)
    assert (record.form, record.spellings, record.code, record.subkind) == (
        "weak",
        ("Hormuz", "the Strait"),
        None,
        "strait",
    )
    assert dict(record.attributes) == {"lat": "26.6", "lon": "56.5", "precision": "2"}


def test_a_weak_cell_that_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    """The message gives the cell."""
    path = tmp_path / PLACES.file
    path.write_text(
        "id,name,aliases,kind,country,lat,lon,precision,weak,source,licence,retrieved\n"
        "hormuz,Hormuz,,strait,,26.6,56.5,2,perhaps,a page,CC0,2026-11-26\n",
        encoding="utf-8",
    )
    with pytest.raises(LexiconError, match=r"line 2: weak is 'perhaps'; write yes or no"):
        list(read_table(path, PLACES))


def test_ranks_of_one_name_in_two_services_are_two_entries(tmp_path: Path) -> None:
    """A captain of the navy is a grade of its own; form, service and grade tell the rows apart."""
    path = tmp_path / RANKS.file
    path.write_text(
        "form,aliases,grade,service,language,source,licence,retrieved\n"
        "Captain,Capt.,OF-2,army,en,a page,CC0,2026-11-26\n"
        "Captain,,OF-5,navy,en,a page,CC0,2026-11-26\n",
        encoding="utf-8",
    )
    found = [record for record in read_table(path, RANKS) if record.form == "strong"]
    assert [(record.kind, record.id, record.subkind, record.attributes["service"]) for record in found] == [
        ("rank", "Captain/army/OF-2", "OF-2", "army"),
        ("rank", "Captain/navy/OF-5", "OF-5", "navy"),
    ]


def test_a_name_among_the_weak_aliases_is_weak(tmp_path: Path) -> None:
    """A row's own name may be weak while its aliases are sure."""
    path = tmp_path / BODIES.file
    path.write_text(
        HEADER.replace("native", "weak_aliases,native") + GOOD.replace(",,navy", ",Indian Navy|IN Fleet,,navy"),
        encoding="utf-8",
    )
    forms = {record.form: record.spellings for record in read_table(path, BODIES)}
    assert forms == {"alias": ("Navy of India",), "acronym": ("IN",), "weak": ("Indian Navy", "IN Fleet")}


def test_an_affiliation_is_one_of_the_known(tmp_path: Path) -> None:
    """An outlet's affiliation decides its camp, so an unknown one is refused; none at all is allowed."""
    outlets = next(table for table in TABLES if table.file == "outlets.csv")
    path = tmp_path / outlets.file
    header = "id,name,aliases,country,owner,affiliation,typology,wire_credits,url,source,licence,retrieved\n"
    path.write_text(header + "x,Hill Post,,CHL,,,,,,a page,CC0,2026-11-26\n", encoding="utf-8")
    assert [record.subkind for record in read_table(path, outlets)] == [None]
    path.write_text(header + "x,Hill Post,,CHL,,privat,,,,a page,CC0,2026-11-26\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="affiliation 'privat' is unknown; did you mean 'private'"):
        list(read_table(path, outlets))
