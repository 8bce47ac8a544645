"""The packaged demo corpus: 48 news briefs written for communique, without labels, for a first run offline.

The gold labels of the same briefs are in the source tree's `gold/` and stay out of the wheel.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from communique.errors import InputError


def demo_documents_path() -> Path:
    """The path of the demo corpus, a JSON Lines file of 48 documents (CC BY 4.0).

    Each line has `id`, `title`, `text`, `outlet`, `outlet_country`, `published` and `restates`, the public pages
    whose facts the brief restates. Raises InputError where the package was not installed as plain files.

    >>> demo_documents_path().name
    'briefs.jsonl'
    """
    resource = files("communique.demo").joinpath("data", "briefs.jsonl")
    path = Path(str(resource))
    if not path.is_file():
        raise InputError(f"the demo corpus is not at {path}: install communique unzipped, for example with pip")
    return path


__all__ = ["demo_documents_path"]
