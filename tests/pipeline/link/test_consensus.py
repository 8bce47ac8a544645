"""The consensus is what most tellings say, and nothing that was told is lost."""

from __future__ import annotations

import datetime as dt

from communique.pipeline.link import DocumentInfo, LinkItem, Party, build_engagement

MARCH = dt.date(2021, 3, 1)


def told(doc: str, first: int, last: int, precision: str = "range", **rest: object) -> LinkItem:
    """An exercise from and to a day of March 2021."""
    start = MARCH.toordinal() - 1
    parties = (Party("party", "EGY"), Party("party", "SDN"))
    return LinkItem(
        doc, 0, doc, "exercise", "land", "occurred", parties, start + first, start + last, precision, **rest
    )  # type: ignore[arg-type]


def infos(**copies: str | None) -> dict[str, DocumentInfo]:
    """Documents of one day with their groups of copies."""
    return {doc: DocumentInfo(doc, doc, f"outlet {doc}", "EGY", MARCH, copies=group) for doc, group in copies.items()}


def test_copies_do_not_outvote() -> None:
    """Three copies of one text are one vote against two tellings."""
    items = [told("a", 2, 4), told("b", 2, 4), told("c", 2, 4), told("d", 2, 5), told("e", 2, 5)]
    made = build_engagement(items, infos(a="g", b="g", c="g", d=None, e=None))
    assert made.end == dt.date(2021, 3, 5)
    assert [(t.value, t.witnesses) for t in made.consensus["duration"].told] == [("4 days", 2), ("3 days", 1)]


def test_exact_days_beat_vague_ones() -> None:
    """An inferred date never makes the consensus where days were told; a month neither."""
    items = [told("a", 1, 4, "inferred"), told("b", 1, 31, "month"), told("c", 3, 3, "day")]
    made = build_engagement(items, infos(a=None, b=None, c=None))
    assert (made.start, made.end, made.precision) == (dt.date(2021, 3, 3), dt.date(2021, 3, 3), "day")


def test_all_reports_and_values_are_kept() -> None:
    """Every value of a field is listed with the reports that tell it."""
    items = [
        told("a", 2, 4, place_name="Merowe"),
        told("b", 2, 4, place_name="Dongola"),
        told("c", 2, 4, place_name="merowe"),
    ]
    place = build_engagement(items, infos(a=None, b=None, c=None)).consensus["place"]
    assert [(t.reports, t.outlets) for t in place.told] == [
        (("a", "c"), ("outlet a", "outlet c")),
        (("b",), ("outlet b",)),
    ]


def test_the_order_of_reports_does_not_matter() -> None:
    """The same reports in another order make the same engagement."""
    items = [told("a", 2, 4), told("b", 2, 5), told("c", 3, 4, place_name="Merowe")]
    documents = infos(a=None, b=None, c=None)
    assert build_engagement(items, documents) == build_engagement(items[::-1], documents)
