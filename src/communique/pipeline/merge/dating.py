"""When an event took place by all that its mentions say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from communique.pipeline.drafts import Draft
from communique.pipeline.merge.undated import is_undated
from communique.records import DateInterval, Status

# What a release announces is done by the release itself, on its day.
OF_THE_DAY = frozenset({"statement", "transfer", "cooperation", "training"})
LASTING = frozenset({"exercise", "visit", "training", "meeting", "deployment"})
# The most days that an event may last of which only one day is told.
LONGEST = 31


def date_of(
    drafts: Sequence[Draft], status: Status, published: dt.date | None, official: bool, undated: Mapping[str, float]
) -> DateInterval | None:
    """The most exact told date, one that the story lends only where no other is told, else the inferred one for a
    plain past event.

    What is denied has only its own date, and what was "in recent years" none.
    """
    told = [d for d in drafts if d.date is not None and d.date.text is not None]
    own = [d for d in told if "lent date" not in d.flags] or told
    if own:
        return stretched(fittest([d.date for d in own if d.date], drafts[0].type), drafts, status, published)
    if published is None or status == "denied" or any("some years" in d.flags for d in drafts):
        return None
    if is_undated(drafts, official, undated) if undated else is_timeless(drafts, status):
        return None
    if official and drafts[0].type in OF_THE_DAY:
        return DateInterval(start=published, end=published, precision="day")
    return DateInterval(start=published - dt.timedelta(days=3), end=published, precision="inferred")


def stretched(date: DateInterval, drafts: Sequence[Draft], status: Status, published: dt.date | None) -> DateInterval:
    """The date of an event of which one day is told: up to publication if it still goes on, else as many days from
    it, or to it where it is told as the last, as a mention says that it lasts."""
    if date.start != date.end:
        return date
    first = last = date.start
    days = next((d.lasts for d in drafts if d.lasts is not None), 1)
    if status == "ongoing" and published is not None and (published - first).days <= LONGEST:
        last = max(last, published)
    if drafts[0].type in LASTING and 1 < days <= LONGEST:
        if any("ends" in d.flags and d.date == date for d in drafts):
            first = last - dt.timedelta(days=days - 1)
        else:
            last = max(last, first + dt.timedelta(days=days - 1))
    return date if first == last else date.model_copy(update={"start": first, "end": last, "precision": "range"})


def is_timeless(drafts: Sequence[Draft], status: Status) -> bool:
    """Whether an event without a told date is ongoing, denied, summed up or background, by rule."""
    return status in ("ongoing", "denied") or any(d.aggregate or "background" in d.flags for d in drafts)


def fittest(told: Sequence[DateInterval], kind: str) -> DateInterval:
    """The most exact of several told dates; of what lasts, the stretch of days that holds it."""
    exact = min(told, key=lambda d: ((d.end - d.start).days, d.start))
    if kind not in LASTING:
        return exact
    around = [
        d
        for d in told
        if d.precision == "range" and d.start <= exact.start and exact.end <= d.end and (d.end - d.start).days <= 45
    ]
    return min(around, key=lambda d: (d.end - d.start).days, default=exact)
