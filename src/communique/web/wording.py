"""Codes, days and numbers in the words of the pages."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Any

from communique.codebook import load_codebook
from communique.records import UNKNOWN

LEVELS = {
    "head_of_state": "Head of state", "head_of_government": "Head of government", "minister": "Minister",
    "chief_of_staff": "Chief of staff", "service_chief": "Service chief", "deputy": "Deputy", "director": "Director",
    "commander": "Commander", "attache": "Attaché", "spokesperson": "Spokesperson", "ambassador": "Ambassador",
    "working": "Working level",
}  # fmt: skip
CAMPS = {"party": "State media of a party", "third": "State media of a third state", "independent": "Independent",
         "unknown": "Not known"}  # fmt: skip
AFFILIATIONS = {
    "state": "State", "government": "Government", "public": "Public", "party": "Party", "private": "Private",
    "independent": "Independent", "unknown": "Not known",
}  # fmt: skip
FACETS = {
    "type": "Type", "actors": "Country or body", "pairs": "Pair", "year": "Year", "status": "Status", "mode": "Mode",
    "domains": "Domain", "level": "Highest level", "place_country": "Took place in", "camps": "Told by camp",
    "outlet": "Outlet", "witnesses": "Independent tellings", "review": "Review",
}  # fmt: skip
GEO = {1: "the named place", 2: "an area or province", 3: "the country only"}
PRECISIONS = {
    "day": "to the day", "range": "from day to day", "week": "to the week", "month": "to the month",
    "season": "to the season", "year": "to the year", "span": "within these days", "inferred": "inferred",
}  # fmt: skip
OUTCOMES = {"coded": "Coded", "gated": "Nothing to code", "quarantined": "Could not be coded"}


def actor(code: str) -> str:
    """The name of an actor, its code for one that the codebook lacks; of parties without a name that they have none."""
    if code == UNKNOWN:
        return "Unnamed parties"
    found = load_codebook().find_actor(code)
    return short(found.name) if found is not None else code


def short(name: str) -> str:
    """A state's name without what follows a comma or stands in brackets.

    >>> short("Iran, Islamic Republic of"), short("Syrian Arab Republic"), short("Venezuela (Bolivarian Republic of)")
    ('Iran', 'Syrian Arab Republic', 'Venezuela')
    """
    plain = name.partition(" (")[0]
    head, comma, rest = plain.partition(", ")
    return head if comma and ("of" in rest.split() or "Republic" in rest) else plain


def pair(code: str) -> str:
    """A pair of actors by name."""
    return " – ".join(actor(part) for part in code.split("-"))


def words(code: str | None) -> str:
    """A code as words, the first with a capital.

    >>> words("air_defence"), words(None)
    ('Air defence', '')
    """
    return code.replace("_", " ")[:1].upper() + code.replace("_", " ")[1:] if code else ""


def type_label(code: str) -> str:
    """The label of an event type."""
    found = load_codebook().types.get(code)
    return found.label if found is not None else words(code)


def term(kind: str, code: str) -> str:
    """The label of a term of the codebook: `kind` is statuses, domains, precisions or claims."""
    found = getattr(load_codebook(), kind).get(code)
    return found.label if found is not None else words(code)


def camp(code: str) -> str:
    """A camp in words, with the state that it names."""
    kind, _, state = code.partition(" ")
    return f"State media of {actor(state)}{' (a party)' if kind == 'party' else ''}" if state else CAMPS.get(kind, kind)


def facet_value(facet: str, value: str) -> str:
    """A value of a facet in words."""
    if facet in ("actors", "place_country"):
        return actor(value)
    if facet == "pairs":
        return pair(value)
    if facet == "type":
        return type_label(value)
    if facet == "status":
        return term("statuses", value)
    if facet == "domains":
        return term("domains", value)
    if facet == "level":
        return LEVELS.get(value, words(value))
    if facet == "camps":
        return camp(value)
    if facet == "witnesses":
        return f"{value} or more"
    return value if facet in ("outlet", "year") else words(value)


def parties(codes: Iterable[str] | None, most: int = 4) -> str:
    """Actors by name, with the number of those beyond the first ones."""
    names = [actor(code) for code in codes or ()]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def day(date: dt.date | str | None) -> str:
    """A day as people write it; a month stays one.

    >>> day("2020-07-08"), day("2020-07")
    ('8 Jul 2020', 'Jul 2020')
    """
    if date is None:
        return ""
    if isinstance(date, str) and len(date) == len("2020-07"):
        return f"{calendar.month_abbr[int(date[5:])]} {date[:4]}"
    at = dt.date.fromisoformat(date[:10]) if isinstance(date, str) else date
    return f"{at.day} {calendar.month_abbr[at.month]} {at.year}"


def days(start: dt.date | None, end: dt.date | None, precision: str | None) -> str:
    """An interval, never more exact than it is.

    >>> first, last = dt.date(2020, 7, 1), dt.date(2020, 7, 31)
    >>> days(first, last, "month"), days(first, last, "range"), days(first, last, "inferred"), days(None, None, None)
    ('Jul 2020', '1–31 Jul 2020', '1–31 Jul 2020?', 'undated')
    """
    if start is None or end is None:
        return "undated"
    if precision == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{calendar.month_abbr[start.month]} {start.year}"
    if precision == "year" and start.year == end.year:
        return str(start.year)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and precision != "range":
        return f"{start.year}–{end.year}" if start.year != end.year else str(start.year)
    if start == end:
        told = day(start)
    elif (start.year, start.month) == (end.year, end.month):
        told = f"{start.day}–{day(end)}"
    elif start.year == end.year:
        told = f"{start.day} {calendar.month_abbr[start.month]} – {day(end)}"
    else:
        told = f"{day(start)} – {day(end)}"
    return f"{told}?" if precision == "inferred" else told


def count(number: int, thing: str, things: str | None = None) -> str:
    """A number with what it counts.

    >>> count(1, "report"), count(1200, "report")
    ('1 report', '1,200 reports')
    """
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def percent(part: float, whole: float) -> str:
    """A share in percent; an em dash of nothing."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


def title(row: dict[str, Any]) -> str:
    """An engagement or report in a few words: its type, mode and parties."""
    kind = type_label(row["type"]) + (f", {words(row['mode']).lower()}" if row.get("mode") else "")
    who = parties(row.get("actors"))
    return f"{kind}: {who}" if who else kind
