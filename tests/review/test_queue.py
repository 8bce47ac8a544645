import pytest
from small_coder import SmallCoder, gate
from small_record import TEXTS

from communique.errors import RecordError, UnusableOption
from communique.pipeline.keeping import add_items
from communique.pipeline.recoding import recode
from communique.records import Document, Span, Versions
from communique.review import actions
from communique.review.queue import CHANGED, next_open, open_reports, progress
from communique.review.reviewers import add_reviewer, reviewer_of, reviewers, revoke_reviewer
from communique.store import Decision
from communique.store.query import Filters
from communique.text import content_hash


def report_of(record, ident):
    return record.show(ident).reports[0].corrected.report


def test_a_token_names_its_reviewer_until_it_ends(record):
    token = add_reviewer(record, " Dora  M ")
    assert reviewer_of(record, token) == "Dora M"
    with record.reading() as connection:
        assert token not in "\n".join(connection.iterdump()), "the record keeps the hash only"
    newer = add_reviewer(record, "Dora M")
    assert (reviewer_of(record, token), reviewer_of(record, newer)) == (None, "Dora M")
    revoke_reviewer(record, "Dora M")
    assert reviewer_of(record, newer) is None
    assert "Dora M" in [one.name for one in reviewers(record) if one.revoked]
    with pytest.raises(UnusableOption, match="Nobody"):
        revoke_reviewer(record, "Nobody")


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 61])
def test_names_that_cannot_stand_in_the_log_are_refused(record, name):
    with pytest.raises(UnusableOption):
        add_reviewer(record, name)


def test_conflicts_and_doubt_come_before_what_is_plain(record):
    """Reports of one engagement that differ are worth more than before; a sure one is worth least."""
    before = {r.report_id: r.worth for r in open_reports(record, "Ann")[1]}
    ident = record.reports(documents=["a"]).to_pylist()[0]["report_id"]
    record.decide(Decision(kind="edit", who="Bob", report=ident, field="status", value="planned"))
    after = {r.report_id: r for r in open_reports(record, "Ann")[1]}
    assert after[ident].worth > before[ident]
    assert "it differs from its engagement" in after[ident].why
    assert open_reports(record, "Ann")[1][-1].confidence == 1.0


def test_the_queue_goes_on_where_one_left(record):
    """Every report comes once; when all are settled the queue is empty and progress is full."""
    seen = []
    while (one := next_open(record, "Ann")) is not None:
        seen.append(one.report_id)
        record.decide_many(actions.decisions_of("accept", "Ann", report_of(record, one.report_id)))
    assert len(seen) == len(set(seen)) == 5
    assert progress(record).settled == progress(record).total


def test_filters_narrow_queue_and_progress(record):
    total, rows = open_reports(record, "Ann", Filters.of({"type": "visit"}))
    assert total == 2
    assert {r.type for r in rows} == {"visit"}
    assert progress(record, Filters.of({"type": "visit"})).reports == 2


def test_bulk_is_all_or_nothing_and_logged_as_such(record):
    chosen = Filters.of({"type": "visit"})
    ids = actions.decide_in_bulk(record, "reject", "Ann", chosen, "type=visit", "test")
    assert len(ids) == 2
    assert record.log(ids[0]).why == "in bulk, 2 reports by the filter type=visit: test"
    with pytest.raises(RecordError, match="undecided"):
        actions.decide_in_bulk(record, "reject", "Ann", chosen, "type=visit", "")
    with pytest.raises(UnusableOption):
        actions.decide_in_bulk(record, "edit", "Ann", chosen, "", "")


def test_undo_takes_back_the_own_last_decision_only(record):
    first, second = (r.report_id for r in open_reports(record, "Cy")[1][:2])
    mine = record.decide(Decision(kind="accept", who="Cy", report=first))
    record.decide(Decision(kind="accept", who="Bob", report=second))
    assert actions.undo_in_order(record, "Cy") == mine
    with pytest.raises(RecordError, match="no decision"):
        actions.undo_in_order(record, "Cy")
    assert {r.report_id for r in open_reports(record, "Cy")[1]} >= {first}


def test_unsure_and_note_settle_nothing_and_keep_the_values(record):
    one = open_reports(record, "Ann")[1][0]
    before = report_of(record, one.report_id)
    record.decide_many(actions.decisions_of("unsure", "Ann", before, note="who came?"))
    record.decide_many(actions.decisions_of("note", "Ann", before, note="see the photo"))
    assert report_of(record, one.report_id) == before
    assert open_reports(record, "Bob")[0] == 5
    assert record.verify() == []
    with pytest.raises(UnusableOption, match="empty"):
        actions.decisions_of("note", "Ann", before, note="  ")
    with pytest.raises(UnusableOption, match="nothing was changed"):
        actions.decisions_of("save", "Ann", before, before)


def newer(record, ident, text):
    """A new version of a document's text, coded."""
    outlet, published, _ = TEXTS[ident]
    doc = Document(id=ident, text=text, title="New", outlet=outlet, published=published, hash=content_hash(text))
    add_items(record, [doc], SmallCoder, gate=gate, size=2)


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_a_changed_source_asks_again(record, verdict):
    """A decision on a text that was replaced stays in the log and holds, but the report comes first in the queue until
    it is decided on the new text; taking that decision back asks again."""
    ident = record.reports(documents=["a"]).to_pylist()[0]["report_id"]
    record.decide(Decision(kind=verdict, who="Ann", report=ident))
    before, log = open_reports(record, "Ann")[0], record.decisions()
    newer(record, "a", "Corrected. " + TEXTS["a"][2])
    total, rows = open_reports(record, "Ann")
    assert total == before + 1
    assert (rows[0].doc_id, rows[0].why[0]) == ("a", CHANGED)
    assert rows[0].report_id != ident
    assert next_open(record, "Ann").report_id == rows[0].report_id
    assert record.decisions() == log
    again = record.decide(Decision(kind=verdict, who="Bob", report=rows[0].report_id))
    assert open_reports(record, "Ann")[0] == before
    record.undo(again, "Bob")
    assert open_reports(record, "Ann")[1][0].report_id == rows[0].report_id


class Shorter(SmallCoder):
    """Finds the same events with a character less of evidence, so that each report has another id."""

    versions = Versions(coder="small-2", codebook="c", lexicon="l")

    def report(self, doc, found):
        told = super().report(doc, found)
        span = Span(start=told.evidence[0].start, end=told.evidence[0].end - 1)
        ident = content_hash(doc.hash, told.type, f"{span.start}-{span.end}")
        return told.model_copy(update={"evidence": (span,), "report_id": ident, "versions": self.versions})


def test_a_recoding_of_the_same_text_does_not_ask_again(record):
    """Another coder that finds the event with other evidence leaves the decision as it was."""
    ident = record.reports(documents=["a"]).to_pylist()[0]["report_id"]
    record.decide(Decision(kind="accept", who="Ann", report=ident))
    recode(record, Shorter)
    row = record.reports(documents=["a"]).to_pylist()[0]
    assert (row["report_id"] != ident, row["review"]) == (True, "accepted")
    assert "a" not in {one.doc_id for one in open_reports(record, "Ann")[1]}


def test_a_decision_whose_event_left_the_text_is_listed_with_its_words(record):
    ident = record.reports(documents=["a"]).to_pylist()[0]["report_id"]
    record.decide(Decision(kind="accept", who="Ann", report=ident))
    newer(record, "a", "The ministry of defence withdrew its statement about the navy.")
    (listed,) = record.unattached()
    assert listed.anchor.quotes == ("IRN visits SYR on 2020-07-08",)
