import datetime as dt

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st
from small_coder import document

from communique.lexicon import load_lexicon
from communique.records import Claim, Codes, DateInterval, Participant, Place, Report, Span, Versions, Voice
from communique.store.rows import REPORTS, distinct, report_of, row_of

texts = st.none() | st.text(max_size=6)
spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: Span(start=p[0], end=p[1]))
days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
participants = st.builds(
    Participant, role=st.text(max_size=4), actor=st.sampled_from(["IRN", "SYR", "NATO"]),
    kind=st.sampled_from(["country", "person", "organisation"]), name=texts, post=st.none(), rank=texts, mention=texts,
    span=st.none() | spans,
)  # fmt: skip
reports = st.builds(
    Report, doc_id=st.just("a"), report_id=st.text("0123456789abcdef", min_size=16, max_size=16), type=st.just("visit"),
    mode=texts, status=st.sampled_from(["occurred", "denied"]),
    participants=st.lists(participants, max_size=3).map(tuple),
    date=st.none() | st.builds(DateInterval, start=days, end=days, precision=st.just("day"), text=texts),
    place=st.none() | st.builds(Place, name=texts, country=texts, text=texts),
    domains=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    asserted_by=st.builds(Voice, kind=st.sampled_from(["outlet", "person"]), name=texts, text=texts),
    evidence=st.lists(spans, max_size=2).map(tuple), aggregate=st.booleans(),
    details=st.none() | st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=3), max_size=2),
    claims=st.lists(st.builds(Claim, kind=st.just("first"), text=st.text(max_size=3)), max_size=2).map(tuple),
    confidence=st.floats(0, 1), why=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    codes=st.builds(Codes, cameo=texts, plover=texts, plover_mode=texts),
    lat=st.none() | st.floats(-90, 90), lon=st.none() | st.floats(-180, 180),
    geo_precision=st.sampled_from([None, 1, 2, 3]),
    versions=st.none() | st.builds(Versions, coder=st.text(max_size=3), codebook=st.just("c"), lexicon=st.just("l")),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(reports, max_size=4))
def test_reports_come_back_from_parquet_as_they_were(made):
    """Writing and reading a shard loses and changes nothing."""
    rows = [row_of(report, document("a", "text"), 0, n, load_lexicon()) for n, report in enumerate(made)]
    held = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema=REPORTS), held)
    back = pq.read_table(pa.BufferReader(held.getvalue())).to_pylist()
    assert [report_of(row) for row in back] == made


@settings(deadline=None)
@given(st.lists(reports, max_size=6))
def test_distinct_reports_have_distinct_ids(made):
    """No two reports of a document share an id, none is lost, and the first of an id keeps it."""
    same = [r.model_copy(update={"report_id": "0" * 16}) for r in made]
    out = distinct(same)
    assert len({r.report_id for r in out}) == len(made)
    assert [r.model_copy(update={"report_id": "0" * 16}) for r in out] == same
    assert not out or out[0].report_id == "0" * 16
