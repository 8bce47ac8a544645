"""The commands of review: reviewers with their tokens, and reviewed documents as gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import Record

reviewer_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Who may decide on a record's reports.")
export_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Write what a record holds in other forms.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name that stands in the log.")]


@reviewer_app.command("add")
def reviewer_add(name: Name, record: Record) -> None:
    """Add a reviewer and print the token, which is told once; a reviewer that there is gets a new one."""
    from communique.review import add_reviewer
    from communique.store import Record as Folder

    with Folder.open(record) as opened:
        typer.echo(add_reviewer(opened, name))
    typer.echo(f"Give it under Review, Sign in, when `communique serve --record {record}` runs.", err=True)


@reviewer_app.command("list")
def reviewer_list(record: Record) -> None:
    """List the reviewers, and whose token was ended."""
    from communique.review import reviewers
    from communique.store import Record as Folder

    with Folder.open(record, read_only=True) as opened:
        for one in reviewers(opened):
            typer.echo(f"{one.name}\tadded {one.added}" + (f"\tended {one.revoked}" if one.revoked else ""))


@reviewer_app.command("revoke")
def reviewer_revoke(name: Name, record: Record) -> None:
    """End a reviewer's token. What was decided stays."""
    from communique.review.reviewers import revoke_reviewer
    from communique.store import Record as Folder

    with Folder.open(record) as opened:
        revoke_reviewer(opened, name)


@export_app.command("gold")
def export_gold(
    record: Record,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file of JSON Lines.")],
    unsigned: Annotated[bool, typer.Option("--unsigned", help="Take documents too that nobody signed.")] = False,
) -> None:
    """Write the documents that people reviewed to the end as gold, which `communique evaluate` scores.

    Every report is accepted or rejected, and a reviewer signed that nothing is missing.
    """
    from communique.export import whole_file
    from communique.review.gold import write_gold
    from communique.store import Record as Folder

    with Folder.open(record, read_only=True) as opened, whole_file(output) as sink:
        number = write_gold(opened, sink, unsigned=unsigned)
    typer.echo(f"{number} reviewed document{'' if number == 1 else 's'}", err=True)
