"""Results read as tables, plain text, JSON and Markdown, with the same figures in each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.errors import UnusableOption
from communique.evaluation import (
    Evaluation,
    accuracy_table,
    evaluate,
    evaluate_links,
    evaluation_json,
    load_clusters,
    load_gold,
    plain_text,
)

GOLD = Path(__file__).resolve().parents[2] / "gold"
DOCUMENTS = load_gold(GOLD / "demo.jsonl")[:8]
PREDICTIONS = {document.id: document.events[1:] for document in DOCUMENTS} | {"elsewhere": ()}


@pytest.fixture(scope="module")
def result() -> Evaluation:
    """Gold without each document's first report."""
    return evaluate(DOCUMENTS, PREDICTIONS, errors=2, bootstrap=50)


def row_of(text: str, name: str) -> list[str]:
    return next(cells for line in text.splitlines() if (cells := line.replace("│", " ").split())[:1] == [name])


def test_plain_text_shows_figure_interval_and_counts(result: Evaluation) -> None:
    """The row of events holds F1, interval, precision, recall, gold, predicted and right."""
    event, (low, high) = result.headline["event"].as_json(), result.bounds["event"]
    shown = [f"{event['f1']:.3f}", f"{low:.3f}–{high:.3f}", f"{event['p']:.3f}", f"{event['r']:.3f}"]
    counts = [str(event["gold"]), str(event["pred"]), str(event["pred"])]
    assert row_of(plain_text(result), "event") == ["event", *shown, *counts]
    assert "\x1b" not in plain_text(result)


def test_errors_and_unscored_documents_are_shown(result: Evaluation) -> None:
    """The first missed report with its words, and how many predicted documents gold lacks."""
    text = plain_text(result)
    assert "MISSED" in text
    assert "not scored: 1" in text


@pytest.mark.parametrize(("by", "row"), [("type", "agreement"), ("status", "planned"), ("outlet", "Tehran")])
def test_breakdowns(result: Evaluation, by: str, row: str) -> None:
    """One table more, by type, status or outlet."""
    assert row_of(plain_text(result, by=by), row)
    with pytest.raises(StopIteration):
        row_of(plain_text(result), row)


def test_an_unknown_breakdown(result: Evaluation) -> None:
    """The error offers the nearest one."""
    with pytest.raises(UnusableOption, match="did you mean 'type'"):
        plain_text(result, by="typ")


def test_json_holds_everything(result: Evaluation) -> None:
    """It reads back as the result's plain form, with links beside it where both were scored, alone where not."""
    links = evaluate_links(DOCUMENTS, load_clusters(GOLD / "clusters.json"), {})
    assert json.loads(evaluation_json(result)) == json.loads(json.dumps(result.as_json()))
    assert json.loads(evaluation_json(result, links))["links"] == links.as_json()
    assert json.loads(evaluation_json(None, links)) == links.as_json()
    assert "B-cubed" in plain_text(None, links)


def test_the_accuracy_table_is_markdown_with_a_column_for_each_corpus(result: Evaluation) -> None:
    """Each row has as many cells as the header; a measure that one corpus lacks is a dash there."""
    table = accuracy_table({"demo": result, "none": evaluate(DOCUMENTS, {})})
    lines = table.splitlines()
    assert lines[0] == "| measure | demo (8 documents) | none (8 documents) |"
    assert {line.count("|") for line in lines} == {4}
    event = next(line for line in lines if line.startswith("| `event`"))
    low, high = result.bounds["event"]
    assert f"{result.headline['event'].figure:.3f} [{low:.3f}–{high:.3f}]" in event
    assert next(line for line in lines if line.startswith("| `date`")).endswith("| – |")


def test_the_accuracy_table_of_nothing() -> None:
    """No corpora give a header and no figures."""
    assert accuracy_table({}).splitlines()[0] == "| measure |"
