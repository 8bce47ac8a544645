"""Shards are coded by any executor with the same rows, and finished ones are taken up."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from small_coder import SmallCoder, document, gate

from communique.pipeline.batch import Shard, batches, code_shard, code_shards, process_pool
from communique.pipeline.keeping import add_items
from communique.store import Record

DOCS = tuple(document(f"d{n}", f"IRN visits SYR on 2020-07-{n + 1:02}. CHN meets PAK. text {n}") for n in range(6))
OTHERS = (document("g", "dull"), document("p", "poison"))


def shard(folder, documents, **more):
    return Shard(folder, documents, SmallCoder.versions, SmallCoder, gate=gate, **more)


def test_every_document_of_a_shard_has_an_outcome(tmp_path):
    """coded + gated + quarantined make up the inputs, rows are only of coded ones, and a failing document says why."""
    coded = code_shard(shard(tmp_path, (*DOCS, *OTHERS)))
    assert coded.counts() == {"inputs": 8, "coded": 6, "gated": 1, "quarantined": 1}
    assert coded.written.rows == 12
    assert coded.quarantined[0].reason == "coder_failed"
    assert "poison" in coded.quarantined[0].detail


def test_a_foreign_text_is_set_aside(tmp_path):
    """A document in a language that the coder does not read is quarantined with the language."""
    foreign = document("f", "IRN visits SYR.").model_copy(update={"lang": "tr"})
    coded = code_shard(shard(tmp_path, (foreign,)))
    assert [(q.reason, q.doc_id) for q in coded.quarantined] == [("language", "f")]


def test_a_valid_marker_is_taken_up_and_a_damaged_file_is_coded_again(tmp_path):
    """The second run of the same shard reads the marker; where the file is not as it was written it does the work."""
    first = code_shard(shard(tmp_path, DOCS))
    assert code_shard(shard(tmp_path, DOCS)) == first
    (tmp_path / first.written.file).write_bytes(b"PAR1")
    again = code_shard(shard(tmp_path, DOCS))
    assert again != first
    assert again.written.sha256 == first.written.sha256


@pytest.mark.parametrize("change", ["documents", "versions", "numbers"])
def test_other_inputs_are_another_shard(tmp_path, change):
    """Other documents, other versions or other numbers never take up each other's work."""
    one = shard(tmp_path, DOCS)
    other = {
        "documents": shard(tmp_path, DOCS[:-1]),
        "versions": Shard(
            tmp_path, DOCS, SmallCoder.versions.model_copy(update={"lexicon": "m"}), SmallCoder, gate=gate
        ),
        "numbers": shard(tmp_path, DOCS, numbers=tuple(range(6))),
    }[change]
    assert one.input_hash() != other.input_hash()


def test_shards_come_in_their_order_and_only_so_many_are_ahead(tmp_path):
    """Work is handed out as it is taken: of a long stream only `ahead` shards are held."""
    taken = []

    def stream():
        for n, doc in enumerate(DOCS):
            taken.append(n)
            yield shard(tmp_path, (doc,))

    with ThreadPoolExecutor(2) as pool:
        for n, (one, coded) in enumerate(code_shards(stream(), pool, ahead=2)):
            assert one.documents == (DOCS[n],)
            assert coded.written.rows == 2
            assert len(taken) <= n + 2


def test_a_process_pool_gives_the_rows_of_one_process(tmp_path):
    """The multiset of rows does not depend on the executor."""
    tables = []
    with process_pool(2) as pool:
        for name, executor in (("one", None), ("pool", pool)):
            with Record.create(tmp_path / name) as record:
                result = add_items(record, (*DOCS, *OTHERS), SmallCoder, gate=gate, executor=executor, size=2)
                assert (result.coded, result.reports) == (6, 12)
                tables.append(record.sql("SELECT * EXCLUDE (doc) FROM reports ORDER BY rid"))
    assert tables[0] == tables[1]


def test_rows_are_written_whole(tmp_path):
    """The file holds the rows that the marker tells, in order of documents."""
    coded = code_shard(shard(tmp_path, DOCS))
    table = pq.read_table(tmp_path / coded.written.file)
    assert table["doc"].to_pylist() == [n // 2 for n in range(12)]
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".writing")] == []


def test_batches_keep_order_and_bounds():
    """All items in their order, none left out, at most `size` a batch."""
    got = list(batches(DOCS, 4, lambda d: d))
    assert [len(b) for b in got] == [4, 2]
    assert tuple(d for b in got for d in b) == DOCS
