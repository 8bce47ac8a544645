"""JSON Lines in UTF-8: one report a line with all of the codebook's fields, or one dyad a line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import BinaryIO

from communique.export.coded import Coded, pairs
from communique.export.columns import Cell
from communique.export.dyads import DYAD_COLUMNS, flat_dyads
from communique.lexicon import Lexicon
from communique.records import Row


def write_jsonl(coded: Iterable[Coded], sink: BinaryIO) -> None:
    """Writes one report a line, in the order of the documents and of their text."""
    for _, report in pairs(coded):
        sink.write(line_of(report))
        sink.flush()


def line_of(row: Row) -> bytes:
    """A record as one line."""
    return row.model_dump_json().encode("utf-8") + b"\n"


def write_dyads_jsonl(coded: Iterable[Coded], sink: BinaryIO, lexicon: Lexicon | None = None) -> None:
    """Writes one dyad a line with the columns of the dyads' table, states' codes as the lexicon has them."""
    for row in flat_dyads(coded, lexicon):
        cells = {column.name: plain_value(column.value(row)) for column in DYAD_COLUMNS}
        sink.write(json.dumps(cells, ensure_ascii=False).encode("utf-8") + b"\n")


def plain_value(value: Cell) -> Cell:
    """The value as JSON holds it: dates in ISO 8601."""
    return value.isoformat() if isinstance(value, dt.date) else value
