"""What all commands share: errors in one clear line, and a quiet end when the user or the reader of a pipe stops."""

from __future__ import annotations

import os
import signal
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

    pressed = False
    """Whether Ctrl-C was pressed in this process (see `heed_ctrl_c`)."""

    def invoke(self, ctx: Any) -> Any:
        """The command's result; errors that communique foresees end it with status 2."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except CommuniqueError as error:
            typer.echo(f"communique: {error}", err=True)
            raise typer.Exit(FAILED) from error
        except BrokenPipeError as closed:
            discard_stdout()
            raise typer.Exit(PIPE_CLOSED) from closed
        except (KeyboardInterrupt, Exception) as stop:
            if not (self.pressed or interrupted(stop)):
                raise
            typer.echo("communique: stopped; files that were being written are left as they were", err=True)
            raise typer.Exit(INTERRUPTED) from stop


def heed_ctrl_c() -> None:
    """Keeps in mind that Ctrl-C was pressed: a library that it stops while it loads may raise any error, or none."""

    def heed(number: int, frame: Any) -> None:
        Commands.pressed = True
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, heed)


def interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl-C lies behind the error: a library stopped while it loads may raise an error of its own.

    >>> interrupted(KeyboardInterrupt()), interrupted(ValueError())
    (True, False)
    """
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def discard_stdout() -> None:
    """Sends what is still in standard output's buffer nowhere, so that Python does not complain of it at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a real stream, as under a test
        return
