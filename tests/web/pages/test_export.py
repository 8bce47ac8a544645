"""A selection leaves in every format with the rows of the library, and its pairs weigh as much as its rows."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from communique.web.pages.export import FORMATS

SELECTION = "country=IRN"


def got(client, name):
    answer = client.get(f"/export/{name}?{SELECTION}")
    assert answer.status_code == 200, answer.text
    assert f'filename="{name}"' in answer.headers["content-disposition"]
    assert int(answer.headers["content-length"]) == len(answer.content)
    return answer


def rows_of(client, name):
    """The rows of a file in a format for other tools."""
    content = got(client, name).content
    if name.endswith(".parquet"):
        return pq.read_table(io.BytesIO(content)).to_pylist()
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in content.decode().splitlines()]
    return list(csv.DictReader(io.StringIO(content.decode())))


@pytest.mark.parametrize("unit", ["engagements", "reports"])
@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_holds_every_row_of_the_selection(client, record, unit, ending):
    key = f"{unit[:-1]}_id"
    ids = sorted(row[key] for row in getattr(record, unit)(country="IRN").to_pylist())
    if ending == "txt":
        text = got(client, f"{unit}.txt").text
        assert all(ident in text for ident in ids)
        return
    rows = rows_of(client, f"{unit}.{ending}")
    if not FORMATS[ending].dyads:
        assert sorted(row[key] for row in rows) == ids
        return
    assert sorted({row[key] for row in rows}) == sorted(set(ids))
    assert sum(float(row["weight"]) for row in rows) == pytest.approx(len(ids))
    assert all("IRN" in (row["source"], row["target"]) for row in rows)


def test_a_visit_is_directed_from_the_visitor_to_the_host(client):
    visits = [row for row in rows_of(client, "engagements.dyads.jsonl") if row["type"] == "visit"]
    assert {
        (row["source"], row["target"], row["pairing"], row["source_role"], row["target_role"]) for row in visits
    } == {("IRN", "SYR", "directed", "visitor", "host")}


def test_explore_offers_every_format(client):
    html = client.get(f"/explore?{SELECTION}").text
    assert all(f'href="/export/engagements.{ending}?{SELECTION}"' in html for ending in FORMATS)


def test_a_long_table_to_read_is_refused_with_the_way_out(client, monkeypatch):
    monkeypatch.setattr("communique.web.pages.export.MOST_FOR_PEOPLE", 1)
    answer = client.get("/export/reports.txt")
    assert (answer.status_code, "take CSV" in answer.text) == (400, True)
    assert client.get("/export/reports.csv").status_code == 200
