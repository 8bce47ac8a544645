"""Works on a record folder: adding inputs, coding again with a better coder, reading again with a better reader.

input = known + coded + gated + quarantined, always; `AddResult.check` asserts it.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from communique.pipeline.batch import SIZE, DocumentCoder, Gate, MakeCoder, Shard, batches, code_shards, coder_of, gate
from communique.pipeline.raw_inputs import RawInputs, extractor_version
from communique.pipeline.read import read
from communique.records import Document, Quarantined, Versions
from communique.store import Incoming, Kept, Raw, Record
from communique.store.rows import report_of
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
    """The rules coder with the packaged codebook and lexicon."""
    from communique.pipeline.run import Coder  # spaCy's import takes seconds, wanted only here

    return Coder()


def add(
    record: Record,
    paths: Sequence[str | Path],
    make_coder: MakeCoder = default_coder,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    published: dt.date | None = None,
    outlet: str | None = None,
    lang: str | None = None,
    stdin: BinaryIO | None = None,
    note: Callable[[str], None] | None = None,
    gate: Gate = gate,
    size: int = SIZE,
) -> AddResult:
    """Keeps and codes what is new in the inputs; what is published when this is interrupted stays, a rerun does the
    rest.

    `published`, `outlet` and `lang` are for documents that do not say it themselves.
    """
    given = {"published": published and published.isoformat(), "outlet": outlet, "lang": lang}
    told = {name: value for name, value in given.items() if value is not None}
    with RawInputs(stdin) as raws:
        items = read(paths, published=published, outlet=outlet, lang=lang, stdin=raws.standard_input(), note=note)
        incoming = ((Incoming(i, raws.of(i), told) if isinstance(i, Document) else i) for i in items)
        return add_items(record, incoming, make_coder, executor=executor, progress=progress, gate=gate, size=size)


def add_items(
    record: Record,
    items: Iterable[Incoming | Document | Quarantined],
    make_coder: MakeCoder = default_coder,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    gate: Gate = gate,
    size: int = SIZE,
) -> AddResult:
    """The same for documents that were read already, from a feed or by the caller."""
    result = AddResult()
    groups: list[Sequence[Incoming]] = []  # those handed out as shards and not yet published, in order
    aside: list[Quarantined] = []

    def shards() -> Iterator[Shard]:
        for group in batches(sorted_out(record, items, result, aside), size, lambda item: item.document):
            groups.append(group)
            documents = tuple(item.document for item in group)
            # Where nothing is new the coder, which takes seconds to load, is not needed at all.
            yield Shard(record.shards, documents, versions_of(make_coder, executor), make_coder, gate=gate)

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


@dataclass(frozen=True, slots=True)
class ReportChange:
    """A report that a recoding added, dropped or altered; `fields` gives the values before and after."""

    change: str
    doc_id: str
    report_id: str
    type: str
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class RecodeDiff:
    """What a recoding changed: numbers of documents and of reports added, dropped, altered and left the same."""

    documents: int = 0
    added: int = 0
    dropped: int = 0
    altered: int = 0
    same: int = 0
    listed: int = 0
    changes: list[ReportChange] = field(default_factory=list)


def recode(
    record: Record,
    make_coder: MakeCoder = default_coder,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    gate: Gate = gate,
    size: int = SIZE,
    all_documents: bool = False,
) -> RecodeDiff:
    """Codes anew the current documents that other versions coded (or all), and tells what changed.

    Each shard is published on its own, so that an interrupted recoding is continued by the next. Decisions stay with
    their reports; those whose report is no more are listed by `record.unattached()`.
    """
    versions = versions_of(make_coder, executor)
    diff = RecodeDiff()

    def shards() -> Iterator[Shard]:
        for group in batches(due(record, versions, all_documents), size, lambda kept: kept.document):
            documents, numbers = tuple(k.document for k in group), tuple(k.number for k in group)
            yield Shard(record.shards, documents, versions, make_coder, numbers, gate)

    for shard, coded in code_shards(shards(), executor):
        assert shard.numbers is not None
        compare(record, shard.numbers, coded, diff)
        record.publish_recoded(shard.numbers, coded)
        diff.documents += len(shard.numbers)
        if progress is not None:
            progress(diff.documents)
    diff.listed = len(record.unattached())
    tidy(record)
    return diff


def due(record: Record, versions: Versions, all_documents: bool) -> Iterator[Kept]:
    """The current documents that were coded by other versions, or all, in order of their numbers."""
    made = (versions.coder, versions.codebook, versions.lexicon)
    with record.reading() as connection:
        rows = connection.execute(
            "SELECT d.doc FROM documents d JOIN shards s USING (shard) WHERE d.superseded_by IS NULL AND"
            " (? OR s.coder <> ? OR s.codebook <> ? OR s.lexicon <> ?) ORDER BY d.doc", (all_documents, *made)
        ).fetchall()  # fmt: skip
    for (number,) in rows:
        yield from record.documents("d.doc = ?", (number,))


def compare(record: Record, numbers: Sequence[int], coded: Coded, diff: RecodeDiff) -> None:
    """Counts and names the differences between the published rows of documents and their new ones."""
    before = record.coded_rows(numbers)
    after = record.unpublished_rows(coded)
    for number in numbers:
        old = {row["report_id"]: row for row in before.get(number, [])}
        new = {row["report_id"]: row for row in after.get(number, [])}
        for ident in sorted(old.keys() | new.keys()):
            note_change(old.get(ident), new.get(ident), diff)


def note_change(old: dict[str, Any] | None, new: dict[str, Any] | None, diff: RecodeDiff) -> None:
    """Counts one report that is in either coding."""
    row = new if new is not None else old
    assert row is not None
    if old is not None and new is not None:
        ignored = {"versions", "why", "confidence"}
        a, b = (report_of(r).model_dump(mode="json", exclude=ignored) for r in (old, new))
        changed = {name: (a[name], b[name]) for name in a if a[name] != b[name]}
        what = "altered" if changed else "same"
    else:
        changed, what = {}, "added" if old is None else "dropped"
    setattr(diff, what, getattr(diff, what) + 1)
    if what != "same":
        diff.changes.append(ReportChange(what, row["doc_id"], row["report_id"], row["type"], changed))


@dataclass(slots=True)
class RereadResult:
    """What reading the raw bytes again came to: documents read, the same as before, new versions, not readable."""

    read: int = 0
    same: int = 0
    changed: int = 0
    failed: int = 0
    added: AddResult = field(default_factory=AddResult)


def reread(
    record: Record,
    make_coder: MakeCoder = default_coder,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    all_documents: bool = False,
) -> RereadResult:
    """Makes documents anew of the raw bytes that an older reader read.

    A changed text becomes a new version, coded at once.
    """
    result = RereadResult()
    version = extractor_version()
    changed: list[Incoming] = []
    rows = record.documents("d.superseded_by IS NULL AND d.raw IS NOT NULL AND (? OR d.extractor <> ?)", (all_documents, version))
    for kept in rows:
        result.read += 1
        again = read_again(record, kept, version)
        if again is None:
            result.failed += 1
        elif again.document.hash == kept.document.hash:
            result.same += 1
        else:
            result.changed += 1
            changed.append(again)
        if progress is not None:
            progress(result.read)
    result.added = add_items(record, changed, make_coder, executor=executor)
    return result


def read_again(record: Record, kept: Kept, version: str) -> Incoming | None:
    """The document as today's reader reads it from the bytes that were kept, None where it cannot any more."""
    held = record.raw(kept.raw) if kept.raw is not None else None
    if held is None or kept.raw is None:
        return None
    data, suffix = held
    with tempfile.TemporaryDirectory(prefix="communique-reread-") as folder:
        path = Path(folder, f"document{suffix}")
        path.write_bytes(data)
        day = kept.given.get("published")
        items = list(
            read([path], published=dt.date.fromisoformat(day) if day else None, outlet=kept.given.get("outlet"), lang=kept.given.get("lang"))
        )
    documents = [i for i in items if isinstance(i, Document)]
    if kept.part is not None:
        documents = [d for d in documents if (d.source or "").endswith(f":{kept.part}")]
    if len(documents) != 1:
        return None
    new = documents[0]
    named = kept.document.id != kept.document.hash
    new = new.model_copy(update={"source": kept.document.source, "id": kept.document.id if named else new.id})
    return Incoming(new, Raw(data, kept.raw, suffix, version, kept.part), kept.given, kept.number)


__all__ = ["AddResult", "RecodeDiff", "ReportChange", "RereadResult", "add", "add_items", "recode", "reread"]
