"""The command that opens the Observatory on a record."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.options import Record

serving_app = typer.Typer()


@serving_app.command()
def serve(
    record: Record,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; beyond this machine with --token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")] = 8321,
    token: Annotated[
        str | None,
        typer.Option(metavar="TEXT", envvar="COMMUNIQUE_TOKEN", help="Ask it of every visitor; 16 characters or more."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name that the server may be called by besides its address."),
    ] = None,
    seconds: Annotated[float, typer.Option(metavar="N", min=0.1, help="How long one question may take.")] = 5.0,
    browser: Annotated[bool, typer.Option("--open", help="Open the first page in a browser.")] = False,
) -> None:
    """Open the Observatory: see, search and check a record in a browser. No request leaves this machine.

    It runs until Ctrl-C. What other commands add to the record meanwhile is shown at once.
    """
    from communique.web import Settings
    from communique.web.serving import serve_record

    settings = Settings(host=host, port=port, token=token, hosts=tuple(allow_host or ()), seconds=seconds)
    serve_record(record, settings, open_browser=browser, say=lambda words: typer.echo(words, err=True))
