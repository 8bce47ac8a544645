"""Meetings that one word tells of several."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "met"),
    [
        (
            "Chile's Defence Minister Juan Rojas met separately with the defence ministers of Oman and Fiji.",
            [{"CHL", "OMN"}, {"CHL", "FJI"}],
        ),
        (
            "Chile's Defence Minister Juan Rojas held separate talks with the defence ministers of Oman and Fiji.",
            [{"CHL", "OMN"}, {"CHL", "FJI"}],
        ),
        (
            "The defence ministers of Oman and Fiji met individually with Chile's Defence Minister Juan Rojas.",
            [{"CHL", "OMN"}, {"CHL", "FJI"}],
        ),
        (
            "Chile's Defence Minister Juan Rojas met the defence ministers of Oman and Fiji on Tuesday.",
            [{"CHL", "OMN", "FJI"}],
        ),
        ("Chile's Defence Minister Juan Rojas met separately with his Omani counterpart.", [{"CHL", "OMN"}]),
    ],
)
def test_meetings_one_by_one_are_as_many_reports(code: Any, text: str, met: list[set[str]]) -> None:
    """One for each party that was met by itself, with the party that met them all."""
    found = [{p.actor for p in r.participants} for r in code(text) if r.type == "meeting"]
    assert sorted(map(sorted, found)) == sorted(map(sorted, met))
