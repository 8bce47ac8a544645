"""Answers of a record as they leave it: a table on a terminal, else JSON Lines, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
from rich.table import Table
from rich.text import Text

from communique.errors import UnusableOption, did_you_mean
from communique.export import console_on, whole_file
from communique.export.columns import BETWEEN
from communique.export.delimited import cell
from communique.export.phrases import plain

Write = Callable[[pa.Table, BinaryIO], None]
BATCH = 5000
"""Rows that are in memory as Python values at one time."""


def print_table(table: pa.Table, output: Path | None, write: Write) -> None:
    """Writes the table to the file, whole or not at all, or to standard output."""
    if output is not None:
        with whole_file(output) as sink:
            write(table, sink)
        return
    write(table, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def chosen_writer(format: str | None, output: Path | None) -> Write:
    """The writer of a format's name, or of a file's ending; raises UnusableOption with the way out."""
    if format is not None and format not in WRITERS:
        raise UnusableOption(f"no format {format!r}; {did_you_mean(format, WRITERS)}")
    if format is None and output is not None:
        if output.suffix.lower() not in ENDINGS:
            told = ", ".join(sorted(ENDINGS))
            raise UnusableOption(f"{output.name} tells no format; name a file that ends in one of {told}, or give -f")
        format = ENDINGS[output.suffix.lower()]
    if format == "parquet" and output is None:
        raise UnusableOption("parquet cannot go to standard output; name a file with -o FILE.parquet")
    return WRITERS[format or ("table" if sys.stdout.isatty() else "jsonl")]


def rows_of(table: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows as plain values."""
    for batch in table.to_batches(BATCH):
        yield from batch.to_pylist()


def write_jsonl(table: pa.Table, sink: BinaryIO) -> None:
    """One row a line with its nested values."""
    for row in rows_of(table):
        sink.write(json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n")


def write_csv(table: pa.Table, sink: BinaryIO) -> None:
    """A header and one row a line; several values of one cell stand with bars between them."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in rows_of(table):
        writer.writerow([cell(flat(value)) for value in row.values()])
        if line.tell() > 1 << 16:
            drain(line, sink)
    drain(line, sink)


def drain(line: io.StringIO, sink: BinaryIO) -> None:
    """Moves the text that has gathered to the sink."""
    sink.write(line.getvalue().encode("utf-8", "replace"))
    line.seek(0)
    line.truncate()


def flat(value: Any) -> Any:
    """A value that fits one cell.

    >>> flat(["IRN", "SYR"]), flat([]), flat({"a": 1}), flat(3)
    ('IRN | SYR', None, '{"a": 1}', 3)
    """
    if isinstance(value, list):
        return BETWEEN.join(str(flat(part)) for part in value) or None
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else value


def write_parquet(table: pa.Table, sink: BinaryIO) -> None:
    """The table with its types."""
    pq.write_table(table, sink)


def write_table(table: pa.Table, sink: BinaryIO) -> None:
    """A table for people, as wide as the screen."""
    shown = Table(show_edge=False, pad_edge=False, header_style="dim")
    for field in table.schema:
        whole = field.name.endswith("_id") or pa.types.is_date(field.type)  # of use only uncut
        shown.add_column(plain(field.name), overflow="fold", no_wrap=whole)
    for row in rows_of(table):
        shown.add_row(*(Text(plain(cell(flat(value)))) for value in row.values()))
    with console_on(sink) as console:
        console.print(shown)


WRITERS: dict[str, Write] = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet, "table": write_table}
ENDINGS = {".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet", ".txt": "table"}
