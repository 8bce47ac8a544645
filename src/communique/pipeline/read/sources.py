"""Walks files, folders and standard input in a fixed order and hands each to the reader of its kind."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import logging
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from communique.errors import InputError, UnreadableInput
from communique.pipeline.read.assemble import Defaults
from communique.pipeline.read.decoding import binary_kind, decode, marked_encoding
from communique.pipeline.read.html_input import PageReader, read_page
from communique.pipeline.read.jsonl_input import read_json, read_lines
from communique.pipeline.read.text_input import read_text
from communique.records import Document, Quarantined

STDIN = "-"
KINDS = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
PACKED = {".gz", ".zst"}
# Text formats that hold no article: read as prose they would be coded as nonsense.
OTHER_FORMATS = {".csv", ".tsv", ".xml", ".rss", ".yml", ".yaml", ".py", ".js", ".css", ".warc", ".eml", ".mbox"}
LARGEST_FILE = 256_000_000  # bytes of a file that must be held whole; JSON Lines are streamed and may be larger
HEAD = 65_536
HTML_SIGNS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<meta ", b"<title")
logger = logging.getLogger("communique.read")

Item = Document | Quarantined


def read(
    inputs: Sequence[str | Path],
    *,
    published: dt.date | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
    lang: str | None = None,
    note: Callable[[str], None] | None = None,
) -> Iterator[Item]:
    """One Document or Quarantined per text file, page, JSON line or array item; InputError at once on a missing path.

    `published`, `outlet` and `lang` are for documents that do not say it themselves. Folders are walked recursively in
    order of names; files and folders whose name begins with a dot are no inputs, and blank lines no records. `note` is
    called with what is worth knowing of a file that was read (a guessed encoding, unused keys); the default is the log.
    """
    if isinstance(inputs, str | Path):
        inputs = [inputs]
    if not inputs:
        raise InputError("nothing to read: name a file, a folder, or - for standard input")
    missing = [str(p) for p in inputs if str(p) != STDIN and not os.path.lexists(p)]
    if missing:
        raise InputError(f"no file or folder {missing[0]!r}; check the path, or use - for standard input")
    defaults = Defaults(published, outlet, lang, note or logger.warning)
    return once(read_all(list(inputs), defaults, stdin))


def read_all(inputs: list[str | Path], defaults: Defaults, stdin: BinaryIO | None) -> Iterator[Item]:
    """The documents of all inputs in their order."""
    with PageReader() as pages:
        for given in inputs:
            if str(given) == STDIN:
                yield from read_stream(stdin or sys.stdin.buffer, "stdin", None, defaults, pages)
            elif Path(given).is_dir():
                yield from read_folder(Path(given), defaults, pages)
            else:
                yield from read_file(Path(given), defaults, pages)


def once(items: Iterator[Item]) -> Iterator[Item]:
    """The items; a document whose id came before is set aside as a duplicate, naming the first."""
    seen: dict[str, tuple[str, str]] = {}
    for item in items:
        if isinstance(item, Quarantined):
            yield item
            continue
        first, digest = seen.setdefault(item.id, (item.source or "", item.hash))
        if first == item.source:
            yield item
            continue
        what = "the same text" if digest == item.hash else "another text under the same id; give each its own"
        detail = f"id {item.id!r} was read before from {first}: {what}"
        yield Quarantined(source=item.source or "", reason="duplicate", detail=detail, doc_id=item.id)


def read_folder(folder: Path, defaults: Defaults, pages: PageReader) -> Iterator[Item]:
    """The documents of a folder's files, recursively, in order of names."""
    found = False
    problems: list[OSError] = []
    for here, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in (f for f in folders if Path(here, f).is_symlink()):
            found = True
            detail = "a link to a folder, which is not followed; give the folder itself"
            yield Quarantined(source=str(Path(here, name)), reason="unreadable", detail=detail)
        for name in sorted(n for n in names if not n.startswith(".")):
            found = True
            path = Path(here, name)
            if path.exists() and not stat.S_ISREG(path.stat().st_mode):
                yield Quarantined(source=str(path), reason="unreadable", detail="a pipe, socket or device, not a file")
            else:
                yield from read_file(path, defaults, pages)
    for problem in problems:
        detail = f"{problem.strerror}; check its permissions"
        yield Quarantined(source=str(problem.filename), reason="unreadable", detail=detail)
    if not found and not problems:
        yield Quarantined(source=str(folder), reason="empty", detail="the folder holds no files")


def read_file(path: Path, defaults: Defaults, pages: PageReader) -> Iterator[Item]:
    """The documents of one file; its kind is told by its extension, else by its first bytes."""
    suffixes = [s.lower() for s in path.suffixes]
    packed = suffixes.pop() if suffixes and suffixes[-1] in PACKED else None
    suffix = suffixes[-1] if suffixes else ""
    if suffix in OTHER_FORMATS:
        detail = f"{suffix} files hold no articles that can be read; give the articles as text, HTML or JSON Lines"
        yield Quarantined(source=str(path), reason="format", detail=detail)
        return
    try:
        with opened(path, packed) as stream:
            yield from read_stream(stream, str(path), KINDS.get(suffix), defaults, pages)
    except (OSError, EOFError, zlib.error) as broken:
        detail = f"{getattr(broken, 'strerror', None) or broken}; check the file, its permissions and that it is whole"
        yield Quarantined(source=str(path), reason="unreadable", detail=detail)
    except UnreadableInput as broken:
        yield Quarantined(source=str(path), reason="unreadable", detail=str(broken))


@contextmanager
def opened(path: Path, packed: str | None) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked."""
    if packed == ".gz":
        with gzip.open(path, "rb") as unzipped:
            yield buffer(unzipped)
        return
    with path.open("rb", buffering=HEAD) as plain:
        if packed is None:
            yield plain
            return
        try:
            import zstandard
        except ImportError:
            raise UnreadableInput("reading .zst needs the package zstandard; install it, or unpack the file") from None
        with zstandard.ZstdDecompressor().stream_reader(plain, read_across_frames=True) as unpacked:
            try:
                yield buffer(unpacked)
            except zstandard.ZstdError as broken:
                raise UnreadableInput(f"damaged zstd archive ({broken}); check that the file is whole") from broken


def read_stream(
    stream: BinaryIO, source: str, kind: str | None, defaults: Defaults, pages: PageReader
) -> Iterator[Item]:
    """The documents of one stream of bytes of a known kind, or of the kind that its first bytes show."""
    buffered = buffer(stream)
    head = buffered.peek(HEAD)[:HEAD]
    if not head.strip():  # a pipe may send blank lines first
        whole = buffered.read(LARGEST_FILE + 1)
        buffered, head = buffer(io.BytesIO(whole)), whole.strip()[:HEAD]
    if not head:
        yield Quarantined(source=source, reason="empty", detail="nothing in it but white space")
        return
    binary = binary_kind(head)
    if binary is not None:
        yield Quarantined(source=source, reason="binary", detail=f"it is {binary}, not text; give its text instead")
        return
    kind = kind or kind_of(head)
    if kind == "jsonl" and not utf16(head):
        yield from read_lines(buffered, source, defaults)
    else:
        yield from read_whole(buffered, source, kind, defaults, pages)


def buffer(stream: Any) -> io.BufferedReader:
    """The stream with a buffer whose first bytes can be looked at without taking them."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream, HEAD)


def read_whole(stream: BinaryIO, source: str, kind: str, defaults: Defaults, pages: PageReader) -> Iterator[Item]:
    """The documents of a stream that must be held whole."""
    data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        detail = f"over {LARGEST_FILE} bytes; give it as JSON Lines, or split it"
        yield Quarantined(source=source, reason="too_large", detail=detail)
    elif kind == "html":
        yield read_page(data, source, defaults, pages)
    elif kind == "text":
        yield read_text(data, source, defaults)
    else:
        yield from read_objects(data, source, kind, defaults)


def read_objects(data: bytes, source: str, kind: str, defaults: Defaults) -> Iterator[Item]:
    """The documents of JSON held whole: UTF-16 is recoded, and objects on lines of their own are JSON Lines."""
    if utf16(data):
        try:
            data = decode(data).text.encode("utf-8")
        except (UnreadableInput, UnicodeEncodeError) as broken:
            yield Quarantined(source=source, reason="encoding", detail=str(broken))
            return
    if kind == "jsonl" or several_objects(data):
        yield from read_lines(io.BytesIO(data), source, defaults)
    else:
        yield from read_json(data, source, defaults)


def several_objects(data: bytes) -> bool:
    """Whether the first line is a whole object and another follows."""
    first, _, rest = data.strip().partition(b"\n")
    return first.strip().startswith(b"{") and first.strip().endswith(b"}") and rest.strip().startswith(b"{")


def utf16(data: bytes) -> bool:
    """Whether a byte order mark other than UTF-8's begins the data."""
    return marked_encoding(data) not in (None, "utf-8-sig")


def kind_of(head: bytes) -> str:
    """text, html, json or jsonl, by the first bytes: JSON Lines where the first character is "{".

    >>> kind_of(b' {"text": "x"}'), kind_of(b"<!DOCTYPE html><p>x"), kind_of(b"Talks were held.")
    ('jsonl', 'html', 'text')
    """
    encoding = marked_encoding(head)
    start = head.decode(encoding, "ignore").encode("utf-8", "ignore") if encoding is not None else head
    start = start.lstrip()
    if start.startswith(b"{"):
        return "jsonl"
    if start.startswith(b"[") and start[1:].lstrip()[:1] in (b"{", b"]"):
        return "json"
    return "html" if any(sign in start[:2048].lower() for sign in HTML_SIGNS) else "text"
