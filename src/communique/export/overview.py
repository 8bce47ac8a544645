"""What a set of coded documents holds in total: reports by type and status, and the most frequent pairs of actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.columns import Columns
from rich.console import RenderableType
from rich.table import Table

from communique.codebook import load_codebook
from communique.export.coded import Coded, pairs
from communique.export.dyads import dyads_of
from communique.records import Report

BAR = 24
PAIRS = 12


def overview(coded: Iterable[Coded]) -> RenderableType:
    """Two small tables side by side: reports by type with a bar, and the pairs that have most reports."""
    reports = [report for _, report in pairs(coded)]
    return Columns([types_table(reports), pairs_table(reports)], padding=(0, 4))


def types_table(reports: list[Report]) -> Table:
    """Reports by type in the codebook's order, with how many of them occurred or go on."""
    counts = Counter(report.type for report in reports)
    happened = Counter(report.type for report in reports if report.status in ("occurred", "ongoing"))
    table = Table(title="Reports by type", title_justify="left", box=None, pad_edge=False, header_style="dim")
    table.add_column("type")
    table.add_column("reports", justify="right")
    table.add_column("of these happened", justify="right")
    table.add_column("")
    most = max(counts.values(), default=1)
    for name in load_codebook().types:
        if counts[name]:
            bar = "█" * max(1, round(BAR * counts[name] / most))
            table.add_row(name, str(counts[name]), str(happened[name]), bar)
    table.add_row("total", str(counts.total()), str(happened.total()), "", style="bold")
    return table


def pairs_table(reports: list[Report]) -> Table:
    """The pairs of actors with most reports; a report of several pairs is shared out among them."""
    weights: Counter[tuple[str, str]] = Counter()
    for report in reports:
        for dyad in dyads_of(report):
            if dyad.target is not None and dyad.source.actor != dyad.target.actor:
                first, second = sorted((dyad.source.actor, dyad.target.actor))
                weights[first, second] += dyad.weight  # type: ignore[assignment]  # a Counter counts fractions too
    table = Table(title="Most frequent pairs", title_justify="left", box=None, pad_edge=False, header_style="dim")
    table.add_column("pair", min_width=20)
    table.add_column("reports", justify="right")
    for (first, second), weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:PAIRS]:
        table.add_row(f"{first} – {second}", f"{weight:.1f}")
    return table
