"""What the reader is taught of a document: triggers, parties, dates, places, and which words tell one event."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from communique.pipeline.learned.vocabulary import ROLES, TYPES
from communique.pipeline.run import Coder
from communique.records import Document

TEXT = (
    "Norway hosts Tonga\n\nThe defence minister of Tonga, Mele Fifita, arrived in Oslo on Monday. "
    "Her visit follows a call by Chile's minister in May. She flew home."
)


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """training/examples.py as a module."""
    sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
    return importlib.import_module("examples")


def visit(*triggers: str) -> dict[str, Any]:
    """The gold report of the visit that TEXT tells, with its triggers."""
    spans = [{"start": (at := TEXT.index(word)), "end": at + len(word), "trigger": word} for word in triggers]
    return {
        "type": "visit",
        "status": "occurred",
        "participants": [
            {"role": "visitor", "actor": "TON", "kind": "person", "name": "Mele Fifita"},
            {"role": "host", "actor": "NOR", "kind": "country", "name": None},
        ],
        "date": {"start": "2020-07-13", "end": "2020-07-13", "text": "on Monday"},
        "place": {"country": "NOR", "name": "Oslo", "text": "Oslo"},
        "asserted_by": {"kind": "outlet"},
        "evidence": spans,
    }


@pytest.fixture
def example(training: ModuleType, coder: Coder, document: Callable[..., Document]) -> Any:
    """The only window of TEXT with the visit told twice."""
    parsed, page, dates = coder.page_of(document(TEXT))
    (made,) = training.examples_of(
        "x", TEXT, [visit("arrived in", "visit")], parsed.sentences, *coder.to_read(parsed, page, dates), {}
    )
    return made


def words(example: Any, rows: Any) -> set[str]:
    """The words of some rows."""
    return {TEXT[slice(*example.window.words[row])] for row in rows}


def test_triggers(example: Any) -> None:
    """The trigger's words are marked, without those that tell nothing alone ("in"), and no others."""
    column = example.triggers[:, TYPES.index("visit")]
    assert words(example, column.nonzero()[0]) == {"arrived", "visit"}
    assert example.triggers.sum() == 2


def test_roles(example: Any) -> None:
    """Each mention has its actor's role, in other sentences too; an actor outside the event has none."""
    arrived = min(row for row, *_ in example.roles)
    told = {
        (TEXT[e.start : e.end], ROLES[role])
        for row, _, n, role in example.roles
        if row == arrived and (e := example.window.extents[n])
    }
    roles = {role for words, role in told if "Tonga" in words}
    assert roles == {"visitor"}
    assert {role for words, role in told if "Chile" in words} == {"none"}
    assert ("Norway", "host") in told


def test_marks(example: Any) -> None:
    """Of dates and places only those that gold names are the event's own."""
    told = {(TEXT[e.start : e.end], own) for _, _, n, own in example.marks if (e := example.window.extents[n])}
    assert {words for words, own in told if own} == {"on Monday", "Oslo"}
    assert ("in May", 0) in told


def test_pairs(example: Any) -> None:
    """Two words that tell one event are a pair that is one."""
    assert [(words(example, (x, y)), one) for x, y, _, one in example.pairs] == [({"arrived", "visit"}, 1)]
