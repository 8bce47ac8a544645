"""Reports as rows of a Parquet file and back, without loss, with the columns that questions are asked by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pyarrow as pa

from communique.lexicon import Lexicon
from communique.records import Document, Participant, Report, Span
from communique.store.levels import highest, level_of
from communique.text import content_hash

_SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32())])
_PARTICIPANT = pa.struct(
    [(name, pa.string()) for name in ("role", "actor", "kind", "name", "post", "rank", "mention", "level")]
    + [("start", pa.int32()), ("end", pa.int32())]
)
REPORTS = pa.schema(
    [
        ("rid", pa.int64()),
        ("alone", pa.uint64()),
        ("doc", pa.int64()),
        ("doc_id", pa.string()),
        ("doc_hash", pa.string()),
        ("item", pa.int32()),
        ("report_id", pa.string()),
        ("outlet", pa.string()),
        ("outlet_country", pa.string()),
        ("published", pa.date32()),
        ("type", pa.string()),
        ("mode", pa.string()),
        ("status", pa.string()),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("precision", pa.string()),
        ("date_text", pa.string()),
        ("place", pa.string()),
        ("place_country", pa.string()),
        ("place_text", pa.string()),
        ("placed", pa.bool_()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("geo_precision", pa.int8()),
        ("actors", pa.list_(pa.string())),
        ("pairs", pa.list_(pa.string())),
        ("level", pa.string()),
        ("domains", pa.list_(pa.string())),
        ("aggregate", pa.bool_()),
        ("confidence", pa.float64()),
        ("asserted_kind", pa.string()),
        ("asserted_name", pa.string()),
        ("asserted_text", pa.string()),
        ("cameo", pa.string()),
        ("plover", pa.string()),
        ("plover_mode", pa.string()),
        ("participants", pa.list_(_PARTICIPANT)),
        ("evidence", pa.list_(_SPAN)),
        ("claims", pa.list_(pa.struct([("kind", pa.string()), ("text", pa.string())]))),
        ("details", pa.string()),
        ("why", pa.list_(pa.string())),
        ("coder", pa.string()),
        ("codebook", pa.string()),
        ("lexicon", pa.string()),
    ]
)
"""The columns of a shard of reports. `doc` counts from the manifest's `first_doc`; `alone` is the engagement of a
report that is linked to no other."""


def number_of(*parts: str) -> int:
    """A number of 63 bits that is the same for the same parts: the key of a report or engagement.

    >>> number_of("a", "b") == number_of("a", "b") != number_of("ab")
    True
    """
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def report_number(doc_id: str, doc_hash: str, report_id: str) -> int:
    """The key of a report: two outlets that print one text have each their own."""
    return number_of(doc_id, doc_hash, report_id)


def key_of(rid: int) -> str:
    """The key of a report as sixteen hexadecimal digits, as linking names reports."""
    return f"{rid:016x}"


def engagement_number(name: str) -> int:
    """The number of an engagement, whose name is that number as sixteen hexadecimal digits."""
    return int(name, 16)


def distinct(reports: Iterable[Report]) -> list[Report]:
    """The reports of one document, those with type and evidence of an earlier one under an id of their own."""
    seen: set[str] = set()
    out: list[Report] = []
    for report in reports:
        ident = report.report_id
        if ident in seen:
            ident = content_hash(ident, *sorted({p.actor for p in report.participants}))
        turn = 1
        while ident in seen:
            turn += 1
            ident = content_hash(report.report_id, str(turn))
        seen.add(ident)
        out.append(report if ident == report.report_id else report.model_copy(update={"report_id": ident}))
    return out


def row_of(report: Report, doc: Document, number: int, item: int, lexicon: Lexicon) -> dict[str, Any]:
    """The row of the report at index `item` of `doc`, whose number in the shard is `number`.

    The lexicon tells the levels of offices.
    """
    day = report.date.start if report.date is not None else doc.published
    levels = [level_of(p, lexicon, day) for p in report.participants]
    actors = sorted({p.actor for p in report.participants})
    date, place, voice, codes, versions = report.date, report.place, report.asserted_by, report.codes, report.versions
    rid = report_number(doc.id, doc.hash, report.report_id)
    return {
        "rid": rid,
        "alone": engagement_number(content_hash("engagement", key_of(rid))),
        "doc": number,
        "doc_id": doc.id,
        "doc_hash": doc.hash,
        "item": item,
        "report_id": report.report_id,
        "outlet": doc.outlet,
        "outlet_country": doc.outlet_country,
        "published": doc.published,
        "type": report.type,
        "mode": report.mode,
        "status": report.status,
        "start": date.start if date else None,
        "end": date.end if date else None,
        "precision": date.precision if date else None,
        "date_text": date.text if date else None,
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "place_text": place.text if place else None,
        "placed": place is not None,
        "lat": report.lat,
        "lon": report.lon,
        "geo_precision": report.geo_precision,
        "actors": actors,
        "pairs": [f"{a}-{b}" for a, b in combinations(actors, 2)],
        "level": highest(levels),
        "domains": list(report.domains),
        "aggregate": report.aggregate,
        "confidence": report.confidence,
        "asserted_kind": voice.kind,
        "asserted_name": voice.name,
        "asserted_text": voice.text,
        "cameo": codes.cameo,
        "plover": codes.plover,
        "plover_mode": codes.plover_mode,
        "participants": [participant_row(p, lev) for p, lev in zip(report.participants, levels, strict=True)],
        "evidence": [{"start": s.start, "end": s.end} for s in report.evidence],
        "claims": [{"kind": c.kind, "text": c.text} for c in report.claims],
        "details": None if report.details is None else json.dumps(report.details, ensure_ascii=False, sort_keys=True),
        "why": list(report.why),
        "coder": versions.coder if versions else None,
        "codebook": versions.codebook if versions else None,
        "lexicon": versions.lexicon if versions else None,
    }


def participant_row(p: Participant, level: str | None) -> dict[str, Any]:
    """The nested row of a participant."""
    start, end = (p.span.start, p.span.end) if p.span else (None, None)
    told = p.model_dump(exclude={"span"})
    return {**told, "level": level, "start": start, "end": end}


def report_of(row: dict[str, Any]) -> Report:
    """The report that a row holds: the inverse of `row_of`."""
    date = {"start": row["start"], "end": row["end"], "precision": row["precision"], "text": row["date_text"]}
    place = {"name": row["place"], "country": row["place_country"], "text": row["place_text"]}
    return Report(
        doc_id=row["doc_id"],
        report_id=row["report_id"],
        type=row["type"],
        mode=row["mode"],
        status=row["status"],
        participants=tuple(participant_of(p) for p in row["participants"] or ()),
        date=date if row["start"] is not None else None,  # type: ignore[arg-type]
        place=place if row["placed"] else None,  # type: ignore[arg-type]
        domains=tuple(row["domains"] or ()),
        asserted_by={"kind": row["asserted_kind"], "name": row["asserted_name"], "text": row["asserted_text"]},  # type: ignore[arg-type]
        evidence=tuple(row["evidence"] or ()),
        aggregate=row["aggregate"],
        details=None if row["details"] is None else json.loads(row["details"]),
        claims=tuple(row["claims"] or ()),
        confidence=row["confidence"],
        why=tuple(row["why"] or ()),
        codes={"cameo": row["cameo"], "plover": row["plover"], "plover_mode": row["plover_mode"]},  # type: ignore[arg-type]
        lat=row["lat"],
        lon=row["lon"],
        geo_precision=row["geo_precision"],
        versions=None if row["coder"] is None else {k: row[k] for k in ("coder", "codebook", "lexicon")},  # type: ignore[arg-type]
    )


def participant_of(row: dict[str, Any]) -> Participant:
    """The participant of a nested row."""
    span = None if row["start"] is None else Span(start=row["start"], end=row["end"])
    told = {k: v for k, v in row.items() if k not in ("level", "start", "end")}
    return Participant(**told, span=span)
