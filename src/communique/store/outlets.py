"""Who stands behind an outlet, as the lexicon tells it."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from communique.lexicon import Lexicon

COLUMNS = ("outlet", "owner", "country", "affiliation")


def outlet_rows(outlets: Sequence[tuple[str, str | None]], lexicon: Lexicon) -> pa.Table:
    """Owner, country and affiliation of named outlets, in columns as COLUMNS; null where unknown."""
    rows = [(name, *behind(name, country, lexicon)) for name, country in outlets]
    return pa.table({c: pa.array([r[i] for r in rows], pa.string()) for i, c in enumerate(COLUMNS)})


def behind(name: str, country: str | None, lexicon: Lexicon) -> tuple[str | None, str | None, str | None]:
    """Owner, country and affiliation (state, government, public, private, independent or party) of one outlet.

    The given country decides between outlets of one name, and is given back where the lexicon knows no country.
    """
    known = lexicon.behind(name, country)
    if known is None:
        return None, country, None
    return known.owner, known.country or country, known.affiliation
