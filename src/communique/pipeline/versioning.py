"""The version of a coder: a number that people raise with the code, and a hash of the data that it codes by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from communique.text import content_hash

PIPELINE = Path(__file__).parent
READER = "learned"
OTHERS = ("link", "llm")
"""Folders whose data bears on no report by itself: linking comes later, and the prompt's hash marks the llm coder."""
DATA_FILES = (".json", ".txt", ".yml")
"""Of the reader's larger files pins.txt holds the hashes, and others are refused."""


def coder_version(number: str, *, reader: bool = False) -> str:
    """The number, a plus sign and eight digits of the data's hash; `reader` for the coder that heeds the reader."""
    return f"{number}+{data_hash(reader=reader)[:8]}"


@lru_cache(maxsize=4)
def data_hash(folder: Path = PIPELINE, *, reader: bool = False) -> str:
    """Sixteen hexadecimal digits over names and texts of the data files that a coder reads."""
    told: list[str] = []
    for path in data_files(folder, reader=reader):
        told += path.relative_to(folder).as_posix(), path.read_text("utf-8")
    return content_hash(*told)


def data_files(folder: Path = PIPELINE, *, reader: bool = False) -> Sequence[Path]:
    """The files in the folders `data` of all stages that a coder passes through, in a fixed order."""
    left_out = OTHERS if reader else (*OTHERS, READER)
    found = (path for path in folder.rglob("data/*") if path.suffix in DATA_FILES)
    return sorted(path for path in found if path.relative_to(folder).parts[0] not in left_out)
