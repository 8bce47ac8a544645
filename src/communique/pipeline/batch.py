"""The unit of work of a batch: a shard of documents goes in, one Parquet file and one marker come out.

`code_shard` is a plain function that any `concurrent.futures.Executor` can run: a process pool on one machine, Dask's
executor on many. A shard that was finished before an interruption is taken up by its marker and not coded again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from communique.pipeline.gate import GateDecision, set_aside_foreign
from communique.pipeline.languages import decide
from communique.records import Document, Quarantined, Report, Versions
from communique.store.own_rows import lexicon_of
from communique.store.rows import REPORTS, distinct, row_of
from communique.store.shards import Coded, Outcome, read_marker, write_marker, write_table
from communique.text import content_hash

SIZE = 64
"""Documents in a shard: what an interruption costs at most for each worker, about two seconds of work."""
CHARACTERS = 2_000_000


class DocumentCoder(Protocol):
    """What makes reports of documents: `communique.pipeline.run.Coder`, or another of the same form."""

    versions: Versions

    def code(self, doc: Document) -> list[Report]:
        """The reports of one document that passed the gate."""
        ...


MakeCoder = Callable[[], DocumentCoder]
"""Makes a coder where it is needed. It travels to the workers by name, so it must be a module's function or class."""
Gate = Callable[[Document], GateDecision]


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents to be coded together. `numbers` are those that the record gave them, for documents that it has."""

    folder: Path
    documents: tuple[Document, ...]
    versions: Versions
    make_coder: MakeCoder
    numbers: tuple[int, ...] | None = None
    gate: Gate = decide

    def input_hash(self) -> str:
        """The same for the same documents, numbers and versions: the name under which work is taken up again."""
        parts = [f"{d.id}\x1e{d.hash}" for d in self.documents]
        told = [self.versions.coder, self.versions.codebook, self.versions.lexicon, repr(self.numbers)]
        return content_hash(*told, *parts)


@lru_cache(maxsize=4)
def coder_of(make: MakeCoder) -> DocumentCoder:
    """The coder of this process: loading one takes seconds and hundreds of megabytes."""
    return make()


def code_shard(shard: Shard) -> Coded:
    """The shard's rows on the disk, and what became of each document: coded, gated, or quarantined with a reason."""
    done = read_marker(shard.folder, shard.input_hash())
    if done is not None:
        return done
    coder = coder_of(shard.make_coder)
    outcomes: list[Outcome] = []
    quarantined: list[Quarantined] = []
    rows: list[dict[str, Any]] = []
    lexicon = lexicon_of(shard.folder.parent)
    for place, doc in enumerate(shard.documents):
        outcome, reports = code_document(doc, coder, shard.gate)
        outcomes.append(outcome)
        number = place if shard.numbers is None else shard.numbers[place]
        rows += [row_of(report, doc, number, item, lexicon) for item, report in enumerate(distinct(reports))]
        if outcome.outcome == "quarantined":
            reason, _, detail = (outcome.reason or "").partition(": ")
            quarantined.append(Quarantined(source=doc.source or doc.id, reason=reason, detail=detail, doc_id=doc.id))
    name = shard.input_hash()
    written = write_table(shard.folder, name, pa.Table.from_pylist(rows, schema=REPORTS))
    coded = Coded(name, written, tuple(outcomes), tuple(quarantined), shard.versions)
    counts = coded.counts()
    assert counts["inputs"] == len(shard.documents) == counts["coded"] + counts["gated"] + counts["quarantined"]
    write_marker(shard.folder, coded)
    return coded


def code_document(doc: Document, coder: DocumentCoder, gate: Gate) -> tuple[Outcome, list[Report]]:
    """What became of one document, and its reports. A document that the coder fails on does not stop the others."""
    decision = gate(doc)
    if not decision.passed:
        return Outcome("gated", decision.reason), []
    foreign = set_aside_foreign(doc)
    if foreign is not None:
        return Outcome("quarantined", f"{foreign.reason}: {foreign.detail}"), []
    try:
        return Outcome("coded"), coder.code(doc)
    except Exception as broken:
        # Whatever the fault is, it is the coder's: the text is kept, and `recode` tries it again.
        return Outcome("quarantined", f"coder_failed: {type(broken).__name__}: {broken}; `recode` after mending it"), []


def code_shards(shards: Iterable[Shard], executor: Executor | None, ahead: int = 8) -> Iterator[tuple[Shard, Coded]]:
    """The shards with their work done, in their order; at most `ahead` are under way or waiting to be taken."""
    if executor is None:
        for shard in shards:
            yield shard, code_shard(shard)
        return
    waiting: deque[tuple[Shard, Future[Coded]]] = deque()
    try:
        for shard in shards:
            waiting.append((shard, executor.submit(code_shard, shard)))
            if len(waiting) >= ahead:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        for _, future in waiting:
            future.cancel()


def batches(documents: Iterable[Any], size: int, document: Callable[[Any], Document]) -> Iterator[Sequence[Any]]:
    """The items in groups of at most `size` whose texts together stay near CHARACTERS, by order alone."""
    held: list[Any] = []
    length = 0
    for item in documents:
        held.append(item)
        length += len(document(item).text)
        if len(held) == size or length >= CHARACTERS:
            yield tuple(held)
            held, length = [], 0
    if held:
        yield tuple(held)


def process_pool(workers: int) -> Executor:
    """A pool of processes that share nothing with this one, so that no open database is copied into them."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
