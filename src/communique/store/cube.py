"""Counts of every facet in milliseconds: the values of each row as small numbers in arrays, kept beside the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
SPARE = 3.0
"""The arrays are made anew when they hold this many times as many rows as are alive."""


@dataclass(slots=True)
class Column:
    """One facet: `codes` of the values in `names`, and for lists the row that each code belongs to."""

    names: list[Any] = field(default_factory=list)
    known: dict[Any, int] = field(default_factory=dict)
    codes: Codes = field(default_factory=lambda: np.zeros(0, np.int32))
    rows: Codes | None = None

    def numbered(self, values: pa.Array) -> Codes:
        """The codes of values, new ones being added to the names; -1 for null."""
        encoded = values.dictionary_encode() if not pa.types.is_dictionary(values.type) else values
        own = []
        for name in encoded.dictionary.to_pylist():
            if name not in self.known:
                self.known[name] = len(self.names)
                self.names.append(name)
            own.append(self.known[name])
        table = np.array([*own, -1], dtype=np.int32)
        codes: Codes = table[pc.fill_null(encoded.indices, len(own)).to_numpy(zero_copy_only=False)]
        return codes


class Cube:
    """The facets of all rows of `e` or `r`. A row's place in the arrays is given by its number `n`."""

    def __init__(self, table: str, plain: tuple[str, ...], lists: tuple[str, ...], source: str = "") -> None:
        """An empty cube of a table with plain columns and columns of lists, given as name or `sql AS name`.

        `source` is where the rows after `{last}` are read, the table where it is not given.
        """
        self.table = table
        self.plain = plain
        self.lists = lists
        self.source = source or f"{table} WHERE n > {{last}}"
        self.clear()

    def clear(self) -> None:
        """Forgets all rows."""
        self.columns = {name.split(" AS ")[-1]: Column() for name in (*self.plain, *self.lists)}
        self.numbers: Ints = np.zeros(0, np.int64)
        self.alive = np.zeros(0, bool)
        self.seq = -2

    def follow(self, memory: duckdb.DuckDBPyConnection, seq: int) -> None:
        """Takes up the rows that are new since the last call and drops those that are gone."""
        if seq == self.seq:
            return
        present = memory.execute(f"SELECT n FROM {self.table}").fetchnumpy()["n"].astype(np.int64)
        last = int(self.numbers[-1]) if len(self.numbers) else -1
        fresh = int(np.count_nonzero(present > last))
        if len(self.numbers) + fresh > SPARE * max(1, len(present)):
            self.clear()
            last = -1
        self.append(memory, last)
        self.alive = self.among(present)
        self.seq = seq

    def append(self, memory: duckdb.DuckDBPyConnection, last: int) -> None:
        """Adds the rows with numbers after `last`, in their order."""
        wanted = ", ".join((*self.plain, *self.lists))
        query = f"SELECT n, {wanted} FROM {self.source.format(last=last)} ORDER BY n"
        rows = memory.sql(query).to_arrow_table().combine_chunks()
        base = len(self.numbers)
        self.numbers = np.concatenate([self.numbers, whole(rows["n"]).to_numpy(zero_copy_only=False).astype(np.int64)])
        for name, column in self.columns.items():
            values = whole(rows[name])
            if pa.types.is_list(values.type):
                owners = pc.list_parent_indices(values).to_numpy(zero_copy_only=False).astype(np.int32) + base
                held = column.rows if column.rows is not None else np.zeros(0, np.int32)
                column.rows = np.concatenate([held, owners.astype(np.int32)])
                values = pc.list_flatten(values)
            column.codes = np.concatenate([column.codes, column.numbered(values)])

    def places(self, numbers: Ints | None) -> NDArray[np.bool_]:
        """Which places in the arrays hold the rows with these numbers, or all that are alive for None."""
        return self.alive if numbers is None else self.among(numbers)

    def among(self, numbers: Ints) -> NDArray[np.bool_]:
        """Which places hold the rows with these numbers, all of which the arrays have."""
        held = np.zeros(int(self.numbers[-1]) + 1 if len(self.numbers) else 0, bool)
        held[numbers] = True
        return held[self.numbers]

    def counts(self, name: str, chosen: NDArray[np.bool_], most: int) -> list[tuple[Any, int]]:
        """The values of a facet among the chosen rows with their counts, the most frequent first, at most `most`."""
        column = self.columns[name]
        codes = column.codes[chosen if column.rows is None else chosen[column.rows]]
        counted = np.bincount(codes[codes >= 0], minlength=len(column.names))
        order = np.argsort(-counted, kind="stable")[: max(most, 0) * 2]
        found = [(column.names[i], int(counted[i])) for i in order.tolist() if counted[i] > 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


def whole(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array."""
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
