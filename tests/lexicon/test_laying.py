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
    "posts.yml": (
        "source: a page\nlicence: CC0\nretrieved: 2026-11-26\n"
        "patterns: [{id: grand_vizier, level: minister, forms: [grand vizier], tail: [of], bare: always}]\n"
    ),
    "ranks.csv": (
        "form,aliases,grade,service,language,source,licence,retrieved\n"
        "Hetman,Ataman,OF-9,army,en,a page,CC0,2026-11-26\nColonel,,OF-6,marines,en,a page,CC0,2026-11-26\n"
    ),
    "ship_prefixes.csv": (
        "prefix,state,meaning,weak,source,licence,retrieved\nTLNS,NOR,Testland Ship,,a page,CC0,2026-11-26\n"
        "HMS,NOR,Testland Ship,,a page,CC0,2026-11-26\nUSS,USA,Test Ship,yes,a page,CC0,2026-11-26\n"
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
        "post,prime_minister,First Elder,,a page,CC0,2026-11-26\n"
        "rank,Admiral/navy/OF-9,Drungary,,a page,CC0,2026-11-26\n"
    ),
    "removed.csv": (
        "kind,id,name,why\nstate,IRN,Persia,a painter in our texts\nofficial,USA:mark-milley,,not of our time\n"
        "place,gulf-of-aden,,another project\npost,raksha_mantri,,not ours\npost,monarch,queen,a ship in our texts\n"
        "rank,Generalissimo/army/OF-10,,not ours\nship_prefix,INS/ISR,,not ours\n"
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


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Grand Vizier Omar Test", [], [("Grand Vizier", "minister")]),
        ("the Grand Vizier of the Army", [], [("Grand Vizier of the Army", "minister")]),
        ("First Elder Ana Test", [], [("First Elder", "head_of_government")]),
        ("Raksha Mantri Ana Test", [("Raksha Mantri", "minister")], [("Mantri", "minister")]),
        ("the Queen and the Emir", [("Queen", "head_of_state"), ("Emir", "head_of_state")],
         [("Emir", "head_of_state")]),
        ("the Testweg prime minister", [("prime minister", "head_of_government")],
         [("prime minister", "head_of_government")]),
    ],
)  # fmt: skip
def test_posts_with_own_rows_and_without(
    own: Lexicon, text: str, before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    """Own patterns and forms join the packaged ones; what is removed is not read."""
    packaged, laid = ([(m.text, m.level) for m in x.find_posts(text)] for x in (load_lexicon(), own))
    assert (packaged, laid) == (before, after)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Hetman Jan Test", [], [("Hetman", "OF-9", "army")]),
        ("Ataman Jan Test", [], [("Hetman", "OF-9", "army")]),
        ("Drungary Jan Test", [], [("Admiral", "OF-9", "navy")]),
        ("Generalissimo Test", [("Generalissimo", "OF-10", "army")], []),
        ("Colonel Jan Test", [("Colonel", "OF-5", "army")], [("Colonel", "OF-6", "marines")]),
        ("General Jan Test", [("General", "OF-9", "army")], [("General", "OF-9", "army")]),
    ],
)
def test_ranks_with_own_rows_and_without(
    own: Lexicon, text: str, before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> None:
    """An own row of a form replaces the packaged one, whatever its grade; the names that a text gives follow."""
    packaged, laid = ([(m.form, m.grade, m.service) for m in x.find_ranks(text)] for x in (load_lexicon(), own))
    assert (packaged, laid) == (before, after)
    named = {entry.subkind for match in own.find(text) for entry in match.entries if entry.kind == "rank"}
    assert named == {grade for _, grade, _ in after}


def test_prefixes_of_ships_with_own_rows_and_without(own: Lexicon) -> None:
    """Own rows come first, replace the packaged one of their prefix and state, and what is removed is gone."""
    packaged, laid = ({p: [r.state for r in x.ship_prefixes.rows(p)] for p in ("TLNS", "HMS", "INS", "KRI")}
                      for x in (load_lexicon(), own))  # fmt: skip
    assert packaged == {"TLNS": [], "HMS": ["GBR"], "INS": ["IND", "ISR"], "KRI": ["IDN"]}
    assert laid == {"TLNS": ["NOR"], "HMS": ["NOR", "GBR"], "INS": ["IND"], "KRI": ["IDN"]}
    assert (load_lexicon().ship_prefixes.navy_of("USS", ()), own.ship_prefixes.navy_of("USS", ())) == ("USA", None)


def test_own_states_stand_in_posts(tmp_path: Path) -> None:
    """An own state's name before a post is no part of it, and ends the name of an institution."""
    (tmp_path / "states").mkdir()
    (tmp_path / "states" / "NOR.yml").write_text(
        "code: NOR\nname: Testway\nadjectives: [Testwegian]\nsource: a page\nlicence: CC0\nretrieved: 2026-11-26\n",
        encoding="utf-8",
    )
    text = "the commander of the Testway Army and the Norwegian Navy commander"
    assert [m.text for m in load_lexicon(tmp_path).find_posts("a Testwegian Navy spokesman")] == ["Navy spokesman"]
    assert [m.text for m in load_lexicon().find_posts("a Testwegian Navy spokesman")] == ["Testwegian Navy spokesman"]
    assert len(load_lexicon(tmp_path).find_posts(text)) == 2


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
