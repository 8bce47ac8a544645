"""The promise about quality: no score on the gold files drops."""

from pathlib import Path

from communique.cli.scoring import CORPORA, report_floors
from communique.evaluation import load_floors

GOLD = Path(__file__).parents[2] / "gold"


def test_no_score_is_below_its_floor(capsys):
    """The coder reaches every floor of gold/floors.json on the demo corpus and the cases; `make floors` raises them."""
    assert set(CORPORA) <= set(load_floors(GOLD / "floors.json").corpora), "no floors yet: run make floors"
    held = report_floors(GOLD, raising=False, allow_regression=False, note=None, quiet=True)
    assert held, capsys.readouterr().out
