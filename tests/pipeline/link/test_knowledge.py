"""The weights name levels that exist, and every level that comparison can find has a weight."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.codebook import load_codebook
from communique.pipeline.link.dates import DATE_LEVELS
from communique.pipeline.link.knowledge import load_rules

CODE = Path(__file__).parents[3] / "src" / "communique" / "pipeline" / "link"


def test_dates_have_their_weights() -> None:
    """The levels of dates are those of the weights."""
    assert set(load_rules().weights["date"]) == set(DATE_LEVELS)


def test_modes_and_types_are_the_codebooks() -> None:
    """Clashing and rare modes and overridden types stand in the codebook."""
    rules, types = load_rules(), load_codebook().types
    modes = {mode for event in types.values() for mode in event.modes}
    assert {mode for pair in rules.clashing_modes for mode in pair} | rules.rare_modes <= modes
    assert set(rules.by_type) <= set(types)
    assert set(rules.bias) == set(types) | {"other"}


@pytest.mark.parametrize(
    "feature", ["parties", "people", "place", "title", "units", "matter", "domains", "mode", "status", "copies"]
)
def test_every_level_of_a_weight_is_used(feature: str) -> None:
    """A weight that no comparison can reach would be dead."""
    code = "".join((CODE / name).read_text(encoding="utf-8") for name in ("compare.py", "score.py"))
    assert all(f'"{level}"' in code for level in load_rules().weights[feature])
