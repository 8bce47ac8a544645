"""Bytes to text: byte order marks, UTF-8, a noted guess for older encodings, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from communique.errors import UnreadableInput

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
)
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was read in; `note` is set where the encoding was guessed."""

    text: str
    encoding: str
    note: str | None = None


def binary_kind(data: bytes) -> str | None:
    """What kind of binary file the bytes begin, in words, or None where they look like text."""
    if marked_encoding(data) is not None:
        return None
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return kind
    return "data with NUL bytes" if b"\0" in data[:SAMPLE] else None


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark names, or None without one."""
    return next((name for mark, name in MARKS if data.startswith(mark)), None)


def decode(data: bytes, *, html: bool = False) -> Decoded:
    """The text of the bytes; raises UnreadableInput where no encoding fits.

    The order: byte order mark, UTF-8, the page's own `charset` (HTML only), then a guess among Western code pages.
    """
    marked = marked_encoding(data)
    if marked is not None:
        return Decoded(strict(data, marked), marked)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as broken:
        place = broken.start
    declared = META_CHARSET.search(data[:4096]) if html else None
    if declared is not None and (text := tried(data, declared.group(1).decode("ascii"))) is not None:
        return Decoded(text, declared.group(1).decode("ascii").lower())
    return guessed(data, place)


def guessed(data: bytes, place: int) -> Decoded:
    """The text in the likeliest older encoding, with a note that says so."""
    best = from_bytes(data[:SAMPLE]).best()
    # Short texts with one accent fit many code pages; the Western one is the safe reading of English news.
    candidates = ["cp1252", "latin-1"] if best is None or best.encoding.startswith("cp") else [best.encoding, "cp1252"]
    for name in candidates:
        text = tried(data, name)
        if text is not None:
            return Decoded(text, name, f"not UTF-8 (byte {place}); read as {name}, which is a guess")
    raise UnreadableInput(
        f"no encoding fits: byte {place} is not UTF-8, nor {' nor '.join(candidates)}; save it as UTF-8"
    )


def tried(data: bytes, encoding: str) -> str | None:
    """The text in an encoding, or None where it does not fit or is unknown."""
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def strict(data: bytes, encoding: str) -> str:
    """The text in the encoding that the byte order mark promises."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as broken:
        raise UnreadableInput(
            f"the byte order mark says {encoding} but byte {broken.start} is not; save the text as UTF-8"
        ) from broken
