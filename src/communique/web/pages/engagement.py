"""One engagement: what the documents agree on, where they differ, who tells it, and why they were linked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from communique.codebook import load_codebook
from communique.pipeline.engagements import Engagement, Field, Told
from communique.pipeline.relinking import engagement as drawn_engagement
from communique.store import Shown
from communique.store.decision_log import Entry
from communique.web import wording
from communique.web.highlight import Segment, excerpts
from communique.web.rendering import reader_of, render
from communique.web.reviewing import reviewer

router = APIRouter()
NAMES = {
    "status": "Status", "mode": "Mode", "date": "Date", "duration": "Duration", "place": "Place",
    "country": "Country of the place", "parties": "Parties", "asserted_by": "Vouched for by",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A field with its consensus and the other values, in words."""

    name: str
    consensus: Told | None
    value: str
    others: tuple[tuple[str, Told], ...]


@router.get("/engagement/{ident}")
def engagement(request: Request, ident: str) -> Response:
    """The page of an engagement; a former id or that of a report leads to it."""
    reader = reader_of(request)
    shown = reader.ask(lambda _: reader.record.show(ident))
    if shown.kind == "document":
        return RedirectResponse(f"/document/{ident}")
    if shown.kind == "report":
        return report_page(shown)
    if shown.ident != ident:
        return RedirectResponse(f"/engagement/{shown.ident}")
    drawn = reader.ask(lambda _: drawn_engagement(reader.record, ident))
    return render(
        request, "engagement.html", shown=shown, row=shown.row, drawn=drawn, lines=lines_of(drawn),
        pieces=pieces_of(shown), roles=roles_of(shown), who=reviewer(request), judged=judged(shown),
        documents={one.document.document.id: one.document.document for one in shown.reports},
    )  # fmt: skip


@router.get("/report/{ident}")
def report(request: Request, ident: str) -> Response:
    """Where a report is shown: in its document."""
    reader = reader_of(request)
    return report_page(reader.ask(lambda _: reader.record.show(ident)))


def report_page(shown: Shown) -> Response:
    """The place of a report in its document."""
    if not shown.reports:
        return RedirectResponse(f"/engagement/{shown.ident}")
    one = shown.reports[0]
    return RedirectResponse(f"/document/{one.document.document.id}#r-{shown.ident}")


def judged(shown: Shown) -> list[Entry]:
    """The merges and splits of these reports that hold, the latest first."""
    log = {d.id: d for one in shown.reports for d in one.decisions}
    undone = {d.undoes for d in log.values() if d.undoes is not None}
    return [d for _, d in sorted(log.items(), reverse=True) if d.kind in ("merge", "split") and d.id not in undone]


def pieces_of(shown: Shown) -> dict[str, list[list[Segment]]]:
    """The evidence of each report in its document, by the report's key."""
    found = ((one.key, one.document.document, one.corrected.report) for one in shown.reports)
    return {key: excerpts(doc, report) for key, doc, report in found if report is not None}


def roles_of(shown: Shown) -> list[tuple[str, list[str]]]:
    """The actors of each role as most reports that name them have it, in the codebook's order of roles.

    Empty where all are parties on equal terms.
    """
    reports = [one.corrected.report for one in shown.reports if one.corrected.report is not None]
    votes: dict[str, Counter[str]] = {}
    for report in reports:
        for role, actor in sorted({(p.role, p.actor) for p in report.participants}):
            votes.setdefault(actor, Counter())[role] += 1
    own = {actor: held.most_common(1)[0][0] for actor, held in votes.items()}
    kind = load_codebook().types.get(reports[0].type) if reports else None
    if kind is None or kind.symmetric:
        return []
    return [
        (role.label, sorted((a for a, told in own.items() if told == name), key=wording.actor))
        for name, role in kind.roles.items()
        if name in own.values()
    ]


def lines_of(drawn: Engagement) -> list[Line]:
    """The fields that were told, the disputed ones first, officials' posts and ranks where they differ."""
    lines = [line_of(name, field) for name, field in drawn.consensus.items() if field.value is not None]
    for person in drawn.officials:
        who = f"{person.name.value} ({wording.actor(person.actor)})"
        for part in ("name", "post", "rank"):
            field: Field = getattr(person, part)
            if field.disputed:
                lines.append(line_of(part, field, f"{part.title()} of {who}"))
    return sorted(lines, key=lambda line: not line.others)


def line_of(name: str, field: Field, label: str | None = None) -> Line:
    """A field in words."""
    first = next((t for t in field.told if t.value == field.value), None)
    others = tuple((value_of(name, t.value), t) for t in field.told if t is not first)
    shown = label or NAMES.get(name) or wording.words(name.removeprefix("details."))
    return Line(shown, first, value_of(name, field.value or ""), others)


def value_of(name: str, value: str) -> str:
    """A value of the consensus in words."""
    if name == "status":
        return wording.term("statuses", value)
    if name == "mode":
        return wording.words(value)
    if name == "country":
        return wording.actor(value)
    if name == "parties":
        return wording.parties(value.split(", "), 12)
    if name == "date":
        start, _, end = value.partition("/")
        return wording.days(dt.date.fromisoformat(start), dt.date.fromisoformat(end or start), "range")
    return value
