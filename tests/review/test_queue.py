import pytest

from communique.errors import RecordError, UnusableOption
from communique.review import actions
from communique.review.queue import next_open, open_reports, progress
from communique.review.reviewers import add_reviewer, reviewer_of, reviewers, revoke_reviewer
from communique.store import Decision
from communique.store.query import Filters


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
    assert "other reports of the engagement differ" in after[ident].why
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
