"""Where an event took place by all that its mentions say."""

from __future__ import annotations

from collections.abc import Sequence

from communique.pipeline.drafts import Draft
from communique.records import Participant, Place

# So many hosts make a visit a tour.
TOUR = 3


def specific(draft: Draft) -> tuple[int, int]:
    """Order of places: exact ones before states, earlier before later."""
    place = draft.place
    vague = place is None or place.name is None or draft.geo_precision == 3
    return (int(vague), draft.start)


def is_one_of_many(draft: Draft, participants: Sequence[Participant]) -> bool:
    """Whether a draft's place lies in one of three or more hosts of a visit, and so is not the place of them all."""
    hosts = {p.actor for p in participants if p.role == "host"}
    return draft.type == "visit" and len(hosts) >= TOUR and draft.place is not None and draft.place.country in hosts


def is_at_host(draft: Draft, participants: Sequence[Participant]) -> bool:
    """Whether a draft's place may be that of a visit with these parties: a visit to one state takes place there."""
    hosts = {p.actor for p in participants if p.role == "host"}
    country = draft.place.country if draft.place is not None else None
    return draft.type != "visit" or len(hosts) != 1 or country is None or country in hosts


def place_of_host(drafts: Sequence[Draft]) -> Place | None:
    """The host's country as the place of a visit or deployment that names no other, when there is one host."""
    kind = drafts[0].type
    if kind != "visit" and (kind != "deployment" or any(d.aggregate for d in drafts)):
        return None
    hosts = {c: f for d in drafts for f in d.fillers if f.role == "host" for c in f.mention.codes if len(c) == 3}
    if len(hosts) != 1:
        return None
    code, filler = next(iter(hosts.items()))
    named = filler.mention.text if filler.mention.cls in ("state", "place") and not filler.mention.pronoun else None
    return Place(name=named, country=code, text=named)
