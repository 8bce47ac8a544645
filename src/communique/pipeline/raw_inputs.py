"""Finds the bytes that a document was read from, so that a better reader can read them again."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from communique.pipeline.read.jsonl_input import lines_of
from communique.pipeline.read.sources import LARGEST_FILE, PACKED, opened
from communique.records import Document
from communique.store.documents import Raw

LIBRARIES = ("communique", "trafilatura", "ftfy")


def extractor_version() -> str:
    """The versions of what turned bytes into text, in one line."""
    told = []
    for name in LIBRARIES:
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            told.append(f"{name} unknown")
    return ", ".join(told)


class RawInputs:
    """Walks the inputs beside the reader: each document's source leads to its line or its file.

    Sources come in the order of the files' lines, so that a file is read once and only one line held.
    """

    def __init__(self, stdin: BinaryIO | None = None) -> None:
        """`stdin` is copied to a temporary file, because it can be read only once."""
        self.extractor = extractor_version()
        self.path: str | None = None
        self.lines: Iterator[tuple[int, bytes | None]] | None = None
        self.whole: bytes | None = None
        self.sha: str | None = None
        self.spool: Path | None = None
        self._open: list[BinaryIO] = []
        self._given = stdin

    def __enter__(self) -> RawInputs:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes what is open and deletes the copy of standard input."""
        self.close()
        if self.spool is not None:
            self.spool.unlink(missing_ok=True)

    def standard_input(self) -> BinaryIO | None:
        """Standard input, to be handed to the reader in place of the given one."""
        if self._given is None:
            return None
        with tempfile.NamedTemporaryFile(prefix="communique-stdin-", delete=False) as copy:
            self.spool = Path(copy.name)
            shutil.copyfileobj(self._given, copy)
        return io.BufferedReader(self.spool.open("rb", buffering=0))

    def of(self, doc: Document) -> Raw | None:
        """The bytes of a document that was just read, None where its source leads to none."""
        source = doc.source or ""
        name, _, number = source.rpartition(":")
        try:
            if name and number.isdecimal() and not Path(source).exists():
                return self.item(name, int(number))
            path = self.file(source)
            return None if path is None else self.whole_file(path, None)
        except (OSError, EOFError):
            return None

    def item(self, name: str, number: int) -> Raw | None:
        """The line of a file of JSON Lines, or the whole file with the item's number where its items share lines."""
        path = self.file(name)
        if path is None:
            return None
        line = self.line(path, number)
        if line is not None and is_object(line):
            return Raw(line, hashlib.sha256(line).hexdigest(), ".jsonl", self.extractor)
        return self.whole_file(path, number)

    def whole_file(self, path: Path, part: int | None) -> Raw:
        """All bytes of a file, hashed once."""
        data = self.all_of(path)
        if self.sha is None:
            self.sha = hashlib.sha256(data).hexdigest()
        return Raw(data, self.sha, suffix_of(path), self.extractor, part)

    def file(self, name: str) -> Path | None:
        """The file of that name; `stdin` stands for the copy of standard input."""
        if name == "stdin" and self.spool is not None:
            return self.spool
        return Path(name) if Path(name).is_file() else None

    def line(self, path: Path, number: int) -> bytes | None:
        """The line with this number, read on from where the last call stopped."""
        if self.path != str(path) or self.lines is None:
            self.enter(path)
            self.lines = lines_of(self._open[0])
        assert self.lines is not None
        return next((line for at, line in self.lines if at == number), None)

    def all_of(self, path: Path) -> bytes:
        """The file's bytes, unpacked, held until another file is asked for."""
        if self.path != str(path) or self.whole is None:
            self.enter(path)
            self.whole = self._open[0].read(LARGEST_FILE)
        return self.whole

    def enter(self, path: Path) -> None:
        """Opens a file and lets go of the last one."""
        self.close()
        suffix = path.suffix.lower()
        context = opened(path, suffix if suffix in PACKED else None)
        self._context = context
        self._open = [context.__enter__()]
        self.path = str(path)

    def close(self) -> None:
        """Lets go of the open file."""
        if self._open:
            self._context.__exit__(None, None, None)
        self._open, self.path, self.lines, self.whole, self.sha = [], None, None, None, None


def is_object(line: bytes) -> bool:
    """Whether a line is one JSON object."""
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def suffix_of(path: Path) -> str:
    """The suffix that tells a file's kind, without that of its packing."""
    suffixes = [s.lower() for s in path.suffixes if s.lower() not in PACKED]
    return suffixes[-1] if suffixes else ""
