"""The tour of docs/tutorial.md can be taken: every command runs, and the page holds what it prints."""

import re

import pytest

from communique.cli import record as commands
from communique.cli.tour import PAGE, STEP, tour

TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def taken(coder, tmp_path_factory):
    """The tour, with the coder that other tests have loaded already."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "default_coder", lambda: coder)
        return tour(TEXT, tmp_path_factory.mktemp("tour"))


def test_every_command_runs(taken):
    """All commands end well but for the two that show an error, and each prints something."""
    _, ran = taken
    assert len(ran) == len(re.findall(r"^communique ", TEXT, re.MULTILINE))
    assert [command for command, status, _ in ran if status == 2] == [
        "communique list --record tour --country Iran",
        "communique list --record tour --status occured",
    ]
    assert all(output.strip() for _, _, output in ran)


def test_the_page_tells_the_same_story(taken):
    """The page made anew has the same words around its outputs; each block of commands has its output pasted."""
    page, _ = taken
    assert STEP.sub("", page) == STEP.sub("", TEXT)
    assert all(found["shown"] for found in STEP.finditer(TEXT) if found["kind"] == "sh")


def test_nothing_in_the_tour_is_wider_than_the_screen(taken):
    """Tables fit 80 columns."""
    _, ran = taken
    tables = [output for command, _, output in ran if "-f table" in command]
    assert max(len(line) for output in tables for line in output.splitlines()) <= 80
