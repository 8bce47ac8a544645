"""Counts who tells of an engagement: documents, tellings, outlets, owners, countries and camps.

A telling is one text with its near-copies and the wire copies of one agency within three days, whoever printed it. Its
outlet is that of its first document; where an agency is credited, the agency, whoever printed its text. Camps are seen
from the engagement: the state media of one of its parties, of a third state, independent outlets, and those of which
nothing is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from communique.lexicon import Lexicon
from communique.pipeline.engagements import Witness, Witnesses
from communique.pipeline.link.items import DocumentInfo, LinkItem
from communique.records import UNKNOWN

WIRE_DAYS = 3
STATE = frozenset({"state", "government"})
OTHERS = frozenset({"independent", "public", "private", "party"})


def witnesses_of(items: Sequence[LinkItem], documents: Mapping[str, DocumentInfo], lexicon: Lexicon) -> Witnesses:
    """The witnesses of an engagement from its reports and what is known of their documents."""
    parties = {p.actor for item in items for p in item.parties if p.actor != UNKNOWN}
    infos = [documents.get(doc_id) or DocumentInfo(doc_id) for doc_id in dict.fromkeys(item.doc_id for item in items)]
    told = [_witness(group, parties, lexicon) for group in tellings(infos)]
    camps = Counter(w.camp for w in told)
    return Witnesses(
        documents=len(infos),
        tellings=tuple(told),
        outlets=len({w.outlet for w in told if w.outlet}),
        owners=len({w.owner for w in told if w.owner}),
        countries=len({w.country for w in told if w.country}),
        camps=tuple(sorted(camps.items(), key=lambda c: (-c[1], c[0]))),
        one_sided=_one_sided(camps),
    )


def tellings(infos: Iterable[DocumentInfo]) -> list[list[DocumentInfo]]:
    """The documents in groups that count once, each in order of publication."""
    groups: list[list[DocumentInfo]] = []
    for info in sorted(infos, key=founding):
        kin = [g for g in groups if any(_one_text(info, other) for other in g)]
        groups = [g for g in groups if g not in kin] + [sorted([info, *(x for g in kin for x in g)], key=founding)]
    return sorted(groups, key=lambda g: founding(g[0]))


def founding(info: DocumentInfo) -> tuple[bool, str, str, str]:
    """The order of documents: by publication (unknown last), then by hash and id."""
    return (info.published is None, info.published.isoformat() if info.published else "", info.hash, info.doc_id)


def _one_text(a: DocumentInfo, b: DocumentInfo) -> bool:
    if a.copies is not None and a.copies == b.copies:
        return True
    if a.hash and a.hash == b.hash:
        return True
    if a.wire is None or a.wire != b.wire or a.published is None or b.published is None:
        return False
    return abs((a.published - b.published).days) <= WIRE_DAYS


def _witness(group: Sequence[DocumentInfo], parties: set[str], lexicon: Lexicon) -> Witness:
    first = group[0]
    wire = next((info.wire for info in group if info.wire), None)
    source = first if wire is None else agency(wire, group, lexicon)
    restated = tuple(dict.fromkeys(name for info in group for name in info.restates))
    return Witness(
        outlet=wire or source.outlet,
        owner=source.owner or wire or source.outlet,
        country=source.outlet_country,
        camp=camp_of(source, parties),
        documents=tuple(info.doc_id for info in group),
        copies=len(group) - 1,
        wire=wire,
        restated_after=restated,
    )


def agency(wire: str, group: Sequence[DocumentInfo], lexicon: Lexicon) -> DocumentInfo:
    """The agency's own document in the group, else its first document as if the agency had printed it."""
    own = next((info for info in group if info.outlet == wire), None)
    if own is not None and own.affiliation is not None:
        return own
    printed = own or group[0]
    known = lexicon.behind(wire)
    if known is None:
        return printed
    return replace(printed, outlet=wire, owner=known.owner, outlet_country=known.country, affiliation=known.affiliation)


def camp_of(info: DocumentInfo, parties: set[str]) -> str:
    """`party X` for state media of party X, `third X` for those of another state, `independent`, or `unknown`."""
    if info.affiliation in STATE and info.outlet_country is not None:
        return f"{'party' if info.outlet_country in parties else 'third'} {info.outlet_country}"
    return "independent" if info.affiliation in OTHERS else "unknown"


def _one_sided(camps: Mapping[str, int]) -> str | None:
    """The party whose state media alone tell it."""
    if len(camps) != 1:
        return None
    camp = next(iter(camps))
    return camp.removeprefix("party ") if camp.startswith("party ") else None
