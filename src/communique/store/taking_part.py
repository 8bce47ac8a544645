"""Who takes part in engagements and reports, and in which role: what pairs of actors are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from communique.store.views import Views

Party = tuple[str, str, str | None]
"""Role, actor and name."""
REPORTS = (
    "SELECT rid AS key, role, actor, name FROM p WHERE rid IN (SELECT unnest(?::BIGINT[])) ORDER BY rid, rowid"
)  # fmt: skip
ENGAGEMENTS = (
    "SELECT printf('%016x', engagement) AS key, role, actor, arg_min(name, row(doc, item)) AS name FROM"
    " (SELECT r.engagement, r.doc, r.item, p.role, p.actor, p.name, p.rid FROM p JOIN r USING (rid)"
    " WHERE r.engagement IN (SELECT unnest(?::UBIGINT[])))"
    " GROUP BY engagement, role, actor ORDER BY engagement, count(DISTINCT rid) DESC, min(row(doc, item)), role, actor"
)


def parties(views: Views, unit: str, rows: Sequence[Mapping[str, Any]]) -> list[list[Party]]:
    """For each row of a list its parties, in the order of the text; those of an engagement each in one role.

    `unit` is engagements or reports. An engagement's parties are its `actors`, each in the role that most of its
    reports give it, among equals the one told first. Participants must be read (`Views.follow(everything=True)`).
    """
    if unit == "reports":
        held = grouped(views, REPORTS, [row["rid"] for row in rows])
        return [held.get(row["rid"], []) for row in rows]
    held = grouped(views, ENGAGEMENTS, [int(row["engagement_id"], 16) for row in rows])
    return [agreed(row["actors"] or (), held.get(row["engagement_id"], [])) for row in rows]


def grouped(views: Views, query: str, keys: Sequence[int]) -> dict[Any, list[Party]]:
    """The parties by key, in the order of the query."""
    held: dict[Any, list[Party]] = {}
    for key, role, actor, name in views.memory.execute(query, [list(keys)]).fetchall():
        held.setdefault(key, []).append((role, actor, name))
    return held


def agreed(actors: Sequence[str], told: Sequence[Party]) -> list[Party]:
    """The first role of each actor, in the order of `actors`."""
    first: dict[str, Party] = {}
    for party in told:
        first.setdefault(party[1], party)
    return [first[actor] for actor in actors if actor in first]
