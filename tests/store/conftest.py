"""Puts the small coder where tests and the processes that they start can import it."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from small_coder import SmallCoder, gate

from communique.pipeline.keeping import AddResult, add_items
from communique.records import Document
from communique.store import Record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "record") as made:
        yield made


@pytest.fixture
def add(record: Record) -> Callable[..., AddResult]:
    def added(*documents: Document, size: int = 2) -> AddResult:
        return add_items(record, documents, SmallCoder, gate=gate, size=size)

    return added
