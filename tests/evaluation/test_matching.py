"""Predicted reports are matched to gold by type, evidence and actors, one to one, best first."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from communique.evaluation import CodedEvent, match_events, read_event, same_date

CASES = Path(__file__).resolve().parents[1] / "cases" / "evaluation"
DATES = list(csv.DictReader((CASES / "same_date.csv").open(encoding="utf-8")))


def event(actors: str = "IRN SYR", span: tuple[int, int] = (0, 40), kind: str = "meeting", **fields: Any) -> CodedEvent:
    participants = [{"role": "party", "actor": code} for code in actors.split()]
    evidence = [{"start": span[0], "end": span[1]}]
    return read_event({"type": kind, "participants": participants, "evidence": evidence, **fields}, where="test")


def interval(start: str, end: str) -> tuple[dt.date, dt.date] | None:
    return (dt.date.fromisoformat(start), dt.date.fromisoformat(end)) if start else None


@pytest.mark.parametrize("case", DATES, ids=lambda case: case["why"])
def test_same_date(case: dict[str, str]) -> None:
    """Half of the union, or a vague gold date met near its centre; null only for null."""
    gold, predicted = interval(case["gold_start"], case["gold_end"]), interval(case["start"], case["end"])
    assert same_date(gold, predicted) is (case["same"] == "yes")


@pytest.mark.parametrize(
    ("gold", "predicted", "is_matched"),
    [
        (event(), event(), True),
        (event(), event(kind="visit"), False),
        (event(), event(span=(20, 60)), True),
        (event(), event(span=(21, 61)), False),
        (event(), event(span=(0, 4)), True),
        (event(), event(span=(0, 400)), True),
        (event(), event(span=(0, 401)), False),
        (event(), event(span=(-1, 40)), False),
        (event(), event(span=(0, 501)), False),
        (event(), event(span=(40, 40)), False),
        (event(), event("IRN"), True),
        (event(), event("IRN SYR TUR RUS"), True),
        (event(), event("IRN SYR TUR RUS USA"), False),
        (event(), event("IRN TUR"), False),
        (event(""), event("IRN TUR"), True),
        (event("UNKNOWN"), event("IRN"), True),
        (event(), event(""), False),
        (event(span=(0, 450)), event(), False),
    ],
)
def test_what_may_be_matched(gold: CodedEvent, predicted: CodedEvent, is_matched: bool) -> None:
    """Same type, half of the shorter span, spans inside the text of 500 and at most 400 long, half of the actors."""
    assert match_events([gold], [predicted], 500) == ([(0, 0)] if is_matched else [])


def test_the_best_pair_is_taken_first() -> None:
    """Equal actors and date win over an earlier, poorer candidate, which goes to what is left."""
    day = {"start": "2020-07-08", "end": "2020-07-08"}
    gold = [event("IRN SYR TUR"), event("IRN SYR", date=day)]
    predicted = [event("IRN SYR", date=day), event("IRN SYR")]
    assert match_events(gold, predicted, 500) == [(1, 0), (0, 1)]


def test_no_report_is_matched_twice() -> None:
    """Three predictions of one gold report: one match, the first among equals."""
    assert match_events([event()], [event(), event(), event()], 500) == [(0, 0)]


def test_status_breaks_a_tie() -> None:
    """Among equals the one with gold's status is taken."""
    predicted = [event(status="planned"), event(status="occurred")]
    assert match_events([event(status="occurred")], predicted, 500) == [(0, 1)]
