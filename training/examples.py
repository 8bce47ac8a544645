"""Labelled documents as examples for the reader: word pieces, triggers, and each mention's role with each trigger.

The reader sees what the rules see: the sentences and mentions of `Coder.page_of`. Labels come from gold by offsets: a
word is a trigger where gold marks it so, a mention has a role where its actor has that role in the event that the word
tells.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from communique.codebook import load_codebook
from communique.pipeline.drafts import Mention, Sentence
from communique.pipeline.learned.pieces import Pieces, pieces_of
from communique.pipeline.learned.vocabulary import ROLES, STATUSES, TYPES

UNSURE = -1.0
"""A word that gold neither calls a trigger nor excludes: it teaches nothing."""


@dataclass
class Example:
    """One sentence: `triggers` (words, types) holds 1, 0 or UNSURE; `roles` lists (word, type, mention, role or 0)."""

    doc: str
    pieces: Pieces
    triggers: np.ndarray
    roles: list[tuple[int, int, int, int]] = field(default_factory=list)
    states: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(word, type, status, whether another than the outlet vouches) of each trigger."""


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
    proposed: dict[int, list[tuple[int, str]]],
) -> Iterator[Example]:
    """The examples of one document.

    `marked` holds the dates and places of a sentence, `proposed` the words and types that the rules take for triggers.
    """
    gold = [told for event in events if (told := triggers_of(event, text))]
    for sentence in sentences:
        here = list(mentions.get(sentence.index, ()))
        pieces = pieces_of(sentence, here, marked.get(sentence.index, ()))
        if not pieces.words:
            continue
        example = Example(doc_id, pieces, np.zeros((len(pieces.words), len(TYPES)), dtype=np.float32))
        starts = [start for start, _ in pieces.words]
        for token, kind in proposed.get(sentence.index, ()):
            at = sentence.begin_of(sentence.tokens.doc[token])
            if at in starts and any(e["type"] == kind and any(a <= at < b for a, b in spans) for e, _, spans in gold):
                example.triggers[starts.index(at), TYPES.index(kind)] = UNSURE
        for event, words, spans in gold:
            label_event(
                example,
                event,
                words,
                spans,
                here,
                {t for t, k in proposed.get(sentence.index, ()) if k == event["type"]},
                sentence,
            )
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
    words: Sequence[tuple[int, int]],
    spans: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    proposed: set[int],
    sentence: Sentence,
) -> None:
    """Mark an event's trigger words in the sentence, and the roles and states that hang on them."""
    kind = TYPES.index(event["type"])
    found: list[int] = []
    for start, end in words:
        inside = [w for w, (a, b) in enumerate(example.pieces.words) if start <= a and b <= end]
        full = [w for w in inside if example.pieces.texts[w].lower() not in LIGHT] or inside
        found += full
    if not words:
        for token in proposed:
            at = sentence.begin_of(sentence.tokens.doc[token])
            found += [
                w for w, (a, _) in enumerate(example.pieces.words) if a == at and any(s <= at < e for s, e in spans)
            ]
        for w, (a, b) in enumerate(example.pieces.words):
            if w not in found and any(s <= a and b <= e for s, e in spans) and example.triggers[w, kind] == 0:
                example.triggers[w, kind] = UNSURE
    roles = roles_of(event)
    voiced = int((event.get("asserted_by") or {}).get("kind", "outlet") != "outlet")
    speaker = (event.get("asserted_by") or {}).get("text") or (event.get("asserted_by") or {}).get("name") or ""
    for w in found:
        example.triggers[w, kind] = 1.0
        example.states.append((w, kind, STATUSES.index(event["status"]), voiced))
        for m, mention in enumerate(mentions):
            role = role_of(mention, roles)
            if role is None and voiced and speaker and (speaker in mention.text or mention.text in speaker):
                role = "source"
            example.roles.append((w, kind, m, ROLES.index(role) if role else 0))


def roles_of(event: dict[str, Any]) -> dict[str, str]:
    """The role of each actor of an event."""
    book = load_codebook()
    found: dict[str, str] = {}
    for p in event["participants"]:
        if p["actor"] and p["actor"] != "UNKNOWN":
            known = book.find_actor(p["actor"])
            found.setdefault(known.code if known else p["actor"], p["role"])
    return found


def role_of(mention: Mention, roles: dict[str, str]) -> str | None:
    """The role of a mention whose actors all have one."""
    if not mention.codes or any(c not in roles for c in mention.codes):
        return None
    return roles[mention.codes[0]]


def interesting(examples: Iterable[Example]) -> list[Example]:
    """The examples that hold a party or a trigger; a sentence without either is set aside by the rules themselves."""
    return [e for e in examples if e.pieces.mentions or (e.triggers > 0).any()]


def folds(groups: Iterable[str], count: int) -> dict[str, int]:
    """Each group in one of `count` folds, by the number of times it stands there, the folds about equally large."""
    load, found = [0] * count, {}
    for group, times in Counter(groups).most_common():
        found[group] = min(range(count), key=load.__getitem__)
        load[found[group]] += times
    return found
