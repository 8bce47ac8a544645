"""Own rows join the packaged ones or take their place, and what is removed is not found any more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from communique.lexicon import Lexicon, load_lexicon

DAY = dt.date(2019, 6, 1)
TABLES = {
    "bodies_states.csv": (
        "id,name,aliases,native,kind,actor,parent,source,licence,retrieved\n"
        "test-navy,Royal Testland Navy,,,navy,IRN,,a page,CC0,2026-11-26\n"
    ),
    "outlets.csv": (
        "id,name,aliases,country,owner,affiliation,typology,wire_credits,url,source,licence,retrieved\n"
        "test-gazette,Testland Gazette,,IRN,Test Press,private,,,,a page,CC0,2026-11-26\n"
    ),
    "officials.csv": (
        "id,person,aliases,state,post,level,body_kind,start,end,rank,source,licence,retrieved\n"
        "test-1,Hulusi Akar,,TUR,Test Envoy,director,,2024-01,2024-06,,a page,CC0,2026-11-26\n"
    ),
    "cities_aliases.csv": (
        "alias,geoname_id,source,licence,retrieved\n"
        "Testaghdad,98182,a page,CC0,2026-11-26\nTripoli,98182,a page,CC0,2026-11-26\n"
    ),
    "names.csv": (
        "kind,id,name,form,source,licence,retrieved\n"
        "state,NOR,Testway,,a page,CC0,2026-11-26\n"
        "state,NOR,Testwegians,demonym,a page,CC0,2026-11-26\n"
        "official,TUR:hulusi-akar,Hulusi Testakar,,a page,CC0,2026-11-26\n"
        "igo,north-atlantic-treaty-organization,TSTO,,a page,CC0,2026-11-26\n"
    ),
    "removed.csv": (
        "kind,id,name,why\nstate,IRN,Persia,a painter in our texts\nofficial,USA:mark-milley,,not of our time\n"
        "place,gulf-of-aden,,another project\n"
    ),
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    folder = tmp_path_factory.mktemp("own")
    for file, content in TABLES.items():
        (folder / file).write_text(content, encoding="utf-8")
    return load_lexicon(folder)


def read(lexicon: Lexicon, text: str) -> list[tuple[str, str, str]]:
    return [(entry.kind, entry.id, entry.form) for match in lexicon.find(text) for entry in match.entries]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Royal Testland Navy", [], [("body", "test-navy", "strong")]),
        ("Testway", [], [("state", "NOR", "alias")]),
        ("Testwegians", [], [("state", "NOR", "demonym")]),
        ("TSTO", [], [("igo", "north-atlantic-treaty-organization", "acronym")]),
        ("Hulusi Testakar", [], [("official", "TUR:hulusi-akar", "strong")]),
        ("Persia", [("state", "IRN", "former")], []),
        ("Gulf of Aden", [("place", "gulf-of-aden", "strong")], []),
        ("Mark Milley", [("official", "USA:mark-milley", "strong")], []),
        ("Norway and Iran", [("state", "NOR", "strong"), ("state", "IRN", "strong")],
         [("state", "NOR", "strong"), ("state", "IRN", "strong")]),
    ],
)  # fmt: skip
def test_what_a_text_names_with_own_rows_and_without(
    own: Lexicon, text: str, before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> None:
    assert (read(load_lexicon(), text), read(own, text)) == (before, after)


def test_a_tenure_joins_the_others_of_its_person(own: Lexicon) -> None:
    """Rows of officials are laid over one by one: the packaged tenures of the person stay, and lead by the new name."""
    posts = [tenure.post for tenure in own.register.tenures_of("Hulusi Testakar", "TUR")]
    assert posts[-1] == "Test Envoy"
    assert posts[:-1] == [tenure.post for tenure in load_lexicon().register.tenures_of("Hulusi Akar", "TUR")] != []
    assert own.tenures("TUR:hulusi-akar")[-1].id == "test-1"


def test_a_removed_official_holds_no_office(own: Lexicon) -> None:
    """Neither by name nor by id."""
    assert load_lexicon().register.office_at("Mark Milley", dt.date(2020, 1, 1)) is not None
    assert own.register.office_at("Mark Milley", dt.date(2020, 1, 1)) is None
    assert own.tenures("USA:mark-milley") == ()


def test_an_own_outlet_has_its_owner(own: Lexicon) -> None:
    """Who stands behind an outlet is asked of the same rows."""
    told = own.behind("Testland Gazette")
    assert told is not None
    assert (told.owner, told.country, told.affiliation) == ("Test Press", "IRN", "private")


def test_the_version_names_the_package_and_the_own_rows(own: Lexicon) -> None:
    """A report's version tells which packaged lexicon was used, and that rows lay over it, by their hash."""
    packaged, _, rows = own.version.partition("+")
    assert packaged == load_lexicon().version
    assert len(rows) == 16


def test_a_city_is_found_by_a_spelling_of_the_overlay(own: Lexicon) -> None:
    """The added spelling leads to the city; homonyms stay, the largest first; the packaged lexicon doesn't know it."""
    assert [(city.name, city.geoname_id) for city in own.city("TESTAGHDAD")] == [("Baghdad", 98182)]
    assert [city.country for city in own.city("Tripoli")] == ["IRQ", "LBY", "LBN", "GRC"]
    assert own.city("Baghdad") == load_lexicon().city("Baghdad")
    assert load_lexicon().city("Testaghdad") == ()


def test_a_changed_folder_is_loaded_anew(tmp_path: Path) -> None:
    """The same folder with another row is another lexicon, in the same process too."""
    path = tmp_path / "names.csv"
    path.write_text(TABLES["names.csv"], encoding="utf-8")
    first = load_lexicon(tmp_path)
    assert load_lexicon(tmp_path) is first
    path.write_text(TABLES["names.csv"].replace("Testway", "Testweg"), encoding="utf-8")
    second = load_lexicon(tmp_path)
    assert second.version != first.version
    assert (bool(second.find("Testway")), bool(second.find("Testweg"))) == (False, True)
