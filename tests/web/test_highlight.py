"""Highlighted texts are the text, whole and in order, and each stretch names exactly the reports that rest on it."""

from hypothesis import given
from hypothesis import strategies as st

from communique.records import Document, Report, Span
from communique.web.highlight import excerpts, segments

TEXT = st.text(min_size=1, max_size=60)


@st.composite
def documents(draw):
    text = draw(TEXT)
    cuts = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda c: c[0] < c[1])
    spans = st.lists(cuts.map(lambda c: Span(start=c[0], end=c[1])), max_size=3)
    doc = Document(id="d", text=text, hash="h", ignored=tuple(draw(spans)))
    reports = [
        Report(doc_id="d", report_id=str(i), type="visit", evidence=tuple(draw(spans)))
        for i in range(draw(st.integers(0, 3)))
    ]
    return doc, reports


@given(documents())
def test_the_stretches_are_the_text_and_name_their_reports(made):
    doc, reports = made
    at = 0
    for segment in segments(doc, reports):
        for place in range(at, at + len(segment.text)):
            resting = {r.report_id for r in reports if any(s.start <= place < s.end for s in r.evidence)}
            assert set(segment.reports) == resting
        assert bool(segment.type) == bool(segment.reports)
        at += len(segment.text)
    assert "".join(s.text for s in segments(doc, reports)) == doc.text


@given(documents())
def test_excerpts_mark_all_evidence_and_nothing_else(made):
    doc, reports = made
    for report in reports:
        marked = "".join(s.text for piece in excerpts(doc, report) for s in piece if s.reports)
        covered = sorted({i for s in report.evidence for i in range(s.start, s.end)})
        assert marked == "".join(doc.text[i] for i in covered)
