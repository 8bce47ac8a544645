"""Linking is a function of the set of reports: order, batches and copies do not change it, people do."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.evaluation import evaluate_links, load_clusters, load_gold
from communique.pipeline.link import (
    DocumentInfo,
    Judgements,
    LinkItem,
    Links,
    Party,
    copy_groups,
    engagement_id,
    info_from_json,
    items_of_documents,
    link_reports,
    redirects,
    sketch,
    wire_credit,
)

GOLD = Path(__file__).parents[3] / "gold"
ZERO = dt.date(2020, 1, 1).toordinal()

TYPES, ACTORS, NAMES = (
    ("visit", "meeting", "exercise"),
    ("IRN", "SYR", "RUS", "CHN"),
    (None, "Hossein Darvari", "Hosein Darwari", "Ali Hamdun"),
)


@st.composite
def reports(draw: st.DrawFn) -> list[LinkItem]:
    """Some reports of few documents, so alike that they tempt."""
    items = []
    for number in range(draw(st.integers(2, 14))):
        kind = draw(st.sampled_from(TYPES))
        roles = ("visitor", "host") if kind == "visit" else ("party", "party")
        actors = draw(st.lists(st.sampled_from(ACTORS), min_size=1, max_size=2, unique=True))
        parties = tuple(
            Party(r, a, "person", draw(st.sampled_from(NAMES))) for r, a in zip(roles, actors, strict=False)
        )
        start = draw(st.one_of(st.none(), st.integers(ZERO, ZERO + 12)))
        end = None if start is None else start + draw(st.sampled_from((0, 2, 30)))
        status = draw(st.sampled_from(("occurred", "planned", "denied")))
        precision = draw(st.sampled_from(("range", "inferred")))
        items.append(
            LinkItem(
                f"d{draw(st.integers(0, 5))}", number, f"r{number}", kind, None, status, parties, start, end, precision
            )
        )
    return items


DOCUMENTS = {f"d{n}": DocumentInfo(f"d{n}", f"h{9 - n}", published=dt.date(2020, 1, 1 + 2 * n)) for n in range(6)}


@settings(max_examples=60, deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_order_does_not_matter(items: list[LinkItem], rng: random.Random) -> None:
    """The same reports in any order give the same engagements with the same names."""
    shuffled = list(items)
    rng.shuffle(shuffled)
    assert link_reports(items, DOCUMENTS).engagement_of() == link_reports(shuffled, DOCUMENTS).engagement_of()


@settings(max_examples=40, deadline=None)
@given(reports(), st.integers(0, 14))
def test_batches_end_in_the_same_partition(items: list[LinkItem], cut: int) -> None:
    """Linking after each batch ends where linking all at once does, and every name given on the way is led there."""
    first = link_reports(items[:cut], DOCUMENTS).engagement_of()
    last = link_reports(items, DOCUMENTS).engagement_of()
    led = redirects(first, last)
    for report, name in first.items():
        if name == engagement_id(report):
            assert led.get(name, name) == last[report]


@settings(max_examples=40, deadline=None)
@given(reports())
def test_no_document_tells_one_event_twice(items: list[LinkItem]) -> None:
    """Two reports of one document share an engagement only as a claim and its denial."""
    links = link_reports(items, DOCUMENTS)
    by_id = {item.report_id: item for item in items}
    for members in links.members().values():
        told = [(by_id[r].doc_id, by_id[r].status == "denied") for r in members]
        assert len(told) == len(set(told))


@settings(max_examples=40, deadline=None)
@given(reports(), st.data())
def test_judgements_are_taken_as_given(items: list[LinkItem], data: st.DataObject) -> None:
    """What a person merged is one, what a person split is two, whatever the scores say."""
    a, b, c = (data.draw(st.sampled_from([i.report_id for i in items])) for _ in range(3))
    apart = [(b, c)] if c not in (a, b) else []
    found = link_reports(items, DOCUMENTS, judgements=Judgements(together=[(a, b)], apart=apart)).engagement_of()
    assert found[a] == found[b]
    assert not apart or found[b] != found[c]


def visit(doc: str, day: int, report: str | None = None) -> LinkItem:
    """A visit of Iran's delegation to Syria on a day."""
    parties = (Party("visitor", "IRN"), Party("host", "SYR"))
    return LinkItem(
        doc, 0, report or doc, "visit", None, "occurred", parties, ZERO + day, ZERO + day, "day", "Damascus", "SYR"
    )


def test_contradicting_judgements_are_refused() -> None:
    """Merged in two steps and split is an error that names the reports."""
    items = [visit("d0", 0), visit("d1", 0), visit("d2", 0)]
    judged = Judgements(together=[("d0", "d1"), ("d1", "d2")], apart=[("d0", "d2")])
    with pytest.raises(InputError, match="'d0' and 'd2'"):
        link_reports(items, DOCUMENTS, judgements=judged)


def test_judgements_on_reports_that_are_gone_are_passed_over() -> None:
    """A report that a better coder no longer makes does not stop linking."""
    links = link_reports([visit("d0", 0)], DOCUMENTS, judgements=Judgements(together=[("d0", "gone")]))
    assert len(links) == 1


def test_every_link_says_why() -> None:
    """A linked report names its partner and the levels of its score; a lone one the nearest that was refused."""
    links = {link.report_id: link for link in link_reports([visit("d0", 0), visit("d1", 0), visit("d2", 9)], DOCUMENTS)}
    assert links["d1"].partner == "d0"
    assert "date same +3.0" in [str(reason) for reason in links["d1"].why]
    assert links["d1"].score == pytest.approx(sum(reason.weight for reason in links["d1"].why), abs=0.01)
    assert links["d2"].why[0].feature == "alone"
    assert "date apart -4.5" in [str(reason) for reason in links["d2"].why]


def test_copies_make_one_node() -> None:
    """Reports that agree in everything cost as one."""
    items = [replace(visit(f"c{n}", 3), report_id=f"c{n}") for n in range(500)]
    links = link_reports(items, {})
    assert links.nodes == 1
    assert len(set(links.engagement_of().values())) == 1


def test_one_id_twice() -> None:
    """Two reports of one document, type and evidence keep engagements of their own."""
    items = [visit("d0", 0, "same"), replace(visit("d0", 9, "same"), index=1)]
    assert set(link_reports(items, DOCUMENTS).engagement_of()) == {"same", "same~2"}


def test_nothing_to_link() -> None:
    """No reports make no engagements."""
    assert len(link_reports([], {})) == 0


def linked_gold() -> Links:
    """The links of the demo's gold reports."""
    rows = [json.loads(line) for line in (GOLD / "demo.jsonl").read_text(encoding="utf-8").splitlines()]
    copies = copy_groups({row["id"]: sketch(row["text"]) for row in rows})
    documents = {
        row["id"]: replace(
            info_from_json(row), copies=copies.get(row["id"]), wire=wire_credit(row["text"], row["outlet"])
        )
        for row in rows
    }
    return link_reports(items_of_documents(rows), documents)


def test_gold_floors() -> None:
    """Given gold reports the links of the demo keep their floors."""
    links = {(link.doc_id, link.index): link.engagement_id for link in linked_gold()}
    result = evaluate_links(load_gold(GOLD / "demo.jsonl"), load_clusters(GOLD / "clusters.json"), links)
    assert result.b3.figure >= 0.97
    assert result.pairwise.figure >= 0.90
    assert result.pairwise.as_json()["p"] >= 0.93
