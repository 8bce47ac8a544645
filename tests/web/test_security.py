"""What the guard lets through and what it refuses, whoever asks."""

import pytest
from fastapi.testclient import TestClient

from communique.web import Settings, create_app
from communique.web.security import POLICY

TOKEN = "0123456789abcdef-token"
OWN = "http://localhost"


@pytest.fixture(scope="module")
def locked(folder):
    with TestClient(create_app(folder, Settings(token=TOKEN)), base_url=OWN, follow_redirects=False) as made:
        yield made


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("LOCALHOST:8321", 200), ("127.0.0.1:1", 200), ("[::1]:8321", 200),
        ("evil.example", 421), ("localhost.evil.example", 421), ("", 421), ("127.0.0.1.nip.io", 421), ("[::2]", 421),
    ],
)  # fmt: skip
def test_only_names_of_this_server_are_answered(client, host, status):
    assert client.get("/explore", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"origin": OWN}, False),
        ({"sec-fetch-site": "same-origin", "origin": OWN}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"authorization": "Bearer x"}, False),
        ({}, True),
        ({"origin": "http://evil.example"}, True),
        ({"origin": "http://localhost:81"}, True),
        ({"origin": "null"}, True),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site", "origin": OWN}, True),
        ({"sec-fetch-site": "cross-site", "authorization": "Bearer x"}, True),
    ],
)
def test_writes_of_other_sites_are_refused(client, headers, refused):
    """A refused write never reaches the application, which answers 405 to a POST that it does not know."""
    assert client.post("/explore", headers=headers).status_code == (403 if refused else 405)


@pytest.mark.parametrize("path", ["/", "/explore", "/nothing", "/api/v1/status", "/static/observatory.css", "/sign-in"])
def test_every_answer_bears_the_policy(client, path):
    answer = client.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_refusals_bear_the_policy_too(client):
    assert client.get("/", headers={"host": "evil.example"}).headers["content-security-policy"] == POLICY


def test_long_bodies_are_refused_whether_they_tell_their_length_or_not(folder):
    def pieces():
        for _ in range(20):
            yield b"token=" + b"x" * 100

    with TestClient(create_app(folder, Settings(body=1000)), base_url=OWN) as small:
        headers = {"origin": OWN}
        assert small.post("/sign-in", content=b"x" * 1001, headers=headers).status_code == 413
        assert small.post("/sign-in", content=pieces(), headers=headers).status_code == 413
        assert small.post("/sign-in", content=b"x" * 900, headers=headers).status_code == 403


def test_a_long_address_is_refused(client):
    assert client.get("/explore?text=" + "x" * 8_000).status_code == 414


@pytest.mark.parametrize("path", ["/", "/explore", "/document/a", "/api/v1/status", "/export/reports.csv", "/api"])
def test_with_a_token_nothing_of_the_record_is_told_without_it(locked, path):
    assert locked.get(path).status_code == 401
    assert locked.get(path, headers={"authorization": "Bearer " + TOKEN[:-1]}).status_code == 401
    assert locked.get(path, headers={"cookie": "communique_token=wrong; ;;="}).status_code == 401
    assert locked.get(path, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_browser_is_sent_to_sign_in_and_kept_by_a_cookie_that_scripts_cannot_read(folder):
    with TestClient(create_app(folder, Settings(token=TOKEN)), base_url=OWN, follow_redirects=False) as browser:
        asked = browser.get("/", headers={"accept": "text/html"})
        assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in")
        assert "a record" not in browser.get("/sign-in").text
        wrong = browser.post("/sign-in", data={"token": "wrong"}, headers={"origin": OWN})
        assert (wrong.status_code, wrong.headers.get("set-cookie")) == (403, None)
        right = browser.post("/sign-in", data={"token": TOKEN}, headers={"origin": OWN})
        assert right.status_code == 303
        cookie = right.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert browser.get("/").status_code == 200
