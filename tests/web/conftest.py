"""The application on a small record."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

from small_record import fill

from communique.store import Record
from communique.web import Settings, create_app

settings.register_profile("busy", deadline=None)  # machines that do other work too
settings.load_profile("busy")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of five documents, two of which tell one visit; not to be changed."""
    made = tmp_path_factory.mktemp("web") / "record"
    fill(made)
    return made


@pytest.fixture(scope="session")
def client(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(folder, Settings()), base_url="http://localhost", follow_redirects=False) as made:
        yield made


@pytest.fixture(scope="session")
def record(folder: Path) -> Iterator[Record]:
    with Record.open(folder, read_only=True) as opened:
        yield opened
