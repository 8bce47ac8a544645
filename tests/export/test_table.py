"""The table for people."""

import io

import pytest
from rich.console import Console

from communique.export.table import document_parts, write_table


def test_shows_everything_a_reader_asks(coded, monkeypatch):
    """When, what, who with post and rank, where, who says so, the words and the details are there."""
    monkeypatch.setenv("COLUMNS", "160")
    sink = io.BytesIO()
    write_table(coded, sink)
    shown = " ".join(sink.getvalue().decode().split())
    for words in (
        "restated after example.org · 2021-06-01 · d1 · 2 reports",
        "2021-05",
        "exercise",
        "naval",
        "planned",
        "Navy of Chile (CHL)",
        "Suva (FJI)",
        "commander",
        "name: Blue Reef",
        "“Ships meet off Suva” and 1 more",
        "undated",
        "no reports",
    ):
        assert words in shown
    assert "Dorj Bat (MNG), General" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_fits_the_screen(coded, width):
    """No line is longer than the screen is wide, and none of the words get lost on a narrow one."""
    doc, reports = coded[0]
    console = Console(width=width, file=io.StringIO(), color_system=None)
    for part in document_parts(doc, reports, narrow=width < 110):
        console.print(part)
    lines = console.file.getvalue().split("\n")
    assert max(map(len, lines)) <= width
    assert "Ships" in "".join(lines)
    assert "Navy" in "".join(lines)


def test_words_are_not_markup(coded, drill):
    """Brackets in a text are shown as they stand, never read as markup."""
    doc = coded[0][0].model_copy(update={"title": "[red]Pact[/red] [/]"})
    sink = io.BytesIO()
    write_table([(doc, [drill])], sink)
    assert "[red]Pact[/red] [/]" in sink.getvalue().decode()
