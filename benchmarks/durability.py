"""Kills imports, link runs and decision writers at random moments, and checks that nothing acknowledged is lost.

    python benchmarks/durability.py --kills 100

Each round starts a worker on one record, kills it (SIGKILL) after a random time, then asserts: every document and
decision that the worker told of is there, the log has no gap, `verify` finds no damage, and an answer can be given. At
the end the work is completed and compared with a record that was never killed. Exit status 1 at the first failure.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
SMALL = HERE.parent / "tests" / "store"
sys.path.insert(0, str(SMALL))

from small_coder import SmallCoder, document, gate  # noqa: E402

from communique.pipeline.keeping import add_items  # noqa: E402
from communique.pipeline.relinking import link  # noqa: E402
from communique.records import Document  # noqa: E402
from communique.store import Decision, Record  # noqa: E402

ACTORS = ["IRN", "SYR", "CHN", "PAK", "RUS", "IND", "TUR", "QAT"]
DOCUMENTS = 4000


def corpus(count: int = DOCUMENTS) -> list[Document]:
    """Documents in the small language, many of them of one event."""
    chance = random.Random(3)
    docs = []
    for n in range(count):
        a, b = chance.sample(ACTORS, 2)
        docs.append(document(f"d{n}", f"{a} visits {b} on 2020-07-{n % 28 + 1:02}. {b} meets {a}. text {n}"))
    return docs


def work(folder: Path, kind: str, seed: int) -> None:
    """One worker: tells on standard output what was acknowledged."""
    with Record.create(folder) as record:
        reports = record.reports().to_pylist() if kind == "decide" else []
        print("ready", flush=True)
        if kind == "import":
            add_items(record, corpus(), SmallCoder, gate=gate, size=5, progress=lambda n: print("added", n, flush=True))
        elif kind == "link":
            while True:
                print("linked", link(record).reports, flush=True)
        else:
            decide(record, reports, random.Random(seed))


def decide(record: Record, reports: list[dict[str, str]], chance: random.Random) -> None:
    """Decisions of all kinds, one by one."""
    while reports:
        row = chance.choice(reports)
        kind = chance.choice(["accept", "reject", "edit"])
        more = {"field": "status", "value": chance.choice(["planned", "cancelled"])} if kind == "edit" else {}
        try:
            told = record.decide(Decision(kind=kind, who="ana", report=row["report_id"], doc_id=row["doc_id"], **more))
        except Exception as broken:
            print("refused", type(broken).__name__, flush=True)
            raise
        print("decided", told, flush=True)


def round_of(folder: Path, kind: str, seed: int, after: float) -> list[str]:
    """What a worker told before it was killed."""
    command = [sys.executable, __file__, "--work", kind, "--folder", str(folder), "--seed", str(seed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    told = process.stdout.read().splitlines()
    process.wait()
    return [line for line in told if len(line.split()) == 2]


def check(folder: Path, told: list[str], known: Counter[str]) -> None:
    """Raises AssertionError where something that was told is not there, or the record is damaged."""
    with Record.open(folder) as record:
        grave = [p for p in record.verify() if p.grave]
        assert not grave, grave
        documents = record.documents()
        log = record.decisions()
        for line in told:
            what, _, number = line.partition(" ")
            assert what != "refused", line
            known[what] = max(known[what], int(number))
        assert len(documents) >= known["added"], (len(documents), known)
        assert [e.id for e in log] == list(range(1, len(log) + 1))
        assert len(log) >= known["decided"], (len(log), known)
        coded = record.sql("SELECT count(*) AS n FROM r").to_pylist()[0]["n"]
        with record.reading() as connection:
            rejected = connection.execute("SELECT count(*) FROM overlays WHERE state = 'rejected'").fetchone()[0]
        assert coded + rejected == 2 * len(documents), (coded, rejected, len(documents))


def main() -> None:
    """Runs the rounds, then completes the work and compares it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.work:
        work(given.folder, given.work, given.seed)
        return
    chance = random.Random(given.seed)
    known: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="communique-durability-") as held:
        folder = Path(held) / "record"
        for n in range(given.kills):
            kind = "import" if n < 3 else chance.choice(["import", "import", "link", "decide"])
            check(folder, round_of(folder, kind, n, chance.uniform(0, 0.4 if kind == "import" else 1.5)), known)
            kinds[kind] += 1
        complete(folder, Path(held) / "whole")
    print(f"{given.kills} kills {dict(kinds)}: acknowledged {dict(known)}, nothing lost, verify clean, rerun complete")


def complete(folder: Path, whole: Path) -> None:
    """The rerun gives the coded reports of a record that was never killed."""
    tables = []
    for path in (folder, whole):
        with Record.create(path) as record:
            add_items(record, corpus(), SmallCoder, gate=gate, size=5)
            for entry in record.decisions():
                if entry.kind == "reject" and entry.id not in {e.undoes for e in record.decisions()}:
                    record.undo(entry.id, "ben")
            query = "SELECT rid, type, start, actors FROM r ORDER BY rid"
            tables.append(record.sql(query.replace("start", '"start"')))
            assert not [p for p in record.verify() if p.grave]
    assert tables[0] == tables[1], "the rerun gave other reports"


if __name__ == "__main__":
    main()
