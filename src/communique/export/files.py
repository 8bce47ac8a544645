"""Files that are there whole or not at all, and the rows of what was not coded."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from communique.errors import InputError
from communique.export.coded import Coded
from communique.export.jsonl import line_of
from communique.records import Quarantined


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` once everything is written and on the disk; else `path` stays as it was.

    It is written under a temporary name beside `path`, fsynced and renamed. Raises InputError where it cannot be.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        sink = part.open("wb")
    except OSError as error:
        way_out = "name a file in a folder that you may write"
        raise InputError(f"cannot write {path}: {error.strerror}; {way_out}") from error
    try:
        with sink:
            yield sink
            sink.flush()
            os.fsync(sink.fileno())
        replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def replace(part: Path, path: Path) -> None:
    """Renames the finished part to its place and makes the renaming durable."""
    try:
        part.replace(path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}; name another file") from error
    if os.name != "posix":  # only there can a folder be fsynced
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def quarantine_path(path: Path) -> Path:
    """Where the inputs go that were set aside while `path` was made.

    >>> quarantine_path(Path("out/reports.parquet")).name
    'reports.quarantine.jsonl'
    """
    return path.with_name(f"{path.stem}.quarantine.jsonl")


def write_quarantined(rows: Iterable[Quarantined], path: Path) -> None:
    """Writes one input a line with its reason; an empty file says that nothing was set aside."""
    with whole_file(path) as sink:
        sink.writelines(line_of(row) for row in rows)


def write_gated(rows: Iterable[tuple[str, str]], path: Path) -> None:
    """Writes the documents that hold nothing to code, one a line with `doc_id` and `reason`."""
    with whole_file(path) as sink:
        for doc_id, reason in rows:
            sink.write(json.dumps({"doc_id": doc_id, "reason": reason}, ensure_ascii=False).encode("utf-8") + b"\n")


@contextmanager
def kept_documents(coded: Iterable[Coded], path: Path | None) -> Iterator[Iterable[Coded]]:
    """The same pairs; each document that passes is written to `path` as stored, one a line.

    That file holds the texts that offsets count into, and is valid input again. Without a path nothing is written.
    """
    if path is None:
        yield coded
        return
    with whole_file(path) as sink:
        yield writing_documents(coded, sink)


def writing_documents(coded: Iterable[Coded], sink: BinaryIO) -> Iterator[Coded]:
    """The same pairs, each document written when it passes."""
    for doc, reports in coded:
        row = doc.model_dump(mode="json", exclude={"hash", "ignored", "source"}, exclude_defaults=True)
        sink.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")
        yield doc, reports
