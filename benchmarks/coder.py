"""Speed and memory of the coder, run by hand: `python benchmarks/coder.py [TEXTS.jsonl] [--rounds N]`.

CPU time of the whole path (read, gate and code with loaded knowledge) is compared with that of spaCy's own parser
and entity recogniser (tok2vec, parser, ner of the same model) on the same texts in the same run, in turn after every
few documents, so that both meet the same machine. Also: peak memory, `communique --help`, and the time from start to
the first article coded.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import spacy
from spacy.language import Language

from communique.demo import demo_documents_path
from communique.pipeline.gate import gate
from communique.pipeline.read import read
from communique.pipeline.run import DEFAULT_MODEL, Coder, Run, code_stream
from communique.pipeline.split.language_model import PACKAGE
from communique.records import Document

MAIN = "from communique.cli import main; main()"


def main() -> None:
    options = parsed()
    help_time = min(wall("--help") for _ in range(5))
    article = first_article(options.texts)
    firsts = [(wall("code", str(article), "-q", "--model", options.model), cpu_of_children()) for _ in range(3)]
    first, spent = min(wall for wall, _ in firsts), (firsts[-1][1] - firsts[0][1]) / 2
    coder = Coder(options.model)
    plain = spacy.load(PACKAGE, exclude=["tagger", "attribute_ruler", "lemmatizer", "senter"])
    documents = documents_in(options.texts)
    passed = [doc for doc in documents if gate(doc).passed]
    ours, theirs = [], []
    parts = [(p, [doc.text for doc in documents_in(p) if gate(doc).passed]) for p in parts_of(options.texts)]
    for _ in range(options.rounds + 1):
        pairs = [(cpu(partial(code_all, part, coder)), cpu(partial(parse_all, told, plain))) for part, told in parts]
        ours.append(sum(mine for mine, _ in pairs))
        theirs.append(sum(plainly for _, plainly in pairs))
    ours, theirs = ours[1:], theirs[1:]  # the first round warms both up
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    wall("code", str(options.texts), "-q", "--model", options.model)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    characters = sum(len(doc.text) for doc in documents)
    speed = characters / statistics.median(ours)
    print(f"{len(documents)} documents, {characters} characters, {len(passed)} passed the gate; spaCy parses those")
    print(f"coder {options.model}")
    print(f"whole path      {statistics.median(ours):8.2f} CPU s, {speed:,.0f} characters/s")
    print(f"parser and ner  {statistics.median(theirs):8.2f} CPU s")
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    print(f"ratio           {middle:8.2f}, from {low:.2f} to {high:.2f} (floor 1.6, aim 1.2)")
    print(f"peak memory     {peak:8.0f} MB of `communique code` on all texts (floor 900)")
    print(f"--help          {help_time:8.2f} s (floor 0.5)")
    print(f"first article   {first:8.2f} s from start (floor 5), {spent:.2f} CPU s")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, default=demo_documents_path(), help="JSON Lines of articles")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="which coder; the default one if not given")
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def documents_in(texts: Path) -> list[Document]:
    return [item for item in read([texts], note=lambda _: None) if isinstance(item, Document)]


def code_all(texts: Path, coder: Coder) -> int:
    return sum(len(reports) for _, reports in code_stream(read([texts], note=lambda _: None), coder, Run()))


def parse_all(texts: list[str], plain: Language) -> None:
    for text in texts:
        plain(text)


def cpu(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def parts_of(texts: Path, size: int = 4) -> list[Path]:
    """The lines of a file in files of a few lines each."""
    lines, folder = texts.read_bytes().splitlines(keepends=True), Path(tempfile.mkdtemp())
    parts = [folder / f"{at}.jsonl" for at in range(0, len(lines), size)]
    for number, part in enumerate(parts):
        part.write_bytes(b"".join(lines[number * size : (number + 1) * size]))
    return parts


def wall(*args: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", MAIN, *args], capture_output=True, check=True)
    return time.perf_counter() - start


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first_article(texts: Path) -> Path:
    with texts.open("rb") as lines:
        first = next(lines)
    path = Path(tempfile.mkdtemp()) / "first.jsonl"
    path.write_bytes(first)
    return path


if __name__ == "__main__":
    main()
