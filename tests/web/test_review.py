"""A reviewer works through the pages: decides, edits, marks what was missed, takes back; nobody else can write."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from small_record import HOSTILE

from communique.review.reviewers import add_reviewer, revoke_reviewer
from communique.store import Record
from communique.web import Settings, create_app

OWN = {"origin": "http://localhost"}


@pytest.fixture
def place(folder, tmp_path):
    return Path(shutil.copytree(folder, tmp_path / "record"))


@pytest.fixture
def tokens(place):
    with Record.open(place) as record:
        return {name: add_reviewer(record, name) for name in ("Ann", "Bob", "Cy")}


@pytest.fixture
def app(place):
    with TestClient(create_app(place, Settings()), base_url="http://localhost", follow_redirects=False) as made:
        yield made


@pytest.fixture
def desk(app, tokens):
    def post(path, who="Ann", **fields):
        return app.post(path, data=fields, headers={**OWN, "x-reviewer-token": tokens[who]})

    return post


def reports(place, **filters):
    with Record.open(place, read_only=True) as record:
        return record.reports(**filters).to_pylist()


def log(place):
    with Record.open(place, read_only=True) as record:
        return record.decisions()


def form_of(app, ident):
    """The fields of the page's form as a browser would send them."""
    html = app.get(f"/review/report/{ident}").text.partition("data-form>")[2].partition("</form>")[0]
    html = re.sub(r"<template data-blank>.*?</template>", "", html, flags=re.S)
    fields = {}

    def put(name, value):
        fields.setdefault(name, []).append(unescape(value))

    for tag in re.finditer(r"<input [^>]*>|<select name=.*?</select>", html, re.S):
        name = re.search(r'name="([^"]+)"', tag[0])[1]
        if tag[0].startswith("<select"):
            options = re.findall(r"<option(?: value=\"([^\"]*)\")?([^>]*)>([^<]*)", tag[0])
            chosen = next((o for o in options if "selected" in o[1]), options[0])
            put(name, chosen[0] or ("" if "none" in chosen[2] or "as the days" in chosen[2] else chosen[2]))
        elif "checkbox" not in tag[0] or " checked" in tag[0]:
            value = re.search(r'value="([^"]*)"', tag[0], re.S)
            put(name, value[1] if value else "")
    return fields


def test_readers_see_the_queue_but_cannot_write(app, place):
    page = app.get("/review")
    assert page.status_code == 200
    assert "Sign in to decide" in page.text
    before = len(log(place))
    for path in ("decide", "undo", "bulk", "add", "sign-off", "split", "merge", "samples"):
        assert app.post(f"/review/{path}", data={"type": "visit"}, headers=OWN).status_code == 401, path
    assert app.post("/api/v1/decisions", json=[{"kind": "accept", "report": "x"}], headers=OWN).status_code == 401
    assert len(log(place)) == before


def test_another_site_cannot_write_even_with_the_cookie(app, place, tokens):
    """The cookie alone does not do: where the request comes from is checked on every write."""
    cookie = {"cookie": f"communique_reviewer={tokens['Ann']}"}
    for more in ({}, {"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert app.post("/review/undo", headers={**cookie, **more}).status_code == 403


def test_signing_in_keeps_the_token_from_scripts_and_other_sites(app, place, tokens):
    assert app.post("/review/sign-in", data={"token": "wrong"}, headers=OWN).status_code == 403
    answer = app.post("/review/sign-in", data={"token": tokens["Ann"]}, headers=OWN)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "You review as <strong>Ann</strong>" in app.get("/review").text
    with Record.open(place) as record:
        revoke_reviewer(record, "Ann")
    assert "Sign in to decide" in app.get("/review").text


def test_who_signs_in_comes_back_to_the_page_that_asked(app, place, tokens):
    """From the page of a report or an engagement, with its address; never to another machine."""
    ident = reports(place)[0]["engagement_id"]
    page = app.get(f"/engagement/{ident}?x=1").text
    link = unescape(re.search(r'href="(/review/sign-in[^"]*)"', page)[1])
    form = app.get(link).text
    assert f'name="back" value="/engagement/{ident}?x=1"' in form
    assert str(place) in form
    refused = [(back, "/review") for back in ("//evil.example", "https://evil.example", "/\\evil.example", "")]
    for back, goal in [(f"/engagement/{ident}?x=1", None), *refused]:
        wrong = app.post("/review/sign-in", data={"token": "wrong", "back": back}, headers=OWN)
        assert (wrong.status_code, "no reviewer" in wrong.text) == (403, True)
        answer = app.post("/review/sign-in", data={"token": tokens["Ann"], "back": back}, headers=OWN)
        assert answer.headers["location"] == (goal or back)


def test_who_comes_from_an_engagement_goes_back_there_after_the_verdict(app, desk, place):
    """Edits that are saved alone keep the page; a rejected report may have been the engagement's last."""
    row = reports(place, country="IRN")[0]
    home = f"/engagement/{row['engagement_id']}"
    link = unescape(re.search(rf'href="(/review/report/{row["report_id"]}[^"]*)"', app.get(home).text)[1])
    assert f'name="back" value="{home}"' in app.get(link).text

    def leads_to(verdict, back=home, **more):
        told = {"report": row["report_id"], "doc": row["doc_id"], "back": back, "verdict": verdict, **more}
        return desk("/review/decide", **told).headers["location"]

    assert f"back={home.replace('/', '%2F')}" in leads_to("note", note="x")
    assert leads_to("accept") == home
    assert leads_to("reject").startswith("/review/next")
    assert leads_to("unsure", back="//evil.example") == "/review"


def test_an_unchanged_form_accepts_and_edits_nothing(app, desk, place):
    """What the form shows is read back as the same report, field by field."""
    for row in reports(place):
        ident = row["report_id"]
        before = len(log(place))
        answer = desk("/review/decide", **form_of(app, ident), verdict="accept")
        assert answer.status_code == 303, answer.text
        assert [(e.kind, e.field) for e in log(place)[before:]] == [("accept", None)], row["type"]
    assert {r["review"] for r in reports(place)} == {"accepted"}


def test_edits_and_verdict_are_kept_together_and_undone_one_by_one(app, desk, place):
    ident = reports(place, documents=["a"])[0]["report_id"]
    fields = form_of(app, ident) | {"status": "planned", "note": "as the ministry said"}
    assert desk("/review/decide", **fields, verdict="accept").headers["location"].startswith("/review/next")
    row = reports(place, documents=["a"])[0]
    assert (row["status"], row["review"]) == ("planned", "accepted")
    edit, accept = log(place)[-2:]
    assert (edit.field, edit.before, edit.after) == ("status", "occurred", "planned")
    assert accept.why == "as the ministry said"
    desk("/review/undo")
    desk("/review/undo")
    row = reports(place, documents=["a"])[0]
    assert (row["status"], row["review"]) == ("occurred", None)
    assert [e.kind for e in log(place)[-2:]] == ["undo", "undo"]


def test_another_type_takes_its_roles_along_in_one_decision(app, desk, place):
    ident = reports(place, documents=["a"])[0]["report_id"]
    fields = form_of(app, ident) | {"type": "meeting", "mode": "", "party.role": ["party", "party"]}
    assert desk("/review/decide", **fields, verdict="save").status_code == 303
    assert log(place)[-1].field == "*"
    assert reports(place, documents=["a"])[0]["type"] == "meeting"


def test_evidence_is_marked_anew_and_must_stand_in_the_text(app, desk, place):
    with Record.open(place, read_only=True) as record:
        text = record.documents("d.id = 'a'")[0].document.text
    ident = reports(place, documents=["a"])[0]["report_id"]
    at = text.index("military talks")
    fields = form_of(app, ident)
    wrong = desk("/review/decide", **fields | {"evidence": f"{at + 1}:{at + 15}:military talks"}, verdict="save")
    assert wrong.status_code == 400
    right = desk("/review/decide", **fields | {"evidence": f"{at}:{at + 14}:military talks"}, verdict="save")
    assert right.status_code == 303
    assert log(place)[-1].after == [{"start": at, "end": at + 14}]
    assert '<mark class="ev t-visit">military talks</mark>' in app.get(f"/review/report/{ident}").text


def test_a_report_that_somebody_changed_meanwhile_is_not_overwritten(app, desk, place):
    ident = reports(place, documents=["a"])[0]["report_id"]
    old = form_of(app, ident)
    desk("/review/decide", "Bob", **old | {"status": "planned"}, verdict="save")
    assert desk("/review/decide", **old | {"status": "denied"}, verdict="save").status_code == 409
    assert reports(place, documents=["a"])[0]["status"] == "planned"


def test_skipped_and_unsure_reports_come_last_for_that_reviewer(app, desk, place, tokens):
    def following(who):
        answer = app.get("/review/next", headers={"x-reviewer-token": tokens[who]})
        return answer.headers["location"].partition("?")[0].rpartition("/")[2]

    first = following("Ann")
    desk("/review/decide", report=first, verdict="skip")
    second = following("Ann")
    assert second != first == following("Bob")
    desk("/review/decide", report=second, verdict="unsure")
    assert following("Ann") not in (first, second)
    assert following("Bob") == second, "of which a colleague is unsure comes first"


def test_a_missed_event_is_added_where_it_was_marked_and_signed_off_as_gold(app, desk, place):
    with Record.open(place, read_only=True) as record:
        text = record.documents("d.id = 'b'")[0].document.text
    page = app.get("/review/add?doc=b&start=0&end=24&type=meeting").text
    assert f'<mark class="ev t-meeting">{text[:24]}</mark>' in page
    fields = {"doc": "b", "type": "meeting", "status": "occurred", "evidence": f"0:24:{text[:24]}"}
    parties = {"party.role": ["party", "party"], "party.actor": ["irn", "SYR"], "party.kind": ["country", "country"]}
    blank = {f"party.{name}": ["", ""] for name in ("name", "post", "rank", "mention", "start", "end")}
    answer = desk("/review/add", **fields, **parties, **blank)
    assert answer.status_code == 303, answer.text
    rows = reports(place, documents=["b"])
    assert sorted(r["type"] for r in rows) == ["meeting", "visit"]
    assert app.get("/api/v1/gold").text == ""
    for row in rows:
        desk("/review/decide", report=row["report_id"], verdict="accept")
    desk("/review/sign-off", doc="b")
    gold = app.get("/api/v1/gold").text
    assert '"id": "b"' in gold
    assert gold.count('"type"') == 2


def test_a_bulk_decision_says_so_in_the_log(app, desk, place):
    assert desk("/review/bulk", type="meeting", verdict="accept").status_code == 400, "the box was not ticked"
    assert desk("/review/bulk", type="meeting", verdict="accept", sure="yes", note="seen").status_code == 303
    meetings = reports(place, type="meeting")
    assert {r["review"] for r in meetings} == {"accepted"}
    assert all(r["review"] != "accepted" for r in reports(place, type="visit"))
    assert log(place)[-1].why.startswith("in bulk, ")
    assert "type=meeting: seen" in log(place)[-1].why


def test_engagements_are_split_merged_and_put_back(app, desk, place, tokens):
    with Record.open(place, read_only=True) as record:
        row = next(r for r in record.engagements().to_pylist() if r["reports"] == 2)
        shown = record.show(row["engagement_id"])
    chosen = shown.reports[1].coded.report_id
    page = app.get(f"/engagement/{shown.ident}", headers={"x-reviewer-token": tokens["Ann"]}).text
    assert "Split them off" in page
    assert desk("/review/split", engagement=shown.ident, reports=chosen).status_code == 303

    def of(ident):
        return next(r["engagement_id"] for r in reports(place) if r["report_id"] == ident)

    apart = of(chosen)
    assert apart != shown.ident
    told = {"engagement": shown.ident, "with": f"http://localhost/engagement/{apart}"}
    assert desk("/review/merge", **told).status_code == 303
    assert of(chosen) == shown.ident
    split = next(e.id for e in log(place) if e.kind == "split")
    assert "Undo" in app.get(f"/engagement/{shown.ident}", headers={"x-reviewer-token": tokens["Ann"]}).text
    assert desk("/review/undo", decision=str(split), back="//evil.example").headers["location"].startswith("/review")


def test_nothing_of_a_document_or_reviewer_is_ever_markup(app, desk, place, tokens):
    with Record.open(place) as record:
        add_reviewer(record, HOSTILE[:60])
    ident = reports(place, documents=["d"])[0]["report_id"]
    desk("/review/decide", report=ident, verdict="note", note=HOSTILE)
    for path in ("/review", f"/review/report/{ident}", "/review/add?doc=d", f"/review?said={HOSTILE}"):
        answer = app.get(path, headers={"x-reviewer-token": tokens["Ann"]})
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert "<script>" not in answer.text, "no script stands in a page"


def test_a_sample_is_coded_blind_compared_and_judged_by_a_third(app, desk, place, tokens):
    made = desk("/review/samples", name="pilot", size="3", each="2", shared="100", coders=["Ann", "Bob"])
    assert made.status_code == 303, made.text
    ann, bob, cy = ({"x-reviewer-token": tokens[n]} for n in ("Ann", "Bob", "Cy"))
    for number in (1, 2, 3):
        page = app.get(f"/review/sample/pilot/{number}", headers=ann).text
        assert "What the coders say" not in page
        fields = {k: v for k, v in form_of_page(page).items() if k != "note"}
        assert desk(f"/review/sample/pilot/{number}", "Ann", **fields, verdict="accept").status_code == 303
        assert "What the coders say" not in app.get(f"/review/sample/pilot/{number}", headers=bob).text
        desk(f"/review/sample/pilot/{number}", "Bob", **fields | {"status": "denied"}, verdict="accept")
    page = app.get("/review/sample/pilot", headers=cy).text
    assert "3 disagreements" in page.lower()
    assert app.get("/review/sample/pilot/disagreements.csv", headers=cy).text.count("denied") == 3
    assert len(log(place)) == 2, "codings leave the log alone"
    assert desk("/review/sample/pilot/1", "Ann", **fields, verdict="reject").status_code == 303
    assert desk("/review/sample/pilot/1", "Cy", verdict="reject").status_code == 303
    assert log(place)[-1].kind == "reject"
    told = app.get("/api/v1/review/samples/pilot/agreement").json()["agreement"]
    assert next(f for f in told if f["field"] == "status" and f["group"] == "all")["alpha"] < 0.5


def form_of_page(html):
    """The fields of the form of a page."""

    class Page:
        def get(self, _):
            return type("Answer", (), {"text": html})

    return form_of(Page(), "")


def test_the_api_writes_in_the_name_of_the_token(app, place, tokens):
    ident = reports(place, documents=["a"])[0]["report_id"]
    bearer = {"authorization": f"Bearer {tokens['Bob']}"}
    edit = {"kind": "edit", "report": ident, "field": "status", "value": "planned"}
    made = app.post("/api/v1/decisions", json=[edit], headers=bearer)
    assert made.status_code == 201, made.text
    told = app.get("/api/v1/decisions?who=Bob").json()["decisions"]
    assert [(e["id"], e["field"], e["after"]) for e in told] == [(made.json()["ids"][0], "status", "planned")]
    assert app.post(f"/api/v1/decisions/{told[0]['id']}/undo", headers=bearer).status_code == 201
    assert app.post("/api/v1/decisions", json=[{"kind": "accept", "report": "none"}], headers=bearer).status_code == 404
    assert app.post("/api/v1/decisions", json=[{"kind": "accept", "who": "Ann"}], headers=bearer).status_code == 422
    assert app.get("/api/v1/review/queue").json()["total"] > 0


def test_saving_a_report_that_nobody_changed_says_so(app, desk, place):
    """No decision is written, and the reviewer stays at the report."""
    row, before = reports(place)[0], len(log(place))
    told = {**form_of(app, row["report_id"]), "verdict": "save"}
    answer = desk("/review/decide", **told)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/review/report/{row['report_id']}")
    assert "Nothing+was+changed" in answer.headers["location"]
    assert len(log(place)) == before


def test_answers_that_are_kept_change_with_the_record(app, desk, place):
    """Totals, facets, officials and the map are counted anew after a decision."""
    row = next(r for r in reports(place) if r["type"] == "visit")
    paths = ("/api/v1/facets?unit=reports", "/explore?unit=reports", "/officials", "/explore?view=map&unit=reports")
    before = [app.get(path).text for path in paths]
    assert [app.get(path).text for path in paths] == before
    assert desk("/review/decide", report=row["report_id"], doc=row["doc_id"], verdict="reject").status_code == 303
    after = [app.get(path).text for path in paths]
    assert after[0] != before[0]
    assert after[1] != before[1]
    assert after[3] != before[3]
