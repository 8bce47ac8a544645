"""The version that a coder writes into its reports changes with every file that it reads."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from communique.pipeline.versioning import OTHERS, PIPELINE, READER, coder_version, data_files, data_hash

FILES = sorted(path.relative_to(PIPELINE).as_posix() for path in data_files(reader=True))


def test_every_data_file_is_heeded_pinned_or_of_no_bearing() -> None:
    """A file of data is in the hash, pinned by one that is, or belongs to a stage that codes nothing by itself."""
    pinned = {line.split()[1] for line in (PIPELINE / READER / "data" / "pins.txt").read_text("utf-8").splitlines()}
    held = {path for path in PIPELINE.rglob("data/*") if path.suffix != ".py" and path.is_file()}
    left = {path.relative_to(PIPELINE) for path in held} - {Path(name) for name in FILES}
    assert {path.name for path in left if path.parts[0] == READER} <= pinned
    assert {path.parts[0] for path in left} <= {READER, *OTHERS}


@pytest.mark.parametrize("name", FILES)
def test_a_change_of_any_file_is_another_version(name: str, tmp_path: Path) -> None:
    """Of the reader's files, of the coder that heeds it alone."""
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PIPELINE / file, tmp_path / file)
    before = {reader: data_hash(tmp_path, reader=reader) for reader in (False, True)}
    assert before[True] == data_hash(reader=True)
    data_hash.cache_clear()
    with (tmp_path / name).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    assert data_hash(tmp_path, reader=True) != before[True]
    assert (data_hash(tmp_path, reader=False) != before[False]) is not name.startswith(READER)


def test_a_version_tells_number_and_data() -> None:
    """The coder that heeds the reader rests on more files."""
    assert re.fullmatch(r"x-1\+[0-9a-f]{8}", coder_version("x-1"))
    assert coder_version("x-1", reader=True) != coder_version("x-1")
