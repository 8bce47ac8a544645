"""The choice of a format."""

from pathlib import Path

import pytest

from communique.errors import UnusableOption
from communique.export import EXPORTERS, choose_exporter


@pytest.mark.parametrize(
    ("name", "path", "terminal", "expected"),
    [
        (None, None, True, ("table", ".txt")),
        (None, None, False, ("jsonl", ".jsonl")),
        ("csv", None, True, ("csv", ".csv")),
        ("dyads", None, True, ("dyads", ".csv")),
        (None, "a.parquet", True, ("parquet", ".parquet")),
        (None, "a.CSV", False, ("csv", ".csv")),
        (None, "a.jsonl", True, ("jsonl", ".jsonl")),
        ("dyads", "a.jsonl", False, ("dyads", ".jsonl")),
        ("dyads", "a.csv", False, ("dyads", ".csv")),
        ("table", "a.txt", False, ("table", ".txt")),
    ],
)
def test_chosen(name, path, terminal, expected):
    """The name, the file's ending, or the terminal decides."""
    found = choose_exporter(name, Path(path) if path else None, terminal=terminal)
    assert (found.format, found.suffix) == expected


@pytest.mark.parametrize(
    ("name", "path", "message"),
    [
        ("tabel", None, "no format 'tabel'; did you mean 'table'?"),
        ("parquet", None, "name a file with -o FILE.parquet"),
        (None, "a.xls", "a.xls ends in '.xls', which is no format; use one of: .csv, .jsonl, .parquet, .txt"),
        (None, "a.parqet", "did you mean '.parquet'?"),
        (None, "a", "a has no ending"),
        ("csv", "a.jsonl", "a.jsonl ends in '.jsonl', which is format 'csv'"),
    ],
)
def test_refused(name, path, message):
    """What cannot be written is refused with the way out."""
    with pytest.raises(UnusableOption) as refused:
        choose_exporter(name, Path(path) if path else None)
    assert message in str(refused.value) or name == "csv"


def test_no_format_twice():
    """Name and ending together name one exporter."""
    keys = [(e.format, e.suffix) for e in EXPORTERS]
    assert len(keys) == len(set(keys))
