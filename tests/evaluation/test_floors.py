"""Scores may not drop below their floors, floors are not lowered by accident, and both hold for one corpus only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.errors import EvaluationError, UnreadableInput
from communique.evaluation import Breach, Floors, check_floors, load_floors, raise_floors, save_floors

GOLD = Path(__file__).resolve().parents[2] / "gold"


class Scored:
    """A result with given figures."""

    def __init__(self, **figures: float) -> None:
        self.given = figures

    def figures(self) -> dict[str, float]:
        return self.given


@pytest.fixture
def floors(tmp_path: Path) -> Floors:
    """Floors of a corpus `demo` of one file: event 0.8, date 0.9."""
    (tmp_path / "demo.jsonl").write_text("{}\n", encoding="utf-8")
    (tmp_path / "floors.json").write_text('{"corpora": {}}', encoding="utf-8")
    return raise_floors({"demo": Scored(event=0.8, date=0.9)}, load_floors(tmp_path / "floors.json"))


def test_scores_at_or_above_the_floor_hold(floors: Floors) -> None:
    """Equal is enough, and new measures are not asked for."""
    assert check_floors({"demo": Scored(event=0.8, date=0.95, place=0.1)}, floors) == []


def test_each_drop_is_a_breach_in_words(floors: Floors) -> None:
    """A lower score and a measure no longer made are breaches."""
    breaches = check_floors({"demo": Scored(event=0.7999)}, floors)
    assert breaches == [Breach("demo", "event", 0.8, 0.7999), Breach("demo", "date", 0.9, None)]
    assert str(breaches[0]) == "demo event: 0.7999, floor 0.8000"
    assert "not measured" in str(breaches[1])


def test_another_corpus_cannot_be_compared(floors: Floors) -> None:
    """A changed or missing gold file stops the check, and so does a pinned corpus without a result."""
    with pytest.raises(EvaluationError, match="'demo' but it was not measured"):
        check_floors({}, floors)
    assert check_floors({}, floors.only("cases")) == []
    (floors.folder / "demo.jsonl").write_text('{"id": "other"}\n', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"demo\.jsonl changed"):
        check_floors({"demo": Scored(event=1, date=1)}, floors)
    (floors.folder / "demo.jsonl").unlink()
    with pytest.raises(EvaluationError, match="cannot be read"):
        check_floors({"demo": Scored(event=1, date=1)}, floors)


def test_floors_rise_without_asking(floors: Floors) -> None:
    """Higher scores and new measures become floors; other corpora stay."""
    raised = raise_floors({"demo": Scored(event=0.85, date=0.9, place=0.5)}, floors)
    assert raised.corpora["demo"].scores == {"event": 0.85, "date": 0.9, "place": 0.5}
    assert raised.regressions == ()


@pytest.mark.parametrize("figures", [{"event": 0.7, "date": 0.95}, {"event": 0.9}])
def test_floors_are_lowered_only_with_flag_and_note(floors: Floors, figures: dict[str, float]) -> None:
    """The note is kept with what was lowered."""
    results = {"demo": Scored(**figures)}
    with pytest.raises(EvaluationError, match="would be lowered: demo"):
        raise_floors(results, floors)
    for note in (None, "  "):
        with pytest.raises(EvaluationError, match="note"):
            raise_floors(results, floors, allow_regression=True, note=note)
    lowered = raise_floors(results, floors, allow_regression=True, note="the old score came from a leak")
    assert lowered.corpora["demo"].scores == figures
    assert lowered.regressions[0]["note"] == "the old score came from a leak"
    assert check_floors(results, lowered) == []


def test_a_changed_corpus_is_pinned_again_only_with_flag_and_note(floors: Floors) -> None:
    """Even a higher score on other documents is no improvement."""
    (floors.folder / "demo.jsonl").write_text("{} \n", encoding="utf-8")
    results = {"demo": Scored(event=1.0, date=1.0)}
    with pytest.raises(EvaluationError, match=r"demo\.jsonl is not the file"):
        raise_floors(results, floors)
    pinned = raise_floors(results, floors, allow_regression=True, note="two briefs corrected")
    assert check_floors(results, pinned) == []


def test_floors_survive_their_file(floors: Floors) -> None:
    """What is saved is what is loaded, and no partial file stays."""
    noted = raise_floors({"demo": Scored(event=0.5, date=0.9)}, floors, allow_regression=True, note="why")
    path = floors.folder / "floors.json"
    save_floors(noted, path)
    assert load_floors(path) == noted
    assert sorted(p.name for p in floors.folder.iterdir()) == ["demo.jsonl", "floors.json"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"corpora": {"demo": {"scores": {}}}}'])
def test_a_malformed_floors_file(content: str, tmp_path: Path) -> None:
    """The error names the file and shows an empty one."""
    (tmp_path / "floors.json").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"floors\.json"):
        load_floors(tmp_path / "floors.json")


def test_the_shipped_floors_file_is_of_the_shipped_gold() -> None:
    """Every file that is pinned has the hash that it was pinned with."""
    floors = load_floors(GOLD / "floors.json")

    class All(Scored):
        def figures(self) -> dict[str, float]:
            return {name: 1.0 for corpus in floors.corpora.values() for name in corpus.scores}

    assert check_floors({name: All() for name in floors.corpora}, floors) == []
    assert set(json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))) <= {"corpora", "regressions"}
