"""The status of an engagement and the way to it: planned, under way, done, called off, denied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

LATE = dt.date.max


def status_of(told: Sequence[tuple[str, dt.date | None, int]]) -> str:
    """The status that stands, from (status, publication day, telling) of each report.

    Denials stand only where more tellings deny than tell. What was called off stays so, though an older article
    planned it, unless a later one tells that it took place; what took place stays so, though a later one still calls
    it planned or under way. Otherwise the firmest of under way, planned and proposed.
    """
    deniers = {telling for status, _, telling in told if status == "denied"}
    claimants = {telling for status, _, telling in told if status != "denied"}
    if len(deniers) > len(claimants):
        return "denied"
    done, off = _last(told, "occurred"), _last(told, "cancelled")
    if done is not None and off is not None:
        return "occurred" if done >= off else "cancelled"
    under_way = _last(told, "ongoing")
    if off is not None and under_way is not None and under_way > off:
        return "ongoing"
    for status, found in (("occurred", done), ("cancelled", off), ("ongoing", under_way)):
        if found is not None:
            return status
    return (
        "planned"
        if _last(told, "planned") is not None
        else ("proposed" if _last(told, "proposed") is not None else "denied")
    )


def _last(told: Sequence[tuple[str, dt.date | None, int]], status: str) -> dt.date | None:
    days = [published or dt.date.min for s, published, _ in told if s == status]
    return max(days) if days else None


def history_of(told: Sequence[tuple[str, dt.date | None]]) -> list[tuple[str, list[int]]]:
    """Each status in the order in which documents first told it, with the numbers of the reports that tell it.

    Reports are (status, publication day); those of unknown day come last.
    """
    order = sorted(range(len(told)), key=lambda i: (told[i][1] or LATE, i))
    steps: dict[str, list[int]] = {}
    for i in order:
        steps.setdefault(told[i][0], []).append(i)
    return list(steps.items())
