"""Who took part in an event, and on which side, by all that its mentions say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from communique.codebook import Codebook, EventType
from communique.pipeline.drafts import Draft, Filler
from communique.records import Participant
from communique.text import surname_of

# Rules that guess a party from its nearness; they only fill a side that the grammar leaves empty.
GUESSED = frozenset({"same sentence", "place", "event before"})
# Rules by which a reader gives a party, whatever the grammar says.
READ = frozenset({"reader", "reader elsewhere"})
# What no ship does.
SPOKEN = frozenset({"agreement", "appointment", "cooperation", "meeting", "membership", "statement"})
# What states do through whole services: an official who speaks of it is no party of his own.
IMPERSONAL = frozenset({"transfer", "exercise", "deployment", "incident", "training", "membership"})


def participants_of(drafts: Sequence[Draft], codebook: Codebook) -> tuple[Participant, ...]:
    """Each party once in its role; an official or a body stands for its country in the same role."""
    event_type = codebook.type(drafts[0].type)
    best: dict[tuple[str, str, str], Filler] = {}
    trusted = tiers(drafts)
    told = Counter((c, f.role) for f in trusted[0] if f.rule not in READ for c in f.mention.codes)
    for tier in trusted:
        whole, known = complete(best, event_type), {c for _, c, _ in best}
        for filler in tier:
            if not whole or known & set(filler.mention.codes):
                add_party(best, filler, told)
    for role, code, surname in list(best):
        if not surname and any(r == role and c == code and s for r, c, s in best):
            del best[role, code, surname]
    sides = settle_roles(best, event_type)
    found = [participant(role, code, best[key], event_type.name) for key, (role, code) in sides.items()]
    return tuple({(p.role, p.actor, p.name): p for p in found}.values())


def tiers(drafts: Sequence[Draft]) -> list[list[Filler]]:
    """The parties in order of trust: named by the grammar of full mentions, then of headlines and echoes, then guessed.

    Pronouns come after names. A later tier adds nobody new once both sides are known.
    """
    full = [f for d in drafts if not d.flags & {"echo", "title"} for f in d.fillers]
    rest = [f for d in drafts if d.flags & {"echo", "title"} for f in d.fillers]
    named = [f for f in full if f.rule not in GUESSED and not f.mention.pronoun]
    return [
        named,
        [f for f in full if f.rule not in GUESSED and f.mention.pronoun],
        [f for f in rest if f.rule not in GUESSED],
        [f for f in full + rest if f.rule in GUESSED],
    ]


def complete(best: Mapping[tuple[str, str, str], Filler], event_type: EventType) -> bool:
    """Whether the parties found so far make an event: two of a symmetric type, both sides of a directed one."""
    if event_type.symmetric:
        return len({c for _, c, _ in best}) >= 2
    return len({event_type.roles[r].side for r, _, _ in best}) >= 2


def add_party(best: dict[tuple[str, str, str], Filler], filler: Filler, told: Mapping[tuple[str, str], int]) -> None:
    """Enter a party under role, actor and surname; the fuller mention stays. An actor is on the side that the
    grammar tells most often, else on the first."""
    mention = filler.mention
    surname = surname_of(mention.name or "") if mention.kind == "person" else ""
    for code in mention.codes:
        taken = {r for r, c, _ in best if c == code}
        role = filler.role if not taken or filler.role in taken else next(iter(taken))
        role = max((r for c, r in told if c == code), key=lambda r: (told[code, r], r == role), default=role)
        key = (role, code, surname)
        if key not in best or fuller(filler, best[key]):
            best[key] = filler


def settle_roles(
    best: dict[tuple[str, str, str], Filler], event_type: EventType
) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Roles without contradictions: in a symmetric type an actor is host or party, not both."""
    out: dict[tuple[str, str, str], tuple[str, str]] = {}
    symmetric = event_type.symmetric
    hosts = {c for r, c, _ in best if r == "host"}
    for key in best:
        role, code, surname = key
        if symmetric and role == "party" and code in hosts:
            if any(k[0] == "host" and k[1] == code and k[2] == surname for k in best):
                continue
            role = "host"
        out[key] = (role, code)
    if symmetric:
        persons = {(r, c) for k, (r, c) in out.items() if k[2]}
        out = {k: v for k, v in out.items() if k[2] or v not in persons}
    return out


def fuller(new: Filler, old: Filler) -> bool:
    """Whether a filler says more of a party than another."""
    a, b = new.mention, old.mention
    rank = ("country", "organisation", "person")
    return (rank.index(a.kind), not a.pronoun, len(a.name or ""), bool(a.post)) > (
        rank.index(b.kind),
        not b.pronoun,
        len(b.name or ""),
        bool(b.post),
    )


def participant(role: str, code: str, filler: Filler, event_type: str) -> Participant:
    """The participant that a filler gives; of an impersonal type an official stands for the country, and of what is
    said or agreed a ship or an aircraft."""
    m = filler.mention
    if (event_type in IMPERSONAL and m.kind == "person") or (event_type in SPOKEN and m.cls in ("vessel", "aircraft")):
        return Participant(role=role, actor=code, kind="country", mention=m.text, span=m.span)
    return Participant(
        role=role,
        actor=code,
        kind=m.kind,
        name=m.name,
        post=m.post if m.kind == "person" else None,
        rank=m.rank if m.kind == "person" else None,
        mention=m.text,
        span=m.span,
    )


def as_written(participant: Participant, text: str) -> Participant:
    """The participant with its mention as the document has it; a headline is read in other capitals than it has."""
    span = participant.span
    if span is None or span.start == span.end:
        return participant
    return participant.model_copy(update={"mention": text[span.start : span.end]})


def received(participants: tuple[Participant, ...], country: str | None) -> tuple[Participant, ...]:
    """The parties of a visit that lacks a side: the one in whose country it takes place receives the others."""
    actors = {p.actor for p in participants}
    if len({p.role for p in participants}) != 1 or country not in actors or len(actors) < 2:
        return participants
    return tuple(p.model_copy(update={"role": "host" if p.actor == country else "visitor"}) for p in participants)


def addressed(
    participants: tuple[Participant, ...], drafts: Sequence[Draft], home: str | None
) -> tuple[Participant, ...]:
    """The parties of a statement of several speakers without an addressee: one speaks, and the others are spoken to.

    The one who speaks is the state of an official outlet, or a person among states, or the subject of the sentence; two
    that one word names ("the two sides") speak together.
    """
    speakers = {p.actor for p in participants if p.role == "speaker"}
    if len(speakers) < 2 or len(speakers) < len({p.actor for p in participants}):
        return participants
    together = [set(f.mention.codes) for d in drafts for f in d.fillers if len(f.mention.codes) > 1]
    persons = {p.actor for p in participants if p.kind == "person"}
    subjects = {c for d in drafts for f in d.fillers if f.rule == "subject" for c in f.mention.codes} & speakers
    heard = next((s for s in ({home} & speakers, persons, subjects) if len(s) == 1), None)
    if heard is None or speakers in together:
        return participants
    return tuple(p if p.actor in heard else p.model_copy(update={"role": "addressee"}) for p in participants)
