"""Completes a draft's roles where the grammar left a gap: from the rest of the sentence, then from what was told
before.

Every added party says by which rule it came. A gap is left open rather than filled with a party that stands for a
place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.codebook import Codebook
from communique.pipeline.drafts import Draft, Filler, Mention, Sentence
from communique.pipeline.extract.appointees import settle_appointee
from communique.pipeline.extract.localities import LOCAL, Locality, place_mention
from communique.pipeline.extract.triggers import Page
from communique.records import UNKNOWN

PARTY = "party"
FIRST_ROLE = {
    "visit": ("visitor", "host"),
    "transfer": ("supplier", "recipient"),
    "training": ("provider", "recipient"),
    "deployment": ("deployer", "host"),
    "membership": ("member", "body"),
    "appointment": ("appointee", "body"),
    "incident": ("perpetrator", "target"),
    "statement": ("speaker", "addressee"),
}
# The share below which a reader takes a mention for no party.
NO_PARTY = 0.1
# Types whose second side may stay empty.
OPEN_ENDED = frozenset({"deployment", "appointment", "statement", "incident", "membership"})
ACTING = frozenset(
    {"state", "body", "igo", "force", "official", "person", "vessel", "aircraft", "group", "armed", "people", "firm"}
)


def fill_roles(draft: Draft, sentence: Sentence, page: Page, codebook: Codebook, earlier: Sequence[Draft]) -> None:
    """Complete a draft's parties in place."""
    settle_either(draft)
    if draft.type == "appointment":
        settle_appointee(draft, sentence, page)
    drop_places_of_parties(draft, page)
    if codebook.type(draft.type).symmetric:
        fill_parties(draft, sentence, page, earlier)
    else:
        fill_sides(draft, sentence, page, earlier)
    adopt(draft, codebook)
    drop_both_sides(draft, codebook)


def settle_either(draft: Draft) -> None:
    """A party of a contract stands as supplier or recipient by what else is known.

    The buyer announces, the seller delivers.
    """
    either = [f for f in draft.fillers if f.role == "either"]
    if not either:
        return
    supplied = {c for f in draft.fillers if f.role == "supplier" for c in f.mention.codes}
    for number, filler in enumerate(either):
        filler.role = "recipient" if supplied or number else "supplier"
        if filler.rule in ("subject", "poss"):
            filler.role = "recipient"
        elif filler.rule in ("with", "from"):
            filler.role = "supplier"


def drop_places_of_parties(draft: Draft, page: Page) -> None:
    """A country that a person's own words already give is no second party beside that person."""
    persons = [f for f in draft.fillers if f.mention.kind == "person"]
    for filler in list(draft.fillers):
        m = filler.mention
        if m.kind != "person" and any(
            p.role == filler.role and set(p.mention.codes) & set(m.codes) and inside(m, p.mention) for p in persons
        ):
            draft.fillers.remove(filler)


def inside(inner: Mention, outer: Mention) -> bool:
    """Whether one mention lies within another's words."""
    return outer.sentence == inner.sentence and outer.start <= inner.start and inner.end <= outer.end


def fill_parties(draft: Draft, sentence: Sentence, page: Page, earlier: Sequence[Draft]) -> None:
    """At least two parties for a symmetric type, if the sentence or the story so far gives them."""
    if len(draft.sides()) >= 2:
        return
    for mention in nearest(draft, sentence, page):
        if mention.codes and not set(mention.codes) <= draft.codes() and not is_locative(mention, page):
            draft.fillers.append(Filler(PARTY, mention, "same sentence"))
            if len(draft.codes()) >= 2:
                return
    local = [m for m in local_hosts(sentence, page) if not set(m.codes) <= draft.codes()]
    if draft.type in ("meeting", "exercise", "agreement") and len(draft.codes()) == 1 and local:
        draft.fillers.append(Filler("host" if draft.type in ("meeting", "exercise") else PARTY, local[0], "place"))
        return
    if len(draft.codes()) < 2:
        inherit_parties(draft, earlier)


def inherit_parties(draft: Draft, earlier: Sequence[Draft]) -> None:
    """The parties of the last event told, where they hold those already found."""
    own = draft.codes()
    for other in reversed(earlier[-4:]):
        if draft.sentence - other.sentence > 3:
            break
        codes = other.codes()
        if len(codes) >= 2 and (own <= codes):
            for filler in other.fillers:
                new = not set(filler.mention.codes) <= draft.codes() | {UNKNOWN}
                if new and not is_ruled_out(filler.mention, draft):
                    draft.fillers.append(Filler(PARTY, filler.mention, "event before"))
            return


def fill_sides(draft: Draft, sentence: Sentence, page: Page, earlier: Sequence[Draft]) -> None:
    """Both sides of a directed type."""
    a, b = FIRST_ROLE[draft.type]
    have_a = any(f.role == a and f.mention.codes for f in draft.fillers)
    have_b = any(f.role != a and f.mention.codes for f in draft.fillers)
    if not have_b and draft.type in ("visit", "deployment", "training"):
        have_b = host_from_place(draft, sentence, page, "host" if draft.type != "training" else "")
    if not have_a:
        have_a = add_nearest(draft, sentence, page, a)
    if not have_b and draft.type not in OPEN_ENDED:
        have_b = add_nearest(draft, sentence, page, b)
    if not (have_a and have_b):
        inherit_sides(draft, earlier, a, have_a, have_b)


def host_from_place(draft: Draft, sentence: Sentence, page: Page, role: str) -> bool:
    """The country of the place as host, when it is not the traveller's own."""
    if not role:
        return False
    own = draft.codes()
    for mention in local_hosts(sentence, page):
        if not set(mention.codes) & own:
            draft.fillers.append(Filler(role, mention, "place"))
            return True
    return False


def add_nearest(draft: Draft, sentence: Sentence, page: Page, role: str) -> bool:
    """The nearest acting party of the sentence that is not yet in the draft."""
    own = draft.codes()
    for mention in nearest(draft, sentence, page):
        if mention.codes and not set(mention.codes) & own and not (is_locative(mention, page) and role != "host"):
            draft.fillers.append(Filler(role, mention, "same sentence"))
            return True
    return False


def inherit_sides(draft: Draft, earlier: Sequence[Draft], a: str, have_a: bool, have_b: bool) -> None:
    """The sides of an earlier mention of the same type."""
    own = draft.codes()
    for other in reversed(earlier[-6:]):
        if other.type != draft.type or draft.sentence - other.sentence > 4:
            continue
        if own and not own & other.codes():
            continue
        for filler in other.fillers:
            missing = not have_a if filler.role == a else not have_b
            codes = set(filler.mention.codes)
            new = codes and not codes & (draft.codes() | {UNKNOWN})
            if missing and new and not is_ruled_out(filler.mention, draft):
                draft.fillers.append(Filler(filler.role, filler.mention, "event before"))
        return


# Rules by which a party comes from another sentence.
FROM_ELSEWHERE = frozenset({"reader elsewhere", "event before"})


def adopt(draft: Draft, codebook: Codebook) -> None:
    """An official whose state the text leaves unsaid acts for the one state that another sentence gives his role."""
    symmetric = codebook.type(draft.type).symmetric
    stateless = [f for f in draft.fillers if f.mention.kind == "person" and f.mention.name and not f.mention.codes]
    for filler in stateless:
        fitting = [
            f
            for f in draft.fillers
            if f.rule in FROM_ELSEWHERE and f.mention.kind == "country" and (symmetric or f.role == filler.role)
        ]
        if len(fitting) == 1 and (not symmetric or len(stateless) == 1):
            filler.mention = replace(filler.mention, codes=fitting[0].mention.codes)
            draft.fillers.remove(fitting[0])


def is_ruled_out(mention: Mention, draft: Draft) -> bool:
    """Whether a reader takes a mention for no party of the event, or the sentence for one who judges it."""
    return not draft.outside.isdisjoint(mention.codes) or draft.shares.get((mention.start, mention.end), 1.0) < NO_PARTY


def nearest(draft: Draft, sentence: Sentence, page: Page) -> list[Mention]:
    """The acting mentions of the sentence, the nearest to the trigger first."""
    acting = [
        m
        for m in page.mentions.of(sentence.index)
        if m.cls in ACTING and m.level != "spokesperson" and not is_ruled_out(m, draft)
    ]
    return sorted(acting, key=lambda m: min(abs(m.first - draft.trigger), abs(m.last - draft.trigger)))


def is_locative(mention: Mention, page: Page) -> bool:
    """Whether a state's name stands after a preposition of place ("in Syria")."""
    if not mention.place_like:
        return False
    return any(
        loc.start == mention.start and loc.preposition in LOCAL for loc in page.localities.get(mention.sentence, ())
    )


def local_hosts(sentence: Sentence, page: Page) -> Iterable[Mention]:
    """The countries of the sentence's places that follow a preposition of place."""
    return [
        place_mention(loc)
        for loc in page.localities.get(sentence.index, ())
        if loc.country and (loc.preposition in LOCAL or loc.preposition == "to")
    ]


# How surely a slot gives a side, the surest first; where an actor stands on both sides the surer slot keeps it.
SURE = (
    "subject",
    "object",
    "indirect",
    "by",
    "to",
    "poss",
    "for",
    "from",
    "against",
    "on",
    "with",
    "of",
    "in",
    "at",
    "mod",
    "object_mod",
    "object_of",
    "of_mod",
    "place",
    "same sentence",
    "event before",
)


def drop_both_sides(draft: Draft, codebook: Codebook) -> None:
    """No actor on both sides of a directed type: the surer slot stays."""
    if codebook.type(draft.type).symmetric:
        return
    a, _ = FIRST_ROLE[draft.type]
    best: dict[str, tuple[int, bool]] = {}
    for filler in draft.fillers:
        for code in filler.mention.codes:
            rank = SURE.index(filler.rule) if filler.rule in SURE else len(SURE)
            if code not in best or rank < best[code][0]:
                best[code] = (rank, filler.role == a)
    draft.fillers[:] = [
        f for f in draft.fillers if not f.mention.codes or any(best[c][1] == (f.role == a) for c in f.mention.codes)
    ]


# Types whose place is told only where the clause itself names one; a country alone is then more often a party than a
# place.
PLACELESS = frozenset({"transfer", "statement", "cooperation", "agreement", "membership", "appointment"})


def locality_of(draft: Draft, localities: Sequence[Locality], sentence: Sentence) -> Locality | None:
    """The place of an event: the nearest after a preposition of place inside its clause, else in its sentence."""
    inside_clause = [loc for loc in localities if draft.start <= loc.start < draft.end]
    if draft.type in PLACELESS:
        told = [
            loc
            for loc in inside_clause
            if loc.preposition in LOCAL and not (loc.state_name and draft.type in ("transfer", "statement"))
        ]
        return min(told, key=lambda loc: (loc.state_name, abs(loc.first - draft.trigger)), default=None)
    for pool in (inside_clause, localities):
        specific = [loc for loc in pool if loc.preposition in LOCAL]
        if draft.type in ("visit", "deployment"):
            hosts = {c for f in draft.fillers if f.role == "host" for c in f.mention.codes}
            specific = [
                loc
                for loc in pool
                if (loc.preposition in LOCAL or loc.country in hosts)
                and not (loc.country and hosts and loc.country not in hosts)
            ]
        if specific:
            return min(specific, key=lambda loc: (loc.state_name, abs(loc.first - draft.trigger)))
    return None
