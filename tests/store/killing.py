"""Kills imports, link runs and writers of decisions at random moments, and checks that nothing acknowledged is lost.

A round starts a worker on one record, kills it (SIGKILL) after a random time, then asserts: every document and decision
that the worker told of is there, the log has no gap, no report is half there, `verify` finds no damage, and an answer
can be given. The test does a few rounds, `benchmarks/durability.py` a hundred.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from small_coder import SmallCoder, document, gate

from communique.pipeline.keeping import add_items
from communique.pipeline.relinking import link
from communique.records import Document
from communique.store import Decision, Record

ACTORS = ["IRN", "SYR", "CHN", "PAK", "RUS", "IND", "TUR", "QAT"]
PATIENCE = {"import": 0.4, "link": 1.5, "decide": 1.5}
"""How long a worker is left alone at most once it has opened the record, as a multiple of the time that it took to
start: so it gets as far on a busy machine as on a calm one."""
KINDS = ("import", "import", "link", "decide")
SIZE = 5
"""Documents in a shard."""


def corpus(count: int) -> list[Document]:
    """Documents in the small language, each of two reports, many of them of one event."""
    chance = random.Random(3)
    docs = []
    for n in range(count):
        a, b = chance.sample(ACTORS, 2)
        docs.append(document(f"d{n}", f"{a} visits {b} on 2020-07-{n % 28 + 1:02}. {b} meets {a}. text {n}"))
    return docs


def work(folder: Path, kind: str, seed: int, documents: int) -> None:
    """One worker, which tells on standard output what was acknowledged."""
    with Record.create(folder) as record:
        reports = record.reports().to_pylist() if kind == "decide" else []
        docs = corpus(documents) if kind == "import" else []
        print("ready", flush=True)
        if kind == "import":
            add_items(record, docs, SmallCoder, gate=gate, size=SIZE, progress=lambda n: print("added", n, flush=True))
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


@dataclass(slots=True)
class Killing:
    """Rounds on one record. `known` holds the most of each kind that was acknowledged, `kinds` the rounds of each."""

    folder: Path
    documents: int
    chance: random.Random
    known: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def rounds(self, kills: int) -> None:
        """So many kills, the first of an import; raises AssertionError where anything is lost or damaged."""
        for number in range(kills):
            kind = self.chance.choice(KINDS) if number else "import"
            told = self.killed(kind, number)
            self.check(told)
            self.kinds[kind] += 1

    def killed(self, kind: str, seed: int) -> list[str]:
        """What a worker told before it was killed."""
        command = [sys.executable, __file__, kind, str(self.folder), str(seed), str(self.documents)]
        began = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(self.chance.uniform(0, PATIENCE[kind] * (time.perf_counter() - began)))
            process.send_signal(signal.SIGKILL)
            told = process.stdout.read().splitlines()
        return [line for line in told if len(line.split()) == 2]

    def check(self, told: list[str]) -> None:
        """Raises AssertionError where something that was told is not there, or the record is damaged."""
        for line in told:
            what, _, number = line.partition(" ")
            assert what != "refused", line
            self.known[what] = max(self.known[what], int(number))
        with Record.open(self.folder) as record:
            assert not damage(record)
            documents, log = record.documents(), record.decisions()
            assert len(documents) >= self.known["added"], (len(documents), self.known)
            assert [entry.id for entry in log] == list(range(1, len(log) + 1))
            assert len(log) >= self.known["decided"], (len(log), self.known)
            seen = record.sql("SELECT count(*) AS n FROM reports").to_pylist()[0]["n"]
            assert seen + rejected(record) == 2 * len(documents), (seen, len(documents))

    def complete(self, whole: Path) -> None:
        """Does the rest of the work; raises AssertionError unless it gives what a record that was never killed has."""
        tables = []
        for path in (self.folder, whole):
            with Record.create(path) as record:
                add_items(record, corpus(self.documents), SmallCoder, gate=gate, size=SIZE)
                takes_back(record)
                tables.append(record.sql('SELECT report_id, type, "start", actors FROM reports ORDER BY report_id'))
                assert not damage(record)
        assert tables[0].num_rows == 2 * self.documents
        assert tables[0] == tables[1], "the rerun gave other reports"


def damage(record: Record) -> list[object]:
    """What `verify` finds to be lost or spoilt; what a killed process left lying about is none."""
    return [problem for problem in record.verify() if problem.grave]


def rejected(record: Record) -> int:
    """How many reports people's decisions take out."""
    with record.reading() as connection:
        found = connection.execute("SELECT count(*) FROM overlays WHERE state = 'rejected'").fetchone()
    return int(found[0])


def takes_back(record: Record) -> None:
    """Undoes every rejection that still holds."""
    log = record.decisions()
    undone = {entry.undoes for entry in log}
    for entry in log:
        if entry.kind == "reject" and entry.id not in undone:
            record.undo(entry.id, "ben")


if __name__ == "__main__":
    work(Path(sys.argv[2]), sys.argv[1], int(sys.argv[3]), int(sys.argv[4]))
