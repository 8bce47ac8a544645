"""One engagement, report or document of a record on the terminal: what it is, who tells it, and why it stands so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.cli.coding import counted
from communique.cli.engagement_view import engagement_lines, engagement_row, origins_of, reporter
from communique.codebook import load_codebook
from communique.export.phrases import (
    date_phrase,
    evidence_words,
    party_phrase,
    place_phrase,
    plain,
    voice_phrase,
)
from communique.pipeline.engagements import Engagement
from communique.pipeline.relinking import engagement
from communique.records import Report
from communique.store import Entry, Kept, Record, Shown, ShownReport


def print_shown(folder: Path, ident: str, *, why: bool, as_json: bool) -> None:
    """Prints what an id stands for, as text or as one JSON object."""
    with Record.open(folder, read_only=True) as record:
        shown = record.show(ident)
        drawn = engagement(record, shown.ident) if shown.kind == "engagement" else None
    if as_json:
        print(json.dumps(shown_row(shown, drawn), ensure_ascii=False, default=str))
        return
    for line in shown_lines(shown, drawn, why=why):
        print(line)


def shown_lines(shown: Shown, drawn: Engagement | None, *, why: bool) -> Iterator[str]:
    """The heading, what the documents of an engagement agree on, then each report with its document."""
    yield f"{shown.kind} {shown.ident}"
    if shown.row is not None:
        yield from row_lines(shown.row)
    if drawn is not None:
        yield from engagement_lines(drawn, origins_of(shown))
    if shown.document is not None:
        yield from document_lines(shown.document)
    for report in shown.reports:
        yield ""
        yield from report_lines(report, why=why)


def row_lines(row: dict[str, Any]) -> Iterator[str]:
    """What an engagement's reports come to."""
    days = " to ".join(dict.fromkeys(str(row[side]) for side in ("start", "end") if row[side] is not None))
    yield "  " + ", ".join(str(part) for part in (row["type"], row["mode"], row["status"], days or "no date") if part)
    yield f"  between {', '.join(row['actors'] or ())}" + (f"; {plain(row['place'])}" if row["place"] else "")
    counts = ((row["reports"], "report"), (row["documents"], "document"), (row["outlets"], "outlet"))
    yield f"  {', '.join(counted(*pair) for pair in counts)}; {counted(row['witnesses'], 'independent telling')}"
    if row["level"]:
        yield f"  level: {row['level'].replace('_', ' ')}"


def document_lines(kept: Kept) -> Iterator[str]:
    """What a document is, and what became of it."""
    doc = kept.document
    yield f"  {plain(doc.title or doc.text[:100])}"
    yield f"  {origin(kept)}; {kept.outcome}" + (f": {plain(kept.reason)}" if kept.reason else "")
    if doc.url:
        yield f"  {plain(doc.url)}"


def origin(kept: Kept) -> str:
    """Whose reporting a document is, its day and its id."""
    doc = kept.document
    return f"{reporter(doc)}, {doc.published or 'no date'}, document {plain(doc.id)}"


def report_lines(shown: ShownReport, *, why: bool) -> Iterator[str]:
    """A report as it is corrected, with the words that say so; with `why` also reasons, links and decisions."""
    report, book = shown.corrected.report, load_codebook()
    if report is not None:
        told = (report.type, report.mode, report.status, date_phrase(report.date), place_phrase(report.place, book))
        yield f"report {report.report_id}: " + ", ".join(part for part in told if part)
        for party in report.participants:
            yield f"  {party.role}: {party_phrase(party, book)}"
        yield f"  told by {voice_phrase(report.asserted_by)}; {origin(shown.document)}"
        if report.evidence:
            yield f"  “{evidence_words(report.evidence, shown.document.document.text)}”"
    judged: list[str] = [shown.corrected.state] if shown.corrected.state != "coded" else []
    if shown.corrected.review is not None and shown.corrected.review != shown.corrected.state:
        judged.append(shown.corrected.review)
    if judged:
        yield f"  {', '.join(judged)} by people"
    if why:
        yield from reasons(shown, report)


def reasons(shown: ShownReport, report: Report | None) -> Iterator[str]:
    """Why the report was coded so, why it is in its engagement, and what was decided on it."""
    for reason in report.why if report is not None else ():
        yield f"  coded: {plain(reason)}"
    if report is not None and report.versions is not None:
        made = report.versions
        yield f"  coded by {made.coder}, codebook {made.codebook}, lexicon {made.lexicon}"
    yield f"  engagement {shown.engagement_id or 'none'}"
    if shown.partner is not None and shown.score is not None:
        yield f"  linked to report key {shown.partner} with score {shown.score:.2f}"
    for reason in shown.why:
        yield f"  linked: {plain(reason)}"
    if shown.copies:
        yield f"  its document is a near-copy of others, group {shown.copies}"
    for entry in shown.decisions:
        about = f" {entry.field}" if entry.field else f" of decision {entry.undoes}" if entry.undoes else ""
        yield f"  decision {entry.id}: {entry.kind}{about} by {plain(entry.who)}, {entry.at}: {plain(entry.why or '')}"


def shown_row(shown: Shown, drawn: Engagement | None = None) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "kind": shown.kind,
        "id": shown.ident,
        "engagement": shown.row,
        **({} if drawn is None else engagement_row(drawn)),
        "document": None if shown.document is None else kept_row(shown.document),
        "reports": [report_row(report) for report in shown.reports],
    }


def report_row(shown: ShownReport) -> dict[str, Any]:
    """A report with its link and its decisions."""
    corrected = shown.corrected.report
    return {
        "key": shown.key,
        "engagement_id": shown.engagement_id,
        "state": shown.corrected.state,
        "review": shown.corrected.review,
        "report": None if corrected is None else corrected.model_dump(mode="json"),
        "coded": None if shown.coded is None else shown.coded.model_dump(mode="json"),
        "document": kept_row(shown.document),
        "partner": shown.partner,
        "score": shown.score,
        "why": list(shown.why),
        "copies": shown.copies,
        "decisions": [decision_row(entry) for entry in shown.decisions],
    }


def decision_row(entry: Entry) -> dict[str, Any]:
    """A decision of the log, without the words that it is anchored by."""
    fields = ("id", "at", "who", "kind", "why", "field", "before", "after", "undoes")
    return {field: getattr(entry, field) for field in fields}


def kept_row(kept: Kept) -> dict[str, Any]:
    """A document with what became of it, without its text."""
    fields = {"id", "title", "outlet", "published", "url", "lang", "restates"}
    told = kept.document.model_dump(mode="json", include=fields)
    return {**told, "outcome": kept.outcome, "reason": kept.reason}
