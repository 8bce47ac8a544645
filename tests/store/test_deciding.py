import sqlite3

import pytest
from small_coder import SmallCoder, document

from communique.errors import RecordError, UnusableOption
from communique.records import Report
from communique.store import Decision, Record

TEXT = "IRN visits SYR on 2020-07-08. CHN meets PAK on 2020-07-09. planned: RUS arms IND. Quiet words of no event."


@pytest.fixture
def ids(record, add):
    add(document("a", TEXT))
    return {r["type"]: r["report_id"] for r in record.reports().to_pylist()}


def by(kind, report=None, **more):
    return Decision(kind=kind, who="ana", report=report, **more)


def one(record, ident):
    rows = [r for r in record.reports().to_pylist() if r["report_id"] == ident]
    assert len(rows) == 1
    return rows[0]


def added(record):
    text = record.documents()[0].document.text
    at = text.index("Quiet words")
    report = SmallCoder().code(document("a", "IRN visits SYR"))[0]
    unknown = [{"role": "visitor", "actor": "UNKNOWN", "kind": "country"}]
    return Report(**{**report.model_dump(), "evidence": [{"start": at, "end": at + 11}], "participants": unknown})


def test_accepting_marks_a_report(record, ids):
    """An accepted report stays as it is and says that it was accepted."""
    record.decide(by("accept", ids["visit"]))
    assert one(record, ids["visit"])["review"] == "accepted"
    assert record.reports(review="accepted").num_rows == 1


def test_rejecting_takes_a_report_out_of_every_view(record, ids):
    """A rejected report is in no view, nor are its participants or its engagement; its coding stays to be shown."""
    engagement = one(record, ids["visit"])["engagement_id"]
    record.decide(by("reject", ids["visit"], why="a false alarm"))
    assert ids["visit"] not in record.reports()["report_id"].to_pylist()
    assert record.sql("SELECT count(*) AS n FROM participants").to_pylist() == [{"n": 4}]
    assert engagement not in record.engagements()["engagement_id"].to_pylist()
    shown = record.show(ids["visit"]).reports[0]
    assert shown.corrected.state == "rejected"
    assert shown.decisions[0].why == "a false alarm"


@pytest.mark.parametrize(
    ("field", "value", "column", "expected"),
    [
        ("status", "cancelled", "status", "cancelled"),
        ("mode", "official", "mode", "official"),
        ("place.name", "Aleppo", "place", "Aleppo"),
        ("date", {"start": "2020-07-07", "end": "2020-07-07", "precision": "day"}, "start", "2020-07-07"),
        ("place", {"name": "Aleppo", "country": "SYR"}, "place", "Aleppo"),
        ("place", None, "place", None),
        ("domains", ["border"], "domains", ["border"]),
        ("participants", [{"role": "visitor", "actor": "RUS", "kind": "country"}], "actors", ["RUS"]),
    ],
)
def test_an_edit_is_seen_in_the_views(record, ids, field, value, column, expected):
    """The corrected value is what views tell, and the log keeps who changed it from what to what."""
    record.decide(by("edit", ids["visit"], field=field, value=value, why="as the text says"))
    row = one(record, ids["visit"])
    told = row[column]
    assert (told.isoformat() if column == "start" else told) == expected
    assert row["origin"] == "edited"
    entry = record.decisions()[0]
    assert (entry.who, entry.field, entry.after, entry.why) == ("ana", field, value, "as the text says")
    coded = record.show(ids["visit"]).reports[0].coded.model_dump(mode="json")
    top, _, part = field.partition(".")
    assert entry.before == ((coded[top] or {}).get(part) if part else coded[top])


@pytest.mark.parametrize(
    ("decision", "error", "words"),
    [
        ({"kind": "edit", "field": "status", "value": "planed"}, UnusableOption, "status"),
        ({"kind": "edit", "field": "mode", "value": "port-call"}, UnusableOption, "port_call"),
        ({"kind": "edit", "field": "statsu", "value": "planned"}, UnusableOption, "did you mean 'status'"),
        ({"kind": "edit", "field": "report_id", "value": "x"}, UnusableOption, "cannot|no field|can be edited"),
        ({"kind": "edit", "field": "status", "value": "denied", "expected": "planned"}, RecordError, "by now"),
        ({"kind": "edit"}, UnusableOption, "field"),
        ({"kind": "accept", "who": " "}, UnusableOption, "who"),
        ({"kind": "accept", "report": "0" * 16}, RecordError, "no current report"),
        ({"kind": "undo", "decision": 7}, RecordError, "no decision 7"),
        ({"kind": "add"}, UnusableOption, "needs the report"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_not_logged(record, ids, decision, error, words):
    """A decision that the codebook or the record does not bear is refused in words, and leaves no trace."""
    before = record.sequence
    with pytest.raises(error, match=words):
        record.decide(Decision(**{"who": "ana", "report": ids["visit"], **decision}))
    assert record.decisions() == []
    assert record.sequence == before


def test_of_several_decisions_all_are_written_or_none(record, ids):
    """One refused decision in a list leaves the others unwritten too."""
    with pytest.raises(RecordError):
        record.decide_many([by("accept", ids["visit"]), by("accept", "0" * 16)])
    assert record.decisions() == []


def test_a_report_that_a_person_found_counts(record, ids):
    """An added report stands in the views beside the coded ones, and can itself be edited and rejected."""
    record.decide(by("add", added=added(record)))
    extra = [r for r in record.reports().to_pylist() if r["origin"] == "added"]
    assert len(extra) == 1
    assert record.status().reports == 4
    record.decide(by("edit", extra[0]["report_id"], field="status", value="planned"))
    assert one(record, extra[0]["report_id"])["status"] == "planned"
    record.decide(by("reject", extra[0]["report_id"]))
    assert record.status().reports == 3


def test_undoing_takes_a_decision_back_and_can_be_undone(record, ids):
    """After an undo the views are as before the decision; after undoing the undo as after it."""
    before = record.reports()
    first = record.decide(by("edit", ids["visit"], field="status", value="denied"))
    after = record.reports()
    second = record.undo(first, "ben", "too hasty")
    assert record.reports() == before
    record.undo(second, "ana")
    assert record.reports() == after
    with pytest.raises(RecordError, match="does not hold any more"):
        record.undo(second, "ana")
    assert [e.kind for e in record.decisions(report=ids["visit"])] == ["edit", "undo"]


def test_the_last_of_two_decisions_counts(record, ids):
    """Later edits of one field, and acceptance after rejection, win."""
    record.decide_many([
        by("edit", ids["visit"], field="status", value="denied"), by("reject", ids["visit"]),
        by("edit", ids["visit"], field="status", value="planned"), by("accept", ids["visit"]),
    ])  # fmt: skip
    row = one(record, ids["visit"])
    assert (row["status"], row["review"]) == ("planned", "accepted")
    assert [e.before for e in record.decisions() if e.kind == "edit"] == ["occurred", "denied"]


def test_the_log_cannot_be_changed(record, ids):
    """Neither SQL nor tampering with the file goes unnoticed: the log is append-only and chained."""
    for kind in ("accept", "reject"):
        record.decide(by(kind, ids["visit"]))
    with record.reading() as connection:
        for statement in ("UPDATE decisions SET who = 'eve'", "DELETE FROM decisions"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
        connection.execute("DROP TRIGGER decisions_stay")
        connection.execute("UPDATE decisions SET who = 'eve' WHERE id = 1")
    assert ("decision", "1") in [(p.kind, p.what) for p in record.verify() if p.grave]


def test_merging_and_splitting_engagements(record, add):
    """A merge makes one engagement under the first one's name, a split takes reports out; both can be undone."""
    add(document("a", "IRN visits SYR on 2020-07-08."), document("b", "IRN visits SYR on 2020-07-09."),
        document("c", "IRN visits SYR on 2020-07-10."))  # fmt: skip
    one_, two, three = [r["engagement_id"] for r in sorted(record.reports().to_pylist(), key=lambda r: r["doc_id"])]
    merge = record.decide(by("merge", engagements=(one_, two, three)))
    merged = record.engagements().to_pylist()
    assert [(e["engagement_id"], e["reports"]) for e in merged] == [(one_, 3)]
    assert record.show(three).ident == one_
    last = max(record.reports().to_pylist(), key=lambda r: r["doc_id"])["report_id"]
    split = record.decide(by("split", reports=(last,)))
    assert {e["engagement_id"]: e["reports"] for e in record.engagements().to_pylist()} == {one_: 2, three: 1}
    record.undo(split, "ana")
    record.undo(merge, "ana")
    assert record.engagements().num_rows == 3


@pytest.mark.parametrize("decision", [{"kind": "merge", "engagements": "same"}, {"kind": "split", "reports": "all"}])
def test_empty_merges_and_splits_are_refused(record, ids, decision):
    """Merging an engagement with itself, or splitting off all of its reports, is refused."""
    row = one(record, ids["visit"])
    engagement = row["engagement_id"]
    values = {"same": (engagement, engagement), "all": (ids["visit"],)}
    with pytest.raises(UnusableOption):
        record.decide(Decision(**{k: values.get(v, v) for k, v in decision.items()}, who="ana"))


def test_decisions_of_another_process_are_followed(record, ids, tmp_path):
    """A record that is open sees what is decided elsewhere at its next question."""
    with Record.open(tmp_path / "record") as other:
        assert other.reports().num_rows == 3
        record.decide(by("reject", ids["visit"]))
        assert other.reports().num_rows == 2
