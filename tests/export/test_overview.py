"""Totals."""

import io

from rich.console import Console

from communique.export import overview


def test_counts_each_report_once(coded):
    """Reports are counted by type, and pairs share a report of several parties among them."""
    console = Console(width=140, file=io.StringIO(), color_system=None)
    console.print(overview(coded))
    shown = [" ".join(line.split()) for line in console.file.getvalue().splitlines()]
    assert any(line.startswith("visit 1 0") for line in shown)
    assert any(line.startswith("exercise 1 1") for line in shown)
    assert any(line.startswith("total 2 1") for line in shown)
    assert any("CHL – FJI 0.3" in line for line in shown)
