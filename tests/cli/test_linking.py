"""The command `link`: which reports of a file tell one event."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.cli import app
from communique.evaluation import evaluate_links, load_clusters, load_gold, load_links

GOLD = Path(__file__).parents[2] / "gold"


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_the_demo_corpus_is_linked_as_its_labels_say(tmp_path):
    """Links of the labelled demo reports reach a pairwise F1 of 0.78 against the gold engagements."""
    out = tmp_path / "links.jsonl"
    result = run("link", GOLD / "demo.jsonl", "-o", out)
    assert result.exit_code == 0, result.output
    scores = evaluate_links(load_gold(GOLD / "demo.jsonl"), load_clusters(GOLD / "clusters.json"), load_links(out))
    assert scores.pairwise.figure >= 0.78
    assert f"{scores.reports} reports in {scores.predicted_engagements} engagements" in result.stderr


def event(**more):
    parties = [{"role": "visitor", "actor": "IRN"}, {"role": "host", "actor": "SYR"}]
    date = {"start": "2020-07-08", "end": "2020-07-08", "precision": "day"}
    return {"type": "visit", "status": "occurred", "participants": parties, "date": date, **more}


@pytest.fixture
def reports(tmp_path):
    """Two report lines of two documents that tell one visit, and one of another event."""
    other = event(doc_id="c", type="transfer", participants=[{"role": "supplier", "actor": "CHL"}], date=None)
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in (event(doc_id="a"), event(doc_id="b"), other)))
    return path


def test_report_lines_go_to_standard_output(reports):
    """Without -o each report's link is a line on standard output with its reasons."""
    rows = [json.loads(line) for line in run("link", reports, "-q").stdout.splitlines()]
    by_document = {row["doc_id"]: row for row in rows}
    assert set(rows[0]) == {"doc_id", "index", "engagement_id", "partner", "score", "why"}
    assert by_document["a"]["engagement_id"] == by_document["b"]["engagement_id"]
    assert by_document["c"]["engagement_id"] != by_document["a"]["engagement_id"]
    assert any(row["why"] for row in rows)


def test_documents_tell_what_report_lines_do_not(reports, tmp_path):
    """The file of documents is read; one that is none is refused."""
    documents = tmp_path / "documents.jsonl"
    texts = dict.fromkeys("ab", "The general arrived in Damascus. " * 20)
    rows = [{"id": name, "text": text, "published": "2020-07-09"} for name, text in texts.items()]
    documents.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("link", reports, "--documents", documents).exit_code == 0
    documents.write_text('{"text": "no id"}\n')
    assert run("link", reports, "--documents", documents).exit_code == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"id": "a"}\n', "reports.jsonl: row 1 is neither a document nor a report"),
        ("not json\n", "reports.jsonl:1: no JSON"),
        ("[1]\n", "list where an object"),
        ('{"doc_id": "a", "type": "visit", "date": {"start": "someday"}}\n', "row 1: report 0 of 'a' has a date"),
        ('{"id": "a", "events": [], "published": "someday"}\n', "reports.jsonl: row 1: "),
        ('{"id": "a", "events": [7]}\n', "give what `communique code` writes"),
    ],
)
def test_a_faulty_file_is_named_and_nothing_written(tmp_path, content, words):
    """Status 2 and one line that says what is wrong; the output file is not there."""
    path, out = tmp_path / "reports.jsonl", tmp_path / "links.jsonl"
    path.write_text(content)
    result = run("link", path, "-o", out)
    assert (result.exit_code, out.exists()) == (2, False)
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_or_a_record_is_needed(reports, tmp_path):
    """Neither, both, or a file that is not there end with status 2."""
    assert run("link").exit_code == run("link", reports, "--record", tmp_path).exit_code == 2
    assert "cannot read" in run("link", tmp_path / "none.jsonl").stderr
