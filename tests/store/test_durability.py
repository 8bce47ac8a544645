"""What is acknowledged outlives kill -9, a full disk and a read-only folder; writers wait for each other."""

import os
import random
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from killing import Killing, damage
from small_coder import SmallCoder, document, gate

from communique.errors import RecordError
from communique.pipeline.keeping import add_items
from communique.records import Quarantined
from communique.store import Decision, Record

HERE = Path(__file__).parent
WORK = """
import sys
sys.path.insert(0, {here!r})
from small_coder import SmallCoder, document, gate
from communique.pipeline.keeping import add_items
from communique.store import Decision, Record
text = "IRN visits SYR on 2020-07-{{:02}}. CHN meets PAK. text {{}}"
docs = [document(f"d{{n}}", text.format(n % 28 + 1, n)) for n in range({low}, {high})]
"""
ADDING = (
    WORK
    + """
record = Record.create({folder!r})
print("ready", flush=True)
add_items(record, docs, SmallCoder, gate=gate, size=2, progress=lambda n: print("added", n, flush=True))
"""
)


def start(script: str, folder: Path, low: int = 0, high: int = 40) -> subprocess.Popen[str]:
    code = script.format(here=str(HERE), folder=str(folder), low=low, high=high)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("seed", range(2))
def test_nothing_acknowledged_is_lost_to_kill_9(tmp_path: Path, seed: int) -> None:
    """After kill -9 of imports, link runs and writers what was told is there, nothing by halves, and a rerun ends."""
    killing = Killing(tmp_path / "r", 120, random.Random(seed))
    killing.rounds(4)
    killing.complete(tmp_path / "whole")


def test_two_processes_add_while_a_third_reads(tmp_path: Path) -> None:
    """Nobody is told that the database is locked, and of documents that both add one is kept."""
    with Record.create(tmp_path / "r") as record:
        writers = [start(ADDING, tmp_path / "r", low, low + 24) for low in (0, 12)]
        while any(w.poll() is None for w in writers):
            row = record.sql(
                "SELECT (SELECT count(*) FROM reports) AS r, (SELECT count(*) FROM documents) AS d"
            ).to_pylist()[0]
            assert row["r"] == 2 * row["d"]
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.close()
        assert [w.returncode for w in writers] == [0, 0]
        assert (len(record.documents()), record.reports().num_rows) == (36, 72)
        assert not damage(record)


def test_a_finished_shard_is_taken_up_and_not_coded_again(tmp_path: Path) -> None:
    """Work that was done but not published before a kill is published by the rerun without the coder."""
    docs = [document("a", "IRN visits SYR."), document("b", "CHN meets PAK.")]
    with Record.create(tmp_path / "r") as record:
        record.publish = None  # type: ignore[method-assign, assignment]
        with pytest.raises(TypeError):
            add_items(record, docs, SmallCoder, gate=gate)
    with Record.open(tmp_path / "r") as record:
        assert [p.grave for p in record.verify()] == [False, False]
        result = add_items(record, docs, Refusing, gate=gate)
        assert (result.coded, result.reports) == (2, 2)
        assert record.verify() == []


class Refusing(SmallCoder):
    def code(self, doc):  # type: ignore[no-untyped-def]
        raise AssertionError("coded again")


def test_a_full_disk_is_told_and_leaves_the_record_intact(tmp_path: Path) -> None:
    """When a file cannot grow, the error says so and what to do; the record is as before and can go on."""
    with Record.create(tmp_path / "r") as record:
        add_items(record, [document("a", "IRN visits SYR.")], SmallCoder, gate=gate)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        large = document("b", "CHN meets PAK. " + "word " * 100_000)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, limits[1]))
            with pytest.raises(RecordError, match="free some space"):
                add_items(record, [large], SmallCoder, gate=gate)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert [k.document.id for k in record.documents()] == ["a"]
        assert not damage(record)
        assert add_items(record, [large], SmallCoder, gate=gate).coded == 1
        assert not damage(record)


READ_ONLY = """
import os, sys
from communique.errors import RecordError
from communique.records import Quarantined
from communique.store import Record
with Record.open({folder!r}, read_only=True) as record:
    record.reports()  # what is imported late is imported before the rights are dropped
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
with Record.open({folder!r}, read_only=True) as record:
    assert record.reports().num_rows == 1, record.reports()
try:
    with Record.open({folder!r}) as record:
        record.set_aside([Quarantined(source="x", reason="y", detail="z")])
except RecordError as told:
    print(told)
"""


def test_a_read_only_folder_can_be_read_and_refuses_writing_in_words(tmp_path: Path) -> None:
    """In a folder without the right to write the record answers questions, and writing names the permissions."""
    folder = tmp_path / "r"
    with Record.create(folder) as record:
        add_items(record, [document("a", "IRN visits SYR.")], SmallCoder, gate=gate)
    for path in (tmp_path, *tmp_path.parents):
        if not path.stat().st_mode & 0o005 and os.getuid() == 0 and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o005)
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY.format(folder=str(folder))], capture_output=True, text=True, check=False
        )
    finally:
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode == 0, done.stderr
    assert "check the folder's permissions" in done.stdout
    with Record.open(folder) as record:
        assert not damage(record)
        assert record.set_aside([Quarantined(source="x", reason="y", detail="z")]) == 1
        record.decide(Decision(kind="accept", who="ana", report=record.reports()["report_id"][0].as_py()))
