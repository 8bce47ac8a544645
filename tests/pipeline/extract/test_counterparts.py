"""The state of officials whose title names none."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Mary Poe, the Fijian envoy, will travel to Tonga to meet President Ali Bobo.", "Ali Bobo", "TON"),
        ("Defence Minister Ana Paz led the Tongan delegation at the talks.", "Ana Paz", "TON"),
        ("She spoke with President Ali Bobo, Foreign Minister Teo Ano, and other Tongan officials.", "Teo Ano", "TON"),
        ("Defence Minister Ana Paz spoke of the army in Tonga.", "Ana Paz", "FJI"),
    ],
)
def test_what_is_done_around_an_official_tells_his_state(read: Any, text: str, name: str, code: str) -> None:
    """Host, delegation or list give the state before the outlet's country does; a bare place does not."""
    found = read(text, country="FJI").page.mentions.all
    assert {m.codes for m in found if m.name == name} == {(code,)}
