"""The API gives what the library gives, a page at a time, and sends nothing twice."""

import json

import pytest


def get(client, path, **more):
    return client.get(f"/api/v1/{path}", **more)


@pytest.mark.parametrize("unit", ["engagements", "reports"])
def test_pages_together_are_the_selection_of_the_library(client, record, unit):
    """Following `next` from the first page gives each row once, with the values of the library."""
    path, found = f"/api/v1/{unit}?country=IRN&size=1", []
    while path is not None:
        told = client.get(path).json()
        found += told[unit]
        path = told["next"]
    expected = [json.loads(json.dumps(r, default=str)) for r in getattr(record, unit)(country="IRN").to_pylist()]
    assert found == expected
    assert told["total"] == len(expected) > 1


def test_an_engagement_has_consensus_witnesses_and_its_reports(client, record):
    ident = record.engagements(pair="IRN-SYR").to_pylist()[0]["engagement_id"]
    told = get(client, f"engagements/{ident}").json()
    assert told["engagement"]["engagement_id"] == told["drawn"]["engagement_id"] == ident
    assert told["drawn"]["consensus"]["parties"]["value"] == "IRN, SYR"
    assert len(told["reports"]) == told["drawn"]["witnesses"]["documents"] == 2


def test_a_document_has_its_text_and_offsets_into_it(client):
    told = get(client, "documents/a").json()
    span = told["reports"][0]["report"]["evidence"][0]
    assert told["document"]["text"][span["start"] : span["end"]] == "IRN visits SYR on 2020-07-08"
    assert get(client, "documents/e%2Ff%3Fg%23h").json()["document"]["id"] == "e/f?g#h"


def test_facets_count_the_selection(client, record):
    told = get(client, "facets?domain=maritime").json()
    assert told["total"] == record.engagements(domain="maritime").num_rows
    assert {row["value"] for row in told["facets"]["type"]} == {"meeting"}


@pytest.mark.parametrize(
    "path",
    [
        "status",
        "engagements",
        "reports?country=IRN",
        "facets",
        "years",
        "documents",
        "documents/a",
        "set-aside",
        "codebook",
    ],
)
def test_what_the_client_has_is_not_sent_again(client, path):
    first = get(client, path)
    assert first.status_code == 200
    tag = first.headers["etag"]
    again = get(client, path, headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert get(client, path, headers={"if-none-match": '"x"'}).status_code == 200


def test_another_selection_has_another_tag(client):
    assert get(client, "reports?country=IRN").headers["etag"] != get(client, "reports?country=SYR").headers["etag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("engagements?foo=1", 400), ("engagements?size=0", 400), ("reports?sort=witnesses", 400),
        ("years?since=x", 400), ("engagements/zzz", 404), ("reports/zzz", 404), ("documents/zzz", 404),
        ("nothing", 404), ("documents?page=x", 400),
    ],
)  # fmt: skip
def test_errors_are_json_with_words(client, path, status):
    answer = get(client, path)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]


def test_openapi_describes_every_filter(client):
    told = get(client, "openapi.json").json()
    names = {p["name"] for p in told["paths"]["/api/v1/engagements"]["get"]["parameters"]}
    assert {"country", "pair", "text", "since", "witnesses", "sort", "page", "size", "camp", "documents"} <= names
    assert all(path.startswith("/api/v1/") for path in told["paths"])
