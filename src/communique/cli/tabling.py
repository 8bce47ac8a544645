"""Answers of a record as they leave it: a table on a terminal, else JSON Lines, CSV or Parquet."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from communique.errors import UnusableOption, did_you_mean
from communique.export import console_on, whole_file
from communique.export.answers import WRITERS as FILE_WRITERS
from communique.export.answers import Write, flat, rows_of, write_table
from communique.export.delimited import cell
from communique.export.phrases import plain

GAP = 3
"""What stands between two columns."""
FEWEST = 2
"""Columns that are shown however narrow the screen is."""


def print_table(table: pa.Table, output: Path | None, write: Write) -> None:
    """Writes the table to the file, whole or not at all, or to standard output."""
    if output is not None:
        with whole_file(output) as sink:
            write(table, sink)
        return
    write(table, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def chosen_writer(format: str | None, output: Path | None, dyads: bool = False) -> Write:
    """The writer of a format's name, or of a file's ending; raises UnusableOption with the way out.

    Where `dyads` can be had, that format is the one of the file's ending, CSV without one.
    """
    known = (*WRITERS, DYADS) if dyads else tuple(WRITERS)
    if format is not None and format not in known:
        raise UnusableOption(f"no format {format!r}; {did_you_mean(format, known)}")
    endings = FILE_ENDINGS if format == DYADS else ENDINGS
    if (format is None or format == DYADS) and output is not None:
        if output.suffix.lower() not in endings:
            told = ", ".join(sorted(endings))
            way = "" if format == DYADS else ", or give -f"
            raise UnusableOption(f"{output.name} tells no format; name a file that ends in one of {told}{way}")
        format = endings[output.suffix.lower()]
    if format == DYADS:
        format = "csv"
    if format == "parquet" and output is None:
        raise UnusableOption("parquet cannot go to standard output; name a file with -o FILE.parquet")
    return WRITERS[format or ("table" if sys.stdout.isatty() else "jsonl")]


def fitting_writer(wanted: Sequence[str]) -> Write:
    """A writer of tables for people that leaves out the last of the `wanted` columns where the screen is narrow.

    Words wrap; codes, days and ids stay whole.
    """

    def write(table: pa.Table, sink: BinaryIO) -> None:
        rows = [{name: plain(cell(flat(value))) for name, value in row.items()} for row in rows_of(table)]
        with console_on(sink) as console:
            chosen = fitting(rows, wanted, console.width)
            shown = Table(show_edge=False, pad_edge=False, header_style="dim")
            for name in table.column_names:
                if name in chosen:
                    shown.add_column(plain(name), overflow="fold", width=chosen[name])
            for row in rows:
                shown.add_row(*(Text(row[name]) for name in table.column_names if name in chosen))
            console.print(shown)

    return write


def fitting(rows: Sequence[Mapping[str, str]], wanted: Sequence[str], width: int) -> dict[str, int]:
    """The first of the wanted columns that a screen has room for, each with its width.

    Each column has room for its longest word, and what is left is given to those whose cells are longer.

    >>> fitting([{"id": "a1", "place": "Port of Bandar Abbas"}], ("id", "place"), 15)
    {'id': 2, 'place': 10}
    """
    widths: dict[str, int] = {}
    for name in wanted:
        words = [name, *(word for row in rows for word in row[name].split())]
        least = max(map(cell_len, words))
        if len(widths) >= FEWEST and sum(widths.values()) + least + GAP * len(widths) > width:
            break
        widths[name] = least
    left = width - sum(widths.values()) - GAP * (len(widths) - 1)
    for name in widths:
        more = min(max((cell_len(row[name]) for row in rows), default=0) - widths[name], left)
        if more > 0:
            widths[name] += more
            left -= more
    return widths


WRITERS: dict[str, Write] = {**FILE_WRITERS, "table": write_table}
DYADS = "dyads"
"""The format that holds pairs of actors in place of rows."""
FILE_ENDINGS = {".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet"}
ENDINGS = {**FILE_ENDINGS, ".txt": "table"}
