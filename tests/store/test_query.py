"""Each filter keeps what it names; all together narrow; facets count what the filters keep."""

import pytest
from small_coder import document

from communique.errors import UnusableOption
from communique.store import Decision

DOCS = [
    document("a", "IRN visits SYR on 2020-07-08. The naval drill “Peace” was praised.", outlet="Alpha"),
    document("b", "planned: RUS arms IND on 2020-08-01. An air-defence deal.", outlet="Beta", published="2020-07-20"),
    document("c", "CHN meets PAK on 2021-01-02. Naval drills at Karachi, Türkiye absent.", outlet="Alpha"),
    document("d", "IRN meets CHN.", outlet="Gamma"),
]
CASES = [
    ({}, "abcd"),
    ({"country": "IRN"}, "ad"),
    ({"country": "irn"}, "ad"),
    ({"country": ["IRN", "RUS"]}, "abd"),
    ({"pair": "SYR-IRN"}, "a"),
    ({"pair": "IRN,CHN"}, "d"),
    ({"type": "meeting"}, "cd"),
    ({"type": ("visit", "transfer")}, "ab"),
    ({"status": "planned"}, "b"),
    ({"since": "2020-08-01"}, "bc"),
    ({"until": "2020-07-31"}, "a"),
    ({"since": "2020-07-01", "until": "2020-12-31"}, "ab"),
    ({"domain": "maritime"}, "cd"),
    ({"outlet": "Alpha"}, "ac"),
    ({"outlet": "Alpha", "type": "meeting"}, "c"),
    ({"camp": "unknown"}, "abcd"),
    ({"camp": "party"}, ""),
    ({"camp": "party irn"}, ""),
    ({"country": "UNKNOWN"}, ""),
    ({"pair": ("RUS-IND", "IRN-SYR")}, "ab"),
    ({"witnesses": 1}, "abcd"),
    ({"witnesses": 2}, ""),
    ({"review": "accepted"}, "d"),
    ({"place_country": "SYR"}, "a"),
    ({"level": "minister"}, ""),
    ({"mode": "official"}, ""),
    ({"documents": ["b", "c"]}, "bc"),
    ({"text": "naval drill"}, "ac"),
    ({"text": '"naval drill"'}, "ac"),
    ({"text": '"drill naval"'}, ""),
    ({"text": "karachi"}, "c"),
    ({"text": "turkiye"}, "c"),
    ({"text": "nav*"}, "ac"),
    ({"text": "karachi OR deal"}, "bc"),
    ({"text": 'air-defence) AND ("'}, ""),
    ({"text": "air-defence"}, "b"),
    ({"text": "peace", "country": "IRN"}, "a"),
    ({"text": "…"}, ""),
    ({"limit": 2, "country": "IRN", "offset": 1}, "d"),
]


@pytest.fixture
def four(record, add):
    add(*DOCS)
    last = next(r for r in record.reports().to_pylist() if r["doc_id"] == "d")
    record.decide(Decision(kind="accept", who="ana", report=last["report_id"]))
    return record


@pytest.mark.parametrize(("filters", "expected"), CASES, ids=[str(f) for f, _ in CASES])
def test_filters(four, filters, expected):
    """Reports and engagements that fulfil the filters, and no other; the facets count just these."""
    reports = four.reports(**filters).to_pylist()
    assert "".join(sorted(r["doc_id"] for r in reports)) == expected
    engagements = four.engagements(**filters).to_pylist()
    assert {e["engagement_id"] for e in engagements} == {r["engagement_id"] for r in reports}
    if "limit" not in filters:
        for unit in ("reports", "engagements"):
            counted = four.facets(unit, **filters)
            assert counted["total"].to_pylist() == [{"value": "all", "count": len(expected)}]
            assert sum(counted["type"]["count"].to_pylist()) == len(expected)
            actors = {row["value"]: row["count"] for row in counted["actors"].to_pylist()}
            assert actors.get("IRN", 0) == sum("IRN" in r["actors"] for r in reports)


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"pair": "IRN"}, "no pair of actors"),
        ({"since": "yesterday"}, "since cannot be 'yesterday'"),
        ({"since": "2020-12-31", "until": "2020-01-01"}, "since 2020-12-31 is after until 2020-01-01"),
        ({"witnesses": "many"}, "witnesses cannot be"),
        ({"colour": "red"}, "no filter 'colour'"),
        ({"country": "IRNN"}, "no actor 'IRNN' for the filter country; did you mean 'IRN'"),
        ({"country": "Iran"}, "did you mean 'IRN'"),
        ({"country": ["IRN", "Farland"]}, "'Farland'.*ISO 3166"),
        ({"pair": "IRN-SYX"}, "no actor 'SYX' for the filter pair; did you mean 'SYR'"),
        ({"place_country": "NATO"}, "no actor 'NATO' for the filter place_country"),
        ({"type": "visitt"}, "did you mean 'visit'"),
        ({"mode": "offical"}, "did you mean 'official'"),
        ({"status": "occured"}, "did you mean 'occurred'"),
        ({"domain": "maritim"}, "did you mean 'maritime'"),
        ({"level": "ministre"}, "did you mean 'minister'"),
        ({"camp": "indpendent"}, "did you mean 'independent'"),
        ({"camp": "party IRNN"}, "for the filter camp; did you mean 'IRN'"),
        ({"review": "acepted"}, "did you mean 'accepted'"),
    ],
)
def test_impossible_filters_are_refused(four, filters, words):
    """A filter that cannot be is named with its value."""
    with pytest.raises(UnusableOption, match=words):
        four.reports(**filters)


def test_lists_come_newest_first(four):
    """The latest event stands first, undated ones last."""
    assert [r["doc_id"] for r in four.reports().to_pylist()] == ["c", "b", "a", "d"]


def test_facets_of_outlets_and_months(four):
    """Outlets are counted once for each engagement, months in order of time."""
    counted = four.facets()
    assert counted["outlet"].to_pylist()[0] == {"value": "Alpha", "count": 2}
    assert counted["month"]["value"].to_pylist() == ["2020-07", "2020-08", "2021-01"]


def test_text_finds_current_versions_only(four, add):
    """A text that was replaced is kept but finds nothing any more."""
    add(document("c", "CHN meets PAK on 2021-01-02."))
    assert four.reports(text="karachi").num_rows == 0


def test_documented_views(four):
    """The documented views have a row for each report, participant, engagement and document."""
    counts = {
        view: four.sql(f"SELECT count(*) AS n FROM {view}").to_pylist()[0]["n"]
        for view in ("engagements", "reports", "participants", "documents", "officials")
    }
    assert counts == {"engagements": 4, "reports": 4, "participants": 8, "documents": 4, "officials": 0}
