"""A reviewer works in a browser: by keys alone, with words marked in the text, in bulk, and with colleagues."""

import csv
import re

from review_desk import press, shown, verdict

from communique.evaluation.reading import load_gold
from communique.review import alpha
from communique.store import Record

DRAG = """([start, end]) => {
  const article = document.getElementById("rv-text"), walk = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 0, node = null, begun = false;
  const units = (text, points) => [...text].slice(0, points).join("").length;
  while ((node = walk.nextNode())) {
    const length = [...node.data].length;
    if (!begun && start < at + length) { range.setStart(node, units(node.data, start - at)); begun = true; }
    if (begun && end <= at + length) { range.setEnd(node, units(node.data, end - at)); break; }
    at += length;
  }
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  const boxes = [...range.getClientRects()], first = boxes[0], last = boxes[boxes.length - 1];
  return [first.left + 0.5, first.top + first.height / 2, last.right - 0.5, last.top + last.height / 2];
}"""
"""Where the pointer presses and lets go to mark the characters from `start` to `end` of the text."""


def to_field(page, name, most=60):
    """Moves on by Tab to the first field of a name."""
    for _ in range(most):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no field {name} within {most} tabs")


def drag(page, start, end):
    """Marks characters of the text with the pointer."""
    left, top, right, bottom = page.evaluate(DRAG, [start, end])
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=3)
    page.mouse.up()


def test_from_an_engagement_to_its_correction_and_back(desk, opened):
    """As a reader would: find the most told engagement, sign in from its page, correct a report, see it corrected."""
    page = opened(f"{desk.address}/explore?sort=-reports")
    page.locator("tr[data-row] a.open").first.click()
    page.wait_for_url("**/engagement/*")
    home = page.url
    page.get_by_role("link", name="Sign in to correct it").click()
    page.locator("input[name=token]:focus").wait_for()
    page.keyboard.type(desk.tokens["Ann"])
    page.keyboard.press("Enter")
    page.wait_for_url(home)
    page.get_by_role("link", name="Accept or correct this report").first.click()
    page.wait_for_url("**/review/report/**")
    status = page.locator("select[name=status]")
    wanted = "planned" if status.input_value() != "planned" else "occurred"
    status.select_option(wanted)
    page.get_by_role("button", name="Save edits").click()
    page.wait_for_url("**said=Saved**")
    assert page.locator("select[name=status]").input_value() == wanted
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url(home)
    assert "Accepted by a reviewer" in page.locator(".page-head, .main-col").first.inner_text()
    assert desk.log() == [("edit", "status"), ("accept", None)]
    assert page.locator(".reports .coding .status").all_inner_texts().count(wanted) >= 1


def test_a_review_is_done_by_keys_only(desk, signed_in):
    """Sign in, go on, accept, edit, mark evidence anew, note, unsure, skip, reject, undo: no pointer is used."""
    page = signed_in("Ann")
    press(page, "Enter")
    page.wait_for_url("**/review/report/**")
    press(page, "?")
    assert "accept, reject, unsure" in page.locator("#keys").inner_text()
    press(page, "Escape")
    first = shown(page)

    assert verdict(page, "a").startswith("Accepted")
    assert desk.log() == [("accept", None)]
    assert shown(page) != first

    second = shown(page)
    before = desk.report(*second)["status"]
    press(page, "e")
    to_field(page, "status")
    press(page, "ArrowUp" if before != "occurred" else "ArrowDown", "Escape")
    assert page.locator("[data-changed]").is_visible()
    assert verdict(page, "w").startswith("Saved")
    assert shown(page) == second
    assert desk.report(*second)["status"] != before
    assert desk.log()[-1] == ("edit", "status")

    text = desk.asked(f"/documents/{second[1]}")["document"]["text"]
    spans = desk.report(*second)["evidence"]
    press(page, "x")
    if spans[0]["start"] > 60:
        press(page, *["Shift+ArrowLeft"] * 3)
    else:  # the evidence opens the text: words behind it
        while page.evaluate("getSelection().anchorNode.parentElement.closest('mark') !== null"):
            press(page, "ArrowRight")
        press(page, *["Shift+ArrowRight"] * 3)
    chosen = page.evaluate("getSelection().toString().trim()")
    assert len(chosen.split()) >= 2
    press(page, "Enter", "Escape")
    verdict(page, "w")
    added = [one for one in desk.report(*second)["evidence"] if one not in spans]
    assert [text[one["start"] : one["end"]] for one in added] == [chosen]
    assert desk.log()[-1] == ("edit", "evidence")
    assert verdict(page, "w").startswith("Nothing was changed")

    press(page, "n")
    page.keyboard.type("the ministry says otherwise")
    verdict(page, "Enter")
    assert desk.asked("/decisions?who=Ann")["decisions"][-1]["why"] == "the ministry says otherwise"
    assert verdict(page, "u").startswith("Marked as unsure")
    assert shown(page) != second
    third = shown(page)
    assert verdict(page, "s") == "Put off."
    assert shown(page) != third
    fourth = shown(page)
    assert verdict(page, "r").startswith("Rejected")
    assert desk.report(*fourth) is None
    assert verdict(page, "z").startswith("Took back")
    assert shown(page) == fourth
    assert desk.report(*fourth) is not None
    assert [kind for kind, _ in desk.log()] == ["accept", "edit", "edit", "note", "unsure", "reject", "undo"]


def test_one_goes_on_where_one_left(desk, signed_in):
    """The next session, in a browser that knows nothing, begins with the report at which the last one ended."""
    page = signed_in("Ann", "/review/next")
    verdict(page, "a")
    left = shown(page)
    page.context.close()
    assert shown(signed_in("Ann", "/review/next")) == left


def test_a_field_is_taken_from_words_that_are_marked_with_the_pointer(desk, signed_in):
    """The place and the words that name a party are marked anew: first the button, then the words, or the other way."""
    row = next(r for r in desk.asked("/reports?size=50&type=visit")["reports"] if r["place"])
    page = signed_in("Ann", f"/review/report/{row['report_id']}?doc={row['doc_id']}")
    text = page.locator("#rv-text").evaluate("e => e.textContent")
    at = [(m.start(), m.end()) for m in re.finditer(r"\w{5,}", text)]
    page.get_by_role("button", name="Take the name of the place from").click()
    drag(page, *at[3])
    assert page.locator("input[name='place.name']").input_value() == text[slice(*at[3])]
    drag(page, at[-2][0], at[-1][1])
    page.get_by_role("button", name="Take the words that name the party").first.click()
    verdict(page, "w")
    told = desk.report(row["report_id"], row["doc_id"])
    assert told["place"]["name"] == text[slice(*at[3])]
    assert told["participants"][0]["span"] == {"start": at[-2][0], "end": at[-1][1]}
    assert told["participants"][0]["mention"] == " ".join(text[at[-2][0] : at[-1][1]].split())


def test_a_missed_event_is_added_from_marked_words(desk, signed_in):
    """Words are marked with the pointer, the rest is done by keys; the event stands in its document."""
    row = desk.asked("/reports?size=1")["reports"][0]
    page = signed_in("Ann", f"/review/report/{row['report_id']}?doc={row['doc_id']}")
    text = page.locator("#rv-text").evaluate("e => e.textContent")
    drag(page, 0, 30)
    press(page, "m")
    page.wait_for_url("**/review/add?**")
    marked = page.locator("#rv-text mark").inner_text()
    assert text.startswith(marked)
    assert len(marked) > 20
    for number, (actor, name) in enumerate((("NOR", "Norway"), ("CHL", "Chile"))):
        field = page.locator("input[name='party.actor']").nth(number)
        field.focus()
        page.keyboard.type(actor)
        assert page.locator(f"#rv-actors option[value={actor}]").evaluate("e => e.textContent") == name
    press(page, "Escape")
    assert verdict(page, "a").startswith("Added as decision")
    ident, doc = shown(page)
    told = desk.report(ident, doc)
    assert (told["type"], [p["actor"] for p in told["participants"]]) == ("meeting", ["NOR", "CHL"])
    assert told["evidence"] == [{"start": 0, "end": len(marked)}]
    assert desk.asked("/reports?documents=" + doc + "&country=CHL")["total"] == 1
    assert verdict(page, "z").startswith("Took back")
    assert desk.report(ident, doc) is None
    assert page.locator("#rv-text mark").inner_text() == marked, "the words are still marked, to say it otherwise"


def test_a_bulk_decision_over_a_filter_is_logged_as_such(desk, signed_in):
    page = signed_in("Ann", "/review?type=training")
    total = desk.asked("/review/queue?type=training")["total"]
    assert total > 1
    page.get_by_text("Decide in bulk").click()
    form = page.locator("form[action='/review/bulk']")
    form.get_by_label("Why").fill("read them all")
    form.get_by_label("Decide them all").check()
    form.get_by_role("button", name="Accept all").click()
    page.locator(".rv-said").wait_for()
    assert f"{total} reports decided in bulk" in page.locator(".rv-said").inner_text()
    assert page.get_by_text("Nothing waits here.").is_visible()
    log = desk.asked("/decisions?who=Ann")["decisions"]
    assert {one["why"] for one in log} == {f"in bulk, {total} reports by the filter type=training: read them all"}


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(desk, signed_in):
    """The second save is refused in words, with a way back to the report as it is now."""
    ann = signed_in("Ann", "/review/next")
    ident, doc = shown(ann)
    bob = signed_in("Bob", f"/review/report/{ident}?doc={doc}")
    bob.locator("select[name=status]").select_option("denied")
    verdict(bob, "w")
    press(ann, "a")
    ann.get_by_text("changed this report meanwhile").wait_for()
    ann.get_by_role("link", name="Look again").click()
    ann.wait_for_url("**/review/report/**")
    assert ann.locator("select[name=status]").input_value() == "denied"


def test_two_reviewers_code_a_sample_blind_and_a_third_judges(desk, signed_in, tmp_path):
    """The figure on the page is Krippendorff's alpha of what the two said; the judgement goes into the log."""
    ann = signed_in("Ann")
    ann.get_by_text("Draw a sample").click()
    draw = ann.locator("form[action='/review/samples']")
    draw.get_by_label("Name").fill("pilot & more")
    draw.get_by_label("Reports").fill("6")
    for name in ("Ann", "Bob"):
        draw.get_by_label(name).check()
    draw.get_by_role("button", name="Draw").click()
    ann.wait_for_url("**/review/sample/**")
    said = {"Ann": "raaaaa", "Bob": "rraaaa"}
    for name, page in (("Ann", ann), ("Bob", signed_in("Bob", "/review/sample/pilot%20%26%20more"))):
        page.get_by_role("link", name="Code the next item").click()
        page.locator("#rv-text").wait_for()
        for key in said[name]:
            assert page.get_by_text("What the coders say").count() == 0
            verdict(page, key)
        assert "You have coded all" in page.locator(".rv-said").inner_text()
    cy = signed_in("Cy", "/review/sample/pilot%20%26%20more")
    units = [tuple({"a": "yes", "r": "no"}[said[name][i]] for name in said) for i in range(6)]
    row = cy.locator(".rv-figures tr").filter(has_text="Event").first
    assert row.locator("td").first.inner_text() == f"{alpha(units):.2f}"
    with cy.expect_download() as download:
        cy.get_by_role("link", name="as CSV").click()
    path = tmp_path / "disagreements.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as stream:
        assert {(r["item"], r["field"], r["coder"], r["value"]) for r in csv.DictReader(stream)} == {
            ("2", "event", "Ann", "yes"), ("2", "event", "Bob", "no"),
        }  # fmt: skip
    cy.get_by_role("link", name="Adjudicate").click()
    cy.get_by_text("What the coders say").wait_for()
    verdict(cy, "a")
    cy.get_by_text("judged by Cy").wait_for()
    assert desk.log("Cy") == [("accept", None)]
    assert desk.log("Ann") == desk.log("Bob") == []


def test_reviewed_documents_are_exported_as_gold_and_opened_again(desk, signed_in, tmp_path):
    """A document is worked off by keys and signed; its gold holds what was accepted, and `evaluate` reads it."""
    doc = desk.asked("/documents?outcome=coded")["documents"][0]["id"]
    told = desk.asked(f"/documents/{doc}")["reports"]
    page = signed_in("Ann")
    for number, one in enumerate(told):
        page.goto(f"{desk.address}/review/report/{one['report']['report_id']}?doc={doc}")
        verdict(page, "r" if number == 0 else "a")
    page.goto(f"{desk.address}/review/report/{told[0]['report']['report_id']}?doc={doc}")
    assert verdict(page, "d").startswith("Signed")
    page.goto(f"{desk.address}/review")
    with page.expect_download() as download:
        page.get_by_role("link", name="Reviewed documents as gold").click()
    path = tmp_path / "gold.jsonl"
    download.value.save_as(path)
    (gold,) = load_gold(path)
    assert (gold.id, len(gold.events)) == (doc, len(told) - 1)


def test_an_engagement_is_split_and_put_together_again(desk, signed_in):
    row = next(r for r in desk.asked("/engagements?sort=-reports&size=5")["engagements"] if r["reports"] > 1)
    page = signed_in("Ann", f"/engagement/{row['engagement_id']}")
    page.get_by_label("another event").last.check()
    page.get_by_role("button", name="Split them off").click()
    page.get_by_text(re.compile(r"\(decision 1\)")).first.wait_for()
    assert len(desk.asked(f"/engagements/{row['engagement_id']}")["reports"]) == row["reports"] - 1
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_label("another event").last.wait_for()
    assert len(desk.asked(f"/engagements/{row['engagement_id']}")["reports"]) == row["reports"]


def test_everything_of_a_review_is_in_the_record(desk, signed_in):
    """What was decided in the browser is intact on the disk, and an engagement shows it."""
    page = signed_in("Ann", "/review/next")
    ident, _ = shown(page)
    verdict(page, "a")
    with Record.open(desk.folder, read_only=True) as record:
        assert record.verify() == []
        assert record.show(ident).reports[0].corrected.review == "accepted"
    assert {"value": "accepted", "count": 1} in desk.asked("/facets?unit=reports")["facets"]["review"]
