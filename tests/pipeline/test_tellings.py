"""Tellings are counted quickly and as plainly defined."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.pipeline.link import DocumentInfo
from communique.pipeline.link.witnesses import tellings
from communique.pipeline.tellings import one_tellings

infos = st.builds(
    DocumentInfo, doc_id=st.text("abcdef", min_size=3, max_size=3), hash=st.sampled_from(("", "h1", "h2", "h3")),
    published=st.none() | st.dates(dt.date(2020, 7, 1), dt.date(2020, 7, 20)),
    copies=st.sampled_from((None, None, "c1", "c2")), wire=st.sampled_from((None, "Reuters", "TASS")),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(infos, max_size=12, unique_by=lambda info: info.doc_id))
def test_the_quick_count_of_tellings_is_the_plain_one(told):
    """Law: the two ways of telling which documents count once make the same groups."""
    quick = {}
    for doc, top in one_tellings(told).items():
        quick.setdefault(top, set()).add(doc)
    assert sorted(map(sorted, quick.values())) == sorted(sorted(i.doc_id for i in g) for g in tellings(told))
