"""Works on what a record holds: coding again with a better coder, reading again with a better reader."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.pipeline.batch import SIZE, Gate, MakeCoder, Shard, batches, code_shards
from communique.pipeline.keeping import AddResult, Progress, add_items, coder_for, tidy, versions_of
from communique.pipeline.languages import decide
from communique.pipeline.raw_inputs import extractor_version
from communique.pipeline.read import read
from communique.records import Document, Versions
from communique.store import Incoming, Kept, Raw, Record
from communique.store.rows import report_of
from communique.store.shards import Coded


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
    make_coder: MakeCoder | None = None,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    gate: Gate = decide,
    size: int = SIZE,
    all_documents: bool = False,
) -> RecodeDiff:
    """Codes anew the current documents that other versions coded (or all), and tells what changed.

    Each shard is published on its own, so that an interrupted recoding is continued by the next. Decisions stay with
    their reports; those whose report is no more are listed by `record.unattached()`.
    """
    make = make_coder or coder_for(record)
    versions = versions_of(make, executor)
    diff = RecodeDiff()

    def shards() -> Iterator[Shard]:
        for group in batches(due(record, versions, all_documents), size, lambda kept: kept.document):
            documents, numbers = tuple(k.document for k in group), tuple(k.number for k in group)
            yield Shard(record.shards, documents, versions, make, numbers, gate)

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
    make_coder: MakeCoder | None = None,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    gate: Gate = decide,
    all_documents: bool = False,
) -> RereadResult:
    """Makes documents anew of the raw bytes that an older reader read.

    A changed text becomes a new version, coded at once.
    """
    result = RereadResult()
    version = extractor_version()
    changed: list[Incoming] = []
    rows = record.documents(
        "d.superseded_by IS NULL AND d.raw IS NOT NULL AND (? OR d.extractor <> ?)", (all_documents, version)
    )
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
    result.added = add_items(record, changed, make_coder, executor=executor, gate=gate)
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
            read(
                [path],
                published=dt.date.fromisoformat(day) if day else None,
                outlet=kept.given.get("outlet"),
                lang=kept.given.get("lang"),
            )
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
