"""Adds inputs to a record folder: reads, codes shard by shard, publishes each shard when it is done.

input = known + coded + gated + quarantined, always; `AddResult.check` asserts it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from communique.lexicon import load_lexicon
from communique.lexicon.overlay import overlay_hash
from communique.pipeline.batch import SIZE, DocumentCoder, Gate, MakeCoder, Shard, batches, code_shards, coder_of
from communique.pipeline.languages import decide
from communique.pipeline.raw_inputs import RawInputs
from communique.pipeline.read import read
from communique.records import Document, Quarantined, Versions
from communique.store import Incoming, Record
from communique.store.shards import Coded

Progress = Callable[[int], None]
"""Called with the number of inputs settled so far."""
MOST_SMALL_SHARDS = 200
"""Small shards after which `add` joins them, so that opening the record stays quick."""


@dataclass(slots=True)
class AddResult:
    """What became of every input: known before, coded, gated or quarantined; and what came of the coded ones."""

    inputs: int = 0
    known: int = 0
    coded: int = 0
    gated: int = 0
    quarantined: int = 0
    superseded: int = 0
    reports: int = 0
    shards: int = 0

    def check(self) -> None:
        """Raise AssertionError unless every input is accounted for."""
        assert self.inputs == self.known + self.coded + self.gated + self.quarantined, self


def default_coder() -> DocumentCoder:
    """The default coder with the packaged codebook and lexicon."""
    from communique.pipeline.run import Coder  # spaCy's import takes seconds, wanted only here

    return Coder()


@dataclass(frozen=True, slots=True)
class NamedCoder:
    """Makes the coder of a name, or the default one; equal ones are one, so that a worker loads it once.

    `own_rows` is a folder laid over the lexicon. Its `state`, a hash, makes a coder with changed rows another one.
    """

    model: str | None
    own_rows: Path | None = None
    state: str | None = None

    def __call__(self) -> DocumentCoder:
        """The coder, loaded; raises UnusableOption for an unknown name."""
        from communique.pipeline.run import Coder

        lexicon = load_lexicon(self.own_rows)
        return Coder(lexicon=lexicon) if self.model is None else Coder(self.model, lexicon=lexicon)


def coder_for(record: Record, model: str | None = None) -> MakeCoder:
    """What makes the coder of a name, or the default one, with the record's own rows in its lexicon.

    Raises LexiconError for a faulty row, before any work is begun.
    """
    own = record.own_rows
    if own is None:
        return default_coder if model is None else NamedCoder(model)
    load_lexicon(own)
    return NamedCoder(model, own.resolve(), overlay_hash(own))


def add(
    record: Record,
    paths: Sequence[str | Path],
    make_coder: MakeCoder | None = None,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    published: dt.date | None = None,
    outlet: str | None = None,
    lang: str | None = None,
    stdin: BinaryIO | None = None,
    note: Callable[[str], None] | None = None,
    gate: Gate = decide,
    size: int = SIZE,
) -> AddResult:
    """Keeps and codes what is new in the inputs; what is published when this is interrupted stays, a rerun does the
    rest.

    `published`, `outlet` and `lang` are for documents that do not say it themselves.
    """
    make_coder = make_coder or coder_for(record)
    given = {"published": published.isoformat() if published else None, "outlet": outlet, "lang": lang}
    told = {name: value for name, value in given.items() if value is not None}
    with RawInputs(stdin) as raws:
        items = read(paths, published=published, outlet=outlet, lang=lang, stdin=raws.standard_input(), note=note)
        incoming = ((Incoming(i, raws.of(i), told) if isinstance(i, Document) else i) for i in items)
        return add_items(record, incoming, make_coder, executor=executor, progress=progress, gate=gate, size=size)


def add_items(
    record: Record,
    items: Iterable[Incoming | Document | Quarantined],
    make_coder: MakeCoder | None = None,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    gate: Gate = decide,
    size: int = SIZE,
) -> AddResult:
    """The same for documents that were read already, from a feed or by the caller."""
    make = make_coder or coder_for(record)
    result = AddResult()
    groups: list[Sequence[Incoming]] = []  # those handed out as shards and not yet published, in order
    aside: list[Quarantined] = []

    def shards() -> Iterator[Shard]:
        for group in batches(sorted_out(record, items, result, aside), size, lambda item: item.document):
            groups.append(group)
            documents = tuple(item.document for item in group)
            # Where nothing is new the coder, which takes seconds to load, is not needed at all.
            yield Shard(record.shards, documents, versions_of(make, executor), make, gate=gate)

    for _, coded in code_shards(shards(), executor):
        record.set_aside(take(aside))
        publish(record, groups.pop(0), coded, result)
        if progress is not None:
            progress(result.known + result.coded + result.gated + result.quarantined)
    record.set_aside(take(aside))
    result.check()
    tidy(record)
    return result


def sorted_out(
    record: Record, items: Iterable[Incoming | Document | Quarantined], result: AddResult, aside: list[Quarantined]
) -> Iterator[Incoming]:
    """The documents that are new; the rest is counted, and what could not be read put aside."""
    for item in items:
        result.inputs += 1
        if isinstance(item, Quarantined):
            result.quarantined += 1
            aside.append(item)
            continue
        incoming = Incoming(item) if isinstance(item, Document) else item
        if record.known(incoming.document) is not None:
            result.known += 1
        else:
            yield incoming


def take(items: list[Quarantined]) -> list[Quarantined]:
    """All that is in the list, which is empty afterwards."""
    taken = items[:]
    items.clear()
    return taken


def publish(record: Record, group: Sequence[Incoming], coded: Coded, result: AddResult) -> None:
    """Publishes one shard and counts what became of its documents."""
    published = record.publish(group, coded)
    result.known += len(group) - published.new
    result.coded += published.outcomes.count("coded")
    result.gated += published.outcomes.count("gated")
    result.quarantined += published.outcomes.count("quarantined")
    result.superseded += published.superseded
    result.reports += coded.written.rows if published.new else 0
    result.shards += published.new > 0


def tidy(record: Record) -> None:
    """Joins small shards where there are many."""
    with record.reading() as connection:
        query = "SELECT count(*) FROM shards WHERE kind = 'reports' AND retired IS NULL AND rows < 50000"
        many = connection.execute(query).fetchone()[0] > MOST_SMALL_SHARDS
    if many:
        record.compact()


@lru_cache(maxsize=16)
def coder_versions(make_coder: MakeCoder) -> Versions:
    """The versions of a coder, asked in a worker."""
    return coder_of(make_coder).versions


def versions_of(make_coder: MakeCoder, executor: Executor | None) -> Versions:
    """The versions of a coder, asked where it will work, so that it need not be loaded here too."""
    return coder_versions(make_coder) if executor is None else executor.submit(coder_versions, make_coder).result()
