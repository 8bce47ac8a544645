"""Recognises near-copies and wire copies, so that a thousand copies of one text count as one witness.

A text's sketch is the MinHash of its shingles of three words (Broder, On the resemblance and containment of documents,
1997), made with `rensa`. Two texts are near-copies where the estimated resemblance, or the estimated containment of
the shorter in the longer, reaches its threshold; groups are what such pairs connect.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash  # type: ignore[import-untyped]

from communique.pipeline.link.cluster import Roots
from communique.pipeline.link.knowledge import load_rules
from communique.pipeline.link.names import plain_words
from communique.text import content_hash

PERMUTATIONS, SEED, SHINGLE = 128, 7, 3
BANDS = 32
"""Bands of four numbers: texts of resemblance 0.42 meet in a band as often as not."""
RESEMBLANCE = 0.5
CONTAINMENT = 0.75
SHORTEST = 20
"""Texts of fewer shingles say too little to be told apart from stock phrases: only equal ones are copies."""
HEAD, TAIL = 400, 240


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text's MinHash digest (128 numbers of 32 bits), how many shingles it has, and a hash of all of them."""

    digest: NDArray[np.uint32]
    shingles: int
    exact: str


def sketch(text: str) -> Sketch:
    """The sketch of a text; case, accents and punctuation do not count."""
    words = plain_words(text)
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    made = RMinHash(PERMUTATIONS, SEED)
    made.update(sorted(shingles))
    return Sketch(np.array(made.digest(), dtype=np.uint32), len(shingles), content_hash(*words))


def resemblance(a: Sketch, b: Sketch) -> float:
    """The estimated share of shingles that both texts have among those that either has, from 0 to 1."""
    return float(np.mean(a.digest == b.digest))


def are_copies(a: Sketch, b: Sketch) -> bool:
    """Whether the two texts are near-copies, or the shorter is cut from the longer."""
    if a.exact == b.exact:
        return True
    if min(a.shingles, b.shingles) < SHORTEST:
        return False
    alike = resemblance(a, b)
    shared = alike / (1 + alike) * (a.shingles + b.shingles)
    return alike >= RESEMBLANCE or shared / min(a.shingles, b.shingles) >= CONTAINMENT


def copy_groups(sketches: Mapping[str, Sketch]) -> dict[str, str]:
    """The group of each document that has near-copies; documents without any are left out.

    A group is named after the smallest exact hash of its texts, so the order of documents does not matter.
    """
    names = sorted(sketches)
    roots = Roots(len(names))
    made = [sketches[name] for name in names]
    for bucket in _buckets(made):
        _join_copies(bucket, made, roots)
    members: dict[int, list[str]] = defaultdict(list)
    for row, name in enumerate(names):
        members[roots.find(row)].append(name)
    return {
        name: content_hash("copies", min(sketches[n].exact for n in group))
        for group in members.values()
        if len(group) > 1
        for name in group
    }


def _buckets(sketches: list[Sketch]) -> list[list[int]]:
    """Rows of one text, and rows whose digests agree in a band; of equal texts the first stands for all."""
    equal: dict[str, list[int]] = defaultdict(list)
    for row, made in enumerate(sketches):
        equal[made.exact].append(row)
    found: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for rows in equal.values():
        for band, part in enumerate(np.split(sketches[rows[0]].digest, BANDS)):
            found[band, part.tobytes()].append(rows[0])
    return [rows for rows in (*equal.values(), *found.values()) if len(rows) > 1]


def _join_copies(bucket: list[int], sketches: list[Sketch], roots: Roots) -> None:
    """Join each row with the groups before it in the bucket that it copies; one member of a group is enough."""
    if len({roots.find(row) for row in bucket}) == 1:
        return
    for at, row in enumerate(bucket):
        for other in bucket[:at]:
            if roots.find(row) != roots.find(other) and are_copies(sketches[row], sketches[other]):
                roots.join(row, other)


@functools.lru_cache(maxsize=1)
def _credit() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, load_rules().wires), key=len, reverse=True))
    forms = (
        rf"\((?:[\w .'-]+/)?({names})\)",
        rf"/({names})/",
        rf"(?:^|\n)\s*(?:By |Source: |— |– )({names})\b",
        rf"\b[A-Z]{{3,}},? \(?({names})\)? ?[–—-]",
    )
    return re.compile("|".join(forms))


def wire_credit(text: str, outlet: str | None = None) -> str | None:
    """The news agency that the outlet's name, the text's head or its end credits, else None.

    >>> wire_credit("TEHRAN (MNA) – The two navies met.")
    'Mehr News Agency'
    >>> wire_credit("The two navies met.", "AFP (via Gulf Times)")
    'Agence France-Presse'
    """
    wires = load_rules().wires
    printed = re.sub(r"\s*\(via .*\)$|^The ", "", outlet or "").strip()
    if printed in wires or printed in wires.values():
        return wires.get(printed, printed)
    found = _credit().search(text[:HEAD]) or _credit().search(text[-TAIL:])
    return wires[next(filter(None, found.groups()))] if found else None
