"""Comma-separated values in UTF-8, one row a report or a dyad, for spreadsheets and statistics programs."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO, TypeVar

from communique.export.coded import Coded, pairs
from communique.export.columns import REPORT_COLUMNS, Cell, Column, FlatReport
from communique.export.dyads import DYAD_COLUMNS, flat_dyads
from communique.lexicon import Lexicon

Row = TypeVar("Row")
FORMULA = ("=", "+", "-", "@", "\t")
"""First characters that make a spreadsheet compute a cell instead of showing it."""


def write_csv(coded: Iterable[Coded], sink: BinaryIO) -> None:
    """Writes the flat table of reports."""
    write_rows((FlatReport(doc, report) for doc, report in pairs(coded)), REPORT_COLUMNS, sink)


def write_dyads_csv(coded: Iterable[Coded], sink: BinaryIO, lexicon: Lexicon | None = None) -> None:
    """Writes the table of dyads, with states' codes as the lexicon has them."""
    write_rows(flat_dyads(coded, lexicon), DYAD_COLUMNS, sink)


def write_rows(rows: Iterable[Row], columns: Sequence[Column[Row]], sink: BinaryIO) -> None:
    """Writes a header and one line a row."""
    write_lines([column.name for column in columns], ([column.value(row) for column in columns] for row in rows), sink)


def write_lines(header: Sequence[str], rows: Iterable[Iterable[Cell]], sink: BinaryIO) -> None:
    """Writes a header and one line for the values of each row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        if text.tell() > 1 << 16:
            drain(text, sink)
    drain(text, sink)


def drain(text: io.StringIO, sink: BinaryIO) -> None:
    """Moves the text that has gathered to the sink."""
    sink.write(text.getvalue().encode("utf-8", "replace"))
    text.seek(0)
    text.truncate()


def cell(value: Cell) -> str:
    """A value as a CSV cell: empty for None, `true` or `false`, ISO dates; text never begins a formula.

    >>> cell(None), cell(True), cell(0.25), cell("=1+1")
    ('', 'true', '0.25', "'=1+1")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.12g}"
    text = str(value)
    return "'" + text if isinstance(value, str) and text.startswith(FORMULA) else text
