"""The first run: codes the packaged demo corpus and shows what was found."""

from __future__ import annotations

import sys
from pathlib import Path

from communique.cli.coding import Files, Given, coded, counted, summary, write
from communique.cli.progress import Screen, count_inputs
from communique.demo import demo_documents_path
from communique.errors import UnusableOption
from communique.export import Coded, choose_exporter, console_on, overview
from communique.pipeline.read import read
from communique.pipeline.run import Run

FIRST = 6
"""Briefs that are shown in full unless all are asked for."""


def run_demo(*, everything: bool, output: Path | None, format: str | None, model: str | None, quiet: bool) -> None:
    """Codes the demo corpus; prints briefs as tables and the totals, or writes the file or format asked for."""
    screen, run, path = Screen(quiet=quiet), Run(), str(demo_documents_path())
    files = Files(output, format)
    exporter = choose_exporter(format or ("table" if output is None else None), output)
    briefs = list(coded(screen.following(read([path]), "coding the demo corpus", count_inputs([path])), run, model))
    run.check()
    shown = briefs if everything or output is not None or exporter.format != "table" else briefs[:FIRST]
    write(shown, exporter, files.output)
    if output is None and exporter.format == "table":
        print_totals(briefs, len(shown))
    screen.say(summary(run, sum(len(reports) for _, reports in briefs)))


def keep_demo(folder: Path, *, output: Path | None, format: str | None, model: str | None, quiet: bool) -> None:
    """Keeps the demo corpus in a record and says what can be done with it; raises UnusableOption for a file as well."""
    if output is not None or format is not None:
        raise UnusableOption("--record keeps the briefs and writes no file; leave out -o and -f, or leave out --record")
    from communique.cli.record import add_inputs  # it opens the store, which showing the briefs does not need

    add_inputs(folder, Given((str(demo_documents_path()),)), model=model, processes=1, linking=True, quiet=quiet)
    Screen(quiet=quiet).say(
        f"Next: communique serve --record {folder} --open\nTo correct what you see: communique reviewer add YOUR-NAME"
        f" --record {folder}"
    )


def print_totals(briefs: list[Coded], shown: int) -> None:
    """Says how many briefs were not shown, the totals, and what to try next."""
    with console_on(sys.stdout.buffer) as console:
        if shown < len(briefs):
            console.print(f"[dim]… and {counted(len(briefs) - shown, 'more brief')}: communique demo --all[/dim]\n")
        console.print(overview(briefs))
        console.print(
            "\n[dim]Next: communique code YOUR-ARTICLE.txt, communique codebook visit, or"
            " communique demo --record demo-record to see and correct this in a browser[/dim]"
        )
