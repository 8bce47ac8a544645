"""Decisions outlive recoding, new versions of texts and compaction."""

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from small_coder import Mutated, SmallCoder, document, gate

from communique.pipeline.keeping import add_items
from communique.pipeline.recoding import recode
from communique.store import Decision, Record
from communique.store.anchors import anchor_of, matching
from communique.store.linking import LINKS, Links
from communique.text import content_hash

ACTORS = ["IRN", "SYR", "CHN", "PAK", "RUS", "IND", "TUR", "QAT"]


def corpus(count):
    texts = []
    for n in range(count):
        a, b, c = (ACTORS[(n * k + k) % 8] for k in (1, 3, 5))
        texts.append(
            document(f"d{n}", f"{a} visits {b} on 2020-07-{n % 28 + 1:02}. {b} meets {c}. planned: {c} arms {a}.")
        )
    return texts


def decide_on_all(record):
    kinds = ("accept", "reject", "edit")
    decisions = []
    for n, row in enumerate(record.reports().to_pylist()):
        kind = kinds[n % 3]
        more = {"field": "status", "value": "cancelled"} if kind == "edit" else {}
        decisions.append(Decision(kind=kind, who="ana", report=row["report_id"], doc_id=row["doc_id"], **more))
    record.decide_many(decisions)


def test_every_decision_is_attached_or_listed_after_a_mutated_recode(record):
    """Each decision is attached to a report of its type with overlapping evidence and a common actor, or listed."""
    add_items(record, corpus(20), SmallCoder, gate=gate, size=7)
    decide_on_all(record)
    diff = recode(record, Mutated, gate=gate, size=7)
    assert diff.documents == 20
    assert diff.altered > 0
    assert diff.dropped > 0
    assert diff.dropped == diff.added  # the mutated coder finds one report for each
    docs = {k.document.id: k for k in record.documents()}
    reports = {d: Mutated().code(k.document) for d, k in docs.items()}
    entries = {e.id: e for e in record.decisions()}
    listed = {one.entry.id for one in record.unattached()}
    with record.reading() as connection:
        held = dict(connection.execute("SELECT decision, rid FROM attachments").fetchall())
    assert set(held) == set(entries)
    attached = {r["rid"]: r for r in record.reports().to_pylist()}
    kept = 0
    for ident, entry in entries.items():
        anchor = entry.anchors[0]
        kept_doc = docs[anchor.doc_id].document
        should = matching(anchor, kept_doc.hash, kept_doc.text, reports[anchor.doc_id])
        assert (should is None) == (ident in listed) == (held[ident] is None)
        if should is not None and entry.kind == "edit":
            assert attached[held[ident]]["status"] == "cancelled"
            assert attached[held[ident]]["report_id"] == should.report_id
            kept += 1
        elif should is not None and entry.kind == "reject":
            assert held[ident] not in attached
    assert kept > 5
    assert len(listed) > 5
    assert not [p for p in record.verify() if p.grave]


def test_recoding_back_attaches_again(record):
    """What a worse coder made listed is attached again when a better one finds the report: the views are as before."""
    add_items(record, corpus(12), SmallCoder, gate=gate)
    decide_on_all(record)
    query = "SELECT * EXCLUDE (doc) FROM reports ORDER BY rid"
    before = record.sql(query)
    recode(record, Mutated, gate=gate)
    assert record.sql(query) != before
    recode(record, SmallCoder, gate=gate)
    assert record.unattached() == []
    assert record.sql(query) == before


def test_recoding_with_the_same_versions_does_nothing(record):
    """Only documents of other versions are coded anew, so an interrupted recode is continued by the next."""
    add_items(record, corpus(4), SmallCoder, gate=gate)
    before = record.sequence
    assert recode(record, SmallCoder, gate=gate).documents == 0
    assert record.sequence == before


def test_the_diff_names_what_changed(record):
    """An altered report is told with the field, its old and its new value."""
    add_items(record, corpus(20), SmallCoder, gate=gate)
    diff = recode(record, Mutated, gate=gate)
    altered = [c for c in diff.changes if c.change == "altered" and "status" in c.fields]
    assert altered
    assert {c.fields["status"] for c in altered} <= {("occurred", "denied"), ("planned", "denied")}
    assert len(diff.changes) == diff.added + diff.dropped + diff.altered


def test_a_decision_follows_its_words_into_a_new_version(record, add):
    """When a text moves, the decision moves with it; when its words are gone, it is listed."""
    add(document("a", "IRN visits SYR. CHN meets PAK."))
    visit, meeting = [r["report_id"] for r in record.reports().to_pylist()]
    record.decide(Decision(kind="reject", who="ana", report=visit))
    record.decide(Decision(kind="accept", who="ana", report=meeting))
    add(document("a", "A new first line. IRN visits SYR. RUS meets IND."))
    assert [r["type"] for r in record.reports().to_pylist()] == ["meeting"]
    assert [one.anchor.type for one in record.unattached()] == ["meeting"]
    add(document("a", "Another line. IRN visits SYR. Then CHN meets PAK."))
    assert record.unattached() == []
    assert [r["review"] for r in record.reports().to_pylist()] == ["accepted"]


def test_an_added_report_gives_way_to_the_coder_that_finds_it(record, add):
    """A report that a person added is not counted twice when a later coder finds the same event."""
    add(document("a", "IRN visits SYR on 2020-07-08. and so on"))
    found = SmallCoder().code(document("a", "IRN visits SYR on 2020-07-08. and so on"))[0]
    recode(record, Blind, gate=gate)
    assert record.reports().num_rows == 0
    mine = found.model_copy(update={"status": "ongoing"})
    record.decide(Decision(kind="add", who="ana", added=mine))
    assert record.reports()["origin"].to_pylist() == ["added"]
    recode(record, SmallCoder, gate=gate)
    rows = record.reports().to_pylist()
    assert [(r["origin"], r["status"]) for r in rows] == [("edited", "ongoing")]


class Blind(SmallCoder):
    versions = SmallCoder.versions.model_copy(update={"coder": "blind"})

    def code(self, doc):
        return []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IRN visits SYR.", True),
        ("Before. IRN visits SYR.", True),
        ("IRN visits QAT.", False),  # the words are gone
        ("IRN meets SYR.", False),
    ],
)
def test_matching_needs_type_words_and_a_common_actor(text, found):
    """An anchor means a report of its type, on its words, with one of its actors; else none."""
    first = document("a", "IRN visits SYR.")
    anchor = anchor_of(SmallCoder().code(first)[0], first.hash, first.text)
    other = document("a", text)
    assert (matching(anchor, other.hash, other.text, SmallCoder().code(other)) is not None) == found


ACTS = ("accept", "reject", "edit", "undo", "add", "recode", "back", "compact", "merge", "link")
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS),
              st.integers(0, 30)),
    min_size=1, max_size=10,
)  # fmt: skip


# Shrinking would take minutes: the steps that failed are told as they are.
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(STEPS)
def test_views_that_follow_are_those_of_a_record_opened_anew(tmp_path_factory, steps):
    """Whatever is done, the tables kept current are the same as those loaded anew, and nothing is damaged."""
    folder = tmp_path_factory.mktemp("r") / "record"
    with Record.create(folder) as record:
        add_items(record, corpus(3), SmallCoder, gate=gate, size=2)
        record.views()
        for what, n in steps:
            act(record, what, n)
            record.views()
        with Record.open(folder) as anew:
            for view in ("reports", "participants", "engagements"):
                key = "engagement_id" if view == "engagements" else "ALL"
                query = f"SELECT * FROM {view} ORDER BY {key}"
                assert record.sql(query) == anew.sql(query), view
            for unit in ("engagements", "reports"):
                assert record.facets(unit, status=["occurred", "planned"]) == anew.facets(
                    unit, status=["occurred", "planned"]
                )
                assert record.facets(unit) == anew.facets(unit)
        assert not [p for p in record.verify() if p.grave]


def act(record, what, n):
    rows = record.reports().to_pylist()
    if what in ("accept", "reject", "edit") and rows:
        row = rows[n % len(rows)]
        more = {"field": "status", "value": ("planned", "cancelled")[n % 2]} if what == "edit" else {}
        record.decide(Decision(kind=what, who="ana", report=row["report_id"], doc_id=row["doc_id"], **more))
    elif what == "undo" and record.decisions():
        undone = {e.undoes for e in record.decisions()}
        free = [e.id for e in record.decisions() if e.id not in undone]
        record.undo(free[n % len(free)], "ana")
    elif what == "add":
        add_items(record, corpus(n)[-1:], SmallCoder, gate=gate)
    elif what == "recode":
        recode(record, Mutated, gate=gate, size=2)
    elif what == "back":
        recode(record, SmallCoder, gate=gate, size=2)
    elif what == "compact":
        record.compact(grace=0)
    elif what == "merge" and len({r["engagement_id"] for r in rows}) > 2:
        names = sorted({r["engagement_id"] for r in rows})
        record.decide(Decision(kind="merge", who="ana", engagements=(names[n % len(names)], names[n % len(names) - 1])))
    elif what == "link":
        pair_up(record)


def pair_up(record):
    rows = sorted(record.reports().to_pylist(), key=lambda r: r["rid"])
    table = [
        {"rid": r["rid"], "engagement": int(content_hash(r["type"], min(r["actors"], default="")), 16)} for r in rows
    ]
    record.publish_links(Links(pa.Table.from_pylist(table, schema=LINKS)))
