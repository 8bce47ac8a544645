"""How long the Observatory takes on a large record, such as benchmarks/record_scale.py makes.

    python benchmarks/record_scale.py FOLDER --reports 1000000
    python benchmarks/observatory.py FOLDER

prints, for every page and for changes of a facet, the time until the answer is there, the first time and again, and the
processor time in it, which a machine that does other work too stretches less; the same of pages that are asked for
right after a decision; how long the map and the timeline are drawn in chromium; then what 8 reviewers wait who look at
a report each and save at the same moment, again and again, while `communique add` runs. The record is changed by the
decisions and the import: use a copy.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from serving_record import serving

from communique.review.reviewers import add_reviewer
from communique.store import Decision, Record
from communique.text import content_hash

PAGES = (
    "/", "/explore", "/explore?unit=reports", "/explore?view=timeline", "/explore?view=map", "/explore?view=network",
    "/explore?view=network&nodes=officials", "/countries", "/country/IRN", "/pair/IRN-SYR", "/officials", "/exercises",
    "/agreements", "/transfers", "/documents", "/set-aside", "/codebook", "/review",
    "/api/v1/engagements", "/api/v1/facets",
)  # fmt: skip
FACETS = (
    "country=IRN", "country=IRN&type=visit", "type=exercise", "type=exercise&domain=maritime", "status=cancelled",
    "witnesses=3", "pair=IRN-SYR", "since=2015-01-01&until=2015-12-31", "country=CHN&status=planned", "level=minister",
    "text=naval+drill", "unit=reports&outlet=Outlet+3",
)  # fmt: skip
CHANGED = tuple(f"/explore?{query}" for query in FACETS)
BRIEFS = Path(__file__).resolve().parents[1] / "gold" / "demo.jsonl"
PARTS = ("pages", "facets", "after", "drawing", "saves")
FIGURES = {"/explore?view=map": "figure.map circle.spot", "/explore?view=timeline": "figure.timeline rect.event"}
"""Pages with a figure, and its shapes."""
DRAWN = """
addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => requestAnimationFrame(
  () => performance.mark("drawn"))));
"""
"""Marks the frame after the one in which the whole page was laid out and painted."""
SINCE = """() => {
  const drawn = performance.getEntriesByName("drawn")[0].startTime;
  return [drawn, drawn - performance.getEntriesByType("navigation")[0].responseEnd];
}"""
PATIENCE = 600.0
SERVER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from serving_record import serving
with serving(Path(sys.argv[1])) as address:
    print(address, flush=True)
    sys.stdin.read()
"""


def once(client: httpx.Client, path: str) -> float:
    """Milliseconds until the whole answer is there."""
    began = time.perf_counter()
    answer = client.get(path)
    answer.raise_for_status()
    return (time.perf_counter() - began) * 1000


def reads(
    address: str, paths: tuple[str, ...], rounds: int, before: Callable[[], object] = lambda: None
) -> tuple[list[float], list[float]]:
    """Prints the times of the paths, `before` being done before each; the first times of all, and the others."""
    firsts, every = [], list[float]()
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        for path in paths:
            before()
            began = time.process_time()
            firsts.append(once(client, path))
            spent = (time.process_time() - began) * 1000
            times = [once(client, path) for _ in range(rounds)]
            again = f"again {statistics.median(times):6.0f}" if times else ""
            print(f"{path:48} first {firsts[-1]:7.0f}, processor {spent:6.0f} {again} ms", flush=True)
            every += times
    return firsts, every


def told(name: str, firsts: list[float], every: list[float]) -> None:
    """Prints the 95th percentiles."""
    print(f"p95 of {name}: first {percentile(firsts)}" + (f", again {percentile(every)}" if every else ""))


def opened() -> None:
    """Waits until the server in this process has read its tables; prints how long."""
    began = time.perf_counter()
    while any(thread.name == "look_ahead" for thread in threading.enumerate()):
        time.sleep(0.1)
    print(f"opened in {time.perf_counter() - began:.1f} s", flush=True)


def deciding(folder: Path) -> Callable[[], object]:
    """A function that accepts one more report."""
    record = Record.open(folder)
    rows = iter(record.reports(limit=2000).select(["report_id", "doc_id"]).to_pylist()[::7])

    def decide() -> object:
        row = next(rows)
        return record.decide(Decision(kind="accept", who="Ann", report=row["report_id"], doc_id=row["doc_id"]))

    return decide


def drawing(address: str, rounds: int) -> None:
    """Prints how long chromium takes from asking to the frame in which the figure stands, and from the last byte."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for path, figure in FIGURES.items():
            times = []
            for _ in range(rounds + 1):
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.add_init_script(DRAWN)
                page.goto(f"{address}{path}", timeout=PATIENCE * 1000)
                while not page.evaluate("performance.getEntriesByName('drawn').length"):
                    time.sleep(0.02)
                shapes = page.locator(figure).count()
                times.append(page.evaluate(SINCE))
                page.close()
            whole, after = (statistics.median(part) for part in zip(*times[1:], strict=True))
            print(f"{path:32} {shapes} shapes drawn {whole:5.0f} ms after asking, {after:5.0f} ms after the last byte")
        browser.close()


def saving(
    address: str, token: str, reports: list[dict[str, str]], together: threading.Barrier, times: list[float],
    wrong: list[str],
) -> None:  # fmt: skip
    """One reviewer looks at a report, waits until all others have looked at theirs, and accepts it; and so on."""
    headers = {"authorization": f"Bearer {token}"}
    with httpx.Client(base_url=address, timeout=PATIENCE, headers=headers) as client:
        for row in reports:
            once(client, f"/review/report/{row['report']}?doc={row['doc_id']}")
            together.wait()
            began = time.perf_counter()
            answer = client.post("/api/v1/decisions", json=[{"kind": "accept", **row}])
            times.append((time.perf_counter() - began) * 1000)
            if answer.status_code != 201:
                wrong.append(answer.text[:200])


def articles(path: Path, count: int) -> None:
    """Writes so many articles for an import, each a brief of the demo corpus with a last sentence of its own."""
    briefs = [json.loads(line) for line in BRIEFS.read_text(encoding="utf-8").splitlines()]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            brief = briefs[number % len(briefs)]
            text = f"{brief['text']} The ministry counted {time.time_ns()} letters."
            file.write(json.dumps({**brief, "id": content_hash(text), "text": text}) + "\n")


@contextmanager
def importing(folder: Path, count: int) -> Iterator[subprocess.Popen[bytes]]:
    """`communique add` in a process of its own, from the moment in which its first shard is published."""
    with tempfile.TemporaryDirectory() as held, Record.open(folder, read_only=True) as record:
        path = Path(held) / "articles.jsonl"
        articles(path, count)
        before = record.sequence
        command = ["add", str(path), "--record", str(folder), "--model", "rules", "--no-link", "--quiet"]
        with subprocess.Popen([sys.executable, "-m", "communique", *command]) as process:
            while record.sequence == before and process.poll() is None:
                time.sleep(0.1)
            yield process
            process.terminate()


def saves(folder: Path, address: str, people: int, each: int, documents: int) -> tuple[list[float], list[str], int]:
    """Milliseconds of all saves of the reviewers, what was refused, and the shards that were published meanwhile."""
    with Record.open(folder) as record:
        tokens = [add_reviewer(record, f"Reviewer {n}") for n in range(people)]
        table = record.reports(limit=100_000).select(["report_id", "doc_id"]).to_pylist()
    chosen = random.Random(time.time()).sample(table, people * each)
    rows = [{"report": one["report_id"], "doc_id": one["doc_id"]} for one in chosen]
    times: list[float] = []
    wrong: list[str] = []
    with importing(folder, documents) as process, Record.open(folder, read_only=True) as record:
        before = record.sequence
        together = threading.Barrier(people)
        threads = [
            threading.Thread(
                target=saving, args=(address, token, rows[n * each : (n + 1) * each], together, times, wrong)
            )
            for n, token in enumerate(tokens)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if process.poll() is not None:
            wrong.append(f"the import ended before the saves did, with {process.returncode}; give more --documents")
        published = record.sequence - before - len(times)
    return times, wrong, published


def percentile(times: list[float]) -> str:
    """The 95th percentile in words."""
    return f"{np.percentile(times, 95):.0f} ms"


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reviewers", type=int, default=8)
    parser.add_argument("--each", type=int, default=40, help="saves of each reviewer")
    parser.add_argument("--documents", type=int, default=2000, help="articles for the import that runs meanwhile")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; may be given again")
    given = parser.parse_args()
    parts = given.only or PARTS
    if set(parts) - {"saves"}:
        with serving(given.folder) as address:
            opened()
            if "pages" in parts:
                told("pages", *reads(address, PAGES, given.rounds))
            if "facets" in parts:
                told("changes of a facet", *reads(address, CHANGED, given.rounds))
            if "after" in parts:
                told("pages after a decision", *reads(address, PAGES, 0, deciding(given.folder)))
                told("changes of a facet after a decision", *reads(address, CHANGED, 0, deciding(given.folder)))
            if "drawing" in parts:
                drawing(address, given.rounds)
        print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GB", flush=True)
    if "saves" in parts:
        command = [sys.executable, "-c", SERVER, str(given.folder), sys.path[0]]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            once(httpx.Client(base_url=address, timeout=PATIENCE), "/review")
            times, wrong, shards = saves(given.folder, address, given.reviewers, given.each, given.documents)
            server.communicate()
        print(
            f"{len(times)} saves by {given.reviewers} at once, p95 {percentile(times)}; {shards} shards came meanwhile"
        )
        print(f"median {statistics.median(times):.0f} ms, refused: {len(wrong)} {wrong[:3]}")


if __name__ == "__main__":
    main()
