"""What passes between the stages of one document before a report exists: sentences, mentions and drafts of events.

All offsets count code points in `Document.text`. Stages read and return these; they never reach back into another
stage.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from communique.records import UNKNOWN, ActorKind, Claim, DateInterval, Document, Place, Span, Status, Voice


@dataclass(frozen=True, slots=True)
class Sentence:
    """One parsed sentence.

    `tokens` is spaCy's span, `offset` what to add to a token's `idx` to count in the document.
    """

    index: int
    paragraph: int
    offset: int
    tokens: TokenSpan
    is_title: bool = False
    lower: str = ""
    """The sentence's words in lower case, kept because every cue is looked for in them."""
    paragraph_text: str = ""
    """The whole paragraph, in which tokens are counted; kept because spaCy puts it together anew at each call."""

    @property
    def start(self) -> int:
        """Where the sentence begins in the document."""
        return self.offset + self.tokens.start_char

    @property
    def end(self) -> int:
        """Where the sentence ends in the document."""
        return self.offset + self.tokens.end_char

    def words(self, start: int, end: int) -> str:
        """The words between two places of the document that lie in the paragraph."""
        return self.paragraph_text[max(0, start - self.offset) : end - self.offset]

    def begin_of(self, token: Token) -> int:
        """Where a token begins in the document."""
        return int(self.offset + token.idx)

    def end_of(self, token: Token) -> int:
        """Where a token ends in the document."""
        return int(self.offset + token.idx + len(token))


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its sentences and quotations.

    `home` is the country that its outlet speaks from, if known; `official` whether the outlet is a state's organ.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    home: str | None = None
    official: bool = False
    written: dt.date | None = None
    """The day from which its words count ("today", "on Tuesday"): that of its dateline, else of its publication."""


@dataclass(slots=True)
class Mention:
    """Words that name a party: a state, a body, a group of its people, an official or an armed group.

    `head` is the index of the head token in the paragraph's spaCy document, `codes` the possible actors (more than one
    for "the two countries"), `cls` what kind of thing it is for a trigger's conditions: state, body, official, force,
    vessel, people, armed, igo, firm.
    """

    start: int
    end: int
    text: str
    sentence: int
    head: int
    cls: str
    kind: ActorKind
    codes: tuple[str, ...]
    name: str | None = None
    post: str | None = None
    rank: str | None = None
    level: str | None = None
    weak: bool = False
    pronoun: bool = False
    place_like: bool = False
    first: int = -1
    last: int = -1

    @property
    def span(self) -> Span:
        """The mention's place in the document."""
        return Span(start=self.start, end=self.end)

    def without_person(self) -> Mention:
        """The same words for the state of an official alone."""
        return replace(self, kind="country", name=None, post=None, rank=None, level=None)


def mention_on(
    sentence: Sentence,
    first: int,
    last: int,
    *,
    head: int,
    cls: str,
    kind: ActorKind,
    codes: tuple[str, ...],
    **told: Any,
) -> Mention:
    """The mention that stands on the tokens first..last of a sentence; `told` are more of its fields by name."""
    words = sentence.tokens.doc[first : last + 1]
    return Mention(
        start=sentence.begin_of(words[0]),
        end=sentence.end_of(words[-1]),
        text=words.text,
        sentence=sentence.index,
        head=head,
        cls=cls,
        kind=kind,
        codes=codes,
        first=first,
        last=last,
        **told,
    )


UNREAD = -8.0
"""The log odds of a word that a reader has not read."""
UNHEARD = -4.0
"""The log odds that some word of a sentence must pass, if rules are to find an event of the type there."""


class RoleShares(NamedTuple):
    """A mention's part in an event: its likeliest role of those that the type has, and that role's share; the shares of
    all such roles together; and how likely it takes part at all."""

    role: str
    share: float
    fitting: float
    party: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one sentence, as log odds by word.

    `words` gives the row of each token that was read; `triggers` has a column by event type, `statuses` by status;
    `voices` is how likely another than the outlet vouches.
    `roles_at(row, type, roles)` tells by a mention's start and end what part it has, in this sentence and those that
    were read with it; `marks_at(row, type)` how much each date and place there is taken for the event's own;
    `ask` of some rows and types beforehand reads them all at once. `same_at(row, type, others)` gives the log odds
    that other words (sentence, token) tell the same event, None for one that was not read with this one.
    """

    words: Mapping[int, int]
    triggers: Mapping[str, Sequence[float]]
    statuses: Mapping[str, Sequence[float]]
    voices: Sequence[float]
    ask: Callable[[Iterable[tuple[int, str]]], None]
    roles_at: Callable[[int, str, Collection[str]], Mapping[tuple[int, int], RoleShares]]
    marks_at: Callable[[int, str], Mapping[tuple[int, int, str], float]]
    same_at: Callable[[int, str, Sequence[tuple[int, int]]], list[float | None]]

    def hears(self, kind: str) -> bool:
        """Whether any word of the sentence may tell an event of that type."""
        return max(self.triggers[kind], default=UNREAD) > UNHEARD

    def tells(self, token: int, kind: str) -> float:
        """The log odds that a token tells an event of that type."""
        row = self.words.get(token)
        return UNREAD if row is None else self.triggers[kind][row]


# Rules that fill a role by what stands near or was told before, not by grammar.
LOOSE_RULES = frozenset({"reader", "reader elsewhere", "same sentence", "event before", "place"})


@dataclass(slots=True)
class Filler:
    """A mention in a role of a draft, and the rule that put it there."""

    role: str
    mention: Mention
    rule: str


# Flags of a draft that tells what happens again and again, and of one that tells one of several events of its trigger.
HABIT, ALONE = "habit", "alone"


@dataclass(slots=True)
class Draft:
    """One mention of an event: a trigger with its roles, status, voice and evidence; merged later with its likes."""

    type: str
    mode: str | None
    sentence: int
    trigger: int
    trigger_text: str
    start: int
    end: int
    fillers: list[Filler] = field(default_factory=list)
    status: Status = "occurred"
    status_why: str = ""
    tense: str = "past"
    voice: Voice = field(default_factory=lambda: Voice(kind="outlet"))
    voice_why: str = ""
    """The rule that found the voice; empty for the outlet's own."""
    date: DateInterval | None = None
    date_why: str = ""
    lasts: int | None = None
    """How many days the event lasts, where its clause tells."""
    place: Place | None = None
    lat: float | None = None
    lon: float | None = None
    geo_precision: int | None = None
    domains: set[str] = field(default_factory=set)
    aggregate: bool = False
    claimed: frozenset[tuple[int, int]] = frozenset()
    """The mentions that grammar gives to an event told by another word of the sentence."""
    outside: frozenset[str] = frozenset()
    """The actors that its sentence tells to judge the event, who so have no part in it."""
    details: dict[str, Any] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    score: float = 0.5
    why: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    features: dict[str, float] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    """Lemmas of the content words and the numbers of the clause."""
    lefts: frozenset[str] = frozenset()
    """The words that hang on the trigger before it, in lower case."""
    shares: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """How much a reader takes each mention of the sentence, by its start and end, for a party of this event."""
    status_features: dict[str, float] = field(default_factory=dict)
    """What speaks for one status or another, by name."""
    vouched: float | None = None
    """The log odds that another than the outlet vouches for it, where a reader has read it."""
    statuses: Mapping[Status, float] = field(default_factory=dict)
    """The probability of each status, where it was weighed."""
    same: dict[tuple[int, int], float] = field(default_factory=dict)
    """The log odds that another trigger, by its sentence and token, tells the same event, where a reader compared."""

    @property
    def trigger_at(self) -> tuple[int, int]:
        """The sentence and the token of the trigger."""
        return self.sentence, self.trigger

    def role_fillers(self, role: str) -> Iterator[Filler]:
        """The fillers of one role."""
        return (f for f in self.fillers if f.role == role)

    def codes(self) -> set[str]:
        """The actors of all roles, without the unknown."""
        return {c for f in self.fillers for c in f.mention.codes if c != UNKNOWN}

    def sides(self) -> set[str]:
        """The actors of all roles, UNKNOWN among them where a group is told whose members are not."""
        return {c for f in self.fillers for c in f.mention.codes}
