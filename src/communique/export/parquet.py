"""Parquet: reports with their nested columns, or dyads, under schemas that depend on no data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from communique.export.coded import Coded, pairs
from communique.export.columns import Kind
from communique.export.dyads import DYAD_COLUMNS, flat_dyads
from communique.lexicon import Lexicon
from communique.records import Report

Value = TypeVar("Value")
BATCH = 5000  # rows of a row group
TEXT = pa.string()
SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32())])
TYPES: Mapping[Kind, pa.DataType] = {
    "text": TEXT,
    "date": pa.date32(),
    "number": pa.float64(),
    "count": pa.int32(),
    "yes_no": pa.bool_(),
}


def texts(*names: str) -> list[tuple[str, pa.DataType]]:
    """Text fields of these names."""
    return [(name, TEXT) for name in names]


PARTICIPANT = pa.struct([*texts("role", "actor", "kind", "name", "post", "rank", "mention"), ("span", SPAN)])
DATE = pa.struct([("start", pa.date32()), ("end", pa.date32()), *texts("precision", "text")])

REPORT_SCHEMA = pa.schema(
    [
        *texts("doc_id", "report_id", "type", "mode", "status"),
        ("participants", pa.list_(PARTICIPANT)),
        ("date", DATE),
        ("place", pa.struct(texts("name", "country", "text"))),
        ("domains", pa.list_(TEXT)),
        ("asserted_by", pa.struct(texts("kind", "name", "text"))),
        ("evidence", pa.list_(SPAN)),
        ("aggregate", pa.bool_()),
        ("details", TEXT),
        ("claims", pa.list_(pa.struct(texts("kind", "text")))),
        ("confidence", pa.float64()),
        ("why", pa.list_(TEXT)),
        ("codes", pa.struct(texts("cameo", "plover", "plover_mode"))),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("geo_precision", pa.int8()),
        ("versions", pa.struct(texts("coder", "codebook", "lexicon"))),
    ]
)
"""A report's fields. `details` is JSON text: its fields differ from type to type, and a stable schema cannot."""

DYAD_SCHEMA = pa.schema([(column.name, TYPES[column.kind]) for column in DYAD_COLUMNS])


def write_parquet(coded: Iterable[Coded], sink: BinaryIO) -> None:
    """Writes one report a row with its nested columns."""
    write_rows((report_row(report) for _, report in pairs(coded)), REPORT_SCHEMA, sink)


def write_dyads_parquet(coded: Iterable[Coded], sink: BinaryIO, lexicon: Lexicon | None = None) -> None:
    """Writes one dyad a row, with states' codes as the lexicon has them."""
    rows = ({column.name: column.value(row) for column in DYAD_COLUMNS} for row in flat_dyads(coded, lexicon))
    write_rows(rows, DYAD_SCHEMA, sink)


def report_row(report: Report) -> dict[str, Any]:
    """The report as a row of REPORT_SCHEMA."""
    row = report.model_dump()
    row["details"] = json.dumps(report.details, ensure_ascii=False) if report.details is not None else None
    return row


def write_rows(rows: Iterable[Mapping[str, Any]], schema: pa.Schema, sink: BinaryIO) -> None:
    """Writes the rows in batches, so that memory does not grow with the file."""
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for batch in batches(rows, BATCH):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))


def batches(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """The values in lists of up to `size`."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch
