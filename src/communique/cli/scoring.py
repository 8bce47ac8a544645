"""Scores on the terminal: the coder measured on gold documents, and the floors under its scores."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from communique.cli.coding import coded
from communique.cli.progress import Screen
from communique.errors import UnusableOption
from communique.evaluation import (
    Coder,
    Evaluation,
    Scores,
    check_floors,
    evaluate_files,
    load_floors,
    raise_floors,
    save_floors,
)
from communique.export import console_on
from communique.pipeline.read import document_from_text
from communique.pipeline.run import Run
from communique.records import Document, Report

CORPORA = ("demo", "cases")
"""Gold files that the coder's floors rest on."""


def coder_for_gold(model: str | None = None, *, quiet: bool = False) -> Coder:
    """What codes gold documents just as `communique code` codes their file."""
    screen = Screen(quiet=quiet)

    def reports_of(documents: Sequence[Document]) -> Iterator[Report]:
        followed = screen.following(map(as_read, documents), "coding", len(documents))
        for _, reports in coded(followed, Run(), model):
            yield from reports

    return reports_of


def as_read(doc: Document) -> Document:
    """The document with everything that reading finds in its text, such as datelines and feed furniture."""
    known = doc.model_dump(exclude={"text", "hash", "ignored", "restates"}, exclude_none=True)
    return document_from_text(doc.text, clean=True, **known)


def print_scores(scores: Scores, *, by: str | None, json: bool) -> None:
    """Prints the scores as JSON, as tables on a terminal, or as plain text."""
    if json:
        print(scores.json())
    elif sys.stdout.isatty():
        with console_on(sys.stdout.buffer) as console:
            for table in scores.tables(by):
                console.print(table, markup=False)
    else:
        print(scores.text(by), end="")


def report_floors(folder: Path, *, raising: bool, allow_regression: bool, note: str | None, quiet: bool) -> bool:
    """Whether no score lies below its floor; prints what does. Raising writes the scores reached to floors.json."""
    if (allow_regression or note is not None) and not raising:
        raise UnusableOption("--allow-regression and --note go with --raise")
    path = folder / "floors.json"
    floors, results = load_floors(path), dict(measured(folder, CORPORA, quiet=quiet))
    if raising:
        save_floors(raise_floors(results, floors, allow_regression=allow_regression, note=note), path)
        print(f"{path}: floors set for {', '.join(results)}")
        return True
    breaches = check_floors(results, floors.only(*CORPORA))
    for breach in breaches:
        print(breach)
    print(f"{len(breaches)} scores below their floors" if breaches else "no score below its floor")
    return not breaches


def measured(folder: Path, names: Iterable[str], *, quiet: bool) -> Iterator[tuple[str, Evaluation]]:
    """The coder's scores on each gold file."""
    for name in names:
        scores = evaluate_files(folder / f"{name}.jsonl", coder=coder_for_gold(quiet=quiet), bootstrap=0)
        assert scores.reports is not None
        yield name, scores.reports
