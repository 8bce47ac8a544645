"""How long the Observatory takes on a large record, such as benchmarks/record_scale.py makes.

    python benchmarks/record_scale.py FOLDER --reports 1000000
    python benchmarks/observatory.py FOLDER

prints, for every page and for changes of a facet, the median and the 95th percentile of the time until the answer is
there, and the processor time in it, which a machine that does other work too stretches less; then what 8 reviewers wait
who save at once while an import runs. The record is changed by the saves and the import: use a copy.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from serving_record import serving

from communique.pipeline.batch import SIZE
from communique.review.reviewers import add_reviewer
from communique.store import Record

PAGES = (
    "/", "/explore", "/explore?unit=reports", "/explore?view=timeline", "/explore?view=map", "/explore?view=network",
    "/explore?view=network&nodes=officials", "/countries", "/country/IRN", "/pair/IRN-SYR", "/officials", "/exercises",
    "/agreements", "/transfers", "/documents", "/set-aside", "/review", "/api/v1/engagements", "/api/v1/facets",
)  # fmt: skip
FACETS = (
    "country=IRN", "country=IRN&type=visit", "type=exercise", "type=exercise&domain=maritime", "status=cancelled",
    "witnesses=3", "pair=IRN-SYR", "since=2015-01-01&until=2015-12-31", "country=CHN&status=planned", "level=minister",
    "text=naval+drill", "unit=reports&outlet=Outlet+3",
)  # fmt: skip
PATIENCE = 600.0
IMPORT = """
import random, sys, time
sys.path.insert(0, sys.argv[2])
import record_scale
from communique.store import Record
record_scale.SHARD = int(sys.argv[4])
began = int(time.time()) * 10**9
with Record.open(sys.argv[1]) as record:
    for shard in range(int(sys.argv[3])):
        record_scale.publish(record, random.Random(shard), [], began + shard * 10**6, began + (shard + 1) * 10**6)
"""


def timed(client: httpx.Client, path: str, rounds: int) -> tuple[float, list[float], float]:
    """Milliseconds of the first answer and of the following ones, and the processor's in each of those."""
    first = once(client, path)
    began = time.process_time()
    times = [once(client, path) for _ in range(rounds)]
    return first, times, (time.process_time() - began) * 1000 / rounds


def once(client: httpx.Client, path: str) -> float:
    """Milliseconds until the whole answer is there."""
    began = time.perf_counter()
    answer = client.get(path)
    answer.raise_for_status()
    return (time.perf_counter() - began) * 1000


def reads(address: str, paths: tuple[str, ...], rounds: int) -> list[float]:
    """Prints the times of the paths; all of them but the first of each."""
    every: list[float] = []
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        for path in paths:
            first, times, processor = timed(client, path, rounds)
            told = f"first {first:7.0f}  median {statistics.median(times):7.0f}  processor {processor:7.0f} ms"
            print(f"{path:48} {told}", flush=True)
            every += times
    return every


def saving(address: str, token: str, reports: list[dict[str, str]], times: list[float], wrong: list[str]) -> None:
    """One reviewer accepts reports, one after the other."""
    headers = {"authorization": f"Bearer {token}"}
    with httpx.Client(base_url=address, timeout=PATIENCE, headers=headers) as client:
        for row in reports:
            began = time.perf_counter()
            answer = client.post("/api/v1/decisions", json=[{"kind": "accept", **row}])
            times.append((time.perf_counter() - began) * 1000)
            if answer.status_code != 201:
                wrong.append(answer.text[:200])


def saves(
    folder: Path, address: str, people: int, each: int, shards: int, documents: int
) -> tuple[list[float], list[str], float]:
    """Milliseconds of all saves of the reviewers, what was refused, and the seconds that the import took."""
    with Record.open(folder) as record:
        tokens = [add_reviewer(record, f"Reviewer {n}") for n in range(people)]
        table = record.reports(limit=100_000).select(["report_id", "doc_id"]).to_pylist()
    chosen = random.Random(3).sample(table, people * each)
    rows = [{"report": one["report_id"], "doc_id": one["doc_id"]} for one in chosen]
    times: list[float] = []
    wrong: list[str] = []
    began = time.perf_counter()
    importing = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(folder), str(Path(__file__).parent), *map(str, (shards, documents))]
    )
    threads = [
        threading.Thread(target=saving, args=(address, token, rows[n * each : (n + 1) * each], times, wrong))
        for n, token in enumerate(tokens)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if importing.wait() != 0:
        wrong.append(f"the import ended with {importing.returncode}")
    return times, wrong, time.perf_counter() - began


def percentile(times: list[float]) -> str:
    """The 95th percentile in words."""
    return f"{np.percentile(times, 95):.0f} ms"


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reviewers", type=int, default=8)
    parser.add_argument("--each", type=int, default=20, help="saves of each reviewer")
    parser.add_argument("--shards", type=int, default=125, help="shards that are imported meanwhile")
    parser.add_argument("--documents", type=int, default=SIZE, help="documents of each; `communique add` takes so many")
    parser.add_argument("--only", choices=("pages", "facets", "saves"), help="only this part")
    given = parser.parse_args()
    with serving(given.folder) as address:
        if given.only in (None, "pages"):
            print(f"p95 of pages {percentile(reads(address, PAGES, given.rounds))}")
        if given.only in (None, "facets"):
            changed = tuple(f"/explore?{query}" for query in FACETS)
            print(f"p95 of changes of a facet {percentile(reads(address, changed, given.rounds))}")
        if given.only in (None, "saves"):
            told = (given.reviewers, given.each, given.shards, given.documents)
            times, wrong, seconds = saves(given.folder, address, *told)
            print(f"{len(times)} saves by {given.reviewers} at once, p95 {percentile(times)}, import {seconds:.0f} s")
            print(f"median {statistics.median(times):.0f} ms, refused: {len(wrong)} {wrong[:3]}")
        print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GB")


if __name__ == "__main__":
    main()
