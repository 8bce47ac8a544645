"""Opening, facets, text search and memory of a record of many synthetic reports with 50,000 decisions.

    python benchmarks/record_scale.py FOLDER --reports 1000000

makes the record in FOLDER where there is none yet (minutes), then measures in a fresh process and prints the figures.
With `--link` its reports are linked first as `communique link --record` does it: near-copies, engagements, learned
tenures with their words, levels and tellings.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

from communique.pipeline.relinking import link, sketch_new
from communique.records import Document, Versions
from communique.store import Decision, Incoming, Links, Record
from communique.store.linking import COPIES, LINKS
from communique.store.rows import REPORTS, engagement_number, key_of, report_number
from communique.store.shards import Coded, Outcome, write_table
from communique.text import content_hash

ACTORS = [
    "USA",
    "CHN",
    "RUS",
    "IRN",
    "IND",
    "PAK",
    "TUR",
    "SYR",
    "FRA",
    "GBR",
    "DEU",
    "ITA",
    "JPN",
    "KOR",
    "PRK",
    "SAU",
    "ARE",
    "QAT",
    "EGY",
    "ISR",
    "UKR",
    "POL",
    "VNM",
    "PHL",
    "AUS",
]
TYPES = {
    "visit": ("visitor", "host"), "meeting": ("party", "party"), "agreement": ("party", "party"),
    "exercise": ("party", "party"), "transfer": ("supplier", "recipient"), "statement": ("speaker", "addressee"),
}  # fmt: skip
STATUSES, SHARES = ["occurred", "planned", "ongoing", "cancelled", "denied"], [0.7, 0.15, 0.08, 0.04, 0.03]
DOMAINS = ["maritime", "counterterrorism", "border", "training", "arms_industry", "missile"]
LEVELS = ["minister", "chief_of_staff", "service_chief", "commander", None, None]
WORDS = [f"word{n}" for n in range(3000)]
VERSIONS = Versions(coder="synthetic", codebook="0", lexicon="0")
START = dt.date(2005, 1, 1).toordinal()
PLACES = 2_000
DECISIONS = 50_000
SHARD = 8_000  # documents
COPY_RATE = 0.3  # documents that retell an earlier event


def make(folder: Path, reports: int) -> None:
    """The record: 2.5 reports a document on average, a third of them of events told before."""
    chance = random.Random(1)
    with Record.create(folder) as record:
        made = 0
        events: list[tuple[str, str, str, int]] = []
        while made < reports:
            made += publish(record, chance, events, made, reports)
            print(f"{made} reports", flush=True)
        links(record)
        decide(record, chance, min(DECISIONS, reports // 20))


def publish(
    record: Record, chance: random.Random, events: list[tuple[str, str, str, int]], made: int, limit: int
) -> int:
    """One shard of synthetic documents; how many reports it has."""
    items, rows = [], []
    for place in range(SHARD):
        text = (
            " ".join(chance.choices(WORDS, k=60))
            + f" document {made} {place}"
            + (" naval drill" * (chance.random() < 0.02))
        )
        ident = f"s{made}-{place}"
        outlet = f"Outlet {int(chance.paretovariate(0.8)) % 400}"
        day = START + chance.randrange(7000)
        digest = content_hash(text)
        doc = Document(id=ident, text=text, outlet=outlet, outlet_country=chance.choice(ACTORS), hash=digest,
                       published=dt.date.fromordinal(day), lang="en")  # fmt: skip
        items.append(Incoming(doc))
        for item in range(chance.choice((1, 1, 2, 3, 3, 5))):
            if events and chance.random() < COPY_RATE:
                event = events[chance.randrange(max(0, len(events) - 20_000), len(events))]
            else:
                a, b = chance.sample(ACTORS[: 4 + int(chance.paretovariate(1)) % 18], 2)
                event = (chance.choice(list(TYPES)), a, b, day - chance.randrange(10))
                events.append(event)
            rows.append(row(chance, doc, place, item, event))
    rows = rows[: limit - made]
    table = pa.Table.from_pylist(rows, schema=REPORTS)
    written = write_table(record.shards, f"synthetic-{made}", table)
    outcomes = tuple(Outcome("coded") for _ in items)
    record.publish(items, Coded(content_hash(written.sha256), written, outcomes, (), VERSIONS))
    return len(rows)


def row(
    chance: random.Random, doc: Document, place: int, item: int, event: tuple[str, str, str, int]
) -> dict[str, object]:
    """The row of one report."""
    kind, first, second, day = event
    ident = content_hash(doc.hash, kind, f"{item * 10}-{item * 10 + 9}")
    rid = report_number(doc.id, doc.hash, ident)
    start = dt.date.fromordinal(day)
    roles = TYPES[kind]
    number = day % PLACES
    lat, lon = (number * 7919 % 1250 / 10 - 55, number * 104729 % 3600 / 10 - 180) if number % 10 else (None, None)
    level = chance.choice(LEVELS)
    actors = sorted({first, second})
    parties = [
        {"role": r, "actor": a, "kind": "person" if level else "country",
         "name": f"Person {a} {day % 40}" if level else None,
         "post": "Minister of Defence" if level else None, "rank": None, "mention": None, "level": level,
         "start": None, "end": None}
        for r, a in zip(roles, (first, second), strict=True)
    ]  # fmt: skip
    return {
        "rid": rid, "alone": engagement_number(content_hash("engagement", key_of(rid))), "doc": place,
        "doc_id": doc.id, "doc_hash": doc.hash,
        "item": item, "report_id": ident, "outlet": doc.outlet, "outlet_country": doc.outlet_country,
        "published": doc.published, "type": kind, "mode": None, "status": chance.choices(STATUSES, SHARES)[0],
        "start": start, "end": start, "precision": "day", "date_text": str(start), "place": f"Place {number}",
        "place_country": second, "place_text": None, "placed": True, "lat": lat, "lon": lon,
        "geo_precision": None if lat is None else 1 + number % 3,
        "actors": actors, "pairs": ["-".join(actors)], "level": level,
        "domains": chance.sample(DOMAINS, chance.choice((0, 1, 1, 2))),
        "aggregate": False, "confidence": chance.random(), "asserted_kind": "outlet", "asserted_name": None,
        "asserted_text": None, "cameo": "04", "plover": "CONSULT", "plover_mode": "visit", "participants": parties,
        "evidence": [{"start": item * 10, "end": item * 10 + 9}], "claims": [], "details": None,
        "why": ["synthetic"], "coder": "synthetic", "codebook": "0", "lexicon": "0",
    }  # fmt: skip


def links(record: Record) -> None:
    """Links reports of one type, pair and day, as linking would."""
    rows = record.sql(
        'SELECT rid, min(alone) OVER (PARTITION BY type, pairs, "start") AS engagement FROM r ORDER BY rid'
    )
    empty = pa.nulls(rows.num_rows)
    table = pa.table({"rid": rows["rid"], "engagement": rows["engagement"], "partner": empty.cast(pa.int64()),
                      "score": empty.cast(pa.float32()), "why": empty.cast(LINKS.field("why").type)})  # fmt: skip
    print(record.publish_links(Links(table, COPIES.empty_table())), flush=True)


def decide(record: Record, chance: random.Random, count: int) -> None:
    """Decisions of all kinds on random reports, in lists of a thousand."""
    rows = record.sql(
        "SELECT report_id, doc_id FROM reports USING SAMPLE reservoir(" + str(count) + " ROWS) REPEATABLE (7)"
    ).to_pylist()
    began = time.perf_counter()
    for at in range(0, len(rows), 5000):
        record.decide_many([one(chance, told) for told in rows[at : at + 5000]])
    print(f"{len(rows)} decisions in {time.perf_counter() - began:.1f} s", flush=True)


def one(chance: random.Random, told: dict[str, str]) -> Decision:
    """A decision on a report."""
    kind = chance.choice(["accept", "accept", "reject", "edit"])
    more = {"field": "status", "value": chance.choice(STATUSES)} if kind == "edit" else {}
    return Decision(kind=kind, who="ana", report=told["report_id"], doc_id=told["doc_id"], **more)  # type: ignore[arg-type]


SELECTIONS: list[dict[str, object]] = [
    {"text": "naval drill"}, {"text": "naval drill", "country": "IRN"}, {"text": "word7 OR word8"},
    {"text": "word9", "type": "visit"},
    {"text": "nav* drill", "since": "2015-01-01"}, {"country": "IRN"}, {"pair": "IRN-SYR"},
    {"type": "exercise", "domain": "maritime"},
    {"status": "cancelled"}, {"witnesses": 3}, {},
]  # fmt: skip


def measure(folder: Path, rounds: int = 5) -> dict[str, object]:
    """Seconds of opening, milliseconds of all facets of a selection (warm), and the peak of memory.

    Names with `cpu` are the processor time in it, which a machine that does other work too stretches less.
    """
    began, cpu = time.perf_counter(), time.process_time()
    record = Record.open(folder)
    record.views()
    opened, opened_cpu = time.perf_counter() - began, time.process_time() - cpu
    told: dict[str, object] = {"opening_s": round(opened, 2), "opening_cpu_s": round(opened_cpu, 2)}
    told |= record.views().counts()
    every: list[tuple[float, float]] = []
    searched: list[tuple[float, float]] = []
    for unit in ("engagements", "reports"):
        for selection in SELECTIONS:
            record.facets(unit, **selection)
            times = [timed(lambda u=unit, s=selection: record.facets(u, **s)) for _ in range(rounds)]
            told[f"{unit} {json.dumps(selection)}"] = " ".join(str(round(x)) for x in np.median(times, axis=0))
            every += times
            searched += times if "text" in selection else []
    for name, measured in (("all", every), ("text", searched)):
        wall, processor = np.percentile(measured, 95, axis=0)
        told |= {f"p95_ms_{name}": round(float(wall)), f"p95_cpu_ms_{name}": round(float(processor))}
    ident = record.reports(limit=1)["report_id"][0].as_py()
    for name, act in (
        ("decision_ms", lambda: record.decide(Decision(kind="accept", who="ana", report=ident))),
        ("after_decision_ms", record.views), ("first_page_ms", lambda: record.engagements(country="IRN", limit=50)),
    ):  # fmt: skip
        told[name] = " ".join(str(round(x)) for x in timed(act))
    told["memory_gb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)
    return told


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds until it is done, and those of the processor."""
    began, cpu = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000


def relink(folder: Path) -> dict[str, object]:
    """Seconds of sketching the documents, which is done once for each, and of a whole run of linking; the peak."""
    told: dict[str, object] = {}
    with Record.open(folder) as record:
        for name, act in (("sketch", sketch_new), ("link", link)):
            began, cpu = time.perf_counter(), time.process_time()
            done = act(record)
            told[f"{name}_s"] = round(time.perf_counter() - began, 1)
            told[f"{name}_cpu_s"] = round(time.process_time() - cpu, 1)
    told["linked"] = done
    told["memory_gb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)
    return told


def main() -> None:
    """Makes the record where needed, and prints the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--link", action="store_true")
    given = parser.parse_args()
    if given.measure:
        for name, value in (relink if given.link else measure)(given.folder).items():
            print(f"{name:60} {value}", flush=True)
        return
    if not (given.folder / "record.sqlite").exists():
        make(given.folder, given.reports)
    for step in (["--link"], []) if given.link else ([],):
        subprocess.run([sys.executable, __file__, str(given.folder), "--measure", *step], check=True)


if __name__ == "__main__":
    main()
