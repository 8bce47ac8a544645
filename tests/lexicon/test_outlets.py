"""An outlet is known by what is printed, in whatever dress, and never guessed where two outlets bear one name."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from communique.lexicon import Entry, Lexicon, load_lexicon
from communique.lexicon.assembly import DATA
from communique.lexicon.entries import NO_ATTRIBUTES
from communique.lexicon.outlets import Behind, OutletNames, behind_entry, host_of, name_key, readings
from communique.lexicon.tables import PROVENANCE


def entry(ident: str, name: str, code: str | None, form: str = "strong", **more: str) -> Entry:
    """An invented outlet."""
    return Entry("outlet", ident, code, name, form, "private", more or NO_ATTRIBUTES)


STAR_A = entry("a", "The Harbour Star", "CHL", url="https://www.harbourstar.example/en")
STAR_B = entry("b", "Harbour Star (Peru)", "PER")
INVENTED = OutletNames(
    [
        ("The Harbour Star", STAR_A),
        ("Harbour Star (Peru)", STAR_B),
        ("Harbour Star", entry("b", "Harbour Star (Peru)", "PER", form="weak")),
        ("HNA", entry("c", "Hill News Agency", "CHL", form="weak")),
        ("Hill News Agency", entry("c", "Hill News Agency", "CHL")),
        ("Hill Sports", entry("e", "Hill Sports", "CHL", owner="Hill Press", url="http://hill.example/sports")),
        ("Hill Press", entry("f", "Hill Press", "CHL", url="http://hill.example")),
        ("HNA", entry("d", "Haven News Agency", "PER", form="weak")),
    ]
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize(
    ("printed", "country", "ident"),
    [
        ("The Harbour Star", None, "a"),
        ("harbour-star", None, "a"),
        ("Harbour Star", "PER", "b"),
        ("Harbour Star", "CHL", "a"),
        ("Harbour Star (via Hill News Agency)", None, "a"),
        ("Unheard Gazette (via Hill News Agency)", None, "c"),
        ("Unheard Gazette (Harbour Star, 1987)", None, "a"),
        ("Harbour Star: MINISTER / Rojas, Juan", None, "a"),
        ("Harbour Star / Unheard Gazette", None, "a"),
        ("Hill News Agency website", None, "c"),
        ("https://en.harbourstar.example/news/1", None, "a"),
        ("harbourstar.example (crawl)", None, "a"),
        ("harbourstar", None, "a"),
        ("www.hill.example", None, "f"),
        ("HNA", None, None),
        ("HNA", "PER", "d"),
        ("HNA agency", "CHL", "c"),
        ("HNA", "TON", None),
        ("Unheard Gazette", None, None),
        ("", None, None),
        ("()", None, None),
    ],
)
def test_a_printed_name_means_one_outlet_or_none(printed: str, country: str | None, ident: str | None) -> None:
    """The surest reading counts; the country decides between outlets of one name, else nothing is guessed."""
    found = INVENTED.named(printed, country)
    assert (found.id if found else None) == ident


@given(st.text(max_size=60))
def test_any_text_may_be_asked(text: str) -> None:
    """No name fails, and every reading is a part of it."""
    INVENTED.named(text)
    whole = " ".join(text.split())
    assert all(reading in whole for reading in readings(text))


@given(st.text(max_size=40))
@example("\U0001d6a8")  # a capital of mathematics, in small letters only once it is a plain one
def test_a_key_is_stable(text: str) -> None:
    """The key of a key's own words is the key again, but for a second leading article."""
    key = name_key(text)
    assert name_key(key) == key.removeprefix("the ")


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://www.a.example/x", "a.example"), ("a.example:80/x", "a.example"), ("", ""), ("http://", "")],
)
def test_host(address: str, host: str) -> None:
    """A host is bare of scheme, www, port and path."""
    assert host_of(address) == host


def test_a_body_publishes_in_its_own_name() -> None:
    """A ministry's own site is the government's voice, and an affiliation that no camp fits is none."""
    navy = Entry("body", "x", "CHL", "Navy of Chile", "strong", "navy", NO_ATTRIBUTES)
    assert behind_entry(navy) == Behind("Navy of Chile", "CHL", "government")
    group = Entry("outlet", "y", "CHL", "Hill Radio", "strong", "armed-group", {"owner": "the Hill Front"})
    assert behind_entry(group) == Behind("the Hill Front", "CHL", None)


@pytest.mark.parametrize(
    ("printed", "country", "affiliation"),
    [
        ("Tasnim News Agency (via Eurasia Review)", "IRN", "state"),
        ("AFP (via Gulf Times)", "FRA", "independent"),
        ("Islamic Republic of Iran Navy (IONS 2018 site)", "IRN", "government"),
        ("Ministry of Foreign Affairs of Japan", "JPN", "government"),
        ("European External Action Service", "EUU", "government"),
        ("NATO", "NATO", "government"),
        ("https://tass.com/defense/1", "RUS", "state"),
        ("Daily Sabah", "TUR", "state"),
        ("BBC News", "GBR", "public"),
        ("Dawn", "PAK", "private"),
    ],
)
def test_behind(lexicon: Lexicon, printed: str, country: str, affiliation: str) -> None:
    """Outlets of the table, and bodies that publish themselves, have a country and a voice."""
    told = lexicon.behind(printed)
    assert told is not None
    assert (told.country, told.affiliation) == (country, affiliation)


def test_a_state_is_no_outlet(lexicon: Lexicon) -> None:
    """A name that is no outlet's and no body's has nobody behind it."""
    assert lexicon.behind("Iran") is None
    assert lexicon.behind("Unheard Gazette of Nowhere") is None


@pytest.mark.parametrize("text", ["The dawn came.", "Dawn broke over the nation.", "At Dawn The Nation slept."])
def test_weak_names_are_not_found_in_texts(lexicon: Lexicon, text: str) -> None:
    """A name that is a common word too tells an outlet only where an outlet is told."""
    assert [m.text for m in lexicon.find(text) for e in m.entries if e.kind == "outlet"] == []


def test_sure_names_are_found_in_texts(lexicon: Lexicon) -> None:
    """An agency's name is one name, though it holds a state's."""
    found = [(m.text, {e.kind for e in m.entries}) for m in lexicon.find("Korean Central News Agency said so.")]
    assert found == [("Korean Central News Agency", {"outlet"})]


def test_every_credit_of_the_reader_and_of_linking_is_an_outlet(lexicon: Lexicon) -> None:
    """Agencies that datelines and copies credit are known with their country."""
    reader = yaml.safe_load(files("communique.pipeline.read").joinpath("data", "credits.yml").read_text("utf-8"))
    wires = yaml.safe_load(files("communique.pipeline.link").joinpath("data", "wires.yml").read_text("utf-8"))
    names = {row["outlet"] for row in reader["credits"]} | set(wires["wires"].values())
    assert {name for name in names if (told := lexicon.behind(name)) is None or told.country is None} == set()


def test_the_table_has_no_two_outlets_of_one_name_in_a_state() -> None:
    """Each row names its source, and a name with its country means one row."""
    with (DATA / "outlets.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= 400
    assert all(row[column] for row in rows for column in PROVENANCE)
    keys = [(name_key(row["name"]), row["country"]) for row in rows]
    assert len(set(keys)) == len(keys)
