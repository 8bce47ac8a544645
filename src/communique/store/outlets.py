"""Who stands behind an outlet, as the lexicon tells it."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from communique.lexicon import Entry, load_lexicon

COLUMNS = ("outlet", "owner", "country", "affiliation")


def outlet_rows(outlets: Sequence[tuple[str, str | None]]) -> pa.Table:
    """Owner, country and affiliation (state, public, party, independent; null where unknown) of named outlets."""
    rows = [(name, *behind(name, country)) for name, country in outlets]
    return pa.table({c: pa.array([r[i] for r in rows], pa.string()) for i, c in enumerate(COLUMNS)})


def behind(name: str, country: str | None) -> tuple[str | None, str | None, str | None]:
    """Owner, country and affiliation of one outlet; the given country where the lexicon does not know it."""
    known = entry_of(name)
    if known is None:
        return None, country, None
    told = known.attributes
    return told.get("owner"), told.get("country") or known.code or country, told.get("affiliation") or known.subkind


def entry_of(name: str) -> Entry | None:
    """The lexicon's outlet that the whole name names, else None."""
    for match in load_lexicon().find(name):
        if match.start == 0 and match.end == len(name):
            return next((e for e in match.entries if e.kind == "outlet"), None)
    return None
