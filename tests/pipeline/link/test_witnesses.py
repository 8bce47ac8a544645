"""Witnesses count tellings, not documents."""

from __future__ import annotations

import datetime as dt

import pytest

from communique.lexicon import load_lexicon
from communique.pipeline.link.items import DocumentInfo
from communique.pipeline.link.witnesses import agency, camp_of, tellings


def info(doc: str, day: int = 1, **rest: object) -> DocumentInfo:
    """A document of January 2020."""
    return DocumentInfo(doc, published=dt.date(2020, 1, day), **rest)  # type: ignore[arg-type]


def test_copies_chain_through_an_agency() -> None:
    """A copy of a text that credits an agency is a copy of the agency's telling too."""
    groups = tellings(
        [info("a", wire="Reuters"), info("b", 2, wire="Reuters", copies="g"), info("c", 20, copies="g"), info("d")]
    )
    assert [[x.doc_id for x in group] for group in groups] == [["a", "b", "c"], ["d"]]


def test_an_agency_tells_again_later() -> None:
    """Two texts of one agency weeks apart are two tellings."""
    assert len(tellings([info("a", 1, wire="Reuters"), info("b", 20, wire="Reuters")])) == 2


def test_equal_texts_are_one() -> None:
    """Two documents of one hash are one telling."""
    assert len(tellings([info("a", hash="h"), info("b", 9, hash="h")])) == 1


@pytest.mark.parametrize(
    ("country", "affiliation", "camp"),
    [
        ("IRN", "state", "party IRN"),
        ("LBN", "state", "third LBN"),
        ("IRN", "independent", "independent"),
        ("IRN", None, "unknown"),
        (None, "state", "unknown"),
        ("GBR", "public", "independent"),
        ("PHL", "government", "party PHL"),
    ],
)
def test_camps(country: str | None, affiliation: str | None, camp: str) -> None:
    """State media are seen from the engagement's parties; what is not known is not guessed."""
    assert camp_of(DocumentInfo("a", outlet_country=country, affiliation=affiliation), {"IRN", "PHL"}) == camp


def test_a_credited_agency_tells_whoever_prints_it() -> None:
    """A state agency's text in a foreign paper is the state agency's telling."""
    printed = info("a", outlet="Hill Courier", outlet_country="CHL", affiliation="private")
    told = agency("TASS", [printed], load_lexicon())
    assert (told.outlet, told.outlet_country, told.affiliation) == ("TASS", "RUS", "state")
    assert camp_of(told, {"RUS", "CHN"}) == "party RUS"


def test_an_agency_s_own_document_speaks_for_it() -> None:
    """What is told of the agency's own document is not told anew; of an unknown agency nothing is made up."""
    own = info("b", outlet="Hill Agency", outlet_country="CHL", affiliation="state")
    first = info("a", outlet="Hill Courier", affiliation="private")
    assert agency("Hill Agency", [first, own], load_lexicon()) is own
    assert agency("Unheard Agency", [first], load_lexicon()) is first
