"""Every page answers, escapes what it shows, and says in words what is wrong."""

import re

import pytest
from small_record import HOSTILE

PATHS = (
    "/", "/?year=2020", "/documents?published=2020-07&affiliation=unknown",
    "/explore", "/explore?unit=reports", "/explore?country=IRN&type=visit&sort=place&page=9",
    "/explore?text=naval", "/explore?outlet=%3Cscript%3E", "/explore?view=timeline", "/explore?view=map&unit=reports",
    "/explore?view=network", "/explore?view=network&nodes=officials&since=2020-01-01&until=2020-12-31",
    "/explore?view=map&country=FJI", "/explore?view=timeline&unit=reports", "/countries",
    "/country/IRN", "/country/RUS?around=2020-12-31", "/pair/CHN-RUS", "/officials",
    "/officials?name=iv", "/official/RUS/Ivan%20Petrov", "/exercises", "/agreements", "/transfers?country=IRN",
    "/documents", "/documents?outlet=Two&text=officers", "/set-aside", "/codebook", "/api", "/document/a",
    "/document/d", "/document/e%2Ff%3Fg%23h", "/sign-in",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def pages(client, record):
    engagements = [f"/engagement/{row['engagement_id']}" for row in record.engagements().to_pylist()]
    return [(path, client.get(path).text) for path in (*PATHS, *engagements)]


def test_nothing_of_a_document_is_ever_markup(client, record):
    """Hostile strings in titles, texts, outlets, names, details and notes come out as text."""
    seen = 0
    for path, html in pages(client, record):
        assert "<script>alert" not in html, path
        assert "<img" not in html, path
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r"\"[^\"]*\"", "", html)), path
        seen += "&lt;script&gt;alert" in html
    assert seen >= 6


def test_no_page_holds_a_script_or_style_of_its_own_or_names_another_machine(client, record):
    for path, html in pages(client, record):
        assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|javascript:", html), path
        assert not re.search(r"\s(?:src|action|href)=\"(?:https?:)?//", html), path


def test_every_link_of_every_page_leads_somewhere(client, record):
    """All links of all pages but those to files are followed once."""
    seen: dict[str, str] = {}
    for path, html in pages(client, record):
        for link in re.findall(r"\shref=\"(/[^\"]*)\"", html):
            seen.setdefault(link.replace("&amp;", "&").partition("#")[0], path)
    broken = [(link, seen[link]) for link in seen if client.get(link).status_code >= 400]
    assert not broken


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing", 404, "no page /nothing"), ("/engagement/zzz", 404, "no engagement &#39;zzz&#39;"),
        ("/document/zzz", 404, "zzz"), ("/explore?foo=1", 400, "no filter &#39;foo&#39;"),
        ("/explore?sort=colour", 400, "cannot be sorted"), ("/country/IRN?around=soon", 400, "around cannot be"),
        ("/pair/IRN", 400, "no pair"), ("/official/RUS/Nobody", 404, "no official"),
        ("/country/ZZZ", 400, "no actor &#39;ZZZ&#39;"), ("/explore?type=visits", 400, "did you mean &#39;visit&#39;"),
        ("/export/cats.csv", 400, "no table"), ("/export/reports.xlsx", 400, "no format"),
        (f"/explore?type={HOSTILE}", 400, "no type &#39;&lt;script"),
        ("/?year=1999", 400, "of 2020 to 2021"), ("/documents?published=soon", 400, "as in 2020-07"),
        ("/explore?page=x", 400, "page cannot be"), ("/document/a?version=x", 400, "whole number"),
    ],
)  # fmt: skip
def test_errors_are_pages_with_the_way_out(client, path, status, words):
    answer = client.get(path)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text


def test_former_names_lead_to_the_present_page(client, record):
    report = record.reports(documents=["a"]).to_pylist()[0]
    assert client.get(f"/report/{report['report_id']}").headers["location"] == f"/document/a#r-{report['report_id']}"
    assert client.get("/engagement/a").headers["location"] == "/document/a"
    assert client.get("/pair/SYR-IRN").headers["location"] == "/pair/IRN-SYR"
