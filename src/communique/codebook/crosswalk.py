"""A report in the codes of older event data: CAMEO 1.1b3 and PLOVER 2.0, by type, mode, status and a few conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from communique.codebook.conditions import CONDITIONS
from communique.codebook.load import load_codebook
from communique.codebook.model import Codebook, CodeRow
from communique.codebook.reading import ReportLike, Told, told
from communique.records import Codes


@dataclass(frozen=True, slots=True)
class Parties:
    """The actor codes on PLOVER's two sides; reciprocal events have all parties as actors and no recipients."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]


def crosswalk(report: ReportLike, codebook: Codebook | None = None) -> Codes:
    """The CAMEO code, PLOVER type and PLOVER mode of a report; None where the scheme has no such thing.

    >>> crosswalk({"type": "visit", "mode": "official", "status": "planned"}).plover
    'AGREE'
    """
    row = code_row(report, codebook)
    return Codes(cameo=row.cameo, plover=row.plover, plover_mode=row.mode)


def code_row(report: ReportLike, codebook: Codebook | None = None) -> CodeRow:
    """The crosswalk's row for a report, with the reason where a code is missing. Unknown types raise CodebookError."""
    book = codebook or load_codebook()
    read = told(report)
    for rows in _candidates(read, book):
        row = rows.get(read.status) or (rows.get("occurred") if read.status == "ongoing" else None)
        if row is not None:
            return row
    return CodeRow(None, None, why=f"The status {read.status!r} has no codes.")


def plover_parties(report: ReportLike, codebook: Codebook | None = None) -> Parties:
    """Who is PLOVER's actor and who its recipient.

    The visitor and the host of a visit, in this order; all parties of a neutral meeting as actors; both sides of a
    clash as actors.
    """
    book = codebook or load_codebook()
    read, way = told(report), book.type(told(report).type).crosswalk
    row = code_row(report, book)
    recipients = read.codes(row.to) if row.to is not None else read.codes(*way.recipient) if way.recipient else ()
    return Parties(read.codes(*way.actor), recipients)


def _candidates(read: Told, book: Codebook) -> Iterator[Mapping[str, CodeRow]]:
    way = book.type(read.type).crosswalk
    for variant in way.variants:
        if variant.mode in (None, read.mode) and CONDITIONS[variant.when](read, book):
            yield variant.rows
    if read.mode is not None and read.mode in way.modes:
        yield way.modes[read.mode]
    yield way.rows
