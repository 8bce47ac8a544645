"""The page on the command line."""

import typer.main

from communique.cli.app import app
from communique.cli.pages import ROOT, cli_page, commands


def test_the_page_is_fresh():
    """docs/cli.md is what the commands say; `make docs` rewrites it."""
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == cli_page()


def test_every_command_and_option_is_explained():
    """Each command has a purpose, and each of its arguments and options a meaning."""
    for path, command in commands(typer.main.get_command(app), ("communique",)):
        assert command.help, path
        assert all(param.help for param in command.params if param.name != "help"), path
