import csv
import io

import pytest

from communique.errors import RecordError, UnusableOption
from communique.evaluation.reading import load_gold
from communique.review import actions, disputes, gold, samples
from communique.store import Decision


@pytest.fixture
def drawn(record):
    samples.draw_sample(record, "pilot", "Ann", ["Ann", "Bob"], size=4, seed=3)
    return samples.items_of(record, "pilot")


def coded(record, items, **changed):
    for item in items:
        samples.code_item(record, "pilot", item.number, "Ann", "accept", item.report)
        samples.code_item(record, "pilot", item.number, "Bob", "accept", item.report.model_copy(update=changed))


def test_the_same_seed_draws_the_same_and_deals_evenly(record, drawn):
    samples.draw_sample(record, "again", "Bob", ["Ann", "Bob", "Cy"], size=4, seed=3)
    again = samples.items_of(record, "again")
    assert [i.report.report_id for i in again] == [i.report.report_id for i in drawn]
    counts = [asked for _, _, asked in samples.sample_of(record, "again").coders]
    assert sum(counts) == 8
    assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("shared", [0.0, 0.5, 1.0])
def test_the_shared_part_is_coded_by_several(shared):
    deal = samples.dealt(40, ["a", "b", "c"], 2, shared, 7)
    assert sum(len(coders) == 2 for coders in deal) == 40 * shared
    assert all(len(set(coders)) == len(coders) for coders in deal)


def test_what_cannot_be_drawn_is_refused(record, drawn):
    for coders, each in ((["Ann"], 2), (["Ann", "Nobody"], 2)):
        with pytest.raises(UnusableOption):
            samples.draw_sample(record, "x", "Ann", coders, each=each)
    with pytest.raises(UnusableOption, match="already"):
        samples.draw_sample(record, "pilot", "Ann", ["Ann", "Bob"])
    with pytest.raises(RecordError):
        samples.sample_of(record, "none")


def test_codings_change_nothing_in_the_record_and_stay_hidden(record, drawn):
    before = record.decisions()
    samples.code_item(record, "pilot", 1, "Ann", "reject")
    assert record.decisions() == before
    told = samples.codings_of(record, "pilot")[1]
    assert samples.may_see(drawn[0], told, "Ann")
    assert not samples.may_see(drawn[0], told, "Bob")
    samples.code_item(record, "pilot", 1, "Ann", "withdrawn")
    assert samples.codings_of(record, "pilot") == {}
    with pytest.raises(UnusableOption, match="not dealt"):
        samples.code_item(record, "pilot", 1, "Cy", "accept")


def test_disagreements_are_told_field_by_field(record, drawn):
    coded(record, drawn, status="denied")
    assert all(list(d.fields) == ["status"] for d in disputes.disputes_of(record, "pilot"))
    rows = list(csv.DictReader(io.StringIO(disputes.disputes_csv(record, "pilot"))))
    assert len(rows) == 8
    assert {r["value"] for r in rows if r["coder"] == "Bob"} == {"denied"}
    figures = {(f.field, f.group): f for f in disputes.agreement_of(record, "pilot", resamples=50)}
    assert figures["status", "all"].alpha < 0
    assert figures["event", "all"].same == 1.0


def test_a_cell_never_begins_a_formula(record, drawn):
    for name, note in (("Ann", "=1+1"), ("Bob", "@x")):
        samples.code_item(record, "pilot", 1, name, "accept" if name == "Ann" else "reject", note=note)
    text = disputes.disputes_csv(record, "pilot")
    assert "'=1+1" in text
    assert "'@x" in text


def test_a_third_judges_and_the_record_follows(record, drawn):
    with pytest.raises(UnusableOption, match="not coded by all"):
        samples.adjudicate(record, "pilot", 1, "Cy", "accept")
    coded(record, drawn, status="denied")
    with pytest.raises(UnusableOption, match="third"):
        samples.adjudicate(record, "pilot", 1, "Ann", "accept")
    right = drawn[0].report.model_copy(update={"status": "denied"})
    samples.adjudicate(record, "pilot", 1, "Cy", "accept", right, "the ministry said so")
    shown = next(r for r in record.show(drawn[0].report.report_id).reports if r.document.document.id == drawn[0].doc_id)
    assert (shown.corrected.report.status, shown.corrected.review) == ("denied", "accepted")
    assert record.decisions()[-1].why == "adjudicated, item 1 of pilot: the ministry said so"
    assert disputes.disputes_of(record, "pilot")[0].judged.reviewer == "Cy"


def test_a_judgement_is_written_with_its_decisions_or_not_at_all(record, drawn, monkeypatch):
    """Where the decisions cannot be written the judgement is not kept either, and the item can be judged again."""
    coded(record, drawn, status="denied")
    before = record.decisions()

    def fails(*_):
        raise RecordError("no room on the disk")

    with monkeypatch.context() as patched:
        patched.setattr(samples, "decide_within", fails)
        with pytest.raises(RecordError, match="no room"):
            samples.adjudicate(record, "pilot", 1, "Cy", "accept")
    assert (record.decisions(), disputes.disputes_of(record, "pilot")[0].judged) == (before, None)
    impossible = drawn[0].report.model_copy(update={"status": "no such status"})
    with pytest.raises(UnusableOption):
        samples.adjudicate(record, "pilot", 1, "Cy", "accept", impossible)
    assert (record.decisions(), disputes.disputes_of(record, "pilot")[0].judged) == (before, None)


def test_gold_holds_what_was_settled_and_signed_and_evaluate_reads_it(record, tmp_path):
    ident = record.reports(documents=["a"]).to_pylist()[0]["report_id"]
    record.decide(Decision(kind="edit", who="Ann", report=ident, field="status", value="planned"))
    actions.sign_off(record, "Ann", "a")
    assert list(gold.gold_documents(record)) == [], "not settled yet"
    record.decide(Decision(kind="accept", who="Ann", report=ident))
    path = tmp_path / "gold.jsonl"
    with path.open("wb") as sink:
        assert gold.write_gold(record, sink) == 1
    (doc,) = load_gold(path)
    assert (doc.id, [e.status for e in doc.events]) == ("a", ["planned"])
    actions.withdraw_sign_off(record, "Bob", "a")
    assert list(gold.gold_documents(record)) == []
    assert [row["id"] for row in gold.gold_documents(record, unsigned=True)] == ["a"]


def test_a_document_of_which_all_was_rejected_is_gold_without_events(record):
    for row in record.reports(documents=["d"]).to_pylist():
        record.decide(Decision(kind="reject", who="Ann", report=row["report_id"]))
    actions.sign_off(record, "Ann", "d")
    assert [(g["id"], g["events"]) for g in gold.gold_documents(record)] == [("d", [])]
