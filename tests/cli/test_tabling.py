"""Tables for people fit the screen: columns are left out, words wrap, and codes, days and ids stay whole."""

import io
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from communique.cli.record import LISTED, WANTED
from communique.cli.tabling import FEWEST, GAP, WRITERS, chosen_writer, fitting, fitting_writer
from communique.errors import UnusableOption

ROW = {
    "engagement_id": "0123456789abcdef", "start": "2019-09-11", "end": "2019-09-13", "type": "cooperation",
    "status": "cancelled", "actors": ["CHN", "HEZBOLLAH", "IRN"], "place": "Port of Bandar Abbas", "reports": 12,
    "witnesses": 11,
}  # fmt: skip


def printed(width, monkeypatch):
    """The lines of the table on a screen of that width."""
    monkeypatch.setenv("COLUMNS", str(width))
    sink = io.BytesIO()
    fitting_writer(WANTED["engagements"])(pa.Table.from_pylist([ROW]), sink)
    return sink.getvalue().decode().splitlines()


@pytest.mark.parametrize("width", [60, 80, 100, 140, 200])
def test_lines_fit_and_nothing_is_folded(width, monkeypatch):
    """No line is wider than the screen; ids, days and codes are whole at any width."""
    lines = printed(width, monkeypatch)
    assert max(map(cell_len, lines)) <= width
    assert all(word in " ".join(lines) for word in ("0123456789abcdef", "2019-09-11", "cooperation", "HEZBOLLAH"))


def test_a_wide_screen_shows_all_columns_and_a_narrow_one_the_first(monkeypatch):
    """At 140 columns all that are listed are there; at 80 days, type, parties and status."""
    assert all(name in printed(140, monkeypatch)[0] for name in LISTED["engagements"])
    narrow = printed(80, monkeypatch)[0]
    assert all(name in narrow for name in ("engagement_id", "start", "type", "status", "actors"))
    assert "reports" not in narrow


@pytest.mark.parametrize("unit", LISTED)
def test_the_same_columns_by_order_and_by_need(unit):
    """Every column that is listed is in the order of need."""
    assert sorted(LISTED[unit]) == sorted(WANTED[unit])


words = st.lists(st.text("abc", min_size=1, max_size=9), max_size=4).map(" ".join)


@settings(deadline=None)
@given(st.lists(st.fixed_dictionaries({"a": words, "b": words, "c": words}), max_size=4), st.integers(1, 60))
def test_fitting_keeps_words_whole_within_the_width(rows, width):
    """Law: each column has room for its longest word, and together they fit, but for the few that always stand."""
    widths = fitting(rows, ("a", "b", "c"), width)
    assert list(widths) == ["a", "b", "c"][: len(widths)]
    assert len(widths) >= FEWEST
    for name, room in widths.items():
        assert room >= max((len(word) for row in rows for word in row[name].split()), default=1)
    if len(widths) > FEWEST:
        assert sum(widths.values()) + GAP * (len(widths) - 1) <= width


@pytest.mark.parametrize(
    ("format", "name", "writer"),
    [
        ("dyads", None, "csv"), ("dyads", "a.csv", "csv"), ("dyads", "a.jsonl", "jsonl"),
        ("dyads", "a.parquet", "parquet"),
        ("csv", "a.txt", "csv"), (None, "a.txt", "table"), (None, "a.parquet", "parquet"),
    ],
)  # fmt: skip
def test_dyads_are_written_as_the_file_is_named(format, name, writer):
    assert chosen_writer(format, name and Path(name), dyads=True) is WRITERS[writer]


@pytest.mark.parametrize(
    ("format", "name", "dyads", "words"),
    [
        ("dyads", None, False, "no format 'dyads'"), ("dyads", "a.txt", True, "ends in one of .csv, .jsonl, .parquet$"),
        ("dyad", None, True, "did you mean 'dyads'"), (None, "a.xlsx", True, "or give -f"),
    ],
)  # fmt: skip
def test_a_form_that_there_is_not_is_refused_with_the_way_out(format, name, dyads, words):
    with pytest.raises(UnusableOption, match=words):
        chosen_writer(format, name and Path(name), dyads)
