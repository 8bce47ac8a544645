"""From a party's words to its code, name, post and rank: by the mentions that the common stages find there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.codebook import Codebook
from communique.lexicon import Lexicon
from communique.pipeline.drafts import Mention
from communique.pipeline.llm.checking import GroundedParty
from communique.records import UNKNOWN, ActorKind

NAMED = ("state", "body", "igo", "armed", "firm")
CLASSES: dict[ActorKind, str] = {"country": "state", "organisation": "body", "person": "person"}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the common stages know of a document: its mentions, and the codes that its words name."""

    mentions: Sequence[Mention]
    named: frozenset[str]
    lexicon: Lexicon
    codebook: Codebook

    def at(self, party: GroundedParty) -> list[Mention]:
        """The mentions that share words with a party's, of its kind first, then those that share most."""
        found = [m for m in self.mentions if shared(m, party) > 0 and m.codes]
        kind = party.proposed.kind
        return sorted(found, key=lambda m: (m.kind != kind, -shared(m, party), m.start))

    def code_named(self, words: str | None) -> str | None:
        """The code of a state, body or group by its name alone, None for an unknown one."""
        if not words:
            return None
        matches = [(m.end - m.start, e) for m in self.lexicon.find(words) for e in m.entries if e.kind in NAMED]
        found = [(length, e.code) for length, e in matches if e.code]
        if found:
            return max(found, key=lambda pair: pair[0])[1]
        actor = self.codebook.find_actor(words) if words.isupper() else None
        return actor.code if actor is not None else None


def shared(mention: Mention, party: GroundedParty) -> int:
    """How many characters a mention and a party's words have in common."""
    return min(mention.end, party.span.end) - max(mention.start, party.span.start)


def mention_of(party: GroundedParty, text: str, sentence: int, known: Knowledge) -> tuple[Mention, str]:
    """The party as a mention with its code, and how the code was found."""
    at = known.at(party)
    code, why = code_of(party, at, known)
    same = next((m for m in at if m.kind == "person"), None) if party.proposed.kind == "person" else None
    name = (same.name if same is not None else None) or party.name
    kind = party.proposed.kind
    if kind == "person" and not name:
        kind = "country"  # nobody is coded as a nameless person
    if kind == "organisation" and not name:
        name = party.span.of(text)
    mention = Mention(
        start=party.span.start,
        end=party.span.end,
        text=" ".join(party.span.of(text).split()),
        sentence=sentence,
        head=0,
        cls=CLASSES[kind],
        kind=kind,
        codes=(code,),
        name=name if kind != "country" or code == UNKNOWN else None,
        post=party.post or (same.post if same is not None else None),
        rank=party.rank or (same.rank if same is not None else None),
        level=same.level if same is not None else None,
    )
    return mention, why


def code_of(party: GroundedParty, at: Sequence[Mention], known: Knowledge) -> tuple[str, str]:
    """A party's code and how it was found.

    The text decides; where it leaves a choice or is silent the model's word counts, and is marked where no word of the
    text names that actor.
    """
    told = known.code_named(party.proposed.acts_for)
    here = [c for m in at for c in m.codes]
    if told is not None and told in here:
        return told, "its words"
    if told is not None and told in known.named and (not here or party.proposed.kind == "person"):
        return told, "the model, among those that the text names"
    if here:
        return here[0], "its words"
    own = known.code_named(party.proposed.mention)
    if own is not None:
        return own, "its words"
    if told is not None:
        return told, "the model alone: the text does not name it"
    return UNKNOWN, "nothing"
