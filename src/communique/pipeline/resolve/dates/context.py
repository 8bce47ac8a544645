"""What relative and yearless dates count from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from communique.records import DateInterval

Tense = Literal["past", "present", "future"]

STEPS: Final = {
    "this": 0,
    "same": 0,
    "that": 0,
    "last": -1,
    "previous": -1,
    "past": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
}
OF_REFERENCE: Final = frozenset({"that", "same", "following", "previous"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a point counts from: the day of publication, the interval told before it, and the tense of its clause."""

    published: dt.date | None
    reference: DateInterval | None = None
    tense: Tense | None = None

    def day(self) -> dt.date | None:
        """The day that yearless dates are near: publication, else the reference."""
        if self.published is not None:
            return self.published
        return None if self.reference is None else self.reference.start
