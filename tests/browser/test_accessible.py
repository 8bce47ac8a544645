"""Every page fits its width, and axe-core finds no violation of WCAG 2.2 A or AA, wide and narrow, light and dark."""

from pathlib import Path

import httpx
import pytest
from every_page import PAGES, REVIEW

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL = {"runOnly": {"type": "tag", "values": TAGS}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What can differ between light and dark: nothing else does, since one style sheet serves both."""
RUN = "async (how) => (await axe.run(document, how)).violations"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page, how=ALL):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, how)
    return [f"{v['id']} {v['help']}: {n['html'][:160]} {n['failureSummary'][:200]}" for v in found for n in v["nodes"]]


def faults(page):
    """What is wrong on an open page, by width and theme: violations, a page wider than the window, headings."""
    wrong = {}
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for dark, how in ((False, ALL), (True, COLOURS)):
            page.emulate_media(color_scheme="dark" if dark else "light")
            wrong[width, dark] = violations(page, how)
        wider = page.evaluate(WIDER)
        wrong[width, "wider"] = [f"{wider} pixels wider than the window"] if wider > 0 else []
    headings = page.locator("h1").count()
    wrong["headings"] = [] if headings == 1 else [f"{headings} headings of the first order"]
    return {way: told for way, told in wrong.items() if told}


@pytest.mark.parametrize("name", PAGES)
def test_no_fault_on_a_page(opened, demo, name):
    page = opened(demo + PAGES[name])
    assert not faults(page)


@pytest.mark.parametrize("name", REVIEW)
def test_no_fault_on_a_page_of_review(opened, work, name):
    address, made = work
    who, path = made.pages[name]
    page = opened(address + path, token=made.tokens.get(who))
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert not faults(page)


@pytest.mark.parametrize("kind", ["engagement", "document", "official"])
def test_no_fault_on_the_page_of_one_thing(opened, demo, kind):
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
    assert not faults(page)


def test_the_check_would_find_a_violation(opened, demo):
    """A page that is spoilt on purpose is reported, so that silence means something."""
    page = opened(f"{demo}/countries")
    page.evaluate("""() => {
      const heading = document.querySelector("h1");
      heading.innerHTML = '<img src="/static/mark.svg"> light-dark';
      Object.assign(heading.style, { color: "#333", minWidth: "2000px" });
    }""")
    found = faults(page)
    assert any("image-alt" in one for one in found[1440, False])
    assert any("color-contrast" in one for one in found[320, True])
    assert found[320, "wider"]
