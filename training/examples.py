"""Labelled documents as examples for the reader: word pieces, triggers, and each mention's role with each trigger.

The reader sees what the rules see: the sentences, mentions, dates and places of `Coder.page_of`. Labels come from gold
by offsets: a word is a trigger where gold marks it so, a mention has a role where its actor has that role in the event
that the word tells.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from communique.codebook import load_codebook
from communique.pipeline.drafts import Mention, Sentence
from communique.pipeline.learned.pieces import Extent, Window, windows_of
from communique.pipeline.learned.vocabulary import MARKS, ROLES, STATUSES, TYPES
from communique.text import surname_of

UNSURE = -1.0
"""A word that gold neither calls a trigger nor excludes: it teaches nothing."""


@dataclass
class Example:
    """One window: `triggers` (words, types) holds 1, 0 or UNSURE; `roles` lists (word, type, mention's extent, role).

    `marks` lists (word, type, extent of a date or place, whether it is the event's own);
    `states` lists (word, type, status, whether another than the outlet vouches) of each trigger; `pairs` lists
    (word, later word, type, whether they tell one event) of triggers of one type.
    """

    doc: str
    window: Window
    triggers: np.ndarray
    roles: list[tuple[int, int, int, int]] = field(default_factory=list)
    marks: list[tuple[int, int, int, int]] = field(default_factory=list)
    states: list[tuple[int, int, int, int]] = field(default_factory=list)
    pairs: list[tuple[int, int, int, int]] = field(default_factory=list)


def load_labelled(path: Path) -> list[dict[str, Any]]:
    """The documents of a gold file, as they stand in it."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def examples_of(
    doc_id: str,
    text: str,
    events: Sequence[dict[str, Any]],
    sentences: Sequence[Sentence],
    mentions: dict[int, Sequence[Mention]],
    marked: dict[int, list[tuple[int, int, str]]],
    hints: dict[int, dict[int, str]],
    proposed: dict[int, list[tuple[int, str]]],
) -> Iterator[Example]:
    """The examples of one document.

    `marked` holds the dates and places of a sentence, `hints` what its words are known to tell, `proposed` the words
    and types that the rules take for triggers.
    """
    gold = [told for event in events if (told := triggers_of(event, text))]
    named = {(m.start, m.end): m for held in mentions.values() for m in held}
    words = {(s.begin_of(s.tokens.doc[t]), kind) for s in sentences for t, kind in proposed.get(s.index, ())}
    for window in windows_of(sentences, mentions, marked, hints):
        if not window.words:
            continue
        example = Example(doc_id, window, np.zeros((len(window.words), len(TYPES)), dtype=np.float32))
        row_at = {start: row for row, (start, _) in enumerate(window.words)}
        for at, kind in words:
            if at in row_at and any(e["type"] == kind and any(a <= at < b for a, b in spans) for e, _, spans in gold):
                example.triggers[row_at[at], TYPES.index(kind)] = UNSURE
        told_by: list[tuple[int, int, int]] = []
        for number, (event, triggers, spans) in enumerate(gold):
            rules = {at for at, kind in words if kind == event["type"]}
            found = label_event(example, event, triggers, spans, named, rules, text)
            told_by += [(row, TYPES.index(event["type"]), number) for row in found]
        for (x, kind, first), (y, other, second) in combinations(sorted(told_by), 2):
            if kind == other and x != y:
                example.pairs.append((x, y, kind, int(first == second)))
        yield example


def triggers_of(
    event: dict[str, Any], text: str
) -> tuple[dict[str, Any], list[tuple[int, int]], list[tuple[int, int]]]:
    """An event with the places of its triggers and of its evidence."""
    words, spans = [], []
    for span in event["evidence"]:
        start, end = span["start"], span["end"]
        spans.append((start, end))
        trigger = span.get("trigger")
        if trigger:
            at = text.find(trigger, start, max(end, start + len(trigger)))
            if at < 0:
                at = text.lower().find(trigger.lower(), start, end)
            if at >= 0:
                words.append((at, at + len(trigger)))
    return event, words, spans


# Words of a trigger that tell nothing without the others.
LIGHT = frozenset(
    {
        "in",
        "on",
        "at",
        "to",
        "of",
        "a",
        "an",
        "the",
        "for",
        "with",
        "and",
        "by",
        "into",
        "from",
        "his",
        "her",
        "its",
        "their",
        "up",
        "out",
        "off",
        "over",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "will",
        "would",
        "is",
        "are",
    }
)


def label_event(
    example: Example,
    event: dict[str, Any],
    triggers: Sequence[tuple[int, int]],
    spans: Sequence[tuple[int, int]],
    named: dict[tuple[int, int], Mention],
    proposed: set[int],
    text: str,
) -> list[int]:
    """Mark an event's trigger words in the window, and the roles and states that hang on them; returns the words."""
    kind = TYPES.index(event["type"])
    window = example.window
    found: list[int] = []
    for start, end in triggers:
        inside = [w for w, (a, b) in enumerate(window.words) if start <= a and b <= end]
        full = [w for w in inside if text[slice(*window.words[w])].lower() not in LIGHT] or inside
        found += full
    if not triggers:
        found = [w for w, (a, _) in enumerate(window.words) if a in proposed and any(s <= a < e for s, e in spans)]
        for w, (a, b) in enumerate(window.words):
            if w not in found and any(s <= a and b <= e for s, e in spans) and example.triggers[w, kind] == 0:
                example.triggers[w, kind] = UNSURE
    voiced = int((event.get("asserted_by") or {}).get("kind", "outlet") != "outlet")
    for w in found:
        example.triggers[w, kind] = 1.0
        example.states.append((w, kind, STATUSES.index(event["status"]), voiced))
        for n, role in roles_in(window, event, named, text):
            example.roles.append((w, kind, n, ROLES.index(role)))
        for n, own in marks_in(window, event, text, window.words[w][0]):
            example.marks.append((w, kind, n, int(own)))
    return found


def roles_in(
    window: Window, event: dict[str, Any], named: dict[tuple[int, int], Mention], text: str
) -> Iterator[tuple[int, str]]:
    """The role of each mention of a window in an event, by its extent."""
    roles = roles_of(event)
    asserted = event.get("asserted_by") or {}
    speaker = (asserted.get("text") or asserted.get("name") or "") if asserted.get("kind", "outlet") != "outlet" else ""
    for n, extent in enumerate(window.extents):
        if extent.what not in MARKS:
            words = text[extent.start : extent.end]
            role = role_of(named[extent.start, extent.end], roles)
            if role is None and speaker and (speaker in words or words in speaker):
                role = "source"
            yield n, role or "none"


def marks_in(window: Window, event: dict[str, Any], text: str, trigger: int) -> Iterator[tuple[int, bool]]:
    """Whether each date and place of a window is that of an event which a word at `trigger` tells, by its extent."""
    own = {what: mark_of(window, what, (event.get(what) or {}).get("text"), text, trigger) for what in MARKS}
    for n, extent in enumerate(window.extents):
        if extent.what in MARKS:
            yield n, extent is own[extent.what]


def mark_of(window: Window, what: str, told: str | None, text: str, trigger: int) -> Extent | None:
    """The date or place of a window that has the words of gold's, the nearest to the trigger."""
    if not told:
        return None
    fit = [
        e
        for e in window.extents
        if e.what == what and ((words := text[e.start : e.end].lower()) in told.lower() or told.lower() in words)
    ]
    return min(fit, key=lambda e: abs(e.start - trigger), default=None)


@dataclass
class Side:
    """The role of an actor in an event, and the surnames of those who act for it, where gold names them."""

    role: str
    surnames: set[str] = field(default_factory=set)


def roles_of(event: dict[str, Any]) -> dict[str, Side]:
    """The role of each actor of an event."""
    book = load_codebook()
    found: dict[str, Side] = {}
    for p in event["participants"]:
        if p["actor"] and p["actor"] != "UNKNOWN":
            known = book.find_actor(p["actor"])
            side = found.setdefault(known.code if known else p["actor"], Side(p["role"]))
            if p.get("kind") == "person" and p.get("name"):
                side.surnames.add(surname_of(p["name"]))
    return found


def role_of(mention: Mention, roles: dict[str, Side]) -> str | None:
    """The role of a mention whose actors all have one; of an official only where gold names no other for the actor."""
    if not mention.codes or any(c not in roles for c in mention.codes):
        return None
    side = roles[mention.codes[0]]
    if mention.kind == "person" and mention.name and side.surnames and surname_of(mention.name) not in side.surnames:
        return None
    return side.role


def folds(groups: Iterable[str], count: int) -> dict[str, int]:
    """Each group in one of `count` folds, by the number of times it stands there, the folds about equally large."""
    load, found = [0] * count, {}
    for group, times in Counter(groups).most_common():
        found[group] = min(range(count), key=load.__getitem__)
        load[found[group]] += times
    return found
