"""A small record with three reviewers."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from small_record import fill

from communique.review.reviewers import add_reviewer
from communique.store import Record

NAMES = ("Ann", "Bob", "Cy")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("review") / "record"
    fill(made)
    with Record.open(made) as record:
        for name in NAMES:
            add_reviewer(record, name)
    return made


@pytest.fixture
def record(filled: Path, tmp_path: Path) -> Iterator[Record]:
    with Record.open(shutil.copytree(filled, tmp_path / "record")) as opened:
        yield opened
