"""The columns of flat tables: their values here, their definitions in data/columns.yml."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Generic, Literal, TypeVar

import yaml

from communique.codebook import load_codebook
from communique.errors import CodebookError
from communique.export.phrases import evidence_words, party_phrase, restated_after
from communique.records import DateInterval, Document, Place, Report, Versions

Kind = Literal["text", "date", "number", "count", "yes_no"]
Cell = object
Row = TypeVar("Row")
BETWEEN = " | "
"""What stands between several values in one cell."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name, the kind of its values, what they mean, and how a row gives its value."""

    name: str
    kind: Kind
    definition: str
    value: Callable[[Row], Cell]


@cache
def definitions() -> Mapping[str, Mapping[str, Any]]:
    """Kind and definition of every column by name."""
    text = files("communique.export").joinpath("data/columns.yml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)
    return found


def defined(values: Mapping[str, Callable[[Row], Cell]]) -> tuple[Column[Row], ...]:
    """The columns of these names in their order; raises CodebookError for a name that columns.yml lacks."""
    missing = sorted(set(values) - set(definitions()))
    if missing:
        raise CodebookError(f"export/data/columns.yml defines no column {missing[0]!r}; add a line for it")
    told = definitions()
    return tuple(Column(name, told[name]["kind"], told[name]["definition"], value) for name, value in values.items())


@dataclass(frozen=True, slots=True)
class FlatReport:
    """A report beside its document."""

    doc: Document
    report: Report

    def side(self, side: str) -> list[str]:
        """The actor codes on one side of the event (A acts, B is acted on, P takes part), each once."""
        book = load_codebook()
        codes = (p.actor for p in self.report.participants if book.role_side(self.report.type, p.role) == side)
        return list(dict.fromkeys(codes))

    def participants(self) -> list[str]:
        """Each party in words: role, name, code, rank and post."""
        book = load_codebook()
        return [f"{p.role}: {party_phrase(p, book)}" for p in self.report.participants]

    def persons(self) -> list[str]:
        """The names of the persons."""
        return [p.name for p in self.report.participants if p.kind == "person" and p.name]


def joined(values: Iterable[str]) -> str | None:
    """The values in one cell, or None for no value."""
    return BETWEEN.join(values) or None


def part(record: DateInterval | Place | Versions | None, field: str) -> Cell:
    """A field of a record that may be missing."""
    return getattr(record, field) if record is not None else None


IDENTITY: tuple[Column[FlatReport], ...] = defined(
    {
        "report_id": lambda r: r.report.report_id,
        "doc_id": lambda r: r.doc.id,
        "outlet": lambda r: r.doc.outlet,
        "outlet_country": lambda r: r.doc.outlet_country,
        "restated_after": lambda r: restated_after(r.doc) or None,
        "published": lambda r: r.doc.published,
    }
)
"""Which report of which document."""

KIND: tuple[Column[FlatReport], ...] = defined(
    {
        "type": lambda r: r.report.type,
        "mode": lambda r: r.report.mode,
        "status": lambda r: r.report.status,
        "aggregate": lambda r: r.report.aggregate,
    }
)
"""What happened."""

PARTIES: tuple[Column[FlatReport], ...] = defined(
    {
        "side_a": lambda r: joined(r.side("A")),
        "side_b": lambda r: joined(r.side("B")),
        "side_p": lambda r: joined(r.side("P")),
        "participants": lambda r: joined(r.participants()),
        "persons": lambda r: joined(r.persons()),
    }
)
"""Who took part."""

CIRCUMSTANCES: tuple[Column[FlatReport], ...] = defined(
    {
        "date_start": lambda r: part(r.report.date, "start"),
        "date_end": lambda r: part(r.report.date, "end"),
        "date_precision": lambda r: part(r.report.date, "precision"),
        "place_name": lambda r: part(r.report.place, "name"),
        "place_country": lambda r: part(r.report.place, "country"),
        "lat": lambda r: r.report.lat,
        "lon": lambda r: r.report.lon,
        "geo_precision": lambda r: r.report.geo_precision,
        "domains": lambda r: joined(r.report.domains),
        "asserted_by_kind": lambda r: r.report.asserted_by.kind,
        "asserted_by_name": lambda r: r.report.asserted_by.name,
        "cameo": lambda r: r.report.codes.cameo,
        "plover": lambda r: r.report.codes.plover,
        "plover_mode": lambda r: r.report.codes.plover_mode,
        "confidence": lambda r: r.report.confidence,
    }
)
"""When, where, in which field, who says so, and in which codes."""

GROUNDS: tuple[Column[FlatReport], ...] = defined(
    {
        "date_text": lambda r: part(r.report.date, "text"),
        "place_text": lambda r: part(r.report.place, "text"),
        "details": lambda r: json.dumps(r.report.details, ensure_ascii=False) if r.report.details else None,
        "claims": lambda r: joined(f"{claim.kind}: {claim.text}" for claim in r.report.claims),
        "words": lambda r: evidence_words(r.report.evidence, r.doc.text) or None,
        "evidence": lambda r: joined(f"{span.start}-{span.end}" for span in r.report.evidence),
        "why": lambda r: joined(r.report.why),
        "title": lambda r: r.doc.title,
        "url": lambda r: r.doc.url,
        "coder": lambda r: part(r.report.versions, "coder"),
        "codebook": lambda r: part(r.report.versions, "codebook"),
        "lexicon": lambda r: part(r.report.versions, "lexicon"),
    }
)
"""The words, the reasons and the versions."""

REPORT_COLUMNS: tuple[Column[FlatReport], ...] = (*IDENTITY, *KIND, *PARTIES, *CIRCUMSTANCES, *GROUNDS)
"""The columns of the flat table of reports."""
