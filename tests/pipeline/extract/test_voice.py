"""Who vouches for an event: the outlet, or whoever the sentence says told or denied it."""

from __future__ import annotations

from typing import Any

import pytest


def test_table(read: Any, voice_case: dict[str, Any]) -> None:
    """Every case of tests/cases/voice.yml is told by whom the table says."""
    voice = read(voice_case["text"]).one(voice_case["type"], voice_case["trigger"]).voice
    assert (voice.kind, voice.name) == (voice_case["kind"], voice_case.get("name"))


@pytest.mark.parametrize("words", ["it", "some"])
def test_nobody_is_no_voice(read: Any, words: str) -> None:
    """A subject that names nobody vouches for nothing."""
    found = read(f"As {words} said, Chile sold missiles to Peru.")
    assert all(d.voice.kind == "outlet" for d in found.of("transfer"))


def test_a_statement_is_not_its_speakers_own_witness(read: Any) -> None:
    """That a speaker urged something is vouched for by the outlet."""
    found = read("General Juan Rojas of Chile urged Peru to withdraw its troops from Bolivia.")
    assert found.one("statement", "urged").voice.kind == "outlet"


def test_what_stands_in_quotation_marks_is_marked(read: Any) -> None:
    """A trigger within a longer quotation bears the flag "quoted"."""
    found = read("“Chile delivered 12 tanks to Peru in the last week of May,” General Juan Rojas said.")
    assert all("quoted" in d.flags for d in found.of("transfer") if d.trigger_text == "delivered")
    assert found.of("transfer")
