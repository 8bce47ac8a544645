"""Pages in a browser: they work by keys, figures and exports are files, and the address holds what was chosen."""

import csv
import json
import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import httpx
import pyarrow.parquet as pq
import pytest


def query(page):
    return parse_qs(urlsplit(page.url).query)


def test_a_changed_filter_stands_in_the_address_and_back_undoes_it(opened, demo):
    page = opened(f"{demo}/explore")
    before = page.locator("#found-title").inner_text()
    value = page.locator("[data-facet=type] a.value").first
    number = value.locator(".value-count").inner_text()
    value.click()
    page.wait_for_url(re.compile(r"type="))
    page.locator(".chip").wait_for()
    assert page.locator("#found-title .figure").inner_text() == number
    page.go_back()
    page.locator(".chip").wait_for(state="detached")
    assert query(page) == {}
    assert page.locator("#found-title").inner_text() == before
    page.go_forward()
    page.locator(".chip").wait_for()
    page.reload()
    assert page.locator("#found-title .figure").inner_text() == number


def test_a_brush_on_the_timeline_chooses_a_time(opened, demo):
    """Dragging from 60 to 80 percent of the axis sets both ends; the days are those at that place of the axis."""
    page = opened(f"{demo}/explore?view=timeline")
    figure = page.locator("[data-timeline]")
    first, last = figure.get_attribute("data-first"), figure.get_attribute("data-last")
    lanes = page.locator(".lanes")
    lanes.scroll_into_view_if_needed()
    box = lanes.bounding_box()
    at = box["y"] + 8
    page.mouse.move(box["x"] + 0.6 * box["width"], at)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], at, steps=4)
    page.mouse.move(box["x"] + 0.8 * box["width"], at, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"since="))
    told = query(page)
    assert first < told["since"][0] < told["until"][0] < last
    assert page.locator("input[name=since]").input_value() == told["since"][0]
    days = page.evaluate("([a, b]) => (Date.parse(a) - Date.parse(b)) / 86400000", [last, first])
    share = page.evaluate("([a, b]) => (Date.parse(a) - Date.parse(b)) / 86400000", [told["since"][0], first]) / days
    assert abs(share - 0.6) < 0.01


def test_evidence_is_highlighted_exactly(opened, demo):
    """The marked words of a document are those at the offsets of its reports; the whole text is shown unchanged."""
    listed = httpx.get(f"{demo}/api/v1/reports?size=8").json()["reports"]
    for ident in dict.fromkeys(row["doc_id"] for row in listed):
        told = httpx.get(f"{demo}/api/v1/documents/{ident}").json()
        text = told["document"]["text"]
        page = opened(f"{demo}/document/{ident}")
        assert page.locator("article.text").evaluate("e => e.textContent") == text
        for one in told["reports"]:
            marks = page.locator(f"article.text [data-reports~='{one['report']['report_id']}']")
            shown = "".join(marks.evaluate_all("all => all.map(e => e.textContent)"))
            spans = sorted((s["start"], s["end"]) for s in one["report"]["evidence"])
            assert shown == "".join(text[a:b] for a, b in spans)
        page.context.close()


def test_the_coding_of_a_highlight_is_shown_beside_it(opened, demo):
    ident = httpx.get(f"{demo}/api/v1/reports?size=1").json()["reports"][0]["doc_id"]
    page = opened(f"{demo}/document/{ident}")
    page.locator("article.text .ev").first.hover()
    card = page.locator(".hover-card")
    assert card.is_visible()
    assert "Confidence" in card.inner_text()


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "dyads.csv", "dyads.jsonl", "dyads.parquet"])
def test_an_export_is_opened_again_with_all_rows(opened, demo, format, tmp_path):
    """Every engagement is in the file; the weights of its pairs sum to one."""
    page = opened(f"{demo}/explore?country=IRN", accept_downloads=True)
    total = int(page.locator("#found-title .figure").inner_text())
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.locator(f"a[download][title='engagements.{format}']").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == f"engagements.{format}"
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len({row["engagement_id"] for row in rows}) == total > 1
    weight = sum(float(row["weight"]) for row in rows) if "dyads" in format else len(rows)
    assert round(weight, 6) == total


def test_a_table_to_read_has_a_line_for_each_row(opened, demo, tmp_path):
    page = opened(f"{demo}/explore?country=IRN&type=exercise", accept_downloads=True)
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Table to read").click()
    download.value.save_as(tmp_path / "table.txt")
    text = (tmp_path / "table.txt").read_text("utf-8")
    shown = [link.get_attribute("href").rpartition("/")[2] for link in page.locator("tr[data-row] a.open").all()]
    assert len(shown) > 3
    assert all(ident in text for ident in shown)


def test_a_month_of_the_coverage_leads_to_its_documents(opened, demo):
    """A click on a year of the strips tells its months; a number leads to as many documents of that month."""
    page = opened(f"{demo}/")
    page.locator("figure.covered").scroll_into_view_if_needed()
    page.locator("figure.covered a[href*='year=2018'] .pick").click()
    page.wait_for_url(re.compile(r"year=2018#o-months"))
    assert page.locator(".year-picks [aria-current]").inner_text() == "2018"
    assert page.locator("#o-months tbody tr").count() == 12
    link = page.locator("#o-months td a").first
    number = link.inner_text()
    link.click()
    page.wait_for_url(re.compile(r"/documents\?published=2018-\d\d&affiliation="))
    assert page.locator("h1 .figure").inner_text() == number
    assert page.locator("tr[data-row]").count() == int(number)


def test_lines_of_the_map_end_at_their_states_or_on_its_edge(opened, demo):
    """No line ends where nothing is, and none runs along an edge: the outline holds each of its points."""
    page = opened(f"{demo}/explore?view=map")
    wrong = page.evaluate("""() => {
      const outline = document.querySelector("figure.map .sea"), length = outline.getTotalLength(), rim = [];
      for (let at = 0; at <= length; at += 1) rim.push(outline.getPointAtLength(at));
      const offRim = (p) => Math.min(...rim.map((q) => Math.hypot(p.x - q.x, p.y - q.y)));
      const wrong = [];
      for (const path of document.querySelectorAll("figure.map .map-links path")) {
        const parts = path.getAttribute("d").split("M").slice(1).map((part) => part.split("L").map((pair) => {
          const [x, y] = pair.split(",").map(Number);
          return { x, y };
        }));
        for (const [i, part] of parts.entries()) {
          if (i > 0 && offRim(part[0]) > 1) wrong.push(part[0]);
          if (i < parts.length - 1 && offRim(part.at(-1)) > 1) wrong.push(part.at(-1));
          for (let j = 1; j < part.length; j++) {
            if (Math.hypot(part[j].x - part[j - 1].x, part[j].y - part[j - 1].y) > 20) wrong.push(part[j]);
          }
        }
      }
      return wrong;
    }""")
    assert page.locator("figure.map .map-links path").count() > 20
    assert wrong == []


@pytest.mark.parametrize(
    ("view", "figure", "shape"),
    [
        ("table", "years", "rect"),
        ("timeline", "timeline", "rect"),
        ("map", "map", "circle"),
        ("network", "net", "line"),
    ],
)
def test_a_figure_is_saved_as_a_file_of_its_own(opened, demo, view, figure, shape, tmp_path):
    """All shapes of the figure are in the file, with colours, words and size of their own, and no link or script."""
    page = opened(f"{demo}/explore?country=IRN&view={view}", accept_downloads=True)
    figure = page.locator(f"figure.{figure}")
    drawn = figure.locator(f"svg {shape}:not([data-brush])").count()
    with page.expect_download() as download:
        figure.get_by_role("button", name="Save as SVG").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".svg"
    root = ElementTree.parse(path).getroot()
    marks = [one for one in root.iter() if one.tag.endswith("}" + shape)]
    assert len(marks) >= drawn > 3
    assert float(root.get("width")) > 800
    words = " ".join("".join(one.itertext()) for one in root.iter() if one.tag.endswith("}text"))
    assert "engagements" in words
    assert "party Iran" in words
    assert not re.search(r"(var|color|color-mix|light-dark)\(", path.read_text("utf-8"))
    names = {name.rpartition("}")[2] for one in root.iter() for name in (one.tag, *one.attrib)}
    assert not names & {"a", "script", "href", "style", "class"}


def test_a_selection_is_saved_found_again_and_removed(opened, demo):
    page = opened(f"{demo}/explore?country=IRN&type=visit")
    page.get_by_text("Saved", exact=True).click()
    page.get_by_label("Name of this selection").fill("Visits <b>of Iran</b>")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{demo}/explore")
    page.get_by_text("Saved", exact=True).click()
    page.get_by_role("link", name="Visits <b>of Iran</b>").click()
    page.wait_for_url(re.compile("country="))
    assert query(page) == {"country": ["IRN"], "type": ["visit"]}
    page.get_by_text("Saved", exact=True).click()
    page.get_by_role("button", name="Remove Visits").click()
    assert page.locator("[data-saved] li").count() == 0


def test_rows_are_walked_and_opened_by_keys(opened, demo):
    page = opened(f"{demo}/explore")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("tr[data-row] a.open").nth(1)
    assert second.evaluate("e => e === document.activeElement")
    target = second.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo}{target}")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.locator("#q").evaluate("e => e === document.activeElement")


def test_light_and_dark_are_kept(opened, demo):
    page = opened(f"{demo}/explore")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("t")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.goto(f"{demo}/countries")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_pages_work_without_scripts(opened, demo):
    """Facets, pages and forms are links and forms: with scripts off a filter still leads to its address."""
    page = opened(f"{demo}/explore", java_script_enabled=False)
    page.locator("[data-facet=type] a.value").first.click()
    page.wait_for_url(re.compile("type="))
    assert page.locator(".chip").count() == 1
