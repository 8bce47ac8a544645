"""A selection and how it is shown, as the query string says them, and addresses that differ in one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from communique.errors import UnusableOption, did_you_mean
from communique.store.checking import one_checked
from communique.store.query import CHECKED, Filters, pair_of

UNITS = ("engagements", "reports")
VIEWS = ("table", "timeline", "map", "network")
NODES = ("parties", "officials")
PAGE = 50
SINGLE = frozenset({"since", "until", "witnesses", "text"})
FILTERS = tuple(name for name in Filters.model_fields if name not in ("limit", "offset"))
SHOWING = ("unit", "view", "nodes", "sort", "page", "size")
MOST_ROWS = 500
RISING = frozenset({"type", "status", "place", "actors", "outlet", "level"})
"""Columns whose first click sorts from a to z; the others begin with the latest or the most."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for. `chosen` holds the filters as told, in the order of the address."""

    chosen: Pairs = ()
    unit: str = "engagements"
    view: str = "table"
    nodes: str = "parties"
    sort: str = "-date"
    page: int = 1
    size: int = PAGE

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Address:
        """The address of a query string's pairs; empty values are none. Raises UnusableOption for what cannot be."""
        chosen: list[tuple[str, str]] = []
        showing: dict[str, str] = {}
        for name, value in pairs:
            if not value.strip():
                continue
            if name in SHOWING:
                showing[name] = value
                continue
            if name not in FILTERS:
                raise UnusableOption(f"no filter {name!r}; {did_you_mean(name, (*FILTERS, *SHOWING))}")
            value = written(name, value)
            if name in SINGLE:
                chosen = [pair for pair in chosen if pair[0] != name] + [(name, value)]
            elif (name, value) not in chosen:
                chosen.append((name, value))
        for name, allowed in (("unit", UNITS), ("view", VIEWS), ("nodes", NODES)):
            if showing.get(name, allowed[0]) not in allowed:
                raise UnusableOption(f"{name} cannot be {showing[name]!r}; {did_you_mean(showing[name], allowed)}")
        numbers = {name: whole(name, showing[name]) for name in ("page", "size") if name in showing}
        if numbers.get("size", 1) > MOST_ROWS:
            raise UnusableOption(f"size cannot be {numbers['size']}; a page has {MOST_ROWS} rows at most")
        texts = {name: showing[name] for name in ("unit", "view", "nodes", "sort") if name in showing}
        made = cls(tuple(chosen), **texts, **numbers)  # type: ignore[arg-type]
        made.filters()
        return made

    def filters(self, *, without: str | None = None, paged: bool = False) -> Filters:
        """The filters of the selection, one of them left out if asked, cut to the page if asked."""
        given: dict[str, Any] = {}
        for name, value in self.chosen:
            if name == without:
                continue
            if name in SINGLE:
                given[name] = value
            else:
                given.setdefault(name, []).append(value)
        if "witnesses" in given:
            given["witnesses"] = whole("witnesses", given["witnesses"])
        if paged:
            given |= {"limit": self.size, "offset": (self.page - 1) * self.size}
        return Filters.of(given)

    def values(self, name: str) -> tuple[str, ...]:
        """The chosen values of one filter."""
        return tuple(value for key, value in self.chosen if key == name)

    def value(self, name: str) -> str:
        """The one value of a filter that has one, empty for none."""
        return next(iter(self.values(name)), "")

    # --- other addresses

    def query(self) -> str:
        """The query string, in which what is usual is left out."""
        usual = Address()
        shown = [(n, str(getattr(self, n))) for n in SHOWING if getattr(self, n) != getattr(usual, n)]
        return urlencode([*self.chosen, *shown])

    def link(self, path: str = "/explore") -> str:
        """The address itself."""
        query = self.query()
        return f"{path}?{query}" if query else path

    def toggled(self, name: str, value: str) -> Address:
        """With a value of a filter taken in, or out where it was in; from the first page."""
        pair = (name, value)
        if pair in self.chosen:
            return replace(self, chosen=tuple(p for p in self.chosen if p != pair), page=1)
        kept = tuple(p for p in self.chosen if p[0] != name) if name in SINGLE else self.chosen
        return replace(self, chosen=(*kept, pair), page=1)

    def without(self, *names: str) -> Address:
        """Without some filters."""
        return replace(self, chosen=tuple(p for p in self.chosen if p[0] not in names), page=1)

    def between(self, since: str, until: str) -> Address:
        """Within two days."""
        return replace(self.without("since", "until"), chosen=(
            *self.without("since", "until").chosen, ("since", since), ("until", until),
        ))  # fmt: skip

    def cleared(self) -> Address:
        """Without any filter."""
        return replace(self, chosen=(), page=1)

    def at(self, page: int) -> Address:
        """On another page."""
        return replace(self, page=page)

    def showing(self, **changes: Any) -> Address:
        """Shown in another way, from the first page."""
        return replace(self, **{"page": 1, **changes})

    def sorted_by(self, name: str) -> Address:
        """Sorted by a column, the other way round where it is so already."""
        first, other = (name, f"-{name}") if name in RISING else (f"-{name}", name)
        return replace(self, sort=other if self.sort == first else first, page=1)


def written(name: str, value: str) -> str:
    """The value as the record writes it, so that one choice has one address; raises UnusableOption for none of these.

    >>> written("country", "irn"), written("pair", "syr,irn"), written("text", "irn")
    ('IRN', 'IRN-SYR', 'irn')
    """
    if name == "pair":
        return pair_of(value)
    return one_checked(name, value) if name in CHECKED else value


def whole(name: str, told: str) -> int:
    """A whole number of 1 or more; raises UnusableOption."""
    if not told.isascii() or not told.isdigit() or not 1 <= int(told) <= 10_000_000:
        raise UnusableOption(f"{name} cannot be {told!r}; write a whole number from 1")
    return int(told)


def pages_around(page: int, last: int) -> Sequence[int | None]:
    """The numbers of pages to link to, with None for a gap.

    >>> list(pages_around(6, 20))
    [1, None, 5, 6, 7, None, 20]
    """
    near = sorted({1, last, *(p for p in (page - 1, page, page + 1) if 1 <= p <= last)})
    out: list[int | None] = []
    for number in near:
        if out and out[-1] is not None and number > out[-1] + 1:
            out.append(None)
        out.append(number)
    return out
