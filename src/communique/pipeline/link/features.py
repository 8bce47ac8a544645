"""The features of reports as columns: numbers for what is compared by arithmetic, interned values for the rest.

A million reports fit into some hundred megabytes, because each distinct set of parties, persons, places or names is
kept once and a report holds its number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.pipeline.link.items import DocumentInfo, LinkItem
from communique.pipeline.link.knowledge import load_rules
from communique.pipeline.link.values import (
    matter_source,
    matter_value,
    people_value,
    place_value,
    sides_value,
    title_source,
    title_value,
    unit_source,
    units_value,
)

Ints = NDArray[np.int64]

EXACT, BROAD, INFERRED, ANNOUNCED, UNTOLD = range(5)
"""Kinds of date: exact days, a longer interval, an inferred one, the day of an announcement, none."""

COLUMNS = (
    "family",
    "mode",
    "status",
    "aggregate",
    "kind",
    "lo",
    "hi",
    "sides",
    "people",
    "place",
    "title",
    "units",
    "matter",
    "domains",
    "copies",
    "sure",
    "double",
)
"""What the comparison of two reports reads, and nothing else: reports that agree in all of them are one to it."""

SURE = 20
"""The column `sure` counts a report's confidence in twentieths, rounded up, so that copies still agree in it."""

STATUSES = ("occurred", "ongoing", "planned", "proposed", "cancelled", "denied")
_FORWARD = frozenset({"planned", "proposed"})


@dataclass(slots=True)
class Interner:
    """Distinct values in order of arrival; number 0 is None, so that 0 always means untold."""

    values: list[Any] = field(default_factory=lambda: [None])
    numbers: dict[Hashable, int] = field(default_factory=dict)

    def number(self, value: Hashable) -> int:
        """The value's number, new values at the end."""
        if value is None:
            return 0
        found = self.numbers.get(value)
        if found is None:
            found = self.numbers[value] = len(self.values)
            self.values.append(value)
        return found


@dataclass(slots=True)
class Features:
    """The columns, the values behind their numbers, and each report's document number, identity and founding order."""

    columns: dict[str, Ints]
    values: Mapping[str, Interner]
    docs: Ints
    doc_ids: list[str]
    indexes: Ints
    report_ids: list[str]
    published: Ints
    """The day on which each document was published, 0 where it is unknown."""

    def __len__(self) -> int:
        """How many reports there are."""
        return len(self.report_ids)

    def reordered(self, order: Ints, place: Ints, ranks: list[int]) -> Features:
        """The rows in `order`, documents renumbered by `place` (listed by `ranks`), values as they now come."""
        columns, values = {}, dict(self.values)
        for name, column in self.columns.items():
            columns[name] = column[order]
            if name in values:
                columns[name], values[name] = _renumbered(columns[name], values[name])
        doc_ids = [self.doc_ids[d] for d in ranks]
        report_ids = _told_apart([self.report_ids[row] for row in order.tolist()])
        published = self.published[np.array(ranks, dtype=np.int64)]
        return Features(columns, values, place[self.docs[order]], doc_ids, self.indexes[order], report_ids, published)


def _published(info: DocumentInfo | None) -> int:
    """The day of publication, 0 where it is unknown."""
    return info.published.toordinal() if info is not None and info.published is not None else 0


def _told_apart(report_ids: list[str]) -> list[str]:
    """The ids, where the second report of one id (same document, type and evidence) is called `id~2`, and so on."""
    seen: dict[str, int] = {}
    for row, report in enumerate(report_ids):
        seen[report] = seen.get(report, 0) + 1
        if seen[report] > 1:
            report_ids[row] = f"{report}~{seen[report]}"
    return report_ids


def _renumbered(column: Ints, interner: Interner) -> tuple[Ints, Interner]:
    """The column with its values numbered in order of arrival, 0 still None."""
    used, first = np.unique(column, return_index=True)
    used = used[np.argsort(first, kind="stable")]
    used = used[used > 0]
    number = np.zeros(len(interner.values), dtype=np.int64)
    number[used] = np.arange(1, len(used) + 1)
    return number[column], Interner([None, *(interner.values[old] for old in used.tolist())])


def build_features(items: Iterable[LinkItem], documents: Mapping[str, DocumentInfo]) -> Features:
    """The features of all reports, in the order given. `items` is read once, so it may be a generator."""
    builder = _Builder(documents)
    for item in items:
        builder.add(item)
    return builder.finish()


class _Builder:
    def __init__(self, documents: Mapping[str, DocumentInfo]) -> None:
        self.documents = documents
        self.rules = load_rules()
        self.values = {
            name: Interner()
            for name in ("family", "mode", "sides", "people", "place", "title", "units", "matter", "domains", "copies")
        }
        self.memo: dict[str, dict[Hashable, int]] = {name: {} for name in self.values}
        self.rows: list[Ints] = []
        self.chunk: list[tuple[int, ...]] = []
        self.docs = Interner()
        self.report_ids: list[str] = []

    def add(self, item: LinkItem) -> None:
        info = self.documents.get(item.doc_id)
        family = self.rules.families.get(item.type, item.type)
        number = self.values
        row = (
            number["family"].number(family),
            number["mode"].number(item.mode),
            STATUSES.index(item.status),
            int(item.aggregate),
            *self._date(item, info),
            self._memo("sides", (item.type, tuple((p.role, p.actor) for p in item.parties)), sides_value),
            self._memo(
                "people", tuple((p.actor, p.name) for p in item.parties if p.kind == "person" and p.name), people_value
            ),
            self._memo("place", (item.place_name, item.place_country, item.lat, item.lon), place_value),
            self._memo("title", title_source(item), title_value),
            self._memo("units", unit_source(item), units_value),
            self._memo("matter", matter_source(item), matter_value),
            number["domains"].number(frozenset(item.domains) or None),
            number["copies"].number(info.copies if info else None),
            SURE if item.confidence is None else math.ceil(item.confidence * SURE),
            0,  # `doubles.doubles` marks them when all reports are known
            self.docs.number(item.doc_id),
            item.index,
        )
        self.chunk.append(row)
        self.report_ids.append(item.report_id)
        if len(self.chunk) >= 65536:
            self._flush()

    def _memo(self, name: str, source: Hashable, make: Callable[[Any], Any]) -> int:
        """The number of the value made of `source`, which is made once for each distinct source."""
        memo = self.memo[name]
        found = memo.get(source)
        if found is None:
            found = memo[source] = self.values[name].number(make(source))
        return found

    def _date(self, item: LinkItem, info: DocumentInfo | None) -> tuple[int, int, int]:
        published = _published(info)
        if item.start is None or item.end is None:
            return (UNTOLD, published, published)
        if (
            item.status in _FORWARD
            and published
            and item.end <= published
            and item.end - item.start <= self.rules.limits["broad_days"]
        ):
            return (ANNOUNCED, item.start, item.end)
        if item.precision == "inferred":
            return (INFERRED, item.start, item.end)
        broad = item.end - item.start > self.rules.limits["broad_days"]
        return (BROAD if broad else EXACT, item.start, item.end)

    def _flush(self) -> None:
        if self.chunk:
            self.rows.append(np.array(self.chunk, dtype=np.int64))
            self.chunk = []

    def finish(self) -> Features:
        self._flush()
        table = np.concatenate(self.rows) if self.rows else np.zeros((0, len(COLUMNS) + 2), dtype=np.int64)
        columns = {name: np.ascontiguousarray(table[:, i]) for i, name in enumerate(COLUMNS)}
        doc_ids = self.docs.values[1:]
        infos = [self.documents.get(doc) for doc in doc_ids]
        published = np.array([_published(info) for info in infos], dtype=np.int64)
        return Features(columns, self.values, table[:, -2] - 1, doc_ids, table[:, -1], self.report_ids, published)
