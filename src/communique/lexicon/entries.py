"""What the lexicon answers with: entries, matches, states and tenures. All are immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})

FORMS = (
    "strong",
    "acronym",
    "alias",
    "adjective",
    "demonym",
    "metonym",
    "native",
    "former",
    "loaded",
    "weak",
)
"""Ways in which a text can name an entry, the surest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the lexicon knows, as one of its forms names it."""

    kind: str
    """state, group, body, armed, igo, firm, rank, post, ship_prefix, official, place, exercise, instrument or outlet"""
    id: str
    code: str | None
    """actor code: ISO 3166 alpha-3, XKX, or a code of the codebook's actors"""
    name: str
    form: str
    """one of FORMS"""
    subkind: str | None = None
    """navy, ministry_defence, sea, OF-9, capital ..."""
    attributes: Mapping[str, str] = field(default_factory=lambda: NO_ATTRIBUTES, hash=False)

    @property
    def weak(self) -> bool:
        """True when the form alone doesn't tell that this entry is meant (Jordan, Georgia, Congolese, Washington)."""
        return self.form == "weak" or self.attributes.get("weak") == "yes"


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of text, in code points, and every entry that it may name."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """Years in which the Correlates of War project counts a state as a system member; `end` None: to this day."""

    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory with its names and its codes in other data sets."""

    code: str
    name: str
    iso2: str | None
    capital: str | None
    codes: Mapping[str, str]
    """cow, cow_abb, gw, cameo"""
    membership: tuple[Spell, ...]
    strong: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    former: tuple[str, ...]

    @property
    def member_from(self) -> int | None:
        """First year of membership in the state system, or None for a territory that never was a member."""
        return self.membership[0].start if self.membership else None

    @property
    def member_to(self) -> int | None:
        """Last year of membership, or None for a state that is a member to this day or never was one."""
        return self.membership[-1].end if self.membership else None


@dataclass(frozen=True, slots=True)
class Tenure:
    """One time in office; `start` and `end` are ISO dates or months, None where untold or still running."""

    id: str
    person: str
    state: str
    post: str
    level: str
    body_kind: str | None
    start: str | None
    end: str | None
    rank: str | None
