import pyarrow.parquet as pq
import pytest
from small_coder import SmallCoder, document, gate

from communique.errors import RecordError
from communique.pipeline.batch import Shard, code_shard
from communique.store import Decision, Incoming, Record
from communique.store.shards import Coded, file_hash

TEXT = "IRN visits SYR on 2020-07-08. CHN meets PAK."


def shard(record):
    return next(record.shards.glob("*.parquet"))


def sql(statement):
    def damage(record):
        with record.reading() as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(statement)

    return damage


def bent(record):
    table = pq.read_table(shard(record))
    with record.reading() as connection:
        rows = table.to_pylist()
        rows[0]["evidence"] = [{"start": 5, "end": 9999}]
        pq.write_table(type(table).from_pylist(rows, schema=table.schema), shard(record))
        connection.execute("UPDATE shards SET sha256 = ?", (file_hash(shard(record)),))


DAMAGE = {
    "a text": (sql("UPDATE texts SET text = text || '!' WHERE doc = 1"), "text"),
    "a missing file": (lambda record: shard(record).unlink(), "shard"),
    "a changed file": (lambda record: shard(record).write_bytes(shard(record).read_bytes()[:-1]), "shard"),
    "offsets out of the text": (bent, "report"),
    "a document without shard": (sql("UPDATE documents SET shard = 99 WHERE doc = 2"), "document"),
    "a lost attachment": (sql("DELETE FROM attachments"), "decision"),
    "a lost overlay": (sql("DELETE FROM overlays"), "decision"),
    "a lost word": (sql("DELETE FROM texts WHERE doc = 2"), "database"),
    "a taken-out document": (sql("INSERT INTO retired_documents VALUES (1, 1, 1)"), "document"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_every_kind_of_damage_is_found(record, add, what):
    """A record is clean before it is damaged, and the damage is named after."""
    add(document("a", TEXT), document("b", "dull"))
    record.decide(Decision(kind="accept", who="ana", report=record.reports()["report_id"][0].as_py()))
    assert record.verify() == []
    damage, kind = DAMAGE[what]
    damage(record)
    assert kind in {p.kind for p in record.verify() if p.grave}


def test_leftovers_are_told_and_are_no_damage(record, add):
    """Files that no manifest row names are listed as left over, and `compact` takes them away."""
    add(document("a", TEXT))
    (record.shards / "x-1.parquet").write_bytes(b"PAR1")
    (record.shards / "y.json.aa.writing").write_bytes(b"{")
    assert [p.grave for p in record.verify()] == [False, False]
    assert record.compact(grace=0).deleted == 2
    assert record.verify() == []


def test_compacting_changes_no_row(record, add):
    """Many shards become one, the views and the decisions stay, and retired files go after the time of grace."""
    add(*(document(f"d{n}", f"IRN visits SYR. text {n}") for n in range(8)), size=1)
    add(document("d0", "CHN meets PAK now."))
    record.decide(Decision(kind="reject", who="ana", report=record.reports()["report_id"][0].as_py()))
    before = record.reports()
    done = record.compact()
    assert (done.joined, done.into, done.deleted) == (9, 1, 0)
    assert record.reports() == before
    assert not [p for p in record.verify() if p.grave]
    record.compact(grace=0)
    assert len(list(record.shards.iterdir())) == 1
    assert record.verify() == []
    with Record.open(record.folder) as anew:
        assert anew.reports() == before


def test_a_backup_is_a_record_of_its_own(record, add, tmp_path):
    """The copy answers as the original did, is clean, and stays as it was when the original goes on."""
    add(document("a", TEXT))
    record.decide(Decision(kind="reject", who="ana", report=record.reports()["report_id"][0].as_py()))
    before = record.reports()
    made = record.backup(tmp_path / "copy")
    assert (made.sequence, made.files) == (record.sequence, 1)
    add(document("b", TEXT))
    with Record.open(tmp_path / "copy") as copy:
        assert copy.reports() == before
        assert len(copy.decisions()) == 1
        assert copy.verify() == []
    with pytest.raises(RecordError, match="there already"):
        record.backup(tmp_path / "copy")


def test_a_backup_of_a_damaged_record_is_refused(record, add, tmp_path):
    """A file that is not as it was published is named, and no half copy stays."""
    add(document("a", TEXT))
    shard(record).write_bytes(b"PAR1")
    with pytest.raises(RecordError, match="not as it was published"):
        record.backup(tmp_path / "copy")
    assert not list(tmp_path.glob("*copy*"))


def test_a_shard_that_loses_the_race_leaves_nothing(record, add):
    """Where another process published the same documents first, the later shard's file is taken away."""
    doc = document("a", TEXT)
    coded = code_shard(Shard(record.shards, (doc,), SmallCoder.versions, SmallCoder, gate=gate))
    assert isinstance(coded, Coded)
    other = code_shard(Shard(record.shards, (doc, document("z", "dull")), SmallCoder.versions, SmallCoder, gate=gate))
    assert record.publish([Incoming(doc), Incoming(document("z", "dull"))], other).new == 2
    assert record.publish([Incoming(doc)], coded).new == 0
    assert record.verify() == []


def test_a_file_that_two_processes_take_up_is_kept(record):
    """Where two processes found one marker, the second to publish does not delete what the first has published."""
    doc = document("a", TEXT)
    coded = code_shard(Shard(record.shards, (doc,), SmallCoder.versions, SmallCoder, gate=gate))
    assert record.publish([Incoming(doc)], coded).new == 1
    assert record.publish([Incoming(doc)], coded).new == 0
    assert record.verify() == []
    assert record.reports().num_rows == 2
