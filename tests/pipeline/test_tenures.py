"""Tenures learned from a record's own documents: no longer than what the documents tell, and each with its words."""

import datetime as dt
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from small_coder import Courtly, document, gate

from communique.lexicon import load_lexicon
from communique.pipeline.keeping import add_items
from communique.pipeline.relinking import link
from communique.pipeline.tenures import GAP, RECENT, Sightings
from communique.store import Decision, Record

D = dt.date


def row(
    number, start, *, published=None, name="Salim Darvari", post="minister of defence", type="visit", mode=None,
    status="occurred", actor="OMN",
):  # fmt: skip
    """One corrected report with one official, as linking reads it."""
    party = {"role": "visitor", "actor": actor, "kind": "person", "name": name, "post": post, "rank": None}
    return {
        "rid": number, "report_id": f"r{number}", "doc": number, "doc_id": f"d{number}", "type": type, "mode": mode,
        "status": status, "start": start, "end": start, "precision": "day", "aggregate": False,
        "published": published or start, "parties": [party],
    }  # fmt: skip


def learned(*rows):
    """(post, first day, last day) of all tenures that the rows make."""
    seen = Sightings(load_lexicon())
    for one in rows:
        seen.note(one)
    return [(t.post, t.start, t.end) for t in seen.tenures()]


MAY, JUNE, FAR = D(2019, 5, 1), D(2019, 6, 1), D(2019, 6, 1) + GAP + dt.timedelta(days=1)
MINISTER = "minister of defence"
CASES = {
    "two sightings make one tenure": ((row(1, MAY), row(2, JUNE)), [(MINISTER, MAY, JUNE)]),
    "spellings of a name and a post are one": (
        (row(1, MAY), row(2, JUNE, name="Saleem Darwari", post="Omani defence minister"), row(3, MAY)),
        [(MINISTER, MAY, JUNE)],
    ),
    "long silence parts": ((row(1, JUNE), row(2, FAR)), [(MINISTER, JUNE, JUNE), (MINISTER, FAR, FAR)]),
    "an appointment begins, a departure ends": (
        (row(1, MAY, type="appointment", mode="takes"), row(2, JUNE, type="appointment", mode="leaves")),
        [(MINISTER, MAY, JUNE)],
    ),
    "what is planned has not begun": ((row(1, MAY, type="appointment", mode="takes", status="planned"),), []),
    "a second appointment begins another tenure": (
        (row(1, MAY, type="appointment", mode="takes"), row(2, JUNE + RECENT, type="appointment", mode="takes")),
        [(MINISTER, MAY, MAY), (MINISTER, JUNE + RECENT, JUNE + RECENT)],
    ),
    "a former post is no sighting": ((row(1, MAY, post="former minister of defence"),), []),
    "an old event is no sighting": ((row(1, MAY, published=MAY + RECENT + dt.timedelta(days=1)),), []),
    "a coming event shows the post on the day of writing": ((row(1, JUNE, published=MAY),), [(MINISTER, MAY, MAY)]),
    "a surname alone is nobody": ((row(1, MAY, name="Darvari"),), []),
    "whom the register has in that post is not learned again": (
        (row(1, D(2017, 10, 2), name="Hulusi Akar", actor="TUR", post="Chief of the General Staff"),), [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_tenures(case):
    """The sightings make just these tenures."""
    rows, expected = CASES[case]
    assert learned(*rows) == expected


days = st.dates(D(2015, 1, 1), D(2024, 1, 1))


@settings(deadline=None)
@given(st.lists(st.tuples(days, st.sampled_from(("visit", "takes", "leaves"))), max_size=9), st.randoms())
def test_a_tenure_spans_sightings_and_no_other_days(told, rng):
    """Law: every first and last day was told, no silence within is longer than GAP, and order does not matter."""
    rows = [
        row(n, day, type="visit" if kind == "visit" else "appointment", mode=kind) for n, (day, kind) in enumerate(told)
    ]
    found = learned(*rows)
    named = {day for day, _ in told}
    assert all(first in named and last in named and first <= last for _, first, last in found)
    assert (found == []) == (told == [])
    for _, first, last in found:
        within = sorted(day for day in named if first <= day <= last)
        assert all(b - a <= GAP for a, b in pairwise(within))
    rng.shuffle(rows)
    assert learned(*rows) == found


def test_a_name_without_a_post_has_the_level_learned_for_the_day():
    """Within the tenure the level is known, outside it is not."""
    seen = Sightings(load_lexicon())
    bare = [row(n, day, post=None) for n, day in enumerate((D(2019, 4, 30), D(2019, 5, 9), D(2019, 6, 2)), 10)]
    for one in (row(1, MAY), row(2, JUNE), *bare):
        seen.note(one)
    assert seen.levels(seen.tenures()) == {11: "minister"}


@pytest.fixture
def record(tmp_path):
    named = "[OMN: Salim Darvari, minister of defence]"
    docs = [
        document("a", f"OMN visits SYR on 2020-07-08. {named}", published="2020-07-09"),
        document("b", f"OMN meets IRN on 2020-09-08. {named}", published="2020-09-08"),
        document("c", "OMN meets IND on 2020-08-08. [OMN: Saleem Darwari]", published="2020-08-09"),
    ]
    with Record.create(tmp_path / "record") as made:
        add_items(made, docs, Courtly, gate=gate)
        link(made)
        yield made


def test_linking_keeps_tenures_with_their_words(record):
    """The view of officials has the tenure with days, document and words; linking again leaves the same."""
    (kept,) = record.sql("SELECT * FROM officials").to_pylist()
    assert [kept[k] for k in ("name", "state", "level", "start", "end", "doc_id")] == [
        "Salim Darvari", "OMN", "minister", "2020-07-08", "2020-09-08", "a",
    ]  # fmt: skip
    assert kept["evidence"] == "OMN visits SYR on 2020-07-08"
    assert kept["why"] == "seen in office on 2020-07-08 to 2020-09-08: 2 documents"
    link(record)
    assert record.sql("SELECT * FROM officials").to_pylist() == [kept]


def test_the_level_of_an_engagement_comes_from_learned_tenures(record):
    """A minister whom a document names without his post makes the meeting one of ministers; rejected words do not."""
    assert [e["actors"] for e in record.engagements(level="minister", country="IND").to_pylist()] == [["IND", "OMN"]]
    source = next(r["report_id"] for r in record.reports().to_pylist() if r["doc_id"] == "a")
    record.decide(Decision(kind="reject", who="ana", report=source))
    link(record)
    assert record.engagements(level="minister", country="IND").num_rows == 0
    assert not [p for p in record.verify() if p.grave]
