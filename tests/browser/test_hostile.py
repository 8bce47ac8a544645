"""Whatever stands in titles, texts, names and notes is shown as text: no script runs and the policy refuses nothing.

The fixture `opened` judges each page: it fails the test for a script that ran, a request to another machine, a
violation of the policy, or an error of our own script.
"""

from urllib.parse import quote

import httpx
import pytest
from every_page import PAGES
from hostile_record import STRINGS, fill
from serving_record import serving


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "record"
    fill(folder)
    with serving(folder) as address:
        yield address


def test_there_are_a_hundred_different_strings():
    assert len(set(STRINGS)) >= 100


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_lists_runs_anything(opened, hostile, name):
    page = opened(hostile + PAGES[name].partition("?around")[0])
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1


def test_no_page_of_a_document_or_an_engagement_runs_anything(opened, hostile):
    """Each string's document and engagement is opened, shown unchanged, pointed at, and walked through by keys."""
    rows = httpx.get(f"{hostile}/api/v1/reports?type=exercise&size=500").json()["reports"]
    assert len(rows) == len(STRINGS)
    page = opened(hostile)
    for row in rows:
        told = STRINGS[int(row["doc_id"].partition(" ")[0])]
        page.goto(f"{hostile}/document/{quote(row['doc_id'], safe='')}")
        assert page.locator("h1").evaluate("e => e.textContent") == told
        assert page.locator("article.text").evaluate("e => e.textContent").startswith(told)
        page.locator("article.text .ev").first.hover()
        assert page.evaluate("[window.__ran, window.__refused]") == [[], []], told
        page.goto(f"{hostile}/engagement/{row['engagement_id']}")
        page.keyboard.press("j")
        assert page.evaluate("[window.__ran, window.__refused]") == [[], []], told


def test_a_hostile_word_in_the_address_is_only_a_word(opened, hostile):
    page = opened(hostile)
    for told in STRINGS:
        page.goto(f"{hostile}/explore?outlet={quote(told, safe='')}")
        assert page.locator(".chip").first.inner_text().startswith("outlet"), told
        assert page.evaluate("[window.__ran, window.__refused]") == [[], []], told


def test_a_script_that_runs_would_be_seen(opened, hostile):
    """The watch notices a call and a violation, so that silence means something."""
    page = opened(hostile)
    page.evaluate("xss(1)")
    assert page.evaluate("window.__ran.length") == 1
    page.evaluate("window.__ran = []")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'http://127.0.0.1:9/x'}))")
    page.wait_for_timeout(500)
    assert page.evaluate("window.__refused.length") > 0
    page.evaluate("window.__refused = []")
    assert any("Content Security Policy" in told for told in opened.wrong)
    opened.wrong.clear()
