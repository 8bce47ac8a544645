"""From files of reports to a file of links: reads JSON Lines, links, and writes the engagement of each report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from communique.cli.coding import counted
from communique.cli.progress import Screen
from communique.errors import InputError, UnreadableInput, UnusableOption
from communique.export import whole_file
from communique.pipeline.link import DocumentInfo, link_lines, link_reports, read_lines
from communique.pipeline.relinking import link as link_all
from communique.store import Record


def link_file(reports: Path, output: Path | None, documents: Path | None, *, quiet: bool) -> None:
    """Writes one link a line to `output`, or to standard output, and says how many engagements there are."""
    items, infos = read_lines(lines_of(reports), told_of(documents), f"{reports}: row")
    links = link_reports(items, infos)
    rows = list(link_lines(links))
    write_lines(rows, output)
    engagements = len({row["engagement_id"] for row in rows})
    Screen(quiet=quiet).say(f"{counted(len(rows), 'report')} in {counted(engagements, 'engagement')}")


def told_of(documents: Path | None) -> Mapping[str, DocumentInfo] | None:
    """What a file of documents tells of them, near-copies among their texts included; None without a file."""
    if documents is None:
        return None
    return read_lines(({**row, "events": ()} for row in lines_of(documents)), named=f"{documents}: row")[1]


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON Lines; raises InputError for a missing file, UnreadableInput for a faulty line."""
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield row_of(line, f"{path}:{number}")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; name a file of JSON Lines") from error


def row_of(line: bytes, where: str) -> dict[str, Any]:
    """One line as an object."""
    try:
        row = json.loads(line)
    except ValueError as broken:
        raise UnreadableInput(f"{where}: no JSON: {broken}; give one object a line") from broken
    if not isinstance(row, dict):
        raise UnreadableInput(f"{where}: {type(row).__name__} where an object should be; give one object a line")
    return row


def write_lines(rows: Iterable[Mapping[str, Any]], path: Path | None) -> None:
    """Writes one row a line as JSON, to a file whole or not at all, or to standard output."""
    encoded = (json.dumps(row, ensure_ascii=False, default=str).encode("utf-8") + b"\n" for row in rows)
    if path is not None:
        with whole_file(path) as sink:
            sink.writelines(encoded)
        return
    sys.stdout.buffer.writelines(encoded)
    sys.stdout.buffer.flush()


def link_record(folder: Path, output: Path | None, documents: Path | None, *, quiet: bool) -> None:
    """Links the reports of a record anew; the links are kept in it."""
    if output is not None or documents is not None:
        raise UnusableOption("-o and --documents go with a file of reports; a record keeps its links itself")
    with Record.open(folder) as record:
        say_linked(record, Screen(quiet=quiet))


def say_linked(record: Record, screen: Screen) -> None:
    """Links all reports of a record and says what came of it."""
    linked = link_all(record)
    words = f"linked {counted(linked.reports, 'report')} into {counted(linked.engagements, 'engagement')}"
    screen.say(words + (f"; {linked.redirects:,} former names lead on" if linked.redirects else ""))
