"""The commands that link reports and keep a record: each parses its options and calls one function."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import Inputs, Lang, Model, Outlet, Published, Quiet, Record, Workers
from communique.errors import UnusableOption

keeping_app = typer.Typer()

Several = list[str] | None
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
TableFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to FILE.jsonl, FILE.csv, FILE.parquet or FILE.txt."),
]
TableFormat = Annotated[
    str | None,
    typer.Option("--format", "-f", metavar="NAME", help="jsonl, csv, parquet or table; without it as `code` does."),
]
ListFormat = Annotated[
    str | None,
    typer.Option(
        "--format", "-f", metavar="NAME",
        help="jsonl, csv, parquet, table or dyads, which gives pairs of actors; without it as `code` does.",
    ),
]  # fmt: skip


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


@keeping_app.command()
def add(
    inputs: Inputs,
    record: Record,
    published: Published = None,
    outlet: Outlet = None,
    lang: Lang = None,
    model: Model = None,
    workers: Workers = 1,
    unlinked: Annotated[
        bool, typer.Option("--no-link", help="Do not link afterwards; `link --record FOLDER` does it later.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Keep articles in a record with their reports: codes what is new, and links all reports.

    A folder that is not there or empty becomes a record. What was added before is known again and not coded twice.
    An interrupted run loses nothing that was published: run it again to do the rest.
    Rows of the lexicon in the record's folder `lexicon` are laid over the packaged ones.
    The status is 1 if nothing could be read.
    """
    from communique.cli.coding import Given
    from communique.cli.record import add_inputs

    given = Given(tuple(inputs), published, outlet, lang)
    done = add_inputs(record, given, model=model, processes=workers, linking=not unlinked, quiet=quiet)
    if done.inputs == done.quarantined:
        raise typer.Exit(1)


@keeping_app.command()
def status(record: Record, json: Json = False) -> None:
    """Show what a record holds, in numbers."""
    from communique.cli.record import print_status

    print_status(record, as_json=json)


@keeping_app.command()
def verify(record: Record) -> None:
    """Check a record against its own hashes and numbers; the status is 1 if anything is damaged."""
    from communique.cli.record import print_problems

    if not print_problems(record):
        raise typer.Exit(1)


@keeping_app.command("list")
def list_(
    record: Record,
    reports: Annotated[bool, typer.Option("--reports", help="List reports in place of engagements.")] = False,
    country: Annotated[Several, typer.Option(metavar="CODE", help="With this actor, such as NOR.")] = None,
    pair: Annotated[Several, typer.Option(metavar="A-B", help="With both actors, such as IRN-SYR.")] = None,
    type: Annotated[Several, typer.Option(metavar="NAME", help="Of this event type, such as visit.")] = None,
    mode: Annotated[Several, typer.Option(metavar="NAME", help="Of this mode.")] = None,
    status: Annotated[Several, typer.Option(metavar="NAME", help="Of this status, such as occurred.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Not over before this day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Begun by this day.")] = None,
    domain: Annotated[Several, typer.Option(metavar="NAME", help="Of this domain, such as maritime.")] = None,
    level: Annotated[Several, typer.Option(metavar="NAME", help="Of this highest level, such as minister.")] = None,
    place_country: Annotated[Several, typer.Option(metavar="CODE", help="At a place of this state.")] = None,
    outlet: Annotated[Several, typer.Option(metavar="NAME", help="Told by this outlet.")] = None,
    camp: Annotated[Several, typer.Option(metavar="NAME", help="Told by media of this camp, such as party.")] = None,
    witnesses: Annotated[int | None, typer.Option(metavar="N", min=0, help="Told by N witnesses or more.")] = None,
    review: Annotated[Several, typer.Option(metavar="NAME", help="With this state of review.")] = None,
    text: Annotated[str | None, typer.Option(metavar="WORDS", help="Where a document holds these words.")] = None,
    doc: Annotated[Several, typer.Option(metavar="ID", help="Told by this document.")] = None,
    engagement: Annotated[Several, typer.Option(metavar="ID", help="This engagement.")] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="At most N; a table else shows 40.")] = None,
    offset: Annotated[int, typer.Option(metavar="N", min=0, help="Leave out the first N; goes with --limit.")] = 0,
    output: TableFile = None,
    format: ListFormat = None,
    quiet: Quiet = False,
) -> None:
    """List the engagements of a record, or its reports, newest first.

    All filters hold together; a filter that is given several times takes any of its values.
    """
    from communique.cli.record import Answer, print_list

    filters = {
        "country": country, "pair": pair, "type": type, "mode": mode, "status": status, "since": since, "until": until,
        "domain": domain, "level": level, "place_country": place_country, "outlet": outlet, "camp": camp,
        "witnesses": witnesses, "review": review, "text": text, "documents": doc, "engagement": engagement,
        "limit": limit, "offset": offset,
    }  # fmt: skip
    print_list(record, "reports" if reports else "engagements", filters, Answer(output, format, quiet))


@keeping_app.command()
def show(
    ident: Annotated[str, typer.Argument(metavar="ID", help="The id of an engagement, report or document.")],
    record: Record,
    why: Annotated[
        bool, typer.Option("--why", help="Also why each was coded and linked so, and what people decided.")
    ] = False,
    json: Json = False,
) -> None:
    """Show an engagement, report or document of a record with the words that tell of it.

    An id that an engagement bore before leads to the present one.
    """
    from communique.cli.record_view import print_shown

    print_shown(record, ident, why=why, as_json=json)


@keeping_app.command()
def official(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name in any spelling, or a surname.")],
    record: Record,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Of this state alone, such as IRN.")] = None,
    json: Json = False,
) -> None:
    """Show the posts of an official and the engagements of a record that he or she takes part in.

    Posts are those of the lexicon's register, each with its source, and those that documents of the record tell, with
    their words.
    """
    from communique.cli.official_view import print_official

    print_official(record, name, country, as_json=json)


@keeping_app.command()
def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SELECT in the SQL of DuckDB.")],
    record: Record,
    output: TableFile = None,
    format: TableFormat = None,
) -> None:
    """Ask a record in SQL; the views are engagements, reports, participants, documents and officials.

    `documents_with('naval drill*')` gives the ids of the documents that hold the words, as a list.
    """
    from communique.cli.record import Answer, print_answer

    print_answer(record, query, Answer(output, format))


@keeping_app.command()
def recode(
    record: Record,
    everything: Annotated[bool, typer.Option("--all", help="Also what this version coded.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="List every changed report as JSON Lines.")
    ] = None,
    model: Model = None,
    workers: Workers = 1,
    quiet: Quiet = False,
) -> None:
    """Code the documents of a record again that another version coded, and say what changed.

    Changed rows in the record's folder `lexicon` make another version too.
    Decisions stay with their reports. An interrupted run is continued by the next.
    """
    from communique.cli.record import recode_record

    recode_record(record, output, model=model, everything=everything, processes=workers, quiet=quiet)


@keeping_app.command()
def reread(
    record: Record,
    everything: Annotated[bool, typer.Option("--all", help="Also what this version read.")] = False,
    workers: Workers = 1,
    quiet: Quiet = False,
) -> None:
    """Read the kept files of a record again that an older version read; a changed text is coded at once."""
    from communique.cli.record import reread_record

    reread_record(record, everything=everything, processes=workers, quiet=quiet)


@keeping_app.command()
def compact(record: Record) -> None:
    """Join small files of a record, and delete those that are out of use."""
    from communique.cli.record import compact_record

    compact_record(record)


@keeping_app.command()
def backup(
    to: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder for the copy.")],
    record: Record,
) -> None:
    """Copy a record into a new folder, checked against its hashes; it may be in use meanwhile."""
    from communique.cli.record import backup_record

    backup_record(record, to)
