"""The main job: every input is accounted for, and every report's words stand where it says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.codebook import problems_of
from communique.demo import demo_documents_path
from communique.errors import UnusableOption
from communique.pipeline.gate import gate
from communique.pipeline.read import read
from communique.pipeline.run import MODELS, Coder, Run, code_stream
from communique.pipeline.versioning import coder_version
from communique.records import Document, Quarantined, Report, Span
from communique.text import content_hash

CODED: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "coded.yml").read_text("utf-8"))
STORY = """Omani Defence Minister Salim al-Hashidi visited Tehran on Monday.

The Omani minister held talks with Iranian Defence Minister Reza Moradi in Tehran.

Al-Hashidi said the two countries will hold a joint naval exercise in the Gulf of Oman next month.

During the visit to Iran on Monday, Omani Defence Minister Salim al-Hashidi met officers."""
WORDS = [
    "Chile",
    "Peru's navy",
    "Omani Defence Minister Salim al-Hashidi",
    "visited",
    "Tehran",
    "on Monday",
    "signed a defence agreement with",
    "will",
    "denied that",
    "General",
    "said",
    ",",
    ".",
    "“",
    "”",
    "\n\n",
    "the two sides",
    "and",
    "in the Gulf of Oman",
    "sold 20 missiles to",
    "he",
    "according to",
    "(",
    "NATO",
    "\u200b",
    "é",
    "🚢",
    "—",
    "next week",
    "a joint exercise",
]


def facts(report: Report) -> dict[str, Any]:
    """What the table of coded articles tells of a report."""
    return {
        "type": report.type,
        "status": report.status,
        "parties": {f"{p.role} {p.actor}" for p in report.participants},
        "date": [report.date.start, report.date.end] if report.date else None,
        "precision": report.date.precision if report.date else None,
        "place": report.place.name if report.place else None,
        "voice": report.asserted_by.name,
    }


def check(text: str, reports: list[Report], coder: Coder) -> None:
    """The promises that hold for every report of any text."""
    assert len({r.report_id for r in reports}) == len(reports)
    assert [r.evidence[0].start for r in reports] == sorted(r.evidence[0].start for r in reports)
    for report in reports:
        assert problems_of(report, coder.codebook) == [], report
        starts = [s.start for s in report.evidence]
        assert starts == sorted(starts)
        assert all(0 <= s.start < s.end <= len(text) and s.end - s.start <= 400 for s in report.evidence)
        for party in report.participants:
            assert party.span is not None
            assert party.mention is not None
            assert party.span.of(text).lower() == party.mention.lower()
            assert 0 <= party.span.start < party.span.end <= len(text)
        told = [report.date.text if report.date else None, report.place.text if report.place else None]
        assert all(part in text for words in told if words for part in words.split(" ... "))
        assert report.report_id == content_hash(
            content_hash(text), report.type, *(f"{s.start}-{s.end}" for s in report.evidence)
        )
        assert report.why
        assert report.versions == coder.versions


@pytest.mark.parametrize("case", CODED, ids=lambda case: case["text"][:60])
def test_the_table_of_articles(case: dict[str, Any], code: Any, coder: Coder) -> None:
    """Every article of tests/cases/coded.yml gives exactly the table's reports."""
    found = code(case["text"])
    check(case["text"], found, coder)
    assert len(found) == len(case["reports"]), [facts(r) for r in found]
    for report, expected in zip(found, case["reports"], strict=True):
        assert {k: facts(report)[k] for k in expected} == {**expected, "parties": set(expected["parties"])}


def test_one_event_told_three_times_is_one_report(code: Any, coder: Coder) -> None:
    """Mentions in three paragraphs are three spans of one report; its participants bear their fullest names."""
    text = "\n\n".join(
        [
            "Omani Defence Minister Salim al-Hashidi visited Tehran on Monday.",
            "Al-Hashidi visited Tehran on Monday with officers of the navy.",
            "The Omani defence minister visited Tehran on Monday.",
        ]
    )
    found = code(text)
    check(text, found, coder)
    visits = [r for r in found if r.type == "visit"]
    assert len(visits) == 1
    assert next(s.of(text).split()[-1] for s in visits[0].evidence) == "Monday"
    assert len(visits[0].evidence) == 3
    assert {p.name for p in visits[0].participants if p.role == "visitor"} == {"Salim al-Hashidi"}


def test_two_dated_visits_are_two_reports(code: Any) -> None:
    """The same journey on two days is two events."""
    found = code(
        "Chilean Defence Minister Juan Rojas visited Oman on June 1.\n\n"
        "Chilean Defence Minister Juan Rojas visited Oman on June 8."
    )
    assert [str(r.date.start) for r in found if r.type == "visit"] == ["2021-06-01", "2021-06-08"]


def test_a_denial_stands_apart(code: Any) -> None:
    """What one side claims and the other denies are two reports, each in its own voice."""
    found = [
        r
        for r in code(
            "Peru's defence ministry said Chile sold missiles to Bolivia.\n\n"
            "Chile's defence ministry denied that Chile had sold missiles to Bolivia."
        )
        if r.type == "transfer"
    ]
    assert {(r.status, r.asserted_by.name) for r in found} == {
        ("occurred", "defence ministry of Peru"),
        ("denied", "defence ministry of Chile"),
    }


def test_a_headline_founds_no_report(code: Any, coder: Coder) -> None:
    """A headline is evidence of what the body tells, first in order, and no event of its own."""
    title, body = "Chile sells missiles to Peru", "Omani Defence Minister Salim al-Hashidi visited Tehran on Monday."
    assert {r.type for r in code(body, title)} == {"visit"}
    text = f"Omani defence minister visits Tehran\n\n{body}"
    found = code(body, "Omani defence minister visits Tehran")
    check(text, found, coder)
    visit = next(r for r in found if r.type == "visit")
    assert next(s.of(text) for s in visit.evidence) == "Omani defence minister visits Tehran"
    assert len(visit.evidence) == 2


def test_the_same_document_gives_the_same_reports(code: Any, coder: Coder) -> None:
    """Two runs give equal reports, ids included; another day of publication changes dates but no id."""
    first, second = code(STORY), code(STORY)
    check(STORY, first, coder)
    assert first
    assert first == second
    later = code(STORY, published=dt.date(2021, 6, 24))
    assert {r.report_id for r in later if r.type == "visit"} == {r.report_id for r in first if r.type == "visit"}


def test_ignored_words_are_never_coded(code: Any) -> None:
    """Feed furniture tells no event and is no evidence, however much it looks like one."""
    body = "Omani Defence Minister Salim al-Hashidi visited Tehran on Monday."
    text = f"{body}\n\nRead also: Chilean Defence Minister Juan Rojas visited Lima on Monday."
    hidden = Span(start=len(body) + 2, end=len(text))
    found = code(text, ignored=(hidden,))
    assert found
    assert all(s.end <= hidden.start for r in found for s in r.evidence)
    assert "CHL" not in {p.actor for r in found for p in r.participants}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)))
def test_any_text_is_coded_soundly(coder: Coder, document: Any, text: str) -> None:
    """No text makes the coder fail, and all offsets of what it finds are valid."""
    for title in (None, "Chile denies it"):
        doc = document(text, title)
        check(doc.text, coder.code(doc), coder)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", ".", "“”", "a" * 5000, "Chile " * 800, "\ufeff\u202e", "Chile visited Peru. " * 40]
)
def test_odd_texts(coder: Coder, document: Any, text: str) -> None:
    """Empty, endless and repeating texts are coded soundly."""
    check(text, coder.code(document(text)), coder)


@pytest.mark.parametrize(
    ("outlet", "country", "speaker", "official"),
    [
        ("Reef Daily", None, None, False),
        ("Reef Daily", "CHL", "CHL", False),
        ("Ministry of Defence of Chile", None, "CHL", True),
        ("Chilean Navy", None, "CHL", True),
        (None, None, None, False),
    ],
)
def test_speaker(
    coder: Coder, document: Any, outlet: str | None, country: str | None, speaker: str | None, official: bool
) -> None:
    """An outlet speaks from the country that is given or that its name tells; a state's organ is official."""
    assert coder.speaker_of(document("x", outlet=outlet, country=country)) == (speaker, official)


def test_an_unknown_coder_is_refused() -> None:
    """The error names the value and the coders that there are."""
    with pytest.raises(UnusableOption, match=r"no coder 'rule'; did you mean 'rules'"):
        Coder("rule")


def test_every_coder_has_its_version(coder: Coder) -> None:
    """A report's version tells which coder made it."""
    assert coder.versions.coder == coder_version(MODELS["rules"])
    assert len(set(MODELS.values())) == len(MODELS)


# the stream
def test_every_input_is_accounted_for(coder: Coder, document: Any) -> None:
    """Input = coded + gated + quarantined; what is set aside keeps its reason, and the rest is coded."""
    dull = document("The choir sang on Sunday and the bakers baked. " * 20)
    told = document("Omani Defence Minister Salim al-Hashidi visited Tehran on Monday.")
    bad = Quarantined(source="x.txt:3", reason="encoding", detail="no text")
    assert not gate(dull).passed
    run = Run()
    found = list(code_stream([dull, bad, told, dull], coder, run))
    run.check()
    assert [doc for doc, _ in found] == [told]
    assert found[0][1] == coder.code(told)
    assert (run.inputs, run.coded, len(run.gated), run.quarantined) == (4, 1, 2, [bad])
    assert all(ident == dull.id and reason for ident, reason in run.gated)


def test_an_empty_stream_is_accounted_for(coder: Coder) -> None:
    """No input is nothing coded."""
    run = Run()
    assert list(code_stream([], coder, run)) == []
    run.check()


@pytest.mark.parametrize("run", [Run(inputs=1), Run(inputs=1, coded=2), Run(inputs=0, gated=[("a", "b")])])
def test_a_lost_input_stops_the_run(run: Run) -> None:
    """A run in which an input is lost or doubled does not pass its check."""
    with pytest.raises(AssertionError):
        run.check()


def test_what_was_read_before_changes_nothing() -> None:
    """Each document's reports are the same whether it is read first or last, by the learned coder too."""
    documents = [d for d in read([demo_documents_path()]) if isinstance(d, Document)][:8]
    forwards, backwards = Coder("learned"), Coder("learned")
    told = {d.id: forwards.code(d) for d in documents}
    again = {d.id: backwards.code(d) for d in reversed(documents)}
    assert told == again
    assert any(told.values())
