"""The gate passes what may hold a report and stops ordinary news, on substrings alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline.gate import gate
from communique.pipeline.gate.gate import found, gate_words
from communique.records import Document
from communique.text import content_hash

ROOT = Path(__file__).parents[3]
CASES = yaml.safe_load((ROOT / "tests/cases/read_gate.yml").read_text("utf-8"))
GOLD = [ROOT / "gold" / name for name in ("cases.jsonl", "demo.jsonl")]
FILLER = " The mayor spoke of the weather, the harvest, the new bridge and the school fair." * 20


def document(text: str) -> Document:
    return Document(id="x", text=text, hash=content_hash(text))


def test_the_filler_of_these_tests_is_stopped() -> None:
    """Ordinary words alone never pass."""
    decision = gate(document(FILLER))
    assert (decision.passed, "none" in decision.reason) == (False, True)


@pytest.mark.parametrize("text", CASES["passed"])
def test_security_news_passes(text: str) -> None:
    """One strong word, or enough weaker ones, is enough in any amount of other text."""
    assert gate(document(text + FILLER)).passed


@pytest.mark.parametrize("text", CASES["stopped"])
def test_ordinary_news_is_stopped(text: str) -> None:
    """Words that only contain a security word, or one weak word, do not pass."""
    assert not gate(document(text + FILLER)).passed


def test_the_reason_names_the_word() -> None:
    """A decision can be understood without the code."""
    assert gate(document("Two frigates anchored." + FILLER)).reason == "security word 'frigate'"


def test_a_very_short_text_is_not_judged() -> None:
    """An item of a few dozen words passes: it holds too few words for their absence to mean anything."""
    assert gate(document("A company of Danes left for home.")).passed


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name)
def test_every_labelled_event_passes(path: Path) -> None:
    """No document of our gold corpora that tells of an event is stopped."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [r["id"] for r in rows if r["events"] and not gate(document(r["text"])).passed] == []


@given(st.sampled_from(["army", "ARMY", "warship", "Missile"]), st.text(max_size=300), st.text(max_size=300))
def test_more_text_never_stops_a_document(word: str, before: str, after: str) -> None:
    """A strong word passes wherever it stands."""
    assert gate(document(f"{before} {word} {after}")).passed


def test_word_ends_are_kept() -> None:
    """ "^" and "$" bind a word to the beginning and end of words."""
    words = {word for word, _ in found("The farms warmed toward arms.", gate_words().automaton)}
    assert words == {"arms"}
