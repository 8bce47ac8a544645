"""Reports as pairs of actors. The weights of a report's pairs sum to one, so that a drill of three counts once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from communique.codebook import Codebook, load_codebook
from communique.errors import LexiconError
from communique.export.coded import Coded, pairs
from communique.export.columns import CIRCUMSTANCES, IDENTITY, KIND, Cell, Column, FlatReport, defined
from communique.export.phrases import actor_name
from communique.lexicon import Lexicon, load_lexicon
from communique.records import UNKNOWN, Document, Participant, Report

Pairing = Literal["directed", "undirected", "single"]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a pair: an actor in the role of its first participant. Unknown actors are told apart by name."""

    actor: str
    role: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two actors of one report. `target` is None where the report names one party only."""

    source: End
    target: End | None
    pairing: Pairing
    weight: float


@dataclass(frozen=True, slots=True)
class FlatDyad:
    """A dyad beside its report and document, with the lexicon that knows its actors' codes."""

    doc: Document
    report: Report
    dyad: Dyad
    parties: int
    lexicon: Lexicon

    @property
    def flat(self) -> FlatReport:
        """The report's own row."""
        return FlatReport(self.doc, self.report)


def dyads_of(report: Report, codebook: Codebook | None = None) -> list[Dyad]:
    """The report's pairs with weights that sum to one; empty only for a report without participants.

    Who acts (side A) is paired with everyone acted on (side B), directed. Parties on equal terms, and several on one
    side with nobody on the other, are paired with each other, undirected and in the order of their codes. A lone
    party stands as source without a target. An actor on both sides is paired with itself only where there is no
    other pair.
    """
    return dyads_between(ends_by_side(report, codebook or load_codebook()))


def dyads_between(ends_with_sides: Iterable[tuple[str, End]]) -> list[Dyad]:
    """The pairs of ends that bear their sides, by the same rules."""
    found = list(ends_with_sides)
    acting = distinct(end for side, end in found if side == "A")
    acted_on = distinct(end for side, end in found if side == "B")
    if acting and acted_on:
        crossed = [(a, b) for a in acting for b in acted_on]
        others = [(a, b) for a, b in crossed if same(a) != same(b)]
        return weighted(others or crossed, "directed")
    ends = sorted(distinct(end for _, end in found), key=lambda end: (end.actor, end.name or ""))
    if len(ends) > 1:
        return weighted(list(combinations(ends, 2)), "undirected")
    return weighted([(end, None) for end in ends], "single")


def ends_by_side(report: Report, book: Codebook) -> Iterator[tuple[str, End]]:
    """Each participant as an end with its side."""
    for party in report.participants:
        yield book.role_side(report.type, party.role), End(party.actor, party.role, end_name(party, book))


def end_name(party: Participant, book: Codebook) -> str | None:
    """The actor's name; of an unknown one the participant's own."""
    return party.name if party.actor == UNKNOWN else actor_name(party.actor, book)


def same(end: End) -> tuple[str, str | None]:
    """What makes two ends one actor."""
    return end.actor, end.name if end.actor == UNKNOWN else None


def distinct(ends: Iterable[End]) -> list[End]:
    """The first end of each actor."""
    first: dict[tuple[str, str | None], End] = {}
    for end in ends:
        first.setdefault(same(end), end)
    return list(first.values())


def weighted(found: list[tuple[End, End]] | list[tuple[End, None]], pairing: Pairing) -> list[Dyad]:
    """The pairs with equal weights."""
    return [Dyad(source, target, pairing, 1 / len(found)) for source, target in found]


def flat_dyads(coded: Iterable[Coded], lexicon: Lexicon | None = None) -> Iterator[FlatDyad]:
    """Every report's pairs, in order. A report without participants gives none.

    `lexicon` is the one that coded the reports, with a user's own rows; without it the packaged one is asked.
    """
    book, asked = load_codebook(), lexicon or load_lexicon()
    for doc, report in pairs(coded):
        parties = len(distinct(end for _, end in ends_by_side(report, book)))
        for dyad in dyads_of(report, book):
            yield FlatDyad(doc, report, dyad, parties, asked)


def cow_number(end: End | None, lexicon: Lexicon) -> int | None:
    """The state's number in the Correlates of War project, or None for an actor that has none."""
    if end is None:
        return None
    try:
        number = lexicon.state(end.actor).codes.get("cow")
    except LexiconError:
        return None
    return int(number) if number else None


def end_part(end: End | None, field: str) -> Cell:
    """A field of an end that may be missing."""
    return getattr(end, field) if end is not None else None


def shared(column: Column[FlatReport]) -> Column[FlatDyad]:
    """A report's column, repeated on each of its pairs."""

    def value(row: FlatDyad) -> Cell:
        return column.value(row.flat)

    return Column(column.name, column.kind, column.definition, value)


PAIR: tuple[Column[FlatDyad], ...] = defined(
    {
        "source": lambda r: r.dyad.source.actor,
        "target": lambda r: end_part(r.dyad.target, "actor"),
        "pairing": lambda r: r.dyad.pairing,
        "weight": lambda r: r.dyad.weight,
        "parties": lambda r: r.parties,
        "source_name": lambda r: r.dyad.source.name,
        "target_name": lambda r: end_part(r.dyad.target, "name"),
        "source_role": lambda r: r.dyad.source.role,
        "target_role": lambda r: end_part(r.dyad.target, "role"),
        "source_cow": lambda r: cow_number(r.dyad.source, r.lexicon),
        "target_cow": lambda r: cow_number(r.dyad.target, r.lexicon),
    }
)
"""The pair and its weight."""

DYAD_COLUMNS: tuple[Column[FlatDyad], ...] = (*PAIR, *map(shared, (*IDENTITY, *KIND, *CIRCUMSTANCES)))
"""The columns of the table of dyads."""
