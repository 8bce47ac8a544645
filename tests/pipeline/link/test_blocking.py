"""Reports that may be one meet in a block, each pair once, and crowded blocks stay affordable."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from communique.pipeline.link.blocking import candidate_pairs
from communique.pipeline.link.features import build_features
from communique.pipeline.link.items import DocumentInfo, LinkItem, Party
from communique.pipeline.link.knowledge import load_rules

PUBLISHED = dt.date(2020, 7, 10)


def item(doc: str, kind: str, actors: str, start: str | None, end: str | None = None, **rest: object) -> LinkItem:
    """A report of parties on equal terms."""
    first, last = (dt.date.fromisoformat(d).toordinal() if d else None for d in (start, end or start))
    return LinkItem(
        doc, 0, doc, kind, parties=tuple(Party("party", a) for a in actors.split()), start=first, end=last, **rest
    )  # type: ignore[arg-type]


def pairs(*items: LinkItem) -> set[tuple[str, str]]:
    """The pairs of documents whose reports meet."""
    features = build_features(items, {i.doc_id: DocumentInfo(i.doc_id, published=PUBLISHED) for i in items})
    found = candidate_pairs(features.columns, features.values)
    told = [(features.report_ids[a], features.report_ids[b]) for a, b in zip(found.first, found.second, strict=True)]
    assert len(told) == len(set(told))
    return set(told)


DAY = item("a", "exercise", "IRN RUS", "2020-07-08")


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (item("b", "exercise", "IRN RUS", "2020-07-12"), True),
        (item("b", "exercise", "IRN RUS", "2020-07-01", "2020-07-31"), True),
        (item("b", "exercise", "IRN RUS", None), True),
        (item("b", "exercise", "IRN RUS CHN", "2020-07-08"), True),
        (item("b", "exercise", "IRN", "2020-07-08"), True),
        (item("b", "exercise", "IRN RUS CHN IND PAK OMN", "2020-07-08"), True),
        (item("b", "exercise", "IRN RUS", "2019-07-08"), False),
        (item("b", "exercise", "IND FRA", "2020-07-08"), False),
        (item("b", "meeting", "IRN RUS", "2020-07-08"), False),
    ],
)
def test_who_meets(other: LinkItem, meets: bool) -> None:
    """Same type, a shared pair or a lone party, and times that may be one."""
    assert (pairs(DAY, other) == {("a", "b")}) is meets


def test_a_name_brings_other_parties_together() -> None:
    """Reports of one named exercise meet though they share no pair of parties."""
    named = {"details": {"name": "Cobra Gold"}}
    assert pairs(
        item("a", "exercise", "USA THA", "2020-02-25", **named), item("b", "exercise", "CHN KOR", "2020-02-26", **named)
    ) == {("a", "b")}


def test_crowded_blocks_are_compared_by_neighbours() -> None:
    """A block of too many pairs costs in line with its rows, and is counted."""
    items = [replace(DAY, doc_id=f"d{n:03}", report_id=f"d{n:03}", place_name=f"Town {n}") for n in range(60)]
    features = build_features(items, {})
    rules = replace(load_rules(), limits={**load_rules().limits, "block_pairs": 100, "neighbours": 2})
    found = candidate_pairs(features.columns, features.values, rules)
    assert found.crowded_blocks > 0
    assert found.crowded_reports == 60 * found.crowded_blocks
    assert 59 <= len(found.first) <= 3 * 2 * 60
