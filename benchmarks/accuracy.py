"""Scores the coders on labelled corpora and prints the tables of docs/accuracy.md.

    python benchmarks/accuracy.py seed=seed.jsonl demo=gold/demo.jsonl dev=dev.jsonl:read ... [--models rules learned]

Intervals are 95 % percentile bootstraps over documents (1,000 resamples, seed 0).
"""

from __future__ import annotations

import argparse
import sys

from communique.cli.scoring import as_read
from communique.evaluation import accuracy_table, evaluate_files
from communique.pipeline.gate import gate
from communique.pipeline.run import Coder
from communique.records import Document, Report


def main() -> None:
    """Read the arguments, code each corpus with each coder, print Markdown."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpora", nargs="+", metavar="NAME=GOLD[:SPLIT]")
    options.add_argument("--models", nargs="+", default=["rules", "learned"])
    given = options.parse_args()
    for model in given.models:
        coder = Coder(model)
        results = {}
        for corpus in given.corpora:
            name, _, path = corpus.partition("=")
            path, _, split = path.partition(":")
            scores = evaluate_files(path, coder=lambda docs, c=coder: coded(docs, c), split=split or None)
            results[name] = scores.reports
            print(name, model, file=sys.stderr)
        print(f"\n## {model}\n\n{accuracy_table(results)}")


def coded(docs: list[Document], coder: Coder) -> list[Report]:
    """The reports of the documents, read as `communique code` reads them, that pass the gate."""
    return [r for doc in map(as_read, docs) if gate(doc).passed for r in coder.code(doc)]


if __name__ == "__main__":
    main()
