"""What a record covers: its documents by month of publication, by who stands behind the outlet, and by outcome."""

from __future__ import annotations

import calendar
import datetime as dt
import re

import pyarrow as pa

from communique.errors import UnusableOption, did_you_mean
from communique.store.views import Views

AFFILIATIONS = ("state", "government", "public", "party", "private", "independent", "unknown")
"""Who stands behind an outlet, as the lexicon's table of outlets has it; `unknown` for one that it lacks."""


def coverage(views: Views) -> pa.Table:
    """Current documents by month of publication (2020-07), affiliation of the outlet and outcome, oldest first.

    Columns: month, affiliation, outcome, documents. The month is null where a document bears no day.
    """
    query = (
        "SELECT strftime(min(published), '%Y-%m') AS month, affiliation, outcome, count(*) AS documents FROM"
        " (SELECT published, year(published) * 12 + month(published) AS number, outcome,"
        " coalesce(o.affiliation, 'unknown') AS affiliation FROM documents d"
        " LEFT JOIN outlets o ON o.outlet = d.outlet WHERE superseded_by IS NULL) GROUP BY number, affiliation, outcome"
        " ORDER BY month NULLS FIRST, affiliation, outcome"
    )
    return views.of_documents("coverage", lambda: views.ask(query))


def outlets_covered(views: Views, most: int) -> pa.Table:
    """The outlets with most current documents. Columns: outlet, documents, and those of them that were coded."""
    query = (
        "SELECT outlet, count(*) AS documents, count(*) FILTER (outcome = 'coded') AS coded FROM documents"
        " WHERE superseded_by IS NULL AND outlet IS NOT NULL GROUP BY outlet ORDER BY documents DESC, outlet LIMIT ?"
    )
    return views.of_documents(f"outlets {most}", lambda: views.ask(query, [most]))


def days_of(told: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a year, a month or a day; raises UnusableOption for anything else.

    >>> days_of("2020-02")
    (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    """
    try:
        if re.fullmatch("[0-9]{4}", told):
            return dt.date(int(told), 1, 1), dt.date(int(told), 12, 31)
        if re.fullmatch("[0-9]{4}-[0-9]{2}", told):
            year, month = int(told[:4]), int(told[5:])
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        return dt.date.fromisoformat(told), dt.date.fromisoformat(told)
    except ValueError as broken:
        raise UnusableOption(f"published cannot be {told!r}; write a year, a month or a day, as in 2020-07") from broken


def standing_behind(affiliation: str) -> str:
    """The condition on documents whose outlet has an affiliation; raises UnusableOption for one that there is not."""
    if affiliation not in AFFILIATIONS:
        raise UnusableOption(f"no affiliation {affiliation!r}; {did_you_mean(affiliation, AFFILIATIONS)}")
    if affiliation == "unknown":
        return "(outlet IS NULL OR outlet NOT IN (SELECT outlet FROM outlets WHERE affiliation IS NOT NULL))"
    return f"outlet IN (SELECT outlet FROM outlets WHERE affiliation = '{affiliation}')"
