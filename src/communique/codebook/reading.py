"""The few fields of a report that the codebook asks for, from a Report or from a mapping of the same form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique.records import Report

ReportLike = Report | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A report as the crosswalk reads it: (role, actor code) of each participant, and what else conditions ask for."""

    type: str
    mode: str | None
    status: str
    parties: tuple[tuple[str, str], ...]
    country: str | None
    domains: frozenset[str]

    def codes(self, *roles: str) -> tuple[str, ...]:
        """The actor codes of the roles (of all, where none is named), each once, in the report's order."""
        return tuple(dict.fromkeys(code for role, code in self.parties if not roles or role in roles))


def told(report: ReportLike) -> Told:
    """The fields of a report, whichever form it comes in; missing ones read as untold."""
    data: Mapping[str, Any] = report.model_dump() if isinstance(report, Report) else report
    place = data.get("place") or {}
    return Told(
        type=str(data.get("type")),
        mode=data.get("mode"),
        status=data.get("status") or "occurred",
        parties=tuple((str(p.get("role")), str(p.get("actor"))) for p in data.get("participants") or ()),
        country=place.get("country"),
        domains=frozenset(data.get("domains") or ()),
    )
