"""axe-core finds no violation of WCAG 2.2 A or AA on any page, wide and narrow, light and dark."""

from pathlib import Path

import httpx
import pytest
from every_page import PAGES, REVIEW

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations"
WAYS = [(1440, False), (1440, True), (320, False), (320, True)]


def violations(page):
    page.evaluate(AXE)
    found = page.evaluate(RUN, TAGS)
    return [f"{v['id']} {v['help']}: {n['html'][:160]} {n['failureSummary'][:200]}" for v in found for n in v["nodes"]]


def violations_of_all_ways(page):
    wrong = {}
    for width, dark in WAYS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        wrong[width, dark] = violations(page)
    return wrong


@pytest.mark.parametrize("name", PAGES)
def test_no_violation_on_a_page(opened, demo, name):
    page = opened(demo + PAGES[name])
    wrong = violations_of_all_ways(page)
    assert not any(wrong.values()), wrong


@pytest.mark.parametrize("name", REVIEW)
def test_no_violation_on_a_page_of_review(opened, work, name):
    address, made = work
    who, path = made.pages[name]
    page = opened(address + path, token=made.tokens.get(who))
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    wrong = violations_of_all_ways(page)
    assert not any(wrong.values()), wrong


@pytest.mark.parametrize("kind", ["engagement", "document", "official"])
def test_no_violation_on_the_page_of_one_thing(opened, demo, kind):
    """The engagement with most reports, its first document, and the official who takes part most often."""
    row = httpx.get(f"{demo}/api/v1/engagements?sort=-reports&size=1").json()["engagements"][0]
    if kind == "engagement":
        address = f"/engagement/{row['engagement_id']}"
    elif kind == "document":
        told = httpx.get(f"{demo}/api/v1/engagements/{row['engagement_id']}").json()
        address = f"/document/{told['reports'][0]['document']['id']}"
    else:
        page = opened(f"{demo}/officials")
        address = page.locator("tr[data-row] a.open").first.get_attribute("href")
    page = opened(demo + address)
    wrong = violations_of_all_ways(page)
    assert not any(wrong.values()), wrong


def test_the_check_would_find_a_violation(opened, demo):
    """A page that is spoilt on purpose is reported, so that silence means something."""
    page = opened(f"{demo}/countries")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"/static/mark.svg\">'")
    assert any("image-alt" in one for one in violations(page))
