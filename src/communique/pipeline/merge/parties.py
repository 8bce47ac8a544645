"""Who takes part in an event, weighed over all its mentions: named features of a party, weighed in `weigh.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from communique.pipeline.drafts import LOOSE_RULES, Draft, Filler
from communique.pipeline.merge.pairs import SYMMETRIC
from communique.pipeline.weigh import probability
from communique.records import UNKNOWN

LEAST = 0.45
"""The probability from which a party is kept; the likeliest is kept in any case."""
BORROWED = 0.75
"""The same of a party that no grammar names, where grammar names a whole event: such a party may belong to another."""


def settle_parties(drafts: Sequence[Draft], table: Mapping[str, float]) -> dict[str, float]:
    """Take out of an event's drafts, in place, the parties that are more likely none; the others' probabilities."""
    if not table:
        return {}
    shares = {code: probability(found, table) for code, found in features_of_parties(drafts).items()}
    best = max(shares, key=shares.__getitem__, default=None)
    named = named_by_grammar(drafts, {code for code, share in shares.items() if share >= LEAST})
    unlikely = {
        code
        for code, share in shares.items()
        if share < (BORROWED if named and code not in named else LEAST) and code != best
    }
    for draft in drafts:
        draft.fillers[:] = [f for f in draft.fillers if not f.mention.codes or not set(f.mention.codes) <= unlikely]
    return {code: share for code, share in shares.items() if code not in unlikely}


def named_by_grammar(drafts: Sequence[Draft], among: Set[str]) -> set[str]:
    """The actors among some that the grammar of full mentions names, if they make an event by themselves: two of a
    symmetric type, two in different roles of another; else none."""
    named = [
        (filler.role, code)
        for draft in drafts
        if not draft.flags & {"echo", "title"}
        for filler in draft.fillers
        if filler.rule not in LOOSE_RULES and not filler.mention.pronoun
        for code in among & set(filler.mention.codes)
    ]
    codes = {code for _, code in named}
    roles = {role for role, _ in named}
    whole = len(codes) >= 2 and (drafts[0].type in SYMMETRIC or len(roles) >= 2)
    return codes if whole else set()


def features_of_parties(drafts: Sequence[Draft]) -> dict[str, dict[str, float]]:
    """The features of each actor that stands in a role of an event's drafts, by its code."""
    by_code: dict[str, list[tuple[Draft, Filler]]] = defaultdict(list)
    for draft in drafts:
        for filler in draft.fillers:
            for code in filler.mention.codes:
                if code != UNKNOWN:
                    by_code[code].append((draft, filler))
    rank = {code: n for n, code in enumerate(sorted(by_code, key=lambda c: -best_share(by_code[c])))}
    return {code: features_of(code, held, drafts, rank[code], len(by_code)) for code, held in by_code.items()}


def share_of(draft: Draft, filler: Filler) -> float | None:
    """The reader's share for a filler, or None where it has not read it."""
    return draft.shares.get((filler.mention.start, filler.mention.end))


def best_share(held: Sequence[tuple[Draft, Filler]]) -> float:
    """The greatest share that the reader gives to a party's fillers."""
    return max((s for d, f in held if (s := share_of(d, f)) is not None), default=0.4)


def features_of(
    code: str, held: Sequence[tuple[Draft, Filler]], drafts: Sequence[Draft], rank: int, count: int
) -> dict[str, float]:
    """The features of one actor by name."""
    kind = drafts[0].type
    found: dict[str, float] = {f"type={kind}": 1.0}
    for rule in {f.rule for _, f in held}:
        found[f"rule={rule}"] = found[f"{kind}:rule={rule}"] = 1.0
    for role in {f.role for _, f in held}:
        found[f"role={role}"] = 1.0
    for cls in {f.mention.cls for _, f in held}:
        found[f"class={cls}"] = found[f"{kind}:class={cls}"] = 1.0
    read = [s for d, f in held if (s := share_of(d, f)) is not None]
    if read:
        found["share"], found["mean share"] = max(read), sum(read) / len(read)
        found[f"{kind}:share"] = max(read)
    else:
        found["unread"] = 1.0
    in_clause = [d.start <= f.mention.start < d.end for d, f in held]
    found["in clause"] = found[f"{kind}:in clause"] = float(any(in_clause))
    claimed = float(all((f.mention.start, f.mention.end) in d.claimed for d, f in held))
    grammatical = any(f.rule not in LOOSE_RULES for _, f in held)
    found["of another event"] = found[f"{kind}:of another event"] = claimed
    found["only of another event"] = found[f"{kind}:only of another event"] = claimed * (not grammatical)
    found["neither in clause nor by grammar"] = float(not any(in_clause) and not grammatical)
    sure = [d for d in drafts if not d.flags & {"echo", "title"}]
    found["in mentions"] = len({id(d) for d, _ in held}) / len(drafts)
    found["only in title or echo"] = float(not any(d in sure for d, _ in held))
    found["only pronoun"] = float(all(f.mention.pronoun for _, f in held))
    found["place-like"] = float(all(f.mention.place_like for _, f in held))
    found[f"rank={min(rank, 4)}"] = 1.0
    found[f"parties={min(count, 5)}"] = 1.0
    found[f"rank={min(rank, 4)} of {min(count, 5)}"] = 1.0
    if kind not in SYMMETRIC:
        mine = {f.role for _, f in held}
        others = {f.role for d in drafts for f in d.fillers if code not in f.mention.codes}
        found["alone in its role"] = float(not mine & others)
    found["country code"] = float(len(code) == 3)
    return {name: value for name, value in found.items() if value}
