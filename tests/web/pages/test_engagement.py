"""The page of an engagement says what the documents agree on and where they differ, each with who tells it."""

import re

from communique.web.pages.engagement import lines_of, value_of


def test_both_documents_are_quoted_with_the_evidence_marked(client, record):
    ident = record.engagements(pair="IRN-SYR").to_pylist()[0]["engagement_id"]
    html = client.get(f"/engagement/{ident}").text
    assert re.findall(r"class=\"ev t-visit\"[^>]*>([^<]*)</a>", html) == ["IRN visits SYR on 2020-07-08"] * 2
    assert "2 independent tellings" in html
    assert "Why it was coded and linked so" in html


def test_disputed_fields_come_first_with_the_other_values(record):
    from communique.pipeline.relinking import engagement

    ident = record.engagements(pair="IND-RUS", type="meeting").to_pylist()[0]["engagement_id"]
    lines = lines_of(engagement(record, ident))
    assert [bool(line.others) for line in lines] == sorted((bool(line.others) for line in lines), reverse=True)
    assert {line.name: line.value for line in lines}["Parties"] == "India, Russia"


def test_values_are_told_in_words():
    assert value_of("date", "2020-07-06/2020-07-12") == "6–12 Jul 2020"
    assert value_of("date", "2020-07-06") == "6 Jul 2020"
    assert value_of("country", "SYR") == "Syria"
    assert value_of("details.items", "two frigates") == "two frigates"


def test_the_page_says_who_has_which_role(client, record):
    """The visitor and the host stand apart; a meeting of equals names no roles."""
    ident = record.engagements(pair="IRN-SYR").to_pylist()[0]["engagement_id"]
    html = client.get(f"/engagement/{ident}").text
    roles = re.findall(r'<span class="soft">([^<]+)</span> <a class="actor" href="/country/(\w+)">', html)
    assert [("IRN" in code, code) for _, code in roles[:2]] == [(True, "IRN"), (False, "SYR")]
    assert roles[0][0] != roles[1][0]
    ident = record.engagements(pair="IND-RUS", type="meeting").to_pylist()[0]["engagement_id"]
    assert '"facts roles"' not in client.get(f"/engagement/{ident}").text
