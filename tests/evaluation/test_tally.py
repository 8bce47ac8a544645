"""What one document adds to dyads, dates far from publication, and the fields of matched reports."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from communique.evaluation import CodedEvent, GoldDocument, read_event
from communique.evaluation.counts import Counts, Share
from communique.evaluation.tally import Comparison, Tally, dyads, is_far, tally_document

CASES = Path(__file__).resolve().parents[1] / "cases" / "evaluation"
DYADS = list(csv.DictReader((CASES / "dyads.csv").open(encoding="utf-8")))


def event(kind: str, participants: str, **fields: Any) -> CodedEvent:
    given = [dict(zip(("role", "actor"), part.split(":"), strict=True)) for part in participants.split()]
    row = {"type": kind, "participants": given, "evidence": [{"start": 0, "end": 30}], "status": "occurred", **fields}
    return read_event(row, where="test")


def tally(gold: list[CodedEvent], predicted: list[CodedEvent]) -> Tally:
    document = GoldDocument("d", "x" * 100, tuple(gold), dt.date(2020, 7, 10))
    return tally_document(Comparison.of(document, predicted))


@pytest.mark.parametrize("case", DYADS, ids=lambda case: case["why"])
def test_dyads(case: dict[str, str]) -> None:
    """From the A side to the B side, unordered among parties, a star for an actor alone."""
    expected = {(case["type"], *pair.split("-")) for pair in case["dyads"].split()}
    assert dyads(event(case["type"], case["participants"])) == expected


@pytest.mark.parametrize(
    ("start", "end", "far"),
    [("2020-06-29", "2020-06-29", True), ("2020-06-30", "2020-06-30", False), ("2020-06-01", "2020-07-01", False)],
)
def test_far_dates_begin_and_end_more_than_ten_days_away(start: str, end: str, far: bool) -> None:
    """Both ends must be far; without a date or a publication day nothing is."""
    interval = (dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    assert is_far(interval, dt.date(2020, 7, 10)) is far
    assert not is_far(interval, None)
    assert not is_far(None, dt.date(2020, 7, 10))


def test_reports_of_many_actors_are_left_out_of_dyads_but_not_of_parties() -> None:
    """Seven parties give no dyad in gold, and their matched prediction gives none either, though it names fewer."""
    seven = [f"party:{letter * 3}" for letter in "ABCDEFG"]
    result = tally([event("meeting", " ".join(seven))], [event("meeting", " ".join(seven[:5]))])
    assert result.counts["dyad"] == Counts()
    assert result.counts["party"] == Counts(right=5, missed=2)


def test_six_actors_are_not_yet_many() -> None:
    """Their fifteen pairs count in gold, and against a spurious prediction; those of seven never do."""
    six, seven = (event("meeting", " ".join(f"party:{a * 3}" for a in letters)) for letters in ("ABCDEF", "ABCDEFG"))
    assert tally([six], []).counts["dyad"] == Counts(missed=15)
    assert tally([], [six]).counts["dyad"] == Counts(false=15)
    assert tally([seven], []).counts["dyad"] == tally([], [seven]).counts["dyad"] == Counts()


def test_statements_and_appointments_count_apart() -> None:
    """They add to `secondary`, to no primary measure, and to the fields of matched reports."""
    statement = event("statement", "speaker:IRN addressee:USA")
    result = tally([statement], [statement, event("appointment", "appointee:IRN")])
    assert result.counts["secondary"] == Counts(right=1, false=1)
    assert "event" not in result.counts
    assert result.counts["dyad"] == result.counts["party"] == result.counts["argument"] == Counts()
    assert result.shares["status"] == result.shares["whole"] == Share(1, 1)


def test_a_wrong_side_costs_argument_but_not_party() -> None:
    """Visitor and host swapped: the parties are right, both arguments and the dyad are wrong, and it is not whole."""
    result = tally([event("visit", "visitor:IRN host:SYR")], [event("visit", "visitor:SYR host:IRN")])
    assert result.counts["party"] == Counts(right=2)
    assert result.counts["argument"] == Counts(false=2, missed=2)
    assert result.counts["dyad"] == Counts(false=1, missed=1)
    assert result.shares["whole"] == Share(0, 1)


@pytest.mark.parametrize(
    ("gold", "predicted", "measure", "expected"),
    [
        ({"place": {"name": "Port of Latakia", "country": "SYR"}}, {"place": {"name": "Latakia"}}, "place", (0, 1)),
        ({"place": {"name": "Port of Latakia"}}, {"place": {"name": "LATAKIA"}}, "place_name", (1, 1)),
        ({"place": {"name": "Latakia"}}, {"place": None}, "place_name", (0, 1)),
        ({"place": None}, {"place": {"country": None}}, "place", (1, 1)),
        ({"mode": "signed"}, {"mode": None}, "mode", (0, 1)),
        ({"aggregate": None}, {"aggregate": False}, "aggregate", (1, 1)),
        ({"date": None}, {"date": {"start": "2020-07-08", "end": "2020-07-08"}}, "date", (0, 1)),
    ],
)
def test_fields_of_matched_reports(gold: Any, predicted: Any, measure: str, expected: tuple[int, int]) -> None:
    """Each field by its own rule."""
    result = tally([event("agreement", "party:IRN", **gold)], [event("agreement", "party:IRN", **predicted)])
    assert result.shares[measure] == Share(*expected)


def test_mode_and_place_name_are_asked_only_where_gold_has_one() -> None:
    """A value that gold lacks cannot be wrong in these two."""
    extra = event("agreement", "party:IRN", mode="signed", place={"name": "Damascus"})
    assert {"mode", "place_name"}.isdisjoint(tally([event("agreement", "party:IRN")], [extra]).shares)


def test_voice_counts_reports_outside_the_outlets_own_voice() -> None:
    """Kind and last word must be right; an invented voice is false, the outlet's own voice counts nowhere."""
    said = {"asserted_by": {"kind": "person", "name": "General Mohammad Bagheri"}}
    brief = {"asserted_by": {"kind": "person", "name": "Bagheri"}}
    assert tally([event("visit", "visitor:IRN", **said)], [event("visit", "visitor:IRN", **brief)]).counts[
        "voice"
    ] == Counts(right=1)
    assert tally([event("visit", "visitor:IRN")], [event("visit", "visitor:IRN", **brief)]).counts["voice"] == Counts(
        false=1
    )
    assert tally([event("visit", "visitor:IRN")], [event("visit", "visitor:IRN")]).counts["voice"] == Counts()


def test_posts_are_alike_with_half_their_words() -> None:
    """Of persons found by surname, where gold gives a post."""

    def visit(post: str | None) -> CodedEvent:
        row = {"role": "visitor", "actor": "IRN", "kind": "person", "name": "Bagheri", "post": post}
        evidence = [{"start": 0, "end": 30}]
        return read_event({"type": "visit", "participants": [row], "evidence": evidence}, where="test")

    gold = visit("Chief of Staff")
    assert tally([gold], [visit("chief of general staff")]).shares["post"] == Share(1, 1)
    assert tally([gold], [visit("Minister")]).shares["post"] == Share(0, 1)
    assert "post" not in tally([visit(None)], [visit("Minister")]).shares
