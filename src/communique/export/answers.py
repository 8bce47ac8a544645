"""Tables that a record answers with, as files of other tools (JSON Lines, CSV, Parquet) and as a table for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
from rich.table import Table
from rich.text import Text

from communique.export.columns import BETWEEN
from communique.export.delimited import cell, write_lines
from communique.export.phrases import plain
from communique.export.screen import console_on

Write = Callable[[pa.Table, BinaryIO], None]
BATCH = 5000
"""Rows that are in memory as Python values at one time."""


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
    write_lines(table.column_names, ((flat(value) for value in row.values()) for row in rows_of(table)), sink)


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


LISTED = {
    "engagements": ("engagement_id", "start", "end", "type", "status", "actors", "place", "reports", "witnesses"),
    "reports": ("report_id", "start", "end", "type", "status", "actors", "place", "outlet", "doc_id"),
}
"""Columns of a list that the table for people shows; the other formats have all."""
WRITERS: dict[str, Write] = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}
"""Every format for other tools, by the name that is also the ending of its files."""
KINDS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet"}
"""The media types of the formats."""
