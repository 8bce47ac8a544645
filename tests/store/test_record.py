import pytest
from small_coder import SmallCoder, document, gate

from communique.errors import RecordError, UnusableOption
from communique.pipeline.keeping import add_items
from communique.records import Quarantined
from communique.store import Record

TWO = "IRN visits SYR on 2020-07-08. CHN meets PAK."


def grave(record):
    return [p for p in record.verify() if p.grave]


def test_adding_the_same_again_adds_nothing(record, add):
    """Adding the same documents twice leaves the record at the same change, with the same rows."""
    docs = [document("a", TWO), document("b", "planned: RUS arms IND."), document("c", "dull day")]
    first = add(*docs)
    assert (first.coded, first.gated, first.reports) == (2, 1, 3)
    before, rows = record.sequence, record.reports()
    again = add(*docs)
    assert (again.known, again.coded) == (3, 0)
    assert record.sequence == before
    assert record.reports() == rows


def test_every_input_is_accounted_for(record):
    """input = known + coded + gated + quarantined, and each quarantine row has its reason, once."""
    items = [document("a", TWO), document("p", "poison: IRN visits SYR"), document("g", "dull")]
    items.append(Quarantined(source="x.bin", reason="binary", detail="not text"))
    for _ in range(2):
        add_items(record, items, SmallCoder, gate=gate).check()
    status = record.status()
    assert status.quarantined == {"binary": 1, "coder_failed": 1}
    assert (status.documents, status.coded, status.gated, status.failed) == (3, 1, 1, 1)


def test_a_quarantined_input_that_is_read_later_is_resolved(record, add):
    """An input that was set aside counts no longer once a document came of it."""
    record.set_aside([Quarantined(source="a.txt", reason="encoding", detail="byte 3")])
    assert record.status().quarantined == {"encoding": 1}
    add(document("a", TWO))
    assert record.status().quarantined == {}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (document("a", TWO), document("a", "IRN visits SYR. RUS meets IND.")),
        (document("", TWO, url="https://e.org/1"), document("", "RUS meets IND.", url="https://e.org/1")),
    ],
    ids=["id", "url"],
)
def test_a_new_text_takes_the_place_of_the_old_one(record, add, first, second):
    """A new version of an id or URL counts, both texts are kept, and adding the old one again changes nothing."""
    add(first)
    result = add(second)
    assert result.superseded == 1
    assert set(record.reports()["doc_id"].to_pylist()) == {second.id}
    kept = record.documents()
    assert [k.superseded_by for k in kept] == [2, None]
    assert add(first).known == 1
    assert record.reports().num_rows == len(SmallCoder().code(second))
    assert not grave(record)


def test_a_home_page_names_no_document(record, add):
    """Documents that give the address of a whole site do not take each other's place."""
    add(document("a", TWO, url="https://e.org/"), document("b", "RUS meets IND.", url="https://e.org/"))
    assert record.status().superseded == 0


def test_one_text_in_two_outlets_is_two_documents(record, add):
    """Copies are kept, each with reports of its own."""
    add(document("a", TWO, outlet="One"), document("b", TWO, outlet="Two"))
    reports = record.reports().to_pylist()
    assert len(reports) == 4
    assert len({r["rid"] for r in reports}) == 4
    assert not grave(record)


def test_two_reports_of_one_type_and_evidence_have_ids_of_their_own(record):
    """Where a coder makes several reports of the same words, none hides another."""
    add_items(record, [document("a", TWO)], Twice, gate=gate)
    assert len(set(record.reports()["report_id"].to_pylist())) == 4


class Twice(SmallCoder):
    def code(self, doc):
        return [r for r in super().code(doc) for _ in range(2)]


def test_the_same_documents_in_any_batches_give_the_same_reports(tmp_path):
    """Neither the size of shards nor the order of adding changes a row."""
    docs = [document(str(n), f"IRN visits SYR. CHN meets PAK on 2020-07-{n + 1:02}.") for n in range(9)]
    tables = []
    for size, order in ((1, docs), (4, docs[::-1]), (64, docs)):
        with Record.create(tmp_path / f"r{size}") as record:
            add_items(record, order, SmallCoder, gate=gate, size=size)
            query = "SELECT * EXCLUDE (doc) FROM reports ORDER BY rid"
            tables.append(record.sql(query))
    assert tables[0] == tables[1] == tables[2]


def test_opening_says_what_is_wrong(tmp_path):
    """No record, another format and a folder in use for something else are told apart, with the way out."""
    with pytest.raises(RecordError, match="no record in"):
        Record.open(tmp_path)
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(RecordError, match="no record and not empty"):
        Record.create(tmp_path)
    with pytest.raises(RecordError, match="no record can be made in"):
        Record.create(tmp_path / "notes.txt" / "r")
    with Record.create(tmp_path / "r") as record, record.writing() as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    with pytest.raises(RecordError, match="format 99"):
        Record.open(tmp_path / "r")


def test_a_reader_writes_nothing(record, add, tmp_path):
    """A record opened for reading answers, and refuses to be written."""
    add(document("a", TWO))
    with Record.open(tmp_path / "record", read_only=True) as reader:
        assert reader.reports().num_rows == 2
        with pytest.raises(RecordError, match="reading only"):
            reader.set_aside([Quarantined(source="x", reason="y", detail="z")])


def test_an_unknown_filter_is_refused(record):
    """A filter that does not exist is named, with the nearest that does."""
    with pytest.raises(UnusableOption, match="did you mean 'country'"):
        record.reports(county="IRN")
