"""Explore shows the selection of its address with its totals, and its links change one thing."""

import csv
import io
import json
import re

import pyarrow.parquet as pq
import pytest


def ids(html: str) -> list[str]:
    return re.findall(r"href=\"/engagement/([0-9a-f]{16})\"", html)


@pytest.mark.parametrize(
    "query", ["", "country=IRN", "type=meeting&domain=maritime", "text=officers", "since=2021-01-01"]
)
def test_the_rows_and_the_total_are_those_of_the_library(client, record, query):
    pairs = [pair.split("=") for pair in query.split("&") if pair]
    filters: dict = {}
    for name, value in pairs:
        filters[name] = value
    expected = [row["engagement_id"] for row in record.engagements(**filters).to_pylist()]
    html = client.get(f"/explore?{query}").text
    assert sorted(ids(html)) == sorted(expected)
    assert f'<span class="figure">{len(expected)}</span>' in html


def test_a_count_beside_a_value_is_what_one_finds_there(client):
    """Following a value of a facet gives as many engagements as stood beside it."""
    html = client.get("/explore").text
    values = re.findall(
        r"<a class=\"value[^\"]*\" href=\"([^\"]*)\".*?<span class=\"value-count\">(\d+)</span>", html, re.S
    )
    assert len(values) > 10
    for link, number in values:
        found = client.get(link.replace("&amp;", "&")).text
        assert f'<span class="figure">{number}</span>' in found, link


def test_a_chosen_value_can_be_widened_and_taken_out(client):
    """In the facet of a chosen value the others still show what taking them in would add."""
    html = client.get("/explore?type=visit").text
    assert 'href="/explore?type=visit&amp;type=meeting"' in html
    assert re.search(r"class=\"value on[^\"]*\" href=\"/explore\"", html)
    assert '<a class="chip" href="/explore"' in html


def test_pages_hold_the_list_once(client, record):
    expected = [row["engagement_id"] for row in record.engagements().to_pylist()]
    found = [i for page in range(1, len(expected) + 1) for i in ids(client.get(f"/explore?size=1&page={page}").text)]
    assert found == expected
    assert ids(client.get("/explore?size=2&page=99").text) == expected[-(len(expected) % 2 or 2) :]


def test_sorting_turns_the_list_round(client):
    first = ids(client.get("/explore?sort=date").text)
    assert ids(client.get("/explore?sort=-date").text)[0] == first[-1]


def test_nothing_found_says_so(client):
    assert "Nothing in the record fulfils" in client.get("/explore?country=FJI").text


@pytest.mark.parametrize("unit", ["engagements", "reports"])
def test_an_export_holds_the_whole_selection(client, record, unit):
    expected = getattr(record, unit)(country="IRN")
    name = f"{unit[:-1]}_id"
    wanted = sorted(expected.column(name).to_pylist())
    kinds = ("csv", "jsonl", "parquet")
    answers = {kind: client.get(f"/export/{unit}.{kind}?country=IRN&page=7&size=1") for kind in kinds}
    assert sorted(row[name] for row in csv.DictReader(io.StringIO(answers["csv"].text))) == wanted
    assert sorted(json.loads(line)[name] for line in answers["jsonl"].text.splitlines()) == wanted
    table = pq.read_table(io.BytesIO(answers["parquet"].content))
    assert sorted(table.column(name).to_pylist()) == wanted
    assert table.schema.equals(expected.schema)
    for kind, answer in answers.items():
        assert answer.headers["content-disposition"] == f'attachment; filename="{unit}.{kind}"'
