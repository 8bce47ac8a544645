"""The commands that link reports and keep a record: each parses its options and calls one function."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import Quiet
from communique.errors import UnusableOption

keeping_app = typer.Typer()


@keeping_app.command()
def link(
    reports: Annotated[
        Path | None,
        typer.Argument(metavar="[REPORTS]", help="JSON Lines: reports that `code` wrote, or documents with `events`."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the links to FILE, whole or not.")
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Documents of the reports, as `code --documents` keeps them: JSON Lines."),
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Link the reports of this record anew, in place of a file.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Link reports into engagements: which reports tell one event.

    A link has doc_id, index, engagement_id, the report that it was linked to, a score and the reasons.
    With the documents, near-copies and the dates of publication are known too.
    """
    from communique.cli.linking import link_file, link_record

    if (reports is None) == (record is None):
        raise UnusableOption("give a file of reports, or --record FOLDER to link the reports of a record")
    if record is not None:
        link_record(record, output, documents, quiet=quiet)
    elif reports is not None:
        link_file(reports, output, documents, quiet=quiet)
