"""README and how-it-works say what is true. README's Python examples run as doctests by pytest's configuration."""

import re
from pathlib import Path

import pytest
import typer.main

from communique.cli.app import app
from communique.cli.pages import commands
from communique.export import choose_exporter

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.+?)^```", README, re.MULTILINE | re.DOTALL)
CALLS = re.findall(r"^(?:.*&& \.venv/bin/)?communique (.+)$", "".join(BLOCKS), re.MULTILINE)


def test_there_are_two_set_up_commands():
    """The marked commands each stand on one line, set up by pip only, and end in the demo and in the tests."""
    marked = re.findall(r"<!-- (\w+)-command -->\n```sh\n(.+)\n```\n<!-- end -->", README)
    assert [(name, line.split("&&")[-1].split("/")[-1].strip()) for name, line in marked] == [
        ("demo", "communique demo"),
        ("test", "python -m pytest"),
    ]


@pytest.mark.parametrize("call", CALLS)
def test_calls_name_commands_and_options_that_exist(call):
    """Every call in the README names a command, options and output formats that there are."""
    known = {path[1:]: command for path, command in commands(typer.main.get_command(app), ("communique",))}
    words = call.split()
    command = known[(words[0],)]
    options = {option for param in command.params for option in param.opts}
    assert {word for word in words if word.startswith("-")} <= options
    if "-o" in words:
        name = words[words.index("-f") + 1] if "-f" in words else None
        assert choose_exporter(name, Path(words[words.index("-o") + 1]))


def test_links_lead_somewhere():
    """Every file that README and docs link to is there, but for pages that are made from measurements."""
    made_later = {"docs/accuracy.md"}
    for page in (ROOT / "README.md", ROOT / "docs" / "how-it-works.md"):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert link in made_later or (page.parent / link).exists(), link


def test_every_reason_is_explained():
    """Every reason for which reading or gating sets an input aside stands in docs/how-it-works.md."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for stage in ("read", "gate")
        for path in (ROOT / "src/communique/pipeline" / stage).glob("*.py")
    )
    reasons = set(re.findall(r'(?:reason=|Refused\()"([a-z_]+)"', source))
    explained = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")))
    assert reasons
    assert reasons <= explained
