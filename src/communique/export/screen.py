"""A rich console on any stream of bytes: in colour and as wide as the screen on a terminal, plain elsewhere."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from rich.console import Console

WIDTH = 140
"""Columns where the output is no terminal and COLUMNS does not tell them."""


class PipeConsole(Console):
    """A console that lets a closed pipe be known; rich alone would end the program with status 1."""

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError for the command line to handle."""
        raise BrokenPipeError(errno.EPIPE, "the reader of the output closed it")


@contextmanager
def console_on(sink: BinaryIO) -> Iterator[Console]:
    """A console that writes UTF-8 to the stream and leaves it open."""
    text = io.TextIOWrapper(sink, encoding="utf-8", errors="replace", write_through=True)
    try:
        told = os.environ.get("COLUMNS", "").isdecimal()  # rich itself heeds it where no width is given
        yield PipeConsole(file=text, highlight=False, width=None if text.isatty() or told else WIDTH)
    finally:
        text.detach()
