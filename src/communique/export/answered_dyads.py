"""The pairs of actors of a record's engagements or reports, with the weights and rules of `dyads`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from communique.codebook import Codebook, load_codebook
from communique.export.answers import BATCH
from communique.export.dyads import Dyad, End, cow_number, dyads_between, end_part
from communique.export.phrases import actor_name
from communique.lexicon import Lexicon
from communique.records import UNKNOWN
from communique.store.taking_part import Party

PartiesOf = Callable[[Sequence[Mapping[str, Any]]], list[list[Party]]]
PAIR = pa.schema(
    [
        ("source", pa.string()), ("target", pa.string()), ("pairing", pa.string()), ("weight", pa.float64()),
        ("parties", pa.int64()), ("source_name", pa.string()), ("target_name", pa.string()),
        ("source_role", pa.string()), ("target_role", pa.string()), ("source_cow", pa.int64()),
        ("target_cow", pa.int64()),
    ]
)  # fmt: skip
"""The columns of the pair, as those of a file of coded reports; the columns of the row follow."""
LEFT_OUT = ("actors", "pairs")
"""Columns of a row that its pairs stand for."""


def dyads_table(table: pa.Table, parties_of: PartiesOf, lexicon: Lexicon) -> pa.Table:
    """One row for each pair of actors of the rows of a list; the weights of one row's pairs sum to one.

    `parties_of` gives the parties of some rows (see `store.taking_part.parties`); it is asked once for each batch, so
    that others are answered between. A row without parties gives none.
    """
    kept = [field for field in table.schema if field.name not in LEFT_OUT]
    schema = pa.schema([*PAIR, *kept])
    pieces = []
    for batch in table.to_batches(BATCH):
        rows = batch.to_pylist()
        found = pairs_of(rows, parties_of(rows), lexicon)
        pieces.append(pa.Table.from_pylist(list(found), schema=schema))
    return pa.concat_tables(pieces) if pieces else schema.empty_table()


def pairs_of(
    rows: Iterable[Mapping[str, Any]], told: Iterable[list[Party]], lexicon: Lexicon
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """The pairs of each row, beside its other values."""
    book = load_codebook()
    numbers: dict[str, int | None] = {}
    for row, taking_part in zip(rows, told, strict=True):
        found = dyads_between(ends(row["type"], taking_part, book))
        count = len({end for dyad in found for end in (dyad.source, dyad.target) if end is not None})
        for dyad in found:
            for end in (dyad.source, dyad.target):
                if end is not None and end.actor not in numbers:
                    numbers[end.actor] = cow_number(end, lexicon)
            yield {**pair_row(dyad, numbers), "parties": count, **row}


def ends(kind: str, taking_part: Iterable[Party], book: Codebook) -> Iterator[tuple[str, End]]:
    """The parties as ends of pairs with their sides."""
    for role, actor, name in taking_part:
        yield book.role_side(kind, role), End(actor, role, name if actor == UNKNOWN else actor_name(actor, book))


def pair_row(dyad: Dyad, numbers: Mapping[str, int | None]) -> dict[str, Any]:
    """The columns of the pair, but for the number of parties."""
    row: dict[str, Any] = {"pairing": dyad.pairing, "weight": dyad.weight}
    for side, end in (("source", dyad.source), ("target", dyad.target)):
        row[side] = end_part(end, "actor")
        row[f"{side}_name"], row[f"{side}_role"] = end_part(end, "name"), end_part(end, "role")
        row[f"{side}_cow"] = None if end is None else numbers[end.actor]
    return row
