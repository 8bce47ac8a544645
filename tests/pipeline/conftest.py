"""Tables of tests/cases as parameters: a test that asks for `status_case` runs once for each row of status.yml."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[1] / "cases"
TABLES = ("status", "voice", "persons", "parties", "localities", "mentions")


@lru_cache
def rows(table: str) -> list[dict[str, Any]]:
    """The rows of a table."""
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{table}.yml").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def cases() -> Callable[[str], list[dict[str, Any]]]:
    """The rows of the table with a name."""
    return rows


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for table in TABLES:
        if f"{table}_case" in metafunc.fixturenames:
            whole = metafunc.function.__name__ == "test_table"
            marked = [pytest.param(row, id=row["text"][:70], marks=gap(row) if whole else ()) for row in rows(table)]
            metafunc.parametrize(f"{table}_case", marked)


def gap(row: dict[str, Any]) -> Any:
    """A known gap must fail: once it is mended the row's key `gap` is taken out."""
    return pytest.mark.xfail(strict=True, reason=row["gap"]) if "gap" in row else ()
