"""A selection as a file, in every format for other tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import pyarrow as pa
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from communique.errors import UnusableOption, did_you_mean
from communique.export.answered_dyads import dyads_table
from communique.export.answers import KINDS, LISTED, WRITERS, Write, write_table
from communique.store.asking import page
from communique.store.taking_part import Party, parties
from communique.web.address import UNITS, Address
from communique.web.reader import Reader
from communique.web.rendering import reader_of

router = APIRouter()
IN_MEMORY = 16_000_000
PIECE = 1 << 16
MOST_FOR_PEOPLE = 5000
"""Rows of a table for people, which is laid out as a whole."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, its media type, how it is written, and whether it holds pairs in place of rows."""

    name: str
    kind: str
    write: Write
    dyads: bool = False


NAMES = {"csv": "CSV", "jsonl": "JSON Lines", "parquet": "Parquet"}
FORMATS = {
    **{ending: Format(NAMES[ending], KINDS[ending], WRITERS[ending]) for ending in NAMES},
    "txt": Format("Table to read", "text/plain; charset=utf-8", write_table),
    **{f"dyads.{ending}": Format(NAMES[ending], KINDS[ending], WRITERS[ending], dyads=True) for ending in NAMES},
}
"""Every format by the ending of its files."""


@router.get("/export/{name}")
def export(request: Request, name: str) -> StreamingResponse:
    """All rows of the selection of the address, or their pairs of actors, as a file with that name."""
    unit, _, ending = name.partition(".")
    if unit not in UNITS:
        raise UnusableOption(f"no table {unit!r}; {did_you_mean(unit, UNITS)}")
    if ending not in FORMATS:
        raise UnusableOption(f"no format {ending!r}; {did_you_mean(ending, FORMATS)}")
    address = Address.of([*request.query_params.multi_items(), ("unit", unit)])
    sink = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115, closed when it was sent
    FORMATS[ending].write(table_of(reader_of(request), address, ending), sink)  # type: ignore[arg-type]
    size = sink.tell()
    sink.seek(0)
    return StreamingResponse(
        pieces(sink), media_type=FORMATS[ending].kind,
        headers={"content-disposition": f'attachment; filename="{name}"', "content-length": str(size)},
    )  # fmt: skip


def table_of(reader: Reader, address: Address, ending: str) -> pa.Table:
    """The rows of a selection, or their pairs of actors, with the columns that a format has."""
    unit, filters = address.unit, address.filters()
    if ending == "txt" and reader.count(unit, filters) > MOST_FOR_PEOPLE:
        raise UnusableOption(f"a table to read has {MOST_FOR_PEOPLE:,} rows at most; narrow the selection or take CSV")
    table = reader.ask(lambda views: page(views, unit, filters, address.sort))
    if FORMATS[ending].dyads:
        return dyads_table(table, lambda some: taking_part(reader, unit, some), reader.record.lexicon)
    return table.select(list(LISTED[unit])) if ending == "txt" else table


def taking_part(reader: Reader, unit: str, rows: Sequence[Mapping[str, Any]]) -> list[list[Party]]:
    """The parties of some rows, asked for in a question of its own."""
    return reader.ask(lambda views: parties(views, unit, rows), everything=True)


def pieces(sink: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces; it is closed at the end."""
    with sink:
        while piece := sink.read(PIECE):
            yield piece
