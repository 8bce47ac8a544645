"""A copy of the demo record that three people have begun to review: decisions, a missed event, a sample, judgements."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from communique.records import Span
from communique.review import actions, samples
from communique.review.queue import open_reports
from communique.review.reviewers import add_reviewer
from communique.store import Decision, Record

NAMES = ("Ann", "Bob", "Cy")
SAMPLE = "pilot"
ITEMS = 12
BLIND = 4
"""Items at the end of the sample that Bob has still to code."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The folder, the tokens by name, and the paths of pages of review by the names that tests and pictures use."""

    folder: Path
    tokens: dict[str, str]
    pages: dict[str, tuple[str | None, str]]
    """By name who looks (None for a reader without a name) and the path."""


def reviewers_added(record_of: Path, folder: Path) -> dict[str, str]:
    """The tokens of Ann, Bob and Cy in a copy of a record."""
    shutil.copytree(record_of, folder)
    with Record.open(folder) as record:
        return {name: add_reviewer(record, name) for name in NAMES}


def reviewed(record_of: Path, folder: Path) -> Reviewed:
    """The copy, with a few days' work in it."""
    tokens = reviewers_added(record_of, folder)
    with Record.open(folder) as record:
        decide_some(record)
        sample(record)
        one = open_reports(record, "Ann")[1][0]
        row = next(r for r in record.engagements(limit=500).to_pylist() if r["reports"] > 1)
    report = f"/review/report/{one.report_id}?doc={quote(one.doc_id, safe='')}"
    item = f"/review/sample/{SAMPLE}"
    return Reviewed(folder, tokens, {
        "review-sign-in": (None, "/review/sign-in"),
        "review-reader": (None, "/review"),
        "review": ("Ann", "/review"),
        "review-filtered": ("Ann", "/review?type=visit&country=IRN"),
        "review-empty": ("Ann", "/review?country=FJI"),
        "review-report": ("Ann", report),
        "review-report-reader": (None, report),
        "review-missed": ("Ann", f"/review/add?doc={quote(one.doc_id, safe='')}&start=0&end=40&type=meeting"),
        "review-sample": ("Cy", item),
        "review-blind": ("Bob", f"{item}/{ITEMS}"),
        "review-adjudicate": ("Cy", f"{item}/1"),
        "review-engagement": ("Ann", f"/engagement/{row['engagement_id']}"),
    })  # fmt: skip


def decide_some(record: Record) -> None:
    """Accepted, rejected, corrected, unsure and noted reports; one bulk decision; an undo; a signed document."""
    rows = open_reports(record, "Ann", None, 12)[1]
    for number, row in enumerate(rows):
        name = NAMES[number % 3]
        told = {"report": row.report_id, "doc_id": row.doc_id}
        if number % 4 == 3:
            record.decide(Decision(kind="unsure", who=name, why="the text does not say who came", **told))
            continue
        if number % 4 == 1:
            record.decide(Decision(kind="edit", who=name, field="status", value="planned", **told))
        record.decide(Decision(kind="reject" if number % 4 == 2 else "accept", who=name, **told))
    record.undo(record.decisions()[-1].id, NAMES[(len(rows) - 1) % 3], "looked again")
    told = record.documents("d.superseded_by IS NULL")[0].document
    shown = [r.corrected.report for r in record.show(told.id).reports]
    first = next(r for r in shown if r is not None and len(r.participants) > 1)
    missed = first.model_copy(update={"type": "statement", "mode": None, "status": "occurred", "details": None,
        "report_id": "new", "evidence": (Span(start=0, end=60),), "domains": (),
        "participants": tuple(p.model_copy(update={"role": "speaker" if i == 0 else "addressee"})
                              for i, p in enumerate(first.participants[:2]))})  # fmt: skip
    record.decide(Decision(kind="add", who="Bob", added=missed, why="said in the title"))
    actions.sign_off(record, "Ann", told.id)


def sample(record: Record) -> None:
    """Twelve reports that Ann codes all and Bob most of, with differences; one is judged by Cy."""
    samples.draw_sample(record, SAMPLE, "Ann", ["Ann", "Bob"], size=ITEMS, seed=5)
    for item in samples.items_of(record, SAMPLE):
        samples.code_item(record, SAMPLE, item.number, "Ann", "reject" if item.number == 2 else "accept", item.report)
        if item.number > ITEMS - BLIND:
            continue
        other = "planned" if item.report.status == "occurred" else "occurred"
        changed = {"status": other} if item.number in (1, 3) else {}
        verdict = "reject" if item.number in (2, 5) else "accept"
        samples.code_item(
            record, SAMPLE, item.number, "Bob", verdict, item.report.model_copy(update=changed),
            "no event at all" if verdict == "reject" else None,
        )  # fmt: skip
    samples.adjudicate(record, SAMPLE, 3, "Cy", "accept", note="the communique has it")
