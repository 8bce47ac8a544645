"""Parquet: nested columns under a schema that depends on no data."""

import io
import json

import pyarrow.parquet as pq

from communique.evaluation import load_predictions
from communique.export.exporters import choose_exporter
from communique.export.jsonl import write_jsonl
from communique.export.parquet import DYAD_SCHEMA, REPORT_SCHEMA, write_dyads_parquet, write_parquet
from communique.records import Report


def table(write, coded):
    sink = io.BytesIO()
    write(coded, sink)
    return pq.read_table(io.BytesIO(sink.getvalue()))


def test_reports_come_back(coded, drill, visit):
    """A row gives back the same report once its details are read as JSON."""
    rows = table(write_parquet, coded).to_pylist()
    for row in rows:
        row["details"] = json.loads(row["details"]) if row["details"] is not None else None
    assert [Report.model_validate(row) for row in rows] == [drill, visit]


def test_the_schema_is_the_reports_fields():
    """Every field of a report is a column, in the same order."""
    assert REPORT_SCHEMA.names == list(Report.model_fields)


def test_the_schema_depends_on_no_data(coded):
    """A file without rows has the same schema as one with rows."""
    assert table(write_parquet, []).schema == table(write_parquet, coded).schema == REPORT_SCHEMA
    assert table(write_dyads_parquet, []).schema == table(write_dyads_parquet, coded).schema == DYAD_SCHEMA


def test_scores_as_json_lines_do(coded, tmp_path):
    """Evaluation reads the same predictions from Parquet as from JSON Lines."""
    for name, write in (("a.parquet", write_parquet), ("a.jsonl", write_jsonl)):
        with (tmp_path / name).open("wb") as sink:
            write(coded, sink)
    assert load_predictions(tmp_path / "a.parquet") == load_predictions(tmp_path / "a.jsonl")


def test_the_listed_exporter_writes_it(coded, tmp_path):
    """The exporter that a file's ending chooses writes readable Parquet."""
    path = tmp_path / "x.parquet"
    with path.open("wb") as sink:
        choose_exporter("dyads", path).write(coded, sink)
    assert pq.read_table(path).num_rows == 5
