"""A selection as a file, in every format for other tools."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from communique.errors import UnusableOption, did_you_mean
from communique.export.answers import KINDS, WRITERS
from communique.store.asking import page
from communique.web.address import UNITS, Address
from communique.web.rendering import reader_of

router = APIRouter()
IN_MEMORY = 16_000_000
PIECE = 1 << 16


@router.get("/export/{unit}.{format}")
def export(request: Request, unit: str, format: str) -> StreamingResponse:
    """All rows of the selection of the address as a file with that name."""
    if unit not in UNITS:
        raise UnusableOption(f"no table {unit!r}; {did_you_mean(unit, UNITS)}")
    if format not in WRITERS:
        raise UnusableOption(f"no format {format!r}; {did_you_mean(format, WRITERS)}")
    address = Address.of([*request.query_params.multi_items(), ("unit", unit)])
    table = reader_of(request).ask(lambda views: page(views, unit, address.filters(), address.sort))
    sink = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115, closed when it was sent
    WRITERS[format](table, sink)  # type: ignore[arg-type]
    size = sink.tell()
    sink.seek(0)
    return StreamingResponse(
        pieces(sink), media_type=KINDS[format],
        headers={"content-disposition": f'attachment; filename="{unit}.{format}"', "content-length": str(size)},
    )  # fmt: skip


def pieces(sink: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces; it is closed at the end."""
    with sink:
        while piece := sink.read(PIECE):
            yield piece
