"""The client gives what the library gives, follows the pages, and says why it got nothing."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from communique.client import Client, ServerRefused
from communique.store import Record
from communique.web import Settings, create_app

TOKEN = "0123456789abcdef"


def small_record():
    """The module that fills the record of tests/web."""
    path = Path(__file__).parent / "web" / "small_record.py"
    spec = importlib.util.spec_from_file_location("small_record", path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules.get("small_record") or importlib.util.module_from_spec(spec)
    if not hasattr(module, "fill"):
        sys.modules["small_record"] = module
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("client") / "record"
    small_record().fill(made)
    return made


class Wire:
    """Requests of httpx, answered by the application in this process; the statuses are noted."""

    def __init__(self, served: TestClient) -> None:
        self.served = served
        self.statuses: list[int] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = self.served.get(str(request.url), headers=dict(request.headers))
        self.statuses.append(answer.status_code)
        kept = {k: v for k, v in answer.headers.items() if k.lower() not in ("content-length", "content-encoding")}
        return httpx.Response(answer.status_code, headers=kept, content=answer.content)


@pytest.fixture(scope="module")
def wire(folder: Path) -> Iterator[Wire]:
    with TestClient(create_app(folder, Settings(token=TOKEN)), base_url="http://localhost") as served:
        yield Wire(served)


@pytest.fixture
def client(wire: Wire) -> Client:
    return Client("http://localhost/", TOKEN, http=httpx.Client(transport=httpx.MockTransport(wire)))


@pytest.fixture(scope="module")
def record(folder: Path) -> Iterator[Record]:
    with Record.open(folder, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("unit", ["engagements", "reports"])
@pytest.mark.parametrize("filters", [{}, {"country": "IRN"}, {"type": ["visit", "meeting"], "since": "2021-01-01"}])
def test_rows_and_their_number_are_those_of_the_library(client, record, unit, filters):
    name = f"{unit[:-1]}_id"
    expected = [row[name] for row in getattr(record, unit)(**filters).to_pylist()]
    assert [row[name] for row in getattr(client, unit)(**filters)] == expected
    assert client.count(unit, **filters) == len(expected)


def test_all_pages_are_followed(client, monkeypatch):
    """With one row a page the same rows come as with one page."""
    whole = list(client.engagements())
    assert len(whole) > 2
    asked = client._get
    monkeypatch.setattr(client, "_get", lambda path, query: asked(path, {**query, "size": 1}))
    assert list(client.engagements()) == whole


def test_single_things_have_their_texts_and_reasons(client):
    one = next(client.engagements(pair="IRN-SYR"))
    told = client.engagement(one["engagement_id"])
    assert told["drawn"]["consensus"]["parties"]["value"] == "IRN, SYR"
    report = told["reports"][0]
    assert client.report(report["report"]["report_id"])[0]["engagement_id"] == one["engagement_id"]
    document = client.document("e/f?g#h")
    assert document["document"]["text"].endswith("IRN meets CHN on 2021-03-05.")
    assert {row["id"] for row in client.documents()} == {"a", "b", "c", "d", "e/f?g#h"}
    assert [row["reason"] for row in client.set_aside()] == ["binary"]


def test_facets_and_years_count_the_selection(client):
    assert client.facets(domain="maritime")["type"] == {"meeting": 3}
    assert sum(row["n"] for row in client.years()) == client.count() == client.status()["engagements"]
    assert "properties" in client.codebook()


def test_what_has_not_changed_is_not_sent_again(client, wire):
    first = client.status()
    assert client.status() == first
    assert wire.statuses[-2:] == [200, 304]


def test_the_words_of_a_refusal_are_kept(client, wire):
    with pytest.raises(ServerRefused, match="400 no filter 'contry'; did you mean 'country'"):
        next(client.engagements(contry="IRN"))
    with pytest.raises(ServerRefused, match="404 no engagement 'zzz'"):
        client.engagement("zzz")
    stranger = Client("http://localhost", http=httpx.Client(transport=httpx.MockTransport(wire)))
    with pytest.raises(ServerRefused, match="401 this server asks for its token"):
        stranger.status()


def test_a_server_that_does_not_run_is_told_from_one_that_refuses():
    with Client("http://127.0.0.1:9", seconds=2) as nobody, pytest.raises(ServerRefused, match="communique serve"):
        nobody.status()
