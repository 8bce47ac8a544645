"""What speaks for two drafts of one type telling the same event: named features of the pair, weighed in `weigh.py`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from communique.pipeline.drafts import ALONE, HABIT, Draft
from communique.records import UNKNOWN, DateInterval
from communique.text import surname_of

SYMMETRIC = frozenset({"meeting", "agreement", "exercise", "cooperation"})
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
ANEW = frozenset(
    {"another", "second", "next", "new", "further", "additional", "other", "third", "separate", "previous", "last"}
)
# Types of which another official makes another event.
PERSONAL = frozenset({"visit", "meeting", "appointment", "statement"})
# What is weighed apart for each type.
CROSSED = ("date", "status", "parties", "place", "other official", "same official", "told anew", "other name", "mode")
# How sure a party is by the rule that gave it, where the grammar is 0.
SURENESS = {"reader": 1, "reader elsewhere": 2, "beside": 2, "same sentence": 2, "place": 2, "event before": 2}
REFERRING = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})


def what_tells(a: Draft, b: Draft) -> list[str]:
    """How the parties, the time, the place and the mode of an earlier and a later draft of one type agree."""
    return [*of_parties(a, b), *of_time(a, b)]


def features_of_pair(a: Draft, b: Draft) -> dict[str, float]:
    """The features of an earlier and a later draft of one type by name; all are 1.0 where they hold, or shares."""
    return weighed_in(a, b, what_tells(a, b))


def weighed_in(a: Draft, b: Draft, told: Sequence[str]) -> dict[str, float]:
    """The features of a pair of which `what_tells` was asked."""
    kind = a.type
    found = {f"type={kind}": 1.0}
    for name in [*told, *of_words(a, b), *of_position(a, b)]:
        found[name] = 1.0
        if name.startswith(CROSSED):
            found[f"{kind}:{name}"] = 1.0
    odds = a.same.get(b.trigger_at)
    if odds is None:
        found["not compared"] = found[f"{kind}:not compared"] = 1.0
    else:
        found["reader same"] = found[f"{kind}:reader same"] = max(-6.0, min(6.0, odds)) / 3
    found["words in common"] = shared_words(a, b)
    found["parties in common"] = share(a.codes(), b.codes())
    return found


def are_apart(a: Draft, b: Draft, told: Collection[str]) -> bool:
    """Whether two drafts, of which `what_tells` was asked, cannot be one event, whatever else speaks for it.

    Their parties are others or stand on other sides, one sums up events of more parties or tells what happens again and
    again, one word tells both apart, or the text denies one of them, or calls it off, and tells the other as fact.
    """
    if (a.trigger_at == b.trigger_at and ALONE in a.flags) or (HABIT in a.flags) != (HABIT in b.flags):
        return True
    if "parties others" in told or "parties on other sides" in told:
        return True
    if sums_up_more(a, b) or sums_up_more(b, a):
        return True
    statuses = {a.status, b.status}
    if "cancelled" in statuses:
        return bool(statuses & {"denied", "occurred", "ongoing"})
    return "denied" in statuses and len(statuses) > 1


def at_odds(a: Draft, b: Draft, told: Collection[str]) -> int:
    """How much of what two drafts of one event should share is told of them otherwise, by what `what_tells` says.

    The date, twice where both tell their own, a mode that stands for another kind of event, and who of a state meets,
    travels, is appointed or speaks.
    """
    if "date apart" in told or "date apart by days" in told:
        return 2 if "dated" in a.flags & b.flags else 1
    return int("mode apart" in told or ("other official" in told and a.type in PERSONAL))


# The fewest further parties that make a sum of events another thing than one of them.
MORE = 2


def sums_up_more(a: Draft, b: Draft) -> bool:
    """Whether one draft sums up events of more parties than the other, which tells a single one or a smaller sum
    ("visits to Russia, China and Italy", "the visit to China")."""
    return a.aggregate and len(a.codes()) >= len(b.codes()) + MORE + b.aggregate


def share(a: set[str], b: set[str]) -> float:
    """The Jaccard index of two sets; 0 for two empty ones."""
    return len(a & b) / len(a | b) if a | b else 0.0


def of_parties(a: Draft, b: Draft) -> Iterator[str]:
    """Whether the actors are the same, on the same sides, and through the same officials."""
    x, y = a.codes(), b.codes()
    if not x or not y:
        yield "parties untold"
    elif x == y:
        yield "parties same"
    elif x <= y or y <= x:
        yield "parties within"
    elif x & y:
        yield "parties in part" if share(x, y) >= 0.5 else "parties mostly others"
    else:
        yield "parties others"
    if a.type not in SYMMETRIC and x & y and stand_otherwise(sides_of(a), sides_of(b)):
        yield "parties on other sides"
    p, q = persons(a), persons(b)
    common = [code for code in p if code in q]
    if any(p[code] & q[code] for code in common):
        yield "same official"
    elif common:
        yield "other official"


def stand_otherwise(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Whether most actors that both know have another role in each."""
    both = ours.keys() & theirs.keys()
    return sum(ours[c] != theirs[c] for c in both) * 2 > len(both)


def sides_of(draft: Draft) -> dict[str, str]:
    """The role of each actor that the surest words give one and the same: the grammar's, then the reader's, then what
    is guessed from nearness."""
    told: dict[str, dict[int, set[str]]] = {}
    for filler in draft.fillers:
        for code in filler.mention.codes:
            if code == UNKNOWN:
                continue
            told.setdefault(code, {}).setdefault(SURENESS.get(filler.rule, 0), set()).add(filler.role)
    surest = {code: ranked[min(ranked)] for code, ranked in told.items()}
    return {code: next(iter(roles)) for code, roles in surest.items() if len(roles) == 1}


def persons(draft: Draft) -> dict[str, set[str]]:
    """Surnames of a draft's officials by actor."""
    found: dict[str, set[str]] = {}
    for filler in draft.fillers:
        if filler.mention.kind == "person" and filler.mention.codes and filler.mention.name:
            found.setdefault(filler.mention.codes[0], set()).add(surname_of(filler.mention.name))
    return found


def of_time(a: Draft, b: Draft) -> Iterator[str]:
    """How dates, statuses, places and modes agree."""
    agreement = agreement_of_dates(a.date, b.date)
    lent = "lent date" in a.flags | b.flags
    yield f"date {'told once' if lent and agreement.startswith('apart') else agreement}"
    yield "status same" if a.status == b.status else f"status {'/'.join(sorted((a.status, b.status)))}"
    if a.status == b.status and a.status in ("planned", "ongoing", "proposed"):
        yield f"status both {a.status}"
    if a.place is not None and b.place is not None:
        if a.place.country != b.place.country:
            yield "place in another country"
        else:
            yield "place same" if a.place.name == b.place.name else "place near"
    if a.mode and b.mode:
        yield "mode same" if a.mode == b.mode else "mode other"
    if any((a.mode in modes) != (b.mode in modes) for kind, modes in APART if kind == a.type):
        yield "mode apart"
    if a.aggregate != b.aggregate:
        yield "one sums up"


def agreement_of_dates(a: DateInterval | None, b: DateInterval | None) -> str:
    """In one word how two told dates agree."""
    told = [d for d in (a, b) if d is not None and d.text is not None]
    if len(told) < 2:
        return "told once" if told else "untold"
    x, y = told
    if (x.start, x.end) == (y.start, y.end):
        return "same"
    if x.start <= y.end and y.start <= x.end:
        return "overlaps"
    return "apart" if abs((x.start - y.start).days) > 20 else "apart by days"


def of_words(a: Draft, b: Draft) -> Iterator[str]:
    """What the words of trigger and clause say."""
    if a.trigger_text.lower() == b.trigger_text.lower():
        yield "same trigger word"
    if b.lefts & ANEW:
        yield "told anew"
    elif b.lefts & REFERRING:
        yield "refers"
    if "reader" in a.flags or "reader" in b.flags:
        yield "of the reader"
    x, y = numbers(a), numbers(b)
    if x and y:
        yield "numbers in common" if x & y else "other numbers"
    names = [d.details.get("name") or d.details.get("instrument") for d in (a, b)]
    if all(names):
        yield "same name" if names[0] == names[1] else "other name"


def numbers(draft: Draft) -> set[str]:
    """The numbers in a draft's clause."""
    return {w for w in draft.words if w[0].isdigit()}


def shared_words(a: Draft, b: Draft) -> float:
    """The share of content words that two clauses have in common."""
    x, y = ({w for w in d.words if not w[0].isdigit()} for d in (a, b))
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0


def of_position(a: Draft, b: Draft) -> Iterator[str]:
    """How far apart the two stand, and whether one is the headline."""
    away = abs(b.sentence - a.sentence)
    yield "same sentence" if away == 0 else "next sentence" if away == 1 else "near" if away <= 3 else "far"
    if away == 0 and min(a.end, b.end) > max(a.start, b.start):
        yield "clauses overlap"
    if "title" in a.flags or "title" in b.flags:
        yield "headline"
