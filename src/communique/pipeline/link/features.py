"""The features of reports as columns: numbers for what is compared by arithmetic, interned values for the rest.

A million reports fit into some hundred megabytes, because each distinct set of parties, persons, places or names is
kept once and a report holds its number.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from communique.codebook import load_codebook
from communique.pipeline.link.items import UNKNOWN, DocumentInfo, LinkItem
from communique.pipeline.link.knowledge import load_rules
from communique.pipeline.link.names import number_of, person_key, plain_words, title_of

Ints = NDArray[np.int64]

EXACT, BROAD, INFERRED, ANNOUNCED, UNTOLD = range(5)
"""Kinds of date: exact days, a longer interval, an inferred one, the day of an announcement, none."""

COLUMNS = ("family", "mode", "status", "aggregate", "kind", "lo", "hi", "sides", "people", "place", "title", "units", "matter", "domains", "copies")
"""What the comparison of two reports reads, and nothing else: reports that agree in all of them are one to it."""

STATUSES = ("occurred", "ongoing", "planned", "proposed", "cancelled", "denied")
_FORWARD = frozenset({"planned", "proposed"})


class PlaceValue(NamedTuple):
    """A place as compared: its own words (none where only a country is told), country, rounded coordinates."""

    words: frozenset[str]
    country: str | None
    lat: float | None
    lon: float | None


class Units(NamedTuple):
    """Numbers of units ("61st flotilla") and names of ships."""

    numbers: frozenset[tuple[str, int]]
    vessels: frozenset[tuple[str, ...]]


class Matter(NamedTuple):
    """What it is about: words of the items passed or of the subject, and the sum."""

    items: frozenset[str]
    subject: frozenset[str]
    amount: float | None


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

    columns: Mapping[str, Ints]
    values: Mapping[str, Interner]
    docs: Ints
    doc_ids: list[str]
    indexes: Ints
    report_ids: list[str]

    def __len__(self) -> int:
        return len(self.report_ids)

    def reordered(self, order: Ints, place: Ints, ranks: list[int]) -> Features:
        """The rows in `order`, documents renumbered by `place` (listed by `ranks`), values numbered as they now come."""
        columns, values = {}, dict(self.values)
        for name, column in self.columns.items():
            columns[name] = column[order]
            if name in values:
                columns[name], values[name] = _renumbered(columns[name], values[name])
        doc_ids = [self.doc_ids[d] for d in ranks]
        report_ids = [self.report_ids[row] for row in order.tolist()]
        return Features(columns, values, place[self.docs[order]], doc_ids, self.indexes[order], report_ids)


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
        self.values = {name: Interner() for name in ("family", "mode", "sides", "people", "place", "title", "units", "matter", "domains", "copies")}
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
            self._memo("sides", (item.type, tuple((p.role, p.actor) for p in item.parties)), _sides),
            self._memo("people", tuple((p.actor, p.name) for p in item.parties if p.kind == "person" and p.name), _people),
            self._memo("place", (item.place_name, item.place_country, item.lat, item.lon), _place),
            self._memo("title", _title_source(item), _title),
            self._memo("units", _unit_source(item), _units),
            self._memo("matter", _matter_source(item), _matter),
            number["domains"].number(frozenset(item.domains) or None),
            number["copies"].number(info.copies if info else None),
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
        published = info.published.toordinal() if info is not None and info.published is not None else 0
        if item.start is None or item.end is None:
            return (UNTOLD, published, published)
        if item.status in _FORWARD and published and item.end <= published and item.end - item.start <= self.rules.limits["broad_days"]:
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
        return Features(columns, self.values, table[:, -2] - 1, self.docs.values[1:], table[:, -1], self.report_ids)


def _sides(source: tuple[str, tuple[tuple[str, str], ...]]) -> frozenset[tuple[str, str]] | None:
    """(side, actor) of each known party; the types whose parties are equals have the side P alone."""
    kind, parties = source
    return frozenset((_side(kind, role), actor) for role, actor in parties if actor != UNKNOWN) or None


@functools.lru_cache(maxsize=1024)
def _side(kind: str, role: str) -> str:
    event = load_codebook().types.get(kind)
    if event is None or event.symmetric or role not in event.roles:
        return "P"
    return event.roles[role].side


def _people(source: tuple[tuple[str, str], ...]) -> frozenset[tuple[str, tuple[str, ...]]] | None:
    return frozenset((actor, person_key(name)) for actor, name in source) or None


def _place(source: tuple[str | None, str | None, float | None, float | None]) -> PlaceValue | None:
    name, country, lat, lon = source
    if name is None and country is None:
        return None
    words = frozenset(plain_words(name or ""))
    own = words - load_rules().names.place_words or words
    own = frozenset(w for w in own if not _of_country(w, country))
    return PlaceValue(own, country, round(lat, 1) if lat is not None else None, round(lon, 1) if lon is not None else None)


def _of_country(word: str, country: str | None) -> bool:
    """Whether the word is of the country's name or derived from it ("Indian", "India's")."""
    return any(word == name or (len(name) > 3 and word[: len(name) - 1] == name[:-1]) for name in _country_words(country))


@functools.lru_cache(maxsize=1024)
def _country_words(country: str | None) -> frozenset[str]:
    actor = load_codebook().find_actor(country) if country else None
    if actor is None:
        return frozenset()
    return frozenset(w for name in (actor.name, *actor.aliases) for w in plain_words(name)) | {"sultanate", "kingdom", "republic", "federation"}


def _title_source(item: LinkItem) -> tuple[str | None, str | None] | None:
    details = item.details
    if not details:
        return None
    name, edition = details.get("name"), details.get("edition")
    mission, unit = details.get("mission"), details.get("unit")
    if name is None and isinstance(mission, str) and mission.casefold().startswith("operation "):
        name = mission
    if name is None and isinstance(unit, str):
        name = unit
    return (name, edition) if name or edition else None


def _title(source: tuple[str | None, str | None] | None) -> Any:
    return title_of(*source) if source else None


def _unit_source(item: LinkItem) -> Hashable:
    details = item.details or {}
    named = tuple((p.actor, p.name) for p in item.parties if p.kind != "person" and p.actor != UNKNOWN and p.name and any(c.isdigit() for c in p.name))
    unit = details.get("unit")
    numbered = ((item.parties[0].actor, unit),) if isinstance(unit, str) and item.parties and any(c.isdigit() for c in unit) else ()
    vessels = details.get("vessels") or ()
    return (named + numbered, tuple(vessels) if isinstance(vessels, (list, tuple)) else ()) if named or numbered or vessels else None


def _units(source: Any) -> Units | None:
    if source is None:
        return None
    named, vessels = source
    numbers = frozenset((actor, n) for actor, name in named for w in plain_words(name) if w[0].isdigit() and w[-1].isalpha() and (n := number_of(w)) is not None)
    ships = frozenset(filter(None, (plain_words(v) for v in vessels)))
    return Units(numbers, ships) if numbers or ships else None


def _matter_source(item: LinkItem) -> Hashable:
    details = item.details
    if not details:
        return None
    rows = details.get("items") or ()
    items = tuple(str(row.get("item")) for row in rows if isinstance(row, Mapping) and row.get("item"))
    told = tuple(str(details[k]) for k in ("subject", "mission", "office") if details.get(k))
    amount = details.get("amount")
    return (items, told, str(amount) if amount is not None else None) if items or told or amount is not None else None


def _matter(source: Any) -> Matter | None:
    if source is None:
        return None
    items, told, amount = source
    return Matter(_stems(items), _stems(told), _number(amount))


def _stems(texts: Iterable[str]) -> frozenset[str]:
    """The words of four or more letters, cut to seven, so that plurals and derived forms agree."""
    return frozenset(w[:7].rstrip("s") for text in texts for w in plain_words(text) if len(w) > 3 or any(c.isdigit() for c in w))


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None
