"""Questions beyond lists and facets: sorted pages, groups, documents; what takes too long is stopped."""

import pytest
from small_coder import SmallCoder

from communique.errors import UnusableOption
from communique.records import Document, Quarantined
from communique.store.asking import (
    SORTS,
    TimedOut,
    grouped,
    list_documents,
    page,
    set_aside,
    versions,
    within,
)
from communique.store.query import Filters
from communique.text import content_hash

PADDING = "The ministry of defence said that the army had held talks. "


def document(ident: str, words: str, outlet: str | None = "One", published: str | None = "2020-07-09") -> Document:
    text = PADDING + words
    return Document(id=ident, text=text, outlet=outlet, published=published, hash=content_hash(text))


@pytest.fixture
def filled(record, add):
    add(
        document("a", "IRN visits SYR on 2020-07-08."),
        document("b", "RUS meets IND on 2021-01-05.", "Two", "2021-01-06"),
        document("c", "CHN arms PAK.", None, None), document("d", "nothing of the kind"),
    )  # fmt: skip
    return record


@pytest.mark.parametrize("unit", ["engagements", "reports"])
def test_every_sort_orders_all_rows_both_ways_with_missing_values_last(filled, unit):
    for name in SORTS[unit]:
        up, down = (page(filled.views(), unit, Filters(), f"{way}{name}").to_pylist() for way in ("", "-"))
        assert len(up) == len(down) == 3
    days = [row["end"] for row in page(filled.views(), unit, Filters(), "-date").to_pylist()]
    assert days[2] is None
    assert days[0] > days[1]


def test_pages_hold_each_row_once(filled):
    whole = page(filled.views(), "reports", Filters()).column("report_id").to_pylist()
    cut = [
        ident
        for offset in range(3)
        for ident in page(filled.views(), "reports", Filters(limit=1, offset=offset)).column("report_id").to_pylist()
    ]
    assert cut == whole


def test_an_unknown_sort_is_refused_with_the_way_out(filled):
    with pytest.raises(UnusableOption, match="did you mean 'status'"):
        page(filled.views(), "reports", Filters(), "-statu")


def test_groups_count_the_selection(filled):
    table = grouped(filled.views(), "engagements", Filters(since="2020-01-01"), "type, count(*) AS n", "GROUP BY type")
    assert {row["type"]: row["n"] for row in table.to_pylist()} == {"visit": 1, "meeting": 1}


def test_a_question_that_takes_too_long_is_stopped_and_the_next_one_answered(filled):
    with pytest.raises(TimedOut, match=r"within 0\.2 seconds"), within(filled, 0.2) as views:
        views.ask("SELECT count(*) FROM range(100000) a, range(100000) b, range(9) c WHERE a.range = b.range + c.range")
    with within(filled, 5) as views:
        assert views.ask("SELECT count(*) AS n FROM r").to_pylist() == [{"n": 3}]


def test_other_errors_pass_as_they_are(filled):
    with pytest.raises(ZeroDivisionError), within(filled, 5):
        raise ZeroDivisionError


def test_documents_are_listed_by_outcome_outlet_and_words(filled):
    views = filled.views()
    assert [d.id for d in list_documents(views)[1]][:1] == ["b"]
    assert [d.id for d in list_documents(views, outlet="Two")[1]] == ["b"]
    assert [d.id for d in list_documents(views, text="visits")[1]] == ["a"]
    assert list_documents(views, text="absent") == (0, [])
    total, rows = list_documents(views, limit=1, offset=3)
    assert (total, len(rows)) == (4, 1)
    assert {d.id: d.reports for d in list_documents(views)[1]} == {"a": 1, "b": 1, "c": 1, "d": 0}


def test_versions_are_found_from_any_of_them(record, add):
    add(document("a", "IRN visits SYR on 2020-07-08."))
    add(document("a", "IRN visits SYR on 2020-07-09."))
    add(document("a", "IRN visits SYR on 2020-07-10."))
    views = record.views()
    numbers = [v.number for v in versions(views, 1)]
    assert len(numbers) == 3
    assert [v.number for v in versions(views, numbers[1])] == [v.number for v in versions(views, numbers[2])] == numbers


def test_what_is_set_aside_is_listed_until_it_is_read(record):
    record.set_aside([Quarantined(source="x", reason="binary", detail="no text")])
    assert [(row.source, row.reason, row.detail) for row in set_aside(record)] == [("x", "binary", "no text")]
    assert SmallCoder.versions.coder == "small-1"
