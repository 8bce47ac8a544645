"""The weights name levels that exist, and every level that comparison can find has a weight."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from communique.codebook import load_codebook
from communique.errors import CodebookError
from communique.pipeline.link.dates import DATE_LEVELS
from communique.pipeline.link.knowledge import checked, load_rules

CODE = Path(__file__).parents[3] / "src" / "communique" / "pipeline" / "link"


def test_dates_have_their_weights() -> None:
    """The levels of dates are those of the weights."""
    assert set(load_rules().weights["date"]) == set(DATE_LEVELS)


def test_modes_and_types_are_the_codebooks() -> None:
    """Clashing and rare modes and overridden types stand in the codebook."""
    rules, types = load_rules(), load_codebook().types
    modes = {mode for event in types.values() for mode in event.modes}
    named = rules.rare_modes | rules.umbrella_modes
    assert {mode for pair in rules.clashing_modes for mode in pair} | named <= modes
    assert set(rules.by_type) <= set(types)
    assert set(rules.bias) == set(types) | {"other"}


@pytest.mark.parametrize(
    "feature",
    ["parties", "people", "place", "title", "units", "matter", "domains", "mode", "status", "copies", "double"],
)
def test_every_level_of_a_weight_is_used(feature: str) -> None:
    """A weight that no comparison can reach would be dead."""
    code = "".join((CODE / name).read_text(encoding="utf-8") for name in ("compare.py", "score.py"))
    assert all(f'"{level}"' in code for level in load_rules().weights[feature])


@pytest.mark.parametrize(
    "bounds", [{"some": 0.5, "much": 0.33}, {"some": 0.5, "much": 0.33, "most": 0.2, "slight": 0.7}]
)
def test_every_band_of_doubt_has_bound_and_weight(bounds: dict[str, float]) -> None:
    """A level of doubt without a bound, or a bound without a weight, stops the reading of the rules."""
    with pytest.raises(CodebookError, match="doubt_below"):
        checked(replace(load_rules(), doubt_below=bounds))
