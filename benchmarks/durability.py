"""Kills imports, link runs and decision writers at a hundred random moments: `python benchmarks/durability.py`.

What is done and checked in each round stands in `tests/store/killing.py`, which the test of a few rounds runs too. At
the end the work is completed and compared with a record that was never killed. Exit status 1 at the first failure.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "store"))

from killing import Killing

DOCUMENTS = 4000


def main() -> None:
    """Runs the rounds, then completes the work and compares it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="communique-durability-") as held:
        killing = Killing(Path(held) / "record", DOCUMENTS, random.Random(given.seed))
        killing.rounds(given.kills)
        killing.complete(Path(held) / "whole")
    told = f"{given.kills} kills {dict(killing.kinds)} in {time.perf_counter() - began:.0f} s"
    print(f"{told}: acknowledged {dict(killing.known)}, nothing lost, verify clean, rerun complete")


if __name__ == "__main__":
    main()
