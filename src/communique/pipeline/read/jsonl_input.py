"""Reads JSON Lines and JSON: clean texts whose offsets stay; each bad record is one quarantine row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pydantic import ValidationError

from communique.errors import InputError
from communique.pipeline.read.assemble import LONGEST_TEXT, Defaults, as_date, document_from_text
from communique.records import Document, Quarantined

KEYS = {"id", "title", "text", "published", "outlet", "source", "outlet_country", "url", "lang", "byline", "restates"}
TEXTS = ("title", "outlet", "source", "outlet_country", "url", "lang", "byline")
LONGEST_LINE = 16_000_000  # bytes; a longer line is no news text, and is skipped without being held in memory


def read_lines(stream: BinaryIO, source: str, defaults: Defaults) -> Iterator[Document | Quarantined]:
    """One Document or Quarantined for each line that is not blank; `source` is named with the line's number."""
    unknown: set[str] = set()
    for number, line in lines_of(stream):
        where = f"{source}:{number}"
        if line is None:
            yield Quarantined(source=where, reason="too_large", detail=f"line of over {LONGEST_LINE} bytes; split it")
        elif line.strip():
            yield from_line(line, where, defaults, unknown)
    note_unknown(unknown, source, defaults)


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers from 1; None stands for a line that is too long."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
        while not whole:
            more = stream.readline(LONGEST_LINE)
            whole = more.endswith(b"\n") or len(more) < LONGEST_LINE
            line = b""
        yield number, line or None


def from_line(line: bytes, where: str, defaults: Defaults, unknown: set[str]) -> Document | Quarantined:
    """The document of one line, or why it is none."""
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as broken:
        detail = f"byte {broken.start} of the line is not UTF-8; JSON Lines must be UTF-8"
        return Quarantined(source=where, reason="encoding", detail=detail)
    except (ValueError, RecursionError) as broken:
        return Quarantined(source=where, reason="json", detail=f"not JSON: {broken or 'nested too deeply'}")
    return from_record(record, where, defaults, unknown)


def read_json(data: bytes, source: str, defaults: Defaults) -> Iterator[Document | Quarantined]:
    """The documents of a JSON file that holds one object or an array of objects; items are numbered from 1."""
    try:
        loaded = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as broken:
        detail = f"byte {broken.start} is not UTF-8; JSON must be UTF-8"
        yield Quarantined(source=source, reason="encoding", detail=detail)
        return
    except (ValueError, RecursionError) as broken:
        yield Quarantined(source=source, reason="json", detail=f"not JSON: {broken or 'nested too deeply'}")
        return
    unknown: set[str] = set()
    if not isinstance(loaded, list):
        yield from_record(loaded, source, defaults, unknown)
    elif not loaded:
        yield Quarantined(source=source, reason="empty", detail="the JSON array holds no documents")
    else:
        for number, record in enumerate(loaded, start=1):
            yield from_record(record, f"{source}:{number}", defaults, unknown)
    note_unknown(unknown, source, defaults)


def from_record(record: Any, where: str, defaults: Defaults, unknown: set[str]) -> Document | Quarantined:
    """The document of one JSON object, or why it is none."""
    doc_id = record.get("id") if isinstance(record, dict) and isinstance(record.get("id"), str) else None
    try:
        fields = checked(record)
        unknown.update(set(record) - KEYS)
        return document(fields, where, defaults)
    except Refused as refused:
        return Quarantined(source=where, reason=refused.reason, detail=str(refused), doc_id=doc_id)
    except (InputError, ValidationError) as broken:
        return Quarantined(source=where, reason="schema", detail=first_line(broken), doc_id=doc_id)


class Refused(InputError):
    """A record that is set aside, with the reason's short code."""

    def __init__(self, reason: str, message: str) -> None:
        """The short code and the words."""
        super().__init__(message)
        self.reason = reason


def checked(record: Any) -> dict[str, Any]:
    """The record's known fields; raises Refused where one is missing or of the wrong type."""
    if not isinstance(record, dict):
        raise Refused("schema", f"a {type(record).__name__} where an object with `text` was expected")
    if not isinstance(record.get("text"), str):
        what = "is missing" if "text" not in record else f"is a {type(record['text']).__name__}"
        raise Refused("schema", f"`text` {what}; it must be a string")
    wrong = [k for k in TEXTS if record.get(k) is not None and not isinstance(record[k], str)]
    if wrong:
        raise Refused("schema", f"`{wrong[0]}` is {record[wrong[0]]!r:.60}; it must be a string or null")
    if any("\ud800" <= c <= "\udfff" for k in ("text", "title") for c in record.get(k) or ""):
        raise Refused("encoding", "half of a surrogate pair in the text: no Unicode character; repair the export")
    if not record["text"].strip():
        raise Refused("no_text", "`text` holds white space only")
    if len(record["text"]) > LONGEST_TEXT:
        raise Refused("too_large", f"`text` holds {len(record['text'])} characters, over {LONGEST_TEXT}; split it")
    return {k: record.get(k) for k in KEYS}


def document(fields: dict[str, Any], where: str, defaults: Defaults) -> Document:
    """The Document of checked fields; `outlet` may be called `source`, an id may be a number."""
    identity = fields["id"]
    if identity is not None and (not isinstance(identity, str | int) or isinstance(identity, bool) or identity == ""):
        raise Refused("schema", f"`id` is {identity!r:.60}; it must be a string or a whole number")
    return document_from_text(
        fields["text"],
        clean=True,
        id=None if identity is None else str(identity),
        title=fields["title"],
        outlet=fields["outlet"] or fields["source"] or defaults.outlet,
        outlet_country=fields["outlet_country"],
        published=as_date(fields["published"]) or defaults.published,
        url=fields["url"],
        lang=fields["lang"] or defaults.lang,
        byline=fields["byline"],
        source=where,
        restates=pages(fields["restates"]),
    )


def pages(restates: Any) -> tuple[dict[str, Any], ...]:
    """The pages that a text restates, as objects; a plain string is taken for a URL."""
    if restates is None:
        return ()
    listed: Iterable[Any] = restates if isinstance(restates, list) else [restates]
    rows = tuple({"url": page} if isinstance(page, str) else page for page in listed)
    if not all(isinstance(row, dict) for row in rows):
        raise Refused("schema", "`restates` must be a list of URLs or of objects with `outlet` and `url`")
    return rows


def note_unknown(unknown: set[str], source: str, defaults: Defaults) -> None:
    """Says once per file which keys were not used."""
    if unknown:
        defaults.note(f"{source}: keys not used: {', '.join(sorted(unknown))}")


def first_line(error: Exception) -> str:
    """What went wrong, in one line."""
    if isinstance(error, ValidationError):
        problem = error.errors()[0]
        return f"`{'.'.join(map(str, problem['loc']))}`: {problem['msg']}"
    return str(error)
