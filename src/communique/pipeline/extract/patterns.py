"""The codebook's triggers, compiled for looking up by the lemma of a token."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.codebook import Codebook
from communique.errors import CodebookError, did_you_mean

KEYS = frozenset({"lemmas", "slots", "needs", "mode", "weight", "status", "echo", "firm"})
MODE_KEYS = frozenset({"mode", "any", "visitor", "parties"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way in which words tell an event of a type: lemma (of several words, the last is the head) and its slots."""

    type: str
    lemma: tuple[str, ...]
    verbal: bool
    slots: tuple[tuple[tuple[str, ...], str], ...]
    needs: tuple[tuple[tuple[str, ...], frozenset[str]], ...]
    mode: str | None
    weight: float
    status: str | None
    echo: bool
    firm: bool
    """Whether it decides by itself, whatever the weights say: for types of which too few are labelled to weigh by."""

    def id(self) -> str:
        """The pattern's name in a report's reasons."""
        return f"{self.type}:{'verb' if self.verbal else 'noun'}:{' '.join(self.lemma)}"


@dataclass(frozen=True, slots=True)
class ModeRule:
    """Words that decide the mode of a type."""

    mode: str
    words: tuple[str, ...]
    visitor: frozenset[str]
    parties: int


@dataclass(frozen=True, slots=True)
class PatternBook:
    """All patterns by the last word of their lemma, and the mode rules by type."""

    verbs: Mapping[str, Sequence[Pattern]]
    nouns: Mapping[str, Sequence[Pattern]]
    modes: Mapping[str, Sequence[ModeRule]]
    default_modes: Mapping[str, str]


def compile_patterns(codebook: Codebook) -> PatternBook:
    """The triggers of every type. Raises CodebookError naming the type, the key and the way out."""
    verbs: dict[str, list[Pattern]] = defaultdict(list)
    nouns: dict[str, list[Pattern]] = defaultdict(list)
    modes: dict[str, list[ModeRule]] = {}
    defaults: dict[str, str] = {}
    for name, event_type in codebook.types.items():
        raw = event_type.triggers
        for verbal, table in ((True, verbs), (False, nouns)):
            for row in raw.get("verbs" if verbal else "nouns", ()):
                for pattern in read_row(name, row, verbal):
                    table[pattern.lemma[-1]].append(pattern)
        modes[name] = [read_mode(name, row) for row in raw.get("modes", ())]
        if raw.get("default_mode"):
            defaults[name] = raw["default_mode"]
    for table in (verbs, nouns):
        for patterns in table.values():
            patterns.sort(key=lambda p: -len(p.lemma))
    return PatternBook(verbs, nouns, modes, defaults)


def read_row(name: str, row: Mapping[str, Any], verbal: bool) -> list[Pattern]:
    """The patterns of one row, one for each lemma."""
    for key in row:
        if key not in KEYS:
            raise CodebookError(f"events/{name}.yml: a trigger has the unknown key {key!r}; {did_you_mean(key, KEYS)}")
    slots = tuple((beside(name, verbal, tuple(k.split("|"))), str(v)) for k, v in (row.get("slots") or {}).items())
    needs = tuple((tuple(str(k).split("|")), frozenset(v)) for k, v in (row.get("needs") or {}).items())
    return [
        Pattern(
            name,
            tuple(str(lemma).split()),
            verbal,
            slots,
            needs,
            row.get("mode"),
            float(row["weight"]),
            row.get("status"),
            bool(row.get("echo")),
            bool(row.get("firm")),
        )
        for lemma in row["lemmas"]
    ]


# Types whose noun after a preposition takes the sentence's subject as a party ("left for talks"); an attack "in"
# which one dies does not.
JOINED = frozenset({"visit", "meeting", "agreement", "exercise", "cooperation", "membership", "training", "deployment"})


def beside(name: str, verbal: bool, slots: tuple[str, ...]) -> tuple[str, ...]:
    """The slots of a noun, with the subject beside its prepositional phrase where the type allows it."""
    return (*slots, "beside") if not verbal and name in JOINED and "subject" in slots else slots


def read_mode(name: str, row: Mapping[str, Any]) -> ModeRule:
    """One rule for a mode."""
    for key in row:
        if key not in MODE_KEYS:
            raise CodebookError(
                f"events/{name}.yml: a mode rule has the unknown key {key!r}; {did_you_mean(key, MODE_KEYS)}"
            )
    return ModeRule(
        row["mode"], tuple(row.get("any") or ()), frozenset(row.get("visitor") or ()), int(row.get("parties") or 0)
    )
