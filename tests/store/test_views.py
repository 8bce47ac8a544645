"""A large record opens from its copy on the disk, and from nothing as well."""

import pytest
from small_coder import SmallCoder, document, gate

from communique.errors import InputError
from communique.pipeline.keeping import add_items
from communique.store import Decision, Record, snapshot

VIEWS = ("reports", "participants", "engagements", "documents", "officials")
QUERIES = [f"SELECT * FROM {view} ORDER BY ALL" for view in VIEWS]


@pytest.fixture
def large(record, monkeypatch):
    """A record that is large enough for a copy, with decisions and a merge."""
    monkeypatch.setattr(snapshot, "FEWEST", 1)
    add(record, 0, 10)
    rows = record.reports().to_pylist()
    for kind, row in zip(("accept", "reject"), rows, strict=False):
        record.decide(Decision(kind=kind, who="ana", report=row["report_id"]))
    names = tuple(r["engagement_id"] for r in rows[3:5])
    record.decide(Decision(kind="merge", who="ana", engagements=names))
    return record


def add(record, low, high):
    docs = [document(f"d{n}", f"IRN visits SYR. CHN meets PAK. text {n}") for n in range(low, high)]
    add_items(record, docs, SmallCoder, gate=gate, size=3)


def answers(folder):
    with Record.open(folder) as record:
        return [record.sql(query) for query in QUERIES]


def test_a_copy_gives_the_same_tables(large):
    """Opening from the copy and opening without it answer alike, also after more was added, decided and undone."""
    with Record.open(large.folder) as other:
        other.views()  # makes the copy
    assert (large.folder / "views" / snapshot.INDEX).exists()
    add(large, 10, 14)
    large.decide(Decision(kind="reject", who="ana", report=large.reports()["report_id"][5].as_py()))
    large.undo(3, "ana")
    with_copy = answers(large.folder)
    for path in (large.folder / "views").iterdir():
        path.unlink()
    assert answers(large.folder) == with_copy


def test_tables_that_follow_are_those_that_are_made_anew(large):
    """After each kind of decision, more documents and another text, who followed and who opens answer alike."""
    with Record.open(large.folder) as following:
        for query in QUERIES:
            following.sql(query)
        rows = large.reports().to_pylist()
        told = [{"report": row["report_id"], "doc_id": row["doc_id"], "who": "ana"} for row in rows]
        steps = (
            lambda: large.decide(Decision(kind="accept", **told[2])),
            lambda: large.decide(Decision(kind="edit", field="status", value="planned", **told[6])),
            lambda: large.decide(Decision(kind="accept", **told[6])),
            lambda: large.decide(Decision(kind="reject", **told[7])),
            lambda: large.undo(large.decisions()[-1].id, "ana"),
            lambda: large.undo(large.decisions()[1].id, "ana"),
            lambda: add(large, 10, 13),
            lambda: add_items(large, [document("d11", "IRN visits SYR. another text")], SmallCoder, gate=gate),
        )
        for number, step in enumerate(steps):
            step()
            assert [following.sql(query) for query in QUERIES] == answers(large.folder), number


def test_the_copy_is_used(large, monkeypatch):
    """A record with a copy is not loaded from its shards."""
    with Record.open(large.folder) as other:
        other.views()
    monkeypatch.setattr("communique.store.views.Views.load", None)
    with Record.open(large.folder) as other:
        assert other.status().reports == 19


def test_a_list_of_many_decisions_makes_the_copy_anew(large, monkeypatch):
    """Decisions written in one change count one by one, so that not every opening has to lay them over again."""
    monkeypatch.setattr("communique.store.views.MOST_BEHIND", 10)
    index = large.folder / "views" / snapshot.INDEX
    with Record.open(large.folder) as other:
        other.views()
    before = index.read_text()
    rows = large.reports().to_pylist()[:11]
    large.decide_many([Decision(kind="accept", who="ana", report=row["report_id"]) for row in rows])
    with Record.open(large.folder) as other:
        other.views()
    assert index.read_text() != before


@pytest.mark.parametrize("damage", ["cut", "gone", "garbage", "form"])
def test_a_damaged_or_foreign_copy_is_passed_over(large, damage):
    """Whatever is wrong with the copy, the answers are right."""
    with Record.open(large.folder) as other:
        other.views()
    expected = answers(large.folder)
    folder = large.folder / "views"
    table = next(folder.glob("r-*.parquet"))
    index = folder / snapshot.INDEX
    if damage == "cut":
        table.write_bytes(table.read_bytes()[:-9])
    elif damage == "gone":
        table.unlink()
    elif damage == "garbage":
        table.write_bytes(b"x" * table.stat().st_size)
    else:
        index.write_text(index.read_text().replace('"form": "', '"form": "0'))
    assert answers(large.folder) == expected


def test_a_query_reads_no_file_and_changes_nothing(record, tmp_path):
    """The only statements are SELECTs on the views; files outside the record cannot be read."""
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    for query in (
        f"SELECT * FROM read_csv('{tmp_path}/secret.csv')",
        f"COPY r TO '{tmp_path}/out.csv'",
        "DELETE FROM r",
        "SELECT 1; SELECT 2",
        "SET enable_external_access = true",
        "ATTACH '/tmp/x.db'",
        "SELECT * FROM nowhere",
    ):
        with pytest.raises(InputError, match="views are engagements, reports"):
            record.sql(query)
    assert not (tmp_path / "out.csv").exists()
