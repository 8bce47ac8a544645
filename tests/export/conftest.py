"""Invented documents with reports, coded by hand."""

import datetime as dt

import pytest

from communique.records import (
    Claim,
    Codes,
    DateInterval,
    Document,
    Participant,
    Place,
    Report,
    Span,
    Versions,
    Voice,
)
from communique.text import content_hash

TEXT = "Ships meet off Suva\n\nThe navies of Chile, Fiji and Tonga drilled off Suva in May, Fiji's commander said."


@pytest.fixture
def drill() -> Report:
    """A trilateral exercise with every field filled."""
    return Report(
        doc_id="d1",
        report_id="r1",
        type="exercise",
        mode="naval",
        participants=(
            Participant(role="party", actor="TON", kind="country"),
            Participant(role="party", actor="CHL", kind="organisation", name="Navy of Chile"),
            Participant(role="host", actor="FJI", kind="country", mention="Fiji", span=Span(start=43, end=47)),
        ),
        date=DateInterval(start=dt.date(2021, 5, 1), end=dt.date(2021, 5, 31), precision="month", text="in May"),
        place=Place(name="Suva", country="FJI", text="off Suva"),
        domains=("maritime", "piracy"),
        asserted_by=Voice(kind="person", name="Fiji's commander", text="said"),
        evidence=(Span(start=0, end=19), Span(start=21, end=78)),
        details={"name": "Blue Reef", "edition": "third"},
        claims=(Claim(kind="first", text="the first of its kind"),),
        confidence=0.75,
        why=("exercise:verb:drill",),
        codes=Codes(cameo="062", plover="COOPERATE"),
        lat=-18.14,
        lon=178.44,
        geo_precision=1,
        versions=Versions(coder="rules-1", codebook="a", lexicon="b"),
    )


@pytest.fixture
def visit() -> Report:
    """A planned visit of a general to two countries, with nothing else told."""
    return Report(
        doc_id="d1",
        report_id="r2",
        type="visit",
        status="planned",
        participants=(
            Participant(
                role="visitor", actor="MNG", kind="person", name="Dorj Bat", rank="General", post="Chief of Staff"
            ),
            Participant(role="host", actor="TUR", kind="country"),
            Participant(role="host", actor="UNKNOWN", kind="country", name="a neighbour"),
        ),
        evidence=(Span(start=84, end=88),),
    )


@pytest.fixture
def document() -> Document:
    """The document that both reports come from."""
    return Document(
        id="d1", text=TEXT, title="Ships meet off Suva", outlet="Reef Daily", hash=content_hash(TEXT),
        published=dt.date(2021, 6, 1), restates=({"outlet": None, "url": "https://www.example.org/a"},),
    )  # fmt: skip


@pytest.fixture
def coded(document: Document, drill: Report, visit: Report) -> list[tuple[Document, list[Report]]]:
    """The document with its reports, and one without any."""
    silent = Document(id="d2", text="Nothing.", hash=content_hash("Nothing."))
    return [(document, [drill, visit]), (silent, [])]
