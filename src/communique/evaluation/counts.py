"""The figures that every measure comes down to: counts of right, false and missed items, or a share of a total."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

DIGITS = 4
"""Decimals that a figure is given to."""


def f1_of(precision: float, recall: float) -> float:
    """The harmonic mean of precision and recall; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items are in both gold and prediction (`right`), only predicted (`false`) or only gold (`missed`)."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @classmethod
    def of(cls, gold: Set[object], predicted: Set[object]) -> Counts:
        """The counts of two sets of items."""
        return cls(len(gold & predicted), len(predicted - gold), len(gold - predicted))

    def __add__(self, other: Counts) -> Counts:
        """The counts of both together."""
        return Counts(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def gold(self) -> int:
        """Items in gold."""
        return self.right + self.missed

    @property
    def predicted(self) -> int:
        """Items predicted."""
        return self.right + self.false

    @property
    def precision(self) -> float:
        """The share of predicted items that are right; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold items that were found; 0 where gold is empty."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def figure(self) -> float:
        """The F1 score, from 0 to 1, to four decimals."""
        return round(f1_of(self.precision, self.recall), DIGITS)

    def as_json(self) -> dict[str, float]:
        """Precision, recall and F1 to four decimals with the numbers of gold and predicted items."""
        return {
            "p": round(self.precision, DIGITS),
            "r": round(self.recall, DIGITS),
            "f1": self.figure,
            "gold": self.gold,
            "pred": self.predicted,
        }


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a number of items are right."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        """The share of both together."""
        return Share(self.right + other.right, self.of + other.of)

    @property
    def figure(self) -> float:
        """The share that is right, from 0 to 1, to four decimals; 0 where there is nothing to be right about."""
        return round(self.right / self.of, DIGITS) if self.of else 0.0

    def as_json(self) -> dict[str, float]:
        """The share to four decimals with its two numbers."""
        return {"share": self.figure, "right": self.right, "of": self.of}


@dataclass(frozen=True, slots=True)
class ClassMean:
    """The plain mean of the F1 scores of the classes that gold holds."""

    figure: float
    classes: int

    @classmethod
    def of(cls, by_class: dict[str | None, Counts]) -> ClassMean:
        """The mean over classes, each F1 rounded to four decimals first; 0 where gold holds none."""
        held = [counts.figure for counts in by_class.values() if counts.gold]
        return cls(round(sum(held) / len(held), DIGITS) if held else 0.0, len(held))

    def as_json(self) -> dict[str, float]:
        """The mean to four decimals and the number of classes."""
        return {"f1": self.figure, "classes": self.classes}


Measure = Counts | Share | ClassMean
