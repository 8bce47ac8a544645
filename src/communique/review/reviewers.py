"""Reviewers: names that stand in the log, each with a token of which the record keeps only the hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from communique.errors import UnusableOption
from communique.review.tables import changing, rows
from communique.store import Record
from communique.store.database import now

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person who may write into the record, and since when; `revoked` where that is over."""

    name: str
    added: str
    revoked: str | None = None


def add_reviewer(record: Record, name: str) -> str:
    """The token of a new reviewer, or a new token of one whose old one then ends. It is told once and never again.

    Raises UnusableOption for a name that cannot stand in the log.
    """
    told = " ".join(name.split())
    if not told or len(told) > LONGEST_NAME or not told.isprintable():
        raise UnusableOption(f"a reviewer cannot be called {name!r}; give 1 to {LONGEST_NAME} printable characters")
    token = secrets.token_urlsafe(24)
    with changing(record, "reviewer", told) as (connection, seq):
        connection.execute(
            "INSERT INTO reviewers VALUES (?, ?, ?, NULL, ?) ON CONFLICT (name)"
            " DO UPDATE SET token = excluded.token, revoked = NULL, seq = excluded.seq",
            (told, hashed(token), now(), seq),
        )
    return token


def revoke_reviewer(record: Record, name: str) -> None:
    """Ends the token of a reviewer; the decisions stay. Raises UnusableOption for an unknown name."""
    if name not in {one.name for one in reviewers(record)}:
        known = ", ".join(one.name for one in reviewers(record)) or "nobody"
        raise UnusableOption(f"no reviewer {name!r} in the record; there are: {known}")
    with changing(record, "reviewer", name) as (connection, seq):
        connection.execute("UPDATE reviewers SET revoked = ?, seq = ? WHERE name = ?", (now(), seq, name))


def reviewers(record: Record) -> list[Reviewer]:
    """All reviewers by name, those whose token was ended too."""
    return [Reviewer(*row) for row in rows(record, "SELECT name, added, revoked FROM reviewers ORDER BY name")]


def reviewer_of(record: Record, token: str | None) -> str | None:
    """The name of the reviewer whose token it is, None for no valid token."""
    if not token:
        return None
    found = rows(record, "SELECT name FROM reviewers WHERE token = ? AND revoked IS NULL", (hashed(token),))
    return str(found[0][0]) if found else None


def hashed(token: str) -> str:
    """What the record keeps of a token: tokens are long and random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
