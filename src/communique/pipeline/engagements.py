"""The records of engagements: one event as all documents tell it, with consensus, history and witnesses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple


class LinkReason(NamedTuple):
    """One reason for a link: a feature, the level of its agreement, and what that counts (in nats)."""

    feature: str
    level: str
    weight: float

    def __str__(self) -> str:
        """The reason in words, such as `date same +3.0`."""
        return f"{self.feature} {self.level} {self.weight:+.1f}"


@dataclass(frozen=True, slots=True)
class Told:
    """One value of a field with the reports and the outlets that tell it, most documents first."""

    value: str
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    witnesses: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field's consensus and, where documents differ, every value with who tells it (`told[0]` is the consensus)."""

    value: str | None
    told: tuple[Told, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether the documents tell more than one value."""
        return len(self.told) > 1


@dataclass(frozen=True, slots=True)
class Official:
    """A person who takes part: actor, and the name, post and rank as the documents tell them."""

    actor: str
    name: Field
    post: Field
    rank: Field


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """A status that the engagement had, from the first document that told it."""

    status: str
    told_on: dt.date | None
    start: dt.date | None
    end: dt.date | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """One telling that counts once: a text with all its copies, whoever printed it."""

    outlet: str | None
    owner: str | None
    country: str | None
    camp: str
    documents: tuple[str, ...]
    copies: int
    wire: str | None
    restated_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who tells of an engagement. `independent` counts tellings by distinct owners; copies count once.

    `camps` counts tellings by camp; `one_sided` names the state whose own media alone tell it, else None.
    """

    documents: int
    tellings: tuple[Witness, ...]
    outlets: int
    owners: int
    countries: int
    camps: tuple[tuple[str, int], ...]
    one_sided: str | None


@dataclass(frozen=True, slots=True)
class Engagement:
    """One event as all documents tell it; `consensus` holds a Field for each field of the codebook that was told."""

    engagement_id: str
    type: str
    reports: tuple[str, ...]
    consensus: dict[str, Field]
    officials: tuple[Official, ...]
    status: str
    history: tuple[HistoryStep, ...]
    start: dt.date | None
    end: dt.date | None
    precision: str | None
    witnesses: Witnesses
    aliases: tuple[str, ...] = ()

    def disagreements(self) -> dict[str, Field]:
        """The fields on which the documents differ, officials' as `actor name: field`."""
        found = {name: told for name, told in self.consensus.items() if told.disputed}
        for person in self.officials:
            for name in ("name", "post", "rank"):
                told: Field = getattr(person, name)
                if told.disputed:
                    found[f"{person.actor} {person.name.value}: {name}"] = told
        return found
