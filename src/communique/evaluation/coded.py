"""A coded report reduced to what the measures compare: codes, sides, persons, date, place, voice and evidence.

Gold and predictions come in many states of completeness, so this form is lenient about values (an unknown role is a
plain party, a date that is no ISO interval counts as none and is logged) and strict about structure (ValueError).
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.codebook import load_codebook
from communique.records import UNKNOWN, Report
from communique.text import fold

logger = logging.getLogger(__name__)

Interval = tuple[dt.date, dt.date]
ActorSides = frozenset[tuple[str, str]]

SIDES: Mapping[str, str] = {
    **dict.fromkeys(
        ("visitor", "supplier", "provider", "deployer", "speaker", "perpetrator", "appointee", "member"), "A"
    ),
    **dict.fromkeys(("host", "recipient", "addressee", "target", "body"), "B"),
}
"""The side of a role: A acts, B is acted upon; every other role is a party (P)."""

SYMMETRIC = frozenset({"meeting", "agreement", "exercise", "cooperation"})
"""Types whose participants are all parties, the host included."""


@dataclass(frozen=True, slots=True)
class Office:
    """A person's post and rank as the report gives them."""

    post: str | None
    rank: str | None


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One report, gold or predicted, in comparable form.

    `sides` pairs each known actor with its side, `persons` is keyed by folded surname, `spans` are code points.
    """

    type: str
    mode: str | None
    status: str | None
    sides: ActorSides
    persons: Mapping[str, Office]
    date: Interval | None
    country: str | None
    place_name: str
    domains: frozenset[str]
    voice_kind: str | None
    voice_name: str
    spans: tuple[tuple[int, int], ...]
    aggregate: bool

    @property
    def actors(self) -> frozenset[str]:
        """The codes of all known actors."""
        return frozenset(code for _, code in self.sides)

    @property
    def voice(self) -> tuple[str | None, str] | None:
        """Kind and last word of the name of who asserts the event; None for the outlet's own voice."""
        return None if self.voice_kind == "outlet" else (self.voice_kind, self.voice_name)


@functools.cache
def actor_aliases() -> Mapping[str, str]:
    """The codebook's other spellings of an actor's code, upper case, each with the code (`UN` with `UNO`)."""
    return load_codebook().aliases


def last_word(name: object) -> str:
    """The last word of a folded name, which stands for the surname; empty for no name.

    >>> last_word("Bashar al-Assad")
    'assad'
    """
    words = fold(str(name or "")).split()
    return words[-1] if words else ""


def read_event(row: Mapping[str, Any], *, where: str, aliases: Mapping[str, str] | None = None) -> CodedEvent:
    """The comparable form of a report given as a mapping with the codebook's field names.

    `where` names the row in log lines. Raises ValueError that says what is wrong where the structure is not a report's.
    """
    kind = row.get("type")
    if not isinstance(kind, str) or not kind:
        raise ValueError(f"a report has no type but {kind!r}; give one of the codebook's event types")
    participants = _objects(row, "participants")
    place, voice = _object(row, "place"), _object(row, "asserted_by")
    known = actor_aliases() if aliases is None else aliases
    return CodedEvent(
        type=kind,
        mode=row.get("mode") or None,
        status=row.get("status"),
        sides=_sides(kind, participants, known),
        persons=_persons(participants),
        date=_interval(_object(row, "date"), where),
        country=place.get("country") or None,
        place_name=fold(str(place.get("name") or "")),
        domains=frozenset(_listed(row, "domains")),
        voice_kind=voice.get("kind", "outlet"),
        voice_name=last_word(voice.get("name")),
        spans=_spans(_objects(row, "evidence")),
        aggregate=bool(row.get("aggregate")),
    )


def group_reports(
    reports: Iterable[Report], *, aliases: Mapping[str, str] | None = None
) -> dict[str, list[CodedEvent]]:
    """The reports' comparable forms by document, in the given order: what `evaluate` takes as predictions."""
    grouped: dict[str, list[CodedEvent]] = {}
    for report in reports:
        row = report.model_dump(mode="json")
        event = read_event(row, where=f"report {report.report_id}", aliases=aliases)
        grouped.setdefault(report.doc_id, []).append(event)
    return grouped


def _sides(kind: str, participants: Sequence[Mapping[str, Any]], aliases: Mapping[str, str]) -> ActorSides:
    sides = set()
    for participant in participants:
        given = str(participant.get("actor") or "").upper()
        code = aliases.get(given, given)
        if code and code != UNKNOWN:
            side = "P" if kind in SYMMETRIC else SIDES.get(str(participant.get("role")), "P")
            sides.add((side, code))
    return frozenset(sides)


def _persons(participants: Sequence[Mapping[str, Any]]) -> dict[str, Office]:
    return {
        surname: Office(participant.get("post"), participant.get("rank"))
        for participant in participants
        if participant.get("kind") == "person" and (surname := last_word(participant.get("name")))
    }


def _interval(date: Mapping[str, Any], where: str) -> Interval | None:
    if not date:
        return None
    try:
        start, end = _day(date.get("start")), _day(date.get("end"))
    except ValueError:
        logger.warning("%s: date %r is no interval of ISO dates and counts as none", where, dict(date))
        return None
    return (start, end) if start <= end else (end, start)


def _day(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no ISO date")
    return dt.date.fromisoformat(value)


def _spans(evidence: Sequence[Mapping[str, Any]]) -> tuple[tuple[int, int], ...]:
    try:
        return tuple((int(span["start"]), int(span["end"])) for span in evidence)
    except (KeyError, TypeError, ValueError):
        raise ValueError(
            f"evidence {list(evidence)!r} is not a list of spans with start and end in code points"
        ) from None


def _decoded(value: object) -> object:
    """The value, read as JSON where a flat table stores it as text."""
    if isinstance(value, str) and value[:1] in "[{":
        return json.loads(value)
    return value


def _object(row: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = _decoded(row.get(field)) or {}
    if not isinstance(value, Mapping):
        raise ValueError(f"{field} is {value!r}, not an object or null")
    return value


def _listed(row: Mapping[str, Any], field: str) -> list[Any]:
    value = _decoded(row.get(field)) or []
    if not isinstance(value, list | tuple):
        raise ValueError(f"{field} is {value!r}, not a list")
    return list(value)


def _objects(row: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    values = _listed(row, field)
    for value in values:
        if not isinstance(value, Mapping):
            raise ValueError(f"{field} holds {value!r}, not an object")
    return values
