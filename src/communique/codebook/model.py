"""What the codebook holds, as values that cannot be changed: event types with all their parts, terms and actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from communique.errors import CodebookError, did_you_mean

Side = Literal["A", "B", "P"]
DetailKind = Literal["text", "texts", "count", "items"]


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a type: side A acts, side B is acted on, side P takes part on equal terms."""

    name: str
    side: Side
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A kind of an event type, with an invented example."""

    name: str
    definition: str
    example: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A field of a type's `details`: text, texts (a list), count (number or words) or items ({item, quantity} each)."""

    name: str
    kind: DetailKind
    definition: str


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a closed list: a status, domain, precision or kind of claim."""

    name: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A party's code. `kind` is state, igo, armed or other; `alpha2` only for states."""

    code: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    alpha2: str | None = None


@dataclass(frozen=True, slots=True)
class CodeRow:
    """Codes of the older schemes; `why` says why one is missing, `to` which role is PLOVER's recipient instead."""

    cameo: str | None
    plover: str | None
    mode: str | None = None
    why: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """Rows by status that apply where a report fulfils the condition `when` (and is of the mode, if one is given)."""

    when: str
    mode: str | None
    rows: Mapping[str, CodeRow]


@dataclass(frozen=True, slots=True)
class TypeCrosswalk:
    """How a type's reports read in CAMEO and PLOVER: by variant first, then by mode, then by the type's own rows."""

    source: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    rows: Mapping[str, CodeRow]
    modes: Mapping[str, Mapping[str, CodeRow]]
    variants: tuple[Variant, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodedExample:
    """An invented sentence and how it is coded; `roles` gives the actor codes of each role."""

    text: str
    mode: str | None
    status: str
    roles: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event. `triggers` and `cues` are what the coder reads in the same file, as they stand there."""

    name: str
    order: int
    label: str
    definition: str
    symmetric: bool
    rulings: tuple[str, ...]
    roles: Mapping[str, Role]
    modes: Mapping[str, Mode]
    details: Mapping[str, Detail]
    crosswalk: TypeCrosswalk
    examples: tuple[CodedExample, ...]
    triggers: Mapping[str, Any]
    cues: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scheme:
    """An older coding scheme: its source and its codes, each with a short name or with its allowed modes."""

    name: str
    source: str
    codes: Mapping[str, str]
    modes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Codebook:
    """Everything that the codebook's files hold. `version` is a hash of those files.

    `fields` says what each field of a report holds; `scope` lists what the unit is, what is coded and what is not.
    """

    version: str
    types: Mapping[str, EventType]
    statuses: Mapping[str, Term]
    domains: Mapping[str, Term]
    precisions: Mapping[str, Term]
    claims: Mapping[str, Term]
    actors: Mapping[str, Actor]
    states: Mapping[str, Actor]
    aliases: Mapping[str, str]
    fields: Mapping[str, str]
    scope: Mapping[str, tuple[str, ...]]
    cameo: Scheme
    plover: Scheme

    def type(self, name: str) -> EventType:
        """The event type of that name, or CodebookError."""
        found = self.types.get(name)
        if found is None:
            raise CodebookError(f"no event type {name!r} in the codebook; {did_you_mean(name, self.types)}")
        return found

    def role(self, type_name: str, role: str) -> Role:
        """The role of that type, or CodebookError."""
        roles = self.type(type_name).roles
        found = roles.get(role)
        if found is None:
            raise CodebookError(f"no role {role!r} in event type {type_name!r}; {did_you_mean(role, roles)}")
        return found

    def role_side(self, type_name: str, role: str) -> Side:
        """The side of a type's role: A, B or P (parties on equal terms, hosts of symmetric types among them)."""
        return self.role(type_name, role).side

    def find_actor(self, code: str) -> Actor | None:
        """The actor or state of a code or alias in any case of letters, or None."""
        wanted = code.upper()
        wanted = self.aliases.get(wanted, wanted)
        return self.actors.get(wanted) or self.states.get(wanted)

    def actor(self, code: str) -> Actor:
        """The actor or state of a code or alias, or CodebookError."""
        found = self.find_actor(code)
        if found is None:
            near = did_you_mean(code.upper(), [*self.actors, *self.states, *self.aliases])
            hint = near if near.startswith("did") else "use an ISO 3166 alpha-3 code, XKX or a code of actors.csv"
            raise CodebookError(f"no actor {code!r} in the codebook; {hint}")
        return found

    def canonical_actor(self, code: str) -> str:
        """The one code that an actor goes by: EUU for EU, ISO alpha-3 for a state. Unknown ones raise CodebookError."""
        return self.actor(code).code

    def is_actor(self, code: str) -> bool:
        """Whether the code is the canonical code of an actor or a state."""
        return code in self.actors or code in self.states
