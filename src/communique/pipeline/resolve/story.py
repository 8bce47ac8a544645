"""The date of an event that is told without one, from the story's main event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from communique.pipeline.drafts import Draft
from communique.records import DateInterval


def date_by_story(drafts: Sequence[Draft], published: dt.date | None, *, official: bool = False) -> None:
    """Give an undated event the day of the story's main event when the same parties act in both.

    The main event is the first dated one of the last fortnight; "the two sides also agreed" needs no date of its own.
    What a release of its own state announces beside an event of "this week" or of tomorrow, or in answer to an
    incident, keeps the release's day.
    """
    if published is None:
        return
    if not official:
        date_by_speaker(drafts, published)
    main = next(
        (
            d
            for d in drafts
            if d.date is not None
            and d.date.text
            and "some time" not in d.flags
            and recent(d.date, published)
            and len(d.codes()) >= 2
        ),
        None,
    )
    if main is None or main.date is None:
        return
    ahead = main.date.start > published
    of_release = kept_by_release(main, main.date, published) if official else frozenset()
    for n, draft in enumerate(drafts):
        if ahead and draft.status == "occurred":
            continue
        if draft.type in of_release or not of_the_day(draft) or len(draft.codes() & main.codes()) < 2:
            continue
        nearer = decided_at(draft, drafts[:n], published)
        draft.date = nearer.date if nearer is not None else main.date
        draft.date_why = "date of what was told before" if nearer is not None else "date of the story's main event"
        draft.flags.add(LENT)


# Sentences back in which the talks were told at which something was planned.
DECIDED = 3


def decided_at(draft: Draft, before: Sequence[Draft], published: dt.date) -> Draft | None:
    """The talks of the same parties on a day of the last fortnight that were told right before a plan of theirs."""
    if draft.status not in ("planned", "proposed"):
        return None
    near = [d for d in before if d.type == "meeting" and draft.sentence - d.sentence <= DECIDED]
    return next(
        (
            d
            for d in reversed(near)
            if d.date is not None
            and d.date_why.startswith("date: ")
            and d.date.start == d.date.end <= published
            and recent(d.date, published)
            and len(draft.codes() & d.codes()) >= 2
        ),
        None,
    )


# The flag of a date that the story lends to an event which is told without one.
LENT = "lent date"
# Sentences back in which a speaker was last told to act.
BACK = 5


def date_by_speaker(drafts: Sequence[Draft], published: dt.date) -> None:
    """Give a statement without a date the day on which the text just told its speaker to act: "he further warned"."""
    for n, draft in enumerate(drafts):
        if draft.type != "statement" or draft.status != "occurred" or draft.date is not None:
            continue
        before = next(
            (
                d
                for d in reversed(drafts[:n])
                if d.date is not None
                and d.date.text
                and d.type != "incident"
                and "some time" not in d.flags
                and d.date.end <= published
                and recent(d.date, published)
                and draft.sentence - d.sentence <= BACK
                and speakers(draft) & speakers(d)
            ),
            None,
        )
        if before is not None:
            draft.date, draft.date_why = before.date, "date of what the speaker did before"


def speakers(draft: Draft) -> set[str]:
    """The named persons of a draft."""
    return {f.mention.name for f in draft.fillers if f.mention.kind == "person" and f.mention.name}


def of_the_day(draft: Draft) -> bool:
    """Whether an undated draft is likely of the same day as the story's main event, as its status and its type say: not
    background, a sum or a stationing."""
    if draft.date is not None or draft.aggregate or draft.flags & {"background", "some years"}:
        return False
    if draft.type == "deployment" and draft.status != "planned":
        return False
    return draft.status in ("occurred", "planned", "proposed") or on_visit(draft)


def on_visit(draft: Draft) -> bool:
    """Whether a draft tells of a visit that goes on ("who is here on a visit"): it is of the story's day."""
    return draft.type == "visit" and draft.status == "ongoing"


# What a release announces on its own day, though its story's main event is of another; and what it answers to an
# incident.
ANNOUNCED = frozenset({"statement", "transfer"})
ANSWERED = ANNOUNCED | {"cooperation", "meeting"}


def kept_by_release(main: Draft, date: DateInterval, published: dt.date) -> frozenset[str]:
    """The types of what a release of its own state tells on its own day, by the story's main event and its date."""
    if main.type == "incident":
        return ANSWERED
    return ANNOUNCED if date.start != date.end or date.start > published else frozenset()


def recent(date: DateInterval, published: dt.date) -> bool:
    """Whether a date of at most a week lies in the fortnight before publication."""
    return (date.end - date.start).days <= 7 and -1 <= (published - date.start).days <= 14
