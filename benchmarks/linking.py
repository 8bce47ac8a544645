"""Time, growth and memory of linking on invented reports: `python benchmarks/linking.py 100000 1000000`.

A story is one to four engagements of a pair of states within a few days. Each is told by some documents (few mostly,
hundreds rarely), a third of which print another's text. Documents leave out persons, places and dates, write names in
several ways, look ahead or back, and recall older stories. Pairs of states and lengths of stories are as uneven as in
the news (Zipf). Each size runs in a process of its own; pairwise precision and recall are those of the invented truth.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from communique.pipeline.link import DocumentInfo, LinkItem, Party, link_reports

STATES = 190
TYPES = (
    "meeting",
    "visit",
    "transfer",
    "deployment",
    "exercise",
    "statement",
    "cooperation",
    "agreement",
    "incident",
    "training",
)
WEIGHTS = (24, 14, 14, 12, 10, 10, 6, 5, 3, 2)
ROLES = {
    "visit": ("visitor", "host"),
    "transfer": ("supplier", "recipient"),
    "deployment": ("deployer", "host"),
    "statement": ("speaker", "addressee"),
    "incident": ("perpetrator", "target"),
    "training": ("provider", "recipient"),
}
FIRST, LAST = dt.date(2004, 1, 1).toordinal(), dt.date(2024, 1, 1).toordinal()
SYLLABLES = ("ba", "gh", "er", "ri", "mo", "sa", "lin", "ko", "va", "te", "dor", "han", "wu", "zar", "mel", "ok")


@dataclass(frozen=True, slots=True)
class Event:
    """One invented engagement."""

    number: int
    type: str
    parties: tuple[Party, ...]
    start: int
    end: int
    place: str
    country: str
    name: str | None


def stories(rng: random.Random) -> Iterator[tuple[list[Event], int, float]]:
    """Stories without end: engagements, the day of the news, and how many documents tell it."""
    number = 0
    while True:
        a, b = zipf(rng, STATES), zipf(rng, STATES)
        if a == b:
            continue
        day = rng.randint(FIRST, LAST)
        events = []
        for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
            number += 1
            events.append(event(rng, number, f"S{a:03}", f"S{b:03}", day + rng.randint(-2, 2)))
        yield events, day, min(400.0, rng.paretovariate(1.1))


def zipf(rng: random.Random, count: int) -> int:
    """A number below `count`, small ones far more often."""
    return min(int(math.exp(rng.random() * math.log(count))), count - 1)


def event(rng: random.Random, number: int, a: str, b: str, day: int) -> Event:
    """One engagement of two states about a day."""
    kind = rng.choices(TYPES, WEIGHTS)[0]
    roles = ROLES.get(kind, ("party", "party"))
    named = kind in ("meeting", "visit", "statement") and rng.random() < 0.8
    parties = tuple(
        Party(r, s, "person", person(rng, s)) if named else Party(r, s) for r, s in zip(roles, (a, b), strict=True)
    )
    length = rng.choice((0, 0, 0, 1, 2, 9)) if kind in ("visit", "exercise", "deployment", "meeting") else 0
    name = f"Shield {rng.randint(1, 400)}" if kind == "exercise" and rng.random() < 0.6 else None
    return Event(number, kind, parties, day, day + length, f"Town {b} {rng.randint(1, 5)}", b, name)


def person(rng: random.Random, state: str) -> str:
    """One of the forty officials of a state."""
    own = random.Random(f"{state}{rng.randint(1, 40)}")
    return f"{''.join(own.choices(SYLLABLES, k=2)).title()} {''.join(own.choices(SYLLABLES, k=3)).title()}"


def corpus(size: int, seed: int = 1) -> tuple[list[LinkItem], dict[str, DocumentInfo], list[int]]:
    """That many reports, their documents, and the true engagement of each report."""
    rng = random.Random(seed)
    items: list[LinkItem] = []
    documents: dict[str, DocumentInfo] = {}
    truth: list[int] = []
    older: list[Event] = []
    for events, day, tellers in stories(rng):
        printed: list[list[tuple[Event, LinkItem]]] = []
        for _ in range(int(tellers)):
            doc = f"d{len(documents):07}"
            published = day + rng.choice((-4, 0, 0, 1, 1, 2, 3))
            copied = rng.choice(printed) if printed and rng.random() < 0.33 else None
            told = [(e, report(rng, e, published)) for e in events if rng.random() < 0.75] if copied is None else copied
            if copied is None and older and rng.random() < 0.5:
                back = rng.choice(older)
                told.append((back, report(rng, back, published)))
            documents[doc] = DocumentInfo(
                doc, doc, f"outlet {rng.randint(1, 300)}", f"S{zipf(rng, STATES):03}", dt.date.fromordinal(published)
            )
            printed.append(told)
            for index, (e, made) in enumerate(told):
                items.append(placed(made, doc, index))
                truth.append(e.number)
        older = (older + events)[-2000:]
        if len(items) >= size:
            return items[:size], documents, truth[:size]
    raise AssertionError("stories never end")


def report(rng: random.Random, e: Event, published: int) -> LinkItem:
    """The event as one text tells it."""
    start, end, precision = when(rng, e, published)
    parties = tuple(
        p if p.name is None or rng.random() < 0.7 else Party(p.role, p.actor, "person", spelled(rng, p.name))
        for p in e.parties
    )
    if rng.random() < 0.15:
        parties = tuple(Party(p.role, p.actor) for p in parties)
    place, country = (e.place, e.country) if rng.random() < 0.6 else (None, e.country if rng.random() < 0.5 else None)
    status = "planned" if published < e.start else "occurred"
    details = {"name": e.name} if e.name and rng.random() < 0.8 else None
    return LinkItem("", 0, "", e.type, None, status, parties, start, end, precision, place, country, (), False, details)


def when(rng: random.Random, e: Event, published: int) -> tuple[int | None, int | None, str | None]:
    """The event's days as told: exact, a week, a month, inferred or not at all."""
    fate = rng.random()
    if fate < 0.62:
        return e.start, e.end, "day" if e.start == e.end else "range"
    if fate < 0.8 and abs(published - e.start) < 5:
        return published - 3, published, "inferred"
    if fate < 0.92:
        first = dt.date.fromordinal(e.start).replace(day=1)
        return first.toordinal(), first.toordinal() + 29, "month"
    return None, None, None


def spelled(rng: random.Random, name: str) -> str:
    """Another spelling of a name, or the surname alone."""
    return name.split()[-1] if rng.random() < 0.5 else name.replace("gh", "q").replace("ou", "u")


def placed(item: LinkItem, doc: str, index: int) -> LinkItem:
    """The same report in another document."""
    return LinkItem(
        doc,
        index,
        f"{doc}-{index}",
        item.type,
        item.mode,
        item.status,
        item.parties,
        item.start,
        item.end,
        item.precision,
        item.place_name,
        item.place_country,
        item.domains,
        item.aggregate,
        item.details,
    )


def agreement(labels: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Pairwise precision and recall of the labels."""
    pairs = lambda sizes: float((sizes * (sizes - 1) / 2).sum())  # noqa: E731
    both = pairs(np.unique(labels * (truth.max() + 1) + truth, return_counts=True)[1])
    return tuple(both / max(pairs(np.unique(x, return_counts=True)[1]), 1.0) for x in (labels, truth))  # type: ignore[return-value]


def measure(size: int) -> dict[str, float]:
    """Seconds, peak memory in GB, pairs compared and agreement with the truth for one size."""
    items, documents, truth = corpus(size)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    began, cpu = time.perf_counter(), time.process_time()
    links = link_reports(items, documents)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    number = {(item.doc_id, item.index): n for item, n in zip(items, truth, strict=True)}
    f = links.features
    told = np.array([number[f.doc_ids[d], i] for d, i in zip(f.docs.tolist(), f.indexes.tolist(), strict=True)])
    precision, recall = agreement(links.labels, told)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "reports": size,
        "documents": len(documents),
        "seconds": round(seconds, 1),
        "cpu": round(cpu, 1),
        "peak_gb": round(peak, 2),
        "input_gb": round(held, 2),
        "nodes": links.nodes,
        "pairs": links.compared,
        "crowded_blocks": links.crowded_blocks,
        "crowded_reports": links.crowded_reports,
        "engagements": len(np.unique(links.labels)),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
    }


def main() -> None:
    """Measure each size in a process of its own and print the growth exponent between the first and the last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--here", action="store_true", help="measure the one size in this process")
    options = parser.parse_args()
    if options.here:
        print(json.dumps(measure(options.sizes[0])))
        return
    found = []
    for size in options.sizes:
        done = subprocess.run(
            [sys.executable, __file__, str(size), "--here"], check=True, capture_output=True, text=True
        )
        print(done.stdout.strip(), flush=True)
        found.append(json.loads(done.stdout))
    if len(found) > 1:
        first, last = found[0], found[-1]
        exponent = math.log(last["cpu"] / first["cpu"]) / math.log(last["reports"] / first["reports"])
        print(f"growth exponent {exponent:.3f}")


if __name__ == "__main__":
    main()
