"""Whether an event is told in the outlet's own voice or in another's: named features of all its mentions, weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from communique.pipeline.drafts import UNHEARD, Draft
from communique.pipeline.weigh import probability
from communique.records import Voice

# The rules that find a source which is named for the event alone ("according to the navy", "as reported by the paper").
NAMED_FOR_IT = frozenset({"according", "as told"})
# The probability from which another than the outlet vouches: where precision and recall balance on outlets left out.
VOUCHED = 0.4


def voice_of(drafts: Sequence[Draft], table: Mapping[str, float]) -> Voice:
    """The source that is heard best, if it is likely enough to vouch for the event, else the outlet's voice.

    Headlines and words that only refer name a source where nothing else does. Without weights the outlet vouches for
    what any full sentence tells in its own voice.
    """
    sources = [d for d in drafts if d.voice.kind != "outlet"]
    if not sources:
        return Voice(kind="outlet")
    told = [d for d in drafts if d.voice.kind == "outlet" and not d.flags & {"echo", "title"}]
    vouched = probability(features_of_voice(drafts), table) > VOUCHED if table else not told
    lead = told_in_full(drafts)[0]
    vouched = vouched or (lead.voice_why in NAMED_FOR_IT and (lead.vouched or 0.0) > UNHEARD)
    return max(told_in_full(sources), key=heard).voice if vouched else Voice(kind="outlet")


def told_in_full(drafts: Sequence[Draft]) -> list[Draft]:
    """The mentions that are no headlines and no words that only refer, where there are any; else all."""
    return [d for d in drafts if not d.flags & {"echo", "title"}] or list(drafts)


def features_of_voice(drafts: Sequence[Draft]) -> dict[str, float]:
    """The features of an event by name: how many full mentions have a source, and how surely a reader hears one."""
    full = told_in_full(drafts)
    first, kind = full[0], full[0].type
    sourced = [d for d in full if d.voice.kind != "outlet"]
    share, odds = len(sourced) / len(full), [heard(d) for d in full]
    found = {
        f"type={kind}": 1.0,
        f"status={first.status}": 1.0,
        f"mentions={min(len(full), 4)}": 1.0,
        "first sourced": float(first.voice.kind != "outlet"),
        "share sourced": share,
        f"{kind}:share sourced": share,
        "most sourced": float(share > 0.5),
        "none sourced": float(not sourced),
        "a person": float(any(d.voice.kind == "person" for d in sourced)),
        "heard in first": odds[0],
        f"{kind}:heard in first": odds[0],
        "most heard": max(odds),
        "least heard": min(odds),
        "mean heard": sum(odds) / len(odds),
        "most heard where sourced": max((heard(d) for d in sourced), default=-2.0),
        "least heard where unsourced": min((heard(d) for d in full if d not in sourced), default=2.0),
        "heard in title": next((heard(d) for d in drafts if "title" in d.flags), 0.0),
        "depth": min(first.sentence, 20) / 20,
    }
    for draft in sourced:
        name = f"by {draft.voice_why}"
        found[name] = found.get(name, 0.0) + 1 / len(full)
    return {name: value for name, value in found.items() if value}


def heard(draft: Draft) -> float:
    """The log odds, scaled, that another than the outlet vouches for a mention; 0 for one that was not read."""
    return max(-6.0, min(6.0, draft.vouched or 0.0)) / 3
