"""Reading of the posts' file: patterns of offices with their level."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from communique.lexicon.tables import Record


def read_posts(path: Path) -> Iterator[Record]:
    """The posts as records; none without the file."""
    if not path.exists():
        return
    yield from ()
