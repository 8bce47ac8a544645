"""A table for people: under each document's heading, what happened, when, who, where, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from communique.codebook import Codebook, load_codebook
from communique.export.coded import Coded
from communique.export.phrases import (
    date_phrase,
    detail_phrases,
    evidence_words,
    party_phrase,
    place_phrase,
    plain,
    restated_after,
    shortened,
    voice_phrase,
)
from communique.export.screen import console_on
from communique.records import Document, Participant, Report

NARROW = 110
"""Below this many columns the words stand under the parties instead of beside them."""
LONGEST_WORDS = 220
STYLES = {
    "occurred": "green",
    "ongoing": "green",
    "planned": "cyan",
    "proposed": "blue",
    "cancelled": "yellow",
    "denied": "red",
}


def write_table(coded: Iterable[Coded], sink: BinaryIO) -> None:
    """Writes each document's reports as a table; in colour and to the width of the screen on a terminal."""
    with console_on(sink) as console:
        for doc, reports in coded:
            for part in document_parts(doc, list(reports), narrow=console.width < NARROW):
                console.print(part)


def document_parts(doc: Document, reports: list[Report], *, narrow: bool) -> Iterator[RenderableType]:
    """The document's heading and its table."""
    yield heading(doc, len(reports))
    if reports:
        yield report_table(doc, reports, narrow=narrow)
    yield ""


def heading(doc: Document, count: int) -> Text:
    """Title, origin, date, id and number of reports. A restated text is never shown as an outlet's own words."""
    title = shortened(doc.title or doc.text[:200], 110)
    restated = restated_after(doc)
    origin = f"restated after {restated}" if restated else plain(doc.outlet or "outlet unknown")
    published = doc.published.isoformat() if doc.published is not None else "publication date unknown"
    reports = "no reports" if count == 0 else "1 report" if count == 1 else f"{count} reports"
    under = f"{origin} · {published} · {plain(doc.id)} · {reports}"
    return Text.assemble((title, "bold"), "\n", (under, "dim"))


def report_table(doc: Document, reports: list[Report], *, narrow: bool) -> Table:
    """One report a row."""
    book = load_codebook()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, header_style="dim", leading=1)
    table.add_column("When", ratio=3, min_width=13)
    table.add_column("What", ratio=3, min_width=14)
    table.add_column("Who", ratio=8)
    table.add_column("Where", ratio=3)
    table.add_column("Who says so", ratio=3)
    if not narrow:
        table.add_column("Words", ratio=8)
    for report in reports:
        words = Text(quoted(report, doc.text), "italic dim")
        who = parties(report, book)
        cells: list[RenderableType] = [
            Text(date_phrase(report.date)),
            what(report),
            Group(who, words) if narrow else who,
            Text(place_phrase(report.place, book)),
            Text(voice_phrase(report.asserted_by)),
        ]
        table.add_row(*cells, *([] if narrow else [words]))
    return table


def what(report: Report) -> Text:
    """Type, mode and status, each on a line."""
    lines: list[tuple[str, str]] = [(report.type, "bold")]
    if report.mode is not None:
        lines.append((report.mode.replace("_", " "), ""))
    lines.append((report.status, STYLES[report.status]))
    if report.aggregate:
        lines.append(("several in one", "dim"))
    return Text("\n").join(Text(*line) for line in lines)


def parties(report: Report, book: Codebook) -> Text:
    """Each party on a line, those who act first, with its role unless that is plain party; then the details."""
    ordered = sorted(report.participants, key=lambda p: book.role_side(report.type, p.role))
    shown = [Text.assemble((role_label(p), "dim"), party_phrase(p, book)) for p in ordered]
    shown += [Text(phrase, "dim") for phrase in detail_phrases(report)]
    return Text("\n").join(shown)


def role_label(party: Participant) -> str:
    """The role in front of a party."""
    return "" if party.role == "party" else f"{party.role} "


def quoted(report: Report, text: str) -> str:
    """The first evidence in quotation marks, and how many more mentions there are."""
    words = evidence_words(report.evidence[:1], text)
    if not words:
        return ""
    more = len(report.evidence) - 1
    return f"“{shortened(words, LONGEST_WORDS)}”" + (f" and {more} more" if more > 0 else "")
