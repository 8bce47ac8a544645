"""How long the coder's small parts take beside spaCy's tokenizer on the same words: `python benchmarks/parts.py`.

Each line is a part, its processor time for a thousand characters, and its ratio to the tokenizer's in the same run; the
last line is the loading of the codebook, and its ratio to loading the tokenizer's model. `lexicon_load.py` has the
lexicon's.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import spacy

from communique.codebook import load_codebook
from communique.demo import demo_documents_path
from communique.lexicon import load_lexicon
from communique.pipeline.gate import gate
from communique.pipeline.read import read
from communique.pipeline.split.language_model import PACKAGE
from communique.records import Document

ROUNDS = 5


def least(act: Callable[[], object]) -> float:
    """The least processor time in milliseconds of some rounds; the first warms up."""
    times = []
    for _ in range(ROUNDS + 1):
        began = time.process_time()
        act()
        times.append((time.process_time() - began) * 1000)
    return min(times[1:])


def main() -> None:
    """Prints the lines."""
    documents = [item for item in read([demo_documents_path()], note=lambda _: None) if isinstance(item, Document)]
    texts = [doc.text for doc in documents]
    thousands = sum(map(len, texts)) / 1000
    lexicon, tokenizer = load_lexicon(), spacy.load(PACKAGE).tokenizer
    parts: dict[str, Callable[[], object]] = {
        "tokenizer": lambda: [tokenizer(text) for text in texts],
        "gate": lambda: [gate(doc) for doc in documents],
        "names of the lexicon": lambda: [lexicon.find(text) for text in texts],
        "posts": lambda: [lexicon.find_posts(text) for text in texts],
    }
    times = {name: least(act) for name, act in parts.items()}
    for name, spent in times.items():
        print(f"{name:24} {spent / thousands:8.3f} ms a thousand characters, {spent / times['tokenizer']:6.2f} times")

    def codebook() -> object:
        load_codebook.cache_clear()
        return load_codebook()

    spent, model = least(codebook), least(lambda: spacy.load(PACKAGE))
    print(f"{'loading the codebook':24} {spent:8.0f} ms, {spent / model:6.2f} times loading spaCy's model")


if __name__ == "__main__":
    main()
