"""JSON Lines: reports come back as they were."""

import io
import json

import jsonschema

from communique.codebook import report_schema
from communique.export.jsonl import write_dyads_jsonl, write_jsonl
from communique.records import Report


def test_reports_come_back(coded, drill, visit):
    """Every line is a report that reads back as the same report, in document order."""
    sink = io.BytesIO()
    write_jsonl(coded, sink)
    assert [Report.model_validate_json(line) for line in sink.getvalue().splitlines()] == [drill, visit]


def test_lines_fulfil_the_schema(coded):
    """Every line fulfils the codebook's JSON Schema of a report."""
    sink = io.BytesIO()
    write_jsonl(coded, sink)
    validator = jsonschema.Draft202012Validator(report_schema())
    assert [e.message for line in sink.getvalue().splitlines() for e in validator.iter_errors(json.loads(line))] == []


def test_dyads(coded):
    """A dyad's line has numbers as numbers and dates in ISO 8601."""
    sink = io.BytesIO()
    write_dyads_jsonl(coded, sink)
    first = json.loads(sink.getvalue().splitlines()[0])
    assert (first["weight"], first["source_cow"], first["date_start"]) == (1 / 3, 155, "2021-05-01")
