"""Which drafts of one document tell the same event."""

from __future__ import annotations

from collections.abc import Sequence

from communique.pipeline.drafts import Draft
from communique.records import DateInterval
from communique.text import surname_of

DONE = frozenset({"occurred", "ongoing"})
AHEAD = frozenset({"planned", "proposed"})
# A headline only repeats what the body tells; an echo word ("the pact") only refers to it.
ECHOES = frozenset({"echo", "title"})
# Modes of one type that are different events though parties and dates agree.
APART = (
    ("agreement", {"ended"}),
    ("deployment", {"withdrawal"}),
    ("membership", {"leave"}),
    ("appointment", {"leaves"}),
    ("transfer", {"upkeep", "coproduction"}),
    ("visit", {"port_call"}),
    ("meeting", {"remote"}),
    ("statement", {"support"}),
    ("statement", {"threaten"}),
)


def cluster_drafts(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """The drafts in groups, each group one event, in order of the text. Echoes that find no event are dropped."""
    clusters: list[list[Draft]] = []
    founding = [d for d in drafts if not d.flags & ECHOES] or [d for d in drafts if "echo" not in d.flags]
    for draft in founding:
        place(draft, clusters)
    for draft in drafts:
        if draft not in founding:
            home = best_cluster(draft, clusters)
            if home is not None:
                home.append(draft)
    return [sorted(c, key=lambda d: d.start) for c in clusters]


def place(draft: Draft, clusters: list[list[Draft]]) -> None:
    """Add a draft to the group of its event, or begin a new one."""
    home = best_cluster(draft, clusters)
    if home is not None:
        home.append(draft)
    else:
        clusters.append([draft])


def best_cluster(draft: Draft, clusters: Sequence[list[Draft]]) -> list[Draft] | None:
    """The latest group with which every comparison of a draft agrees, the one with most parties in common first."""
    fitting = [c for c in clusters if same_event(draft, c)]
    return max(fitting, key=lambda c: (overlap(draft, c), c[-1].sentence), default=None)


def overlap(draft: Draft, cluster: Sequence[Draft]) -> float:
    """Jaccard index of the actors of a draft and a group."""
    a, b = draft.codes(), set().union(*(d.codes() for d in cluster))
    return len(a & b) / len(a | b) if a | b else 0.0


def same_event(draft: Draft, cluster: Sequence[Draft]) -> bool:
    """Whether a draft can be another mention of the group's event."""
    first = cluster[0]
    if first.type != draft.type:
        return False
    if draft.flags & ECHOES:
        return not draft.codes() or bool(draft.codes() & set().union(*(d.codes() for d in cluster)))
    return (
        parties_agree(draft, cluster)
        and modes_agree(draft, first)
        and statuses_agree(draft, cluster)
        and all(dates_agree(draft.date, d.date) for d in cluster)
        and persons_agree(draft, cluster)
        and draft.aggregate == any(d.aggregate for d in cluster)
    )


def parties_agree(draft: Draft, cluster: Sequence[Draft]) -> bool:
    """Whether the actors of one are among the other's, or half of all are common, on the same sides."""
    a, b = draft.codes(), set().union(*(d.codes() for d in cluster))
    if not a or not b:
        return "echo" in draft.flags or abs(draft.sentence - cluster[-1].sentence) <= 1
    common = a & b
    return (common in (a, b) or len(common) / len(a | b) >= 0.5) and sides_agree(draft, cluster)


def sides_agree(draft: Draft, cluster: Sequence[Draft]) -> bool:
    """Whether no actor stands on opposite sides: "A visits B" is not "B visits A"."""
    other = {c: f.role for d in cluster for f in d.fillers for c in f.mention.codes}
    shared = [(f.role, other[c]) for f in draft.fillers for c in f.mention.codes if c in other]
    opposed = sum(mine != theirs for mine, theirs in shared)
    return draft.type in ("meeting", "agreement", "exercise", "cooperation") or opposed * 2 <= len(shared)


def modes_agree(draft: Draft, first: Draft) -> bool:
    """Whether the modes can be one event's."""
    return all((draft.mode in modes) == (first.mode in modes) for kind, modes in APART if kind == draft.type)


def statuses_agree(draft: Draft, cluster: Sequence[Draft]) -> bool:
    """Whether the statuses can be one event's.

    A denial or a cancellation stands apart, and so does what has happened from what will.
    """
    statuses = {d.status for d in cluster}
    if draft.status in ("denied", "cancelled") or statuses & {"denied", "cancelled"}:
        return draft.status in statuses
    if (draft.status in DONE and statuses & AHEAD) or (draft.status in AHEAD and statuses & DONE):
        dated = [d.date for d in cluster if d.date is not None]
        return (
            draft.date is None
            or not dated
            or all(d.start <= draft.date.end and draft.date.start <= d.end for d in dated)
        )
    return True


def dates_agree(a: DateInterval | None, b: DateInterval | None) -> bool:
    """Whether two told dates can be one event's: they overlap, or one of them is not told."""
    if a is None or b is None or a.text is None or b.text is None:
        return True
    return a.start <= b.end and b.start <= a.end


def persons_agree(draft: Draft, cluster: Sequence[Draft]) -> bool:
    """Whether the officials of a common state can be the same: two different names make two meetings or visits."""
    if draft.type not in ("meeting", "visit", "appointment", "statement"):
        return True
    mine = persons(draft)
    theirs: dict[str, set[str]] = {}
    for d in cluster:
        for code, names in persons(d).items():
            theirs.setdefault(code, set()).update(names)
    return not any(mine[code] and theirs.get(code) and not mine[code] & theirs[code] for code in mine)


def persons(draft: Draft) -> dict[str, set[str]]:
    """Surnames of a draft's officials by actor."""
    found: dict[str, set[str]] = {}
    for filler in draft.fillers:
        if filler.mention.kind == "person" and filler.mention.codes and filler.mention.name:
            found.setdefault(filler.mention.codes[0], set()).add(surname_of(filler.mention.name))
    return found
