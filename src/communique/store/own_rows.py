"""The rows of the lexicon that a record brings itself: the folder `lexicon` in it, laid over the packaged tables."""

from __future__ import annotations

from pathlib import Path

from communique.lexicon import Lexicon, load_lexicon

OWN = "lexicon"


def own_rows(folder: Path) -> Path | None:
    """The record's folder of own rows, None where it has none."""
    path = folder / OWN
    return path if path.is_dir() else None


def lexicon_of(folder: Path) -> Lexicon:
    """The lexicon with the record's own rows, as they stand now; raises LexiconError for a faulty one."""
    return load_lexicon(own_rows(folder))
