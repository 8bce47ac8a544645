"""Scoring from files as the command line asks for it: which files and options go together, and what they give."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from communique.errors import EvaluationError, UnusableOption
from communique.evaluation import evaluate_files
from communique.records import Document, Participant, Report, Span

GOLD = Path(__file__).resolve().parents[2] / "gold"
DEMO, CASES, CLUSTERS = GOLD / "demo.jsonl", GOLD / "cases.jsonl", GOLD / "clusters.json"


@pytest.fixture
def links(tmp_path: Path) -> Path:
    """Links that put demo-101's first two reports together."""
    rows = [{"doc_id": "demo-101", "index": n, "engagement_id": "e"} for n in (0, 1)]
    path = tmp_path / "links.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_gold_as_predictions() -> None:
    """Gold scored as predictions is perfect; intervals are drawn unless told not to."""
    scores = evaluate_files(CASES, CASES, bootstrap=20)
    assert scores.reports is not None
    assert scores.reports.figures()["whole"] == 1.0
    assert scores.reports.bounds["whole"] == (1.0, 1.0)
    assert scores.links is None
    assert json.loads(scores.json())["documents"] == 128
    assert "128 documents" in scores.text()


def test_a_coder_in_place_of_predictions() -> None:
    """It is given all documents without labels, and its reports are scored."""

    def coder(documents: Sequence[Document]) -> Iterable[Report]:
        for document in documents:
            yield Report(
                doc_id=document.id,
                report_id="r",
                type="meeting",
                participants=(Participant(role="party", actor="DJI", kind="country"),),
                evidence=(Span(start=51, end=127),),
            )

    scores = evaluate_files(CASES, coder=coder, docs=["case-101", "case-102"], bootstrap=0)
    assert scores.reports is not None
    assert scores.reports.documents == 2
    assert scores.reports.by_type["meeting"].right == 1
    assert scores.reports.by_type["meeting"].false == 1


def test_links_alone_and_end_to_end(links: Path) -> None:
    """Without predictions only links are scored, without running a coder; with them both are."""
    alone = evaluate_files(DEMO, links=links, clusters=CLUSTERS, coder=lambda documents: pytest.fail("coder was run"))
    assert alone.reports is None
    assert alone.links is not None
    assert set(json.loads(alone.json())) >= {"b3", "pairwise"}
    both = evaluate_files(DEMO, DEMO, links=links, clusters=CLUSTERS, bootstrap=0)
    assert both.links == alone.links
    assert {"headline", "links"} <= set(json.loads(both.json()))
    assert len(both.tables("type")) == 3


def test_a_split_keeps_its_documents(tmp_path: Path) -> None:
    """Only documents of the split are scored; an unknown split names those there are."""
    rows = [{"id": name, "text": "x", "events": [], "split": split} for name, split in (("a", "read"), ("b", "unread"))]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    scores = evaluate_files(path, path, split="read", bootstrap=0)
    assert scores.reports is not None
    assert scores.reports.documents == 1
    with pytest.raises(EvaluationError, match="splits there: read, unread"):
        evaluate_files(path, path, split="raed")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "nothing to score"),
        ({"predictions": CASES, "links": CASES}, "links and clusters go together"),
        ({"predictions": CASES, "clusters": CLUSTERS}, "links and clusters go together"),
        ({"predictions": CASES, "docs": ["case-0"]}, "no document 'case-0'"),
    ],
)
def test_options_that_do_not_go_together(options: dict[str, Any], told: str) -> None:
    """The error says what to give."""
    with pytest.raises(UnusableOption, match=told):
        evaluate_files(CASES, **options)
