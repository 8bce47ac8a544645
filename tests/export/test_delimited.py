"""CSV: what stands in the cells."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from communique.export.delimited import cell, write_csv, write_dyads_csv


def rows(write, coded):
    sink = io.BytesIO()
    write(coded, sink)
    return list(csv.DictReader(io.StringIO(sink.getvalue().decode("utf-8"), newline="")))


def test_reports(coded):
    """One report a row with sides, parties in words, words of the evidence and the document's origin."""
    drill, visit = rows(write_csv, coded)
    assert drill["side_p"] == "TON | CHL | FJI"
    assert (drill["side_a"], drill["side_b"]) == ("", "")
    assert drill["participants"].endswith("party: Navy of Chile (CHL) | host: Fiji (FJI)")
    assert (drill["date_start"], drill["date_end"], drill["date_precision"]) == ("2021-05-01", "2021-05-31", "month")
    assert drill["words"].startswith("Ships meet off Suva […] The navies of Chile")
    assert drill["evidence"] == "0-19 | 21-78"
    assert drill["restated_after"] == "example.org"
    assert (drill["lat"], drill["aggregate"], drill["confidence"]) == ("-18.14", "false", "0.75")
    assert (visit["side_a"], visit["side_b"]) == ("MNG", "TUR | UNKNOWN")
    assert visit["participants"].startswith("visitor: Dorj Bat (MNG), General, Chief of Staff | host: ")
    assert visit["date_start"] == visit["place_name"] == visit["coder"] == ""


def test_dyads(coded):
    """The pairs of a report repeat its fields, and their weights sum to the number of reports."""
    found = rows(write_dyads_csv, coded)
    assert [row["report_id"] for row in found] == ["r1", "r1", "r1", "r2", "r2"]
    assert round(sum(float(row["weight"]) for row in found), 9) == 2


def test_a_header_without_rows():
    """A run without reports still writes the header."""
    sink = io.BytesIO()
    write_csv([], sink)
    assert sink.getvalue().decode().startswith("report_id,doc_id,")


@given(st.text())
def test_no_cell_begins_a_formula(text):
    """Whatever a web page wrote, no text cell begins with a character that makes a spreadsheet compute it."""
    assert not cell(text).startswith(("=", "+", "-", "@", "\t"))
