"""Addresses of single things."""

from __future__ import annotations

from urllib.parse import quote


def official_path(actor: str, name: str) -> str:
    """The address of an official's page.

    >>> official_path("IRN", "Mohammad Bagheri")
    '/official/IRN/Mohammad%20Bagheri'
    """
    return f"/official/{quote(actor, safe='')}/{quote(name, safe='')}"
