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

SOME = STRINGS[::8]
WALKS = [
    pytest.param(SOME, id="some"),
    pytest.param([told for told in STRINGS if told not in SOME], id="others", marks=pytest.mark.exhaustive),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """The address of the record, and a reviewer's token."""
    folder = tmp_path_factory.mktemp("hostile") / "record"
    token = fill(folder)
    with serving(folder) as address:
        yield address, token


@pytest.fixture(scope="module")
def hostile(filled):
    return filled[0]


def test_there_are_a_hundred_different_strings():
    assert len(set(STRINGS)) >= 100


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_lists_runs_anything(opened, hostile, name):
    page = opened(hostile + PAGES[name].partition("?around")[0])
    page.wait_for_timeout(100)  # what a script would do after loading, it has begun by then
    assert page.locator("h1").count() == 1


def exercises(hostile):
    """The string of each document with the row of the exercise that bears it."""
    rows = httpx.get(f"{hostile}/api/v1/reports?type=exercise&size=500", timeout=120).json()["reports"]
    assert len(rows) == len(STRINGS)
    return {STRINGS[int(row["doc_id"].partition(" ")[0])]: row for row in rows}


@pytest.mark.parametrize("strings", WALKS)
def test_no_page_of_a_document_or_an_engagement_runs_anything(opened, hostile, strings):
    """Each string's document and engagement is opened, shown unchanged, pointed at, and walked through by keys."""
    rows = exercises(hostile)
    page = opened(hostile)
    for told in strings:
        page.goto(f"{hostile}/document/{quote(rows[told]['doc_id'], safe='')}")
        assert page.locator("h1").evaluate("e => e.textContent") == told
        assert page.locator("article.text").evaluate("e => e.textContent").startswith(told)
        page.locator("article.text .ev").first.hover()
        assert page.evaluate("[window.__ran, window.__refused]") == [[], []], told
        page.goto(f"{hostile}/engagement/{rows[told]['engagement_id']}")
        page.keyboard.press("j")
        assert page.evaluate("[window.__ran, window.__refused]") == [[], []], told


@pytest.mark.parametrize("strings", WALKS)
def test_no_page_of_review_runs_anything(opened, filled, strings):
    """Each string is reviewed: shown in text and form, sent back unchanged, noted, and found again in the log."""
    address, token = filled
    rows = exercises(address)
    page = opened(f"{address}/review", token=token)
    for told in strings:
        row = rows[told]
        page.goto(f"{address}/review/report/{row['report_id']}?doc={quote(row['doc_id'], safe='')}")
        assert page.locator("h1").evaluate("e => e.textContent") == told
        assert page.locator("input[name='details.name']").input_value() == told
        page.locator("[data-note]").fill(told)
        with page.expect_navigation():
            page.get_by_role("button", name="Only note").click()
        assert page.locator("select[name=type]").count() == 1, page.locator("main").inner_text()
        assert page.evaluate("[window.__ran, window.__refused]") == [[], []], told
    for path in ("/review", "/review/sample/%3Ci%3Epilot", f"/review/add?doc={quote(row['doc_id'], safe='')}"):
        page.goto(address + path)
        assert page.evaluate("[window.__ran, window.__refused]") == [[], []], path


def test_offsets_count_characters_whatever_they_are(opened, filled):
    """Words marked behind a character beyond the basic plane are taken at their place in the text."""
    address, token = filled
    told = next(one for one in SOME + STRINGS if any(ord(c) > 0xFFFF for c in one))
    row = exercises(address)[told]
    text = httpx.get(f"{address}/api/v1/documents/{quote(row['doc_id'], safe='')}").json()["document"]["text"]
    at = text.index("visits")
    page = opened(f"{address}/review/report/{row['report_id']}?doc={quote(row['doc_id'], safe='')}", token=token)
    page.evaluate("""() => {
      const walk = document.createTreeWalker(document.getElementById("rv-text"), NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const place = walk.currentNode.data.indexOf("visits");
        if (place < 0) continue;
        getSelection().setBaseAndExtent(walk.currentNode, place, walk.currentNode, place + 6);
        return;
      }
    }""")
    page.get_by_role("button", name="Add the marked text").click()
    assert page.locator("[data-evidence] input").last.input_value() == f"{at}:{at + 6}:visits"


@pytest.mark.parametrize("strings", WALKS)
def test_a_hostile_word_in_the_address_is_only_a_word(opened, hostile, strings):
    page = opened(hostile)
    for told in strings:
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
