"""Filters on engagements and reports, as conditions of SQL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from communique.errors import UnusableOption, did_you_mean
from communique.store.checking import checked, one_checked

Names = tuple[str, ...]
CHECKED = ("country", "type", "mode", "status", "domain", "level", "camp", "review", "place_country")
"""Filters whose values the codebook or the lexicon knows."""
NAME = re.compile("[0-9a-f]{16}")
"""The id of an engagement."""
FEW = 3
"""Up to so many values are sought in a list one by one."""


class Filters(BaseModel):
    """What an engagement or report must fulfil: all filters together, and of several values of one filter any.

    `country` is any actor's code; `pair` two actors, both of whom take part ("IRN-SYR"); `since` and `until` are days
    that the event's interval must reach into; `witnesses` is the least number of tellings; `text` words that a document
    of it must hold; `documents` the ids of documents. `limit` and `offset` cut the list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: Names = ()
    pair: Names = ()
    type: Names = ()
    mode: Names = ()
    status: Names = ()
    since: dt.date | None = None
    until: dt.date | None = None
    domain: Names = ()
    level: Names = ()
    outlet: Names = ()
    camp: Names = ()
    witnesses: int | None = None
    review: Names = ()
    place_country: Names = ()
    text: str | None = None
    engagement: Names = ()
    documents: Names = ()
    limit: int | None = None
    offset: int = 0

    @field_validator(
        "country", "pair", "type", "mode", "status", "domain", "level", "outlet", "camp", "review", "place_country",
        "engagement", "documents", mode="before",
    )  # fmt: skip
    @classmethod
    def several(cls, value: Any) -> Any:
        """One value is a list of one; None is no filter."""
        return () if value is None else (value,) if isinstance(value, str) else tuple(value)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Filters:
        """The filters of keyword arguments; raises UnusableOption for an unknown one or an impossible value."""
        unknown = sorted(set(given) - set(cls.model_fields))
        if unknown:
            raise UnusableOption(f"no filter {unknown[0]!r}; {did_you_mean(unknown[0], cls.model_fields)}")
        try:
            made = cls(**given)
        except ValidationError as broken:
            first = broken.errors()[0]
            name = str(first["loc"][0])
            raise UnusableOption(f"filter {name} cannot be {given[name]!r}: {first['msg']}") from broken
        if made.since is not None and made.until is not None and made.since > made.until:
            raise UnusableOption(f"since {made.since} is after until {made.until}; give the earlier day as since")
        valid = {name: checked(name, getattr(made, name)) for name in CHECKED}
        return made.model_copy(update={**valid, "pair": tuple(pair_of(told) for told in made.pair)})


def condition(unit: str, filters: Filters) -> tuple[str, list[Any]]:
    """The condition on the rows of a unit, and the values of its marks. `text` reads the registered table `hits`."""
    parts: list[str] = []
    values: list[Any] = []

    def add(sql: str, *given: Any) -> None:
        parts.append(sql)
        values.extend(given)

    if filters.country:
        add(*holding("actors", [c.upper() for c in filters.country]))
    if filters.pair:
        add(*holding("pairs", [pair_of(p) for p in filters.pair]))
    if filters.domain:
        add(*holding("domains", list(filters.domain)))
    for name in ("type", "mode", "status", "level", "review", "place_country"):
        wanted = getattr(filters, name)
        if wanted:
            add(f"list_contains(?::VARCHAR[], {name})", list(wanted))
    if filters.since is not None:
        add('"end" >= ?', filters.since)
    if filters.until is not None:
        add('"start" <= ?', filters.until)
    if filters.engagement:
        named = [int(name, 16) for name in filters.engagement if NAME.fullmatch(name)]
        add("engagement IN (SELECT unnest(?::UBIGINT[]))", named)
    for sql, given in of_documents(unit, filters):
        add(sql, *given)
    return " AND ".join(parts) or "true", values


def holding(column: str, wanted: list[str]) -> tuple[Any, ...]:
    """The condition that a list holds any of the values, and the values of its marks.

    DuckDB looks for one value several times faster than for any of a list of one.
    """
    if len(wanted) <= FEW:
        return " OR ".join([f"list_contains({column}, ?)"] * len(wanted)).join("()"), *wanted
    return f"list_has_any({column}, ?::VARCHAR[])", wanted


def of_documents(unit: str, filters: Filters) -> list[tuple[str, list[Any]]]:
    """The conditions that look at the documents of a report, or of any report of an engagement."""
    out: list[tuple[str, list[Any]]] = []
    if filters.outlet:
        if unit == "engagements":
            sql, *values = holding("outlet_names", list(filters.outlet))
            out.append((sql, values))
        else:
            out.append(("list_contains(?::VARCHAR[], outlet)", [list(filters.outlet)]))
    if filters.documents:
        out.append(reaching(unit, "list_contains(?::VARCHAR[], doc_id)", [list(filters.documents)]))
    if filters.text is not None:
        out.append(reaching(unit, "doc IN (SELECT doc FROM hits)", []))
    if filters.camp:
        camps = "camps" if unit == "engagements" else "[camp_of(voice, actors)]"
        # "party" takes the state media of any party, "party IRN" those of Iran alone.
        test = f"(list_contains({camps}, ?) OR contains('|' || array_to_string({camps}, '|'), ?))"
        tests = " OR ".join([test] * len(filters.camp)).join("()")
        out.append((tests, [mark for camp in filters.camp for mark in (camp, f"|{camp} ")]))
    if filters.witnesses is not None:
        least = [filters.witnesses]
        out.append(
            ("witnesses >= ?", least)
            if unit == "engagements"
            else ("engagement IN (SELECT engagement FROM e WHERE witnesses >= ?)", least)
        )
    return out


def reaching(unit: str, sql: str, values: list[Any]) -> tuple[str, list[Any]]:
    """A condition on reports, made one on engagements where these are asked for."""
    if unit == "reports":
        return sql, values
    return f"engagement IN (SELECT engagement FROM r WHERE {sql})", values


def pair_of(told: str) -> str:
    """The two actors in the order in which pairs are kept; raises UnusableOption for anything but two.

    >>> pair_of("SYR-IRN"), pair_of("irn,syr")
    ('IRN-SYR', 'IRN-SYR')
    """
    parts = [part.strip() for part in told.replace(",", "-").split("-")]
    if len(parts) != 2 or not all(parts):
        raise UnusableOption(f"pair {told!r} is no pair of actors; write two codes, as in IRN-SYR")
    return "-".join(sorted(one_checked("pair", part) for part in parts))
