"""What all commands share: errors in one clear line, and a quiet end when the user or the reader of a pipe stops."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from communique.errors import CommuniqueError

FAILED = 2
INTERRUPTED = 128 + 2  # as a shell reports SIGINT
PIPE_CLOSED = 128 + 13  # as a shell reports SIGPIPE


class Commands(TyperGroup):
    """The group of all commands. It is the one place where an error becomes a line and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """The command's result; errors that communique foresees end it with status 2."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except CommuniqueError as error:
            typer.echo(f"communique: {error}", err=True)
            raise typer.Exit(FAILED) from error
        except KeyboardInterrupt as stop:
            typer.echo("communique: stopped; files that were being written are left as they were", err=True)
            raise typer.Exit(INTERRUPTED) from stop
        except BrokenPipeError as closed:
            discard_stdout()
            raise typer.Exit(PIPE_CLOSED) from closed


def discard_stdout() -> None:
    """Sends what is still in standard output's buffer nowhere, so that Python does not complain of it at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a real stream, as under a test
        return
