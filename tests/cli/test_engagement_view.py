"""An engagement on the terminal: what stands, who differs, how it came about and who witnesses it."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from small_coder import Courtly, document, gate

from communique.cli import app
from communique.pipeline.keeping import add_items
from communique.pipeline.relinking import link
from communique.store import Record
from communique.text import content_hash

VISIT = "IRN visits SYR on 2020-07-08. "
DOCS = [
    document("plan", f"planned: {VISIT}[IRN: Salim Darvari, army chief]", outlet="IRNA", published="2020-07-01"),
    document("told", f"{VISIT}[IRN: Saleem Darwari, army chief]", outlet="SANA", country="SYR", published="2020-07-09"),
    document("later", f"{VISIT}[IRN: Salim Darvari, army chief]", outlet="IRNA", published="2020-07-10"),
    document("brief", VISIT, outlet="Digest", country="DEU", published="2020-07-11"),
    document("lone", "RUS meets IND on 2021-01-05.", outlet="TASS", country="RUS", published="2021-01-06"),
]
OWN = {
    "plan": "The journey had long been talked of in the capital and is to last two days, an official told reporters.",
    "told": "A guard of honour stood at the airport, and the guest laid a wreath before he drove to the ministry.",
    "later": "Back at home he spoke of roads, of ports and of students, and thanked his hosts for their welcome.",
    "brief": "Both sides called the talks useful; neither said what had been settled, or when they would meet again.",
    "lone": "",
}
RESTATED = [{"outlet": "Tehran Times", "url": "https://example.org/1"}, {"outlet": "Anadolu Agency"}]


def document_with(doc, words):
    """The document with more words, so that it is no near-copy of the others."""
    text = f"{doc.text} {words * 2}"
    return doc.model_copy(update={"text": text, "hash": content_hash(text)})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("view") / "record"
    docs = [document_with(d, OWN[d.id]) for d in DOCS]
    docs = [d.model_copy(update={"restates": tuple(RESTATED)}) if d.id == "brief" else d for d in docs]
    with Record.create(made) as record:
        add_items(record, docs, Courtly, gate=gate)
        link(record)
    return made


def show(folder, kind, *more):
    with Record.open(folder, read_only=True) as record:
        (ident,) = record.engagements(type=kind)["engagement_id"].to_pylist()
    result = CliRunner().invoke(app, ["show", ident, "--record", str(folder), *more])
    assert result.exit_code == 0, result.output
    return result.stdout


EXPECTED = [
    "level: service chief",
    "consensus",
    "  status: occurred",
    "    “planned” in 1 telling: IRNA",
    "  date: 2020-07-08",
    "officials",
    "  IRN: Salim Darvari, army chief",
    "      “Salim Darvari” in 2 tellings: IRNA",
    "      “Saleem Darwari” in 1 telling: SANA",
    "history",
    "  planned, told 2020-07-01 for 2020-07-08: plan",
    "  occurred, told 2020-07-09 for 2020-07-08: told, later, brief",
    "witnesses",
    "  state media of a party, Iran (IRN): 2",
    "  state media of a party, Syria (SYR): 1",
    "    restated after Tehran Times, Anadolu Agency",
]


def test_the_parts_of_an_engagement(folder):
    """Consensus, disagreements with whose reporting tells them, history and witnesses by camp are there, in order."""
    text = show(folder, "visit")
    assert [line for line in EXPECTED if line not in text] == []
    assert sorted(EXPECTED, key=text.index) == EXPECTED


def test_a_restated_text_is_never_its_own_outlets_word(folder):
    """Where a document restates others, their names stand in place of its outlet, in every view."""
    for text in (show(folder, "visit"), CliRunner().invoke(app, ["show", "brief", "--record", str(folder)]).stdout):
        assert "restated after Tehran Times, Anadolu Agency, 2020-07-11, document brief" in text
        assert "Digest" not in text


def test_one_side_alone_is_seen_at_a_glance(folder):
    """What state media of one party alone tell is said to be so; what several camps tell is not."""
    assert "told by state media of RUS alone" in show(folder, "meeting")
    assert "alone" not in show(folder, "visit")


def test_why_tells_the_reasons_of_the_links(folder):
    """With --why each report has the reasons for which it was linked, and without it none."""
    assert "linked: " in show(folder, "visit", "--why")
    assert "linked: " not in show(folder, "visit")


def test_json_has_the_same(folder):
    """The parts are in the JSON object, each value with the reports that tell it."""
    told = json.loads(show(folder, "visit", "--json"))
    assert told["consensus"]["status"]["value"] == "occurred"
    assert "status" in told["disagreements"]
    assert [step["status"] for step in told["history"]] == ["planned", "occurred"]
    assert dict(told["witnesses"]["camps"])["party IRN"] == 2
    assert told["engagement"]["witnesses"] == 4
    restated = [one["document"]["restates"] for one in told["reports"] if one["document"]["id"] == "brief"]
    assert restated == [RESTATED]
