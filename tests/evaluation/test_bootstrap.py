"""Intervals come from resampled documents, repeat with the seed, and equal those of rescoring every resample."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from communique.evaluation import Counts, Share, bootstrap_bounds, evaluate, load_gold
from communique.evaluation.tally import Tally, total

GOLD = Path(__file__).resolve().parents[2] / "gold"
DOCUMENTS = load_gold(GOLD / "cases.jsonl")
PREDICTIONS = {document.id: document.events[1:] for document in DOCUMENTS}


def tallies() -> list[Tally]:
    rng = np.random.default_rng(5)
    return [
        Tally(
            counts={"event": Counts(*(int(n) for n in rng.integers(0, 6, 3)))},
            shares={"date": Share(int(right := rng.integers(0, 4)), int(right + rng.integers(0, 3)))},
            by_status={"planned": Counts(*(int(n) for n in rng.integers(0, 3, 3))), None: Counts(false=1)},
        )
        for _ in range(25)
    ]


def test_the_intervals_are_those_of_summing_every_resample() -> None:
    """The matrix product gives what adding the drawn documents' tallies one by one gives."""
    drawn = tallies()
    rng = np.random.default_rng(3)
    weights = np.concatenate([rng.multinomial(25, np.full(25, 1 / 25), size=n) for n in (100, 50)])
    sums = [total(t for t, weight in zip(drawn, row, strict=True) for _ in range(weight)) for row in weights]
    bounds = bootstrap_bounds(drawn, resamples=150, seed=3)
    for name, figures in {
        "event": [s.counts["event"].figure for s in sums],
        "date": [s.shares["date"].figure for s in sums],
        "status_macro": [s.by_status["planned"].figure for s in sums],
    }.items():
        assert bounds[name] == pytest.approx(np.quantile(figures, [0.025, 0.975]), abs=2e-4)


def test_the_seed_decides() -> None:
    """The same seed gives the same intervals, another seed others."""
    first, again, other = (bootstrap_bounds(tallies(), resamples=200, seed=seed) for seed in (1, 1, 2))
    assert first == again != other


def test_intervals_hold_the_figure() -> None:
    """There is an interval for each headline figure and for `secondary`, and it lies around the figure."""
    result = evaluate(DOCUMENTS, PREDICTIONS, bootstrap=300)
    assert set(result.bounds) == {*result.headline, "secondary"}
    for name, (low, high) in result.bounds.items():
        assert low <= result.figures()[name] <= high


def test_sixteen_times_the_documents_quarter_the_interval() -> None:
    """The width falls with the square root of the number of like documents."""
    one, sixteen = (bootstrap_bounds(tallies() * n, resamples=2000)["event"] for n in (1, 16))
    assert (one.high - one.low) / (sixteen.high - sixteen.low) == pytest.approx(4, rel=0.15)


def test_one_document_has_no_spread() -> None:
    """Resampling a single document always draws it."""
    result = evaluate(DOCUMENTS[:1], PREDICTIONS, bootstrap=20)
    assert result.bounds["event"] == (result.headline["event"].figure,) * 2


def test_undefined_resamples_are_left_out() -> None:
    """A measure found in one document of many keeps its figure; one that is never defined has no interval."""
    sparse = [Tally(shares={"date": Share(1, 1)}, counts={"voice": Counts()})] + [Tally() for _ in range(20)]
    bounds = bootstrap_bounds(sparse, resamples=100)
    assert bounds == {"date": (1.0, 1.0)}
