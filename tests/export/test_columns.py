"""Columns and their definitions."""

import pytest

from communique.errors import CodebookError
from communique.export import DYAD_COLUMNS, REPORT_COLUMNS
from communique.export.columns import defined, definitions
from communique.export.pages import ROOT, columns_page


def test_every_definition_is_a_column():
    """columns.yml defines exactly the columns that are written."""
    assert {c.name for c in (*REPORT_COLUMNS, *DYAD_COLUMNS)} == set(definitions())


@pytest.mark.parametrize("columns", [REPORT_COLUMNS, DYAD_COLUMNS])
def test_names_are_unique(columns):
    """No table has two columns of one name."""
    names = [column.name for column in columns]
    assert len(names) == len(set(names))


def test_undefined_columns_are_refused():
    """A column without a definition raises an error that names it."""
    with pytest.raises(CodebookError, match="no column 'shoe_size'"):
        defined({"shoe_size": lambda row: row})


def test_the_page_is_fresh():
    """docs/columns.md is what the columns say; `make docs` rewrites it."""
    assert (ROOT / "docs" / "columns.md").read_text(encoding="utf-8") == columns_page()
