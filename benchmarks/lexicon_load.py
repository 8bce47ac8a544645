"""Time and memory of loading the lexicon, run by hand: `python benchmarks/lexicon_load.py [--rounds N]`.

Each round is a fresh process. It loads all that a coder asks of the lexicon, part by part, each by a question that
needs it; a part's memory is the growth of resident memory after a collection. The modules are imported before, and
counted apart, since a coder has most of them (pyarrow among them) for other work. Linux only (/proc).
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

FLOORS = "floors: 150 MB, 1 s"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--one", action="store_true", help="one round in this process, as numbers")
    given = options.parse_args()
    if given.one:
        print(*(f"{name}\t{megabytes}\t{seconds}" for name, megabytes, seconds in one_round()), sep="\n")
        return
    command = [sys.executable, __file__, "--one"]
    outputs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(given.rounds)]
    rounds = [[line.split("\t") for line in output.splitlines()] for output in outputs]
    print(f"medians of {given.rounds} fresh processes; {FLOORS}")
    for same in zip(*rounds, strict=True):
        megabytes, seconds = (statistics.median(float(part[i]) for part in same) for i in (1, 2))
        print(f"{same[0][0]:24}{megabytes:8.1f} MB{seconds:8.2f} CPU s")


def one_round() -> list[tuple[str, float, float]]:
    """Each part with its megabytes and its CPU seconds."""
    parts = [part("modules", lambda: import_module("communique.lexicon.cities"))]
    from communique.lexicon import cities, load_lexicon

    parts.append(part("rows and matcher", load_lexicon))
    lexicon = load_lexicon()
    asked: dict[str, Callable[[], object]] = {
        "posts and ranks": lambda: (lexicon.find_posts("the minister of defence"), lexicon.find_ranks("General Test")),
        "prefixes of ships": lambda: lexicon.ship_prefixes,
        "register of officials": lambda: lexicon.register,
        "outlets": lambda: lexicon.outlet("AFP"),
        "cities": lambda: (lexicon.city("Tripoli"), cities.common_words()),
    }
    parts += [part(name, question) for name, question in asked.items()]
    parts.append(("lexicon", sum(row[1] for row in parts[1:]), sum(row[2] for row in parts[1:])))
    parts.append(("process, with Python", resident(), time.process_time()))
    return [*parts, ("process, at its peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0)]


def part(name: str, question: Callable[[], object]) -> tuple[str, float, float]:
    before, started = resident(), time.process_time()
    question()
    seconds = time.process_time() - started
    return name, resident() - before, seconds


def resident() -> float:
    """Megabytes of resident memory after a collection."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
