"""Which predicted report is which gold report: same type, overlapping evidence, common actors, one to one.

Best pairs are taken first. A predicted span counts only inside the text and up to 400 code points long, so that
nothing is won by pointing at everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.evaluation.coded import CodedEvent, Interval

LONGEST_SPAN = 400
"""Code points; a longer span is no evidence."""
LEAST_OVERLAP = 0.5
"""Share of the shorter of two spans that must be common."""
LEAST_COMMON_ACTORS = 0.5
"""Jaccard index of the two reports' actor codes."""
LEAST_DATE_OVERLAP = 0.5
"""Common days over days of the union."""
VAGUE_DAYS, VAGUE_PREDICTED_DAYS, CENTRE_DAYS = 14, 21, 3
"""A gold date of 2 to 14 days is also met by one of up to 21 days whose centre lies within 3 days."""


def match_events(gold: Sequence[CodedEvent], predicted: Sequence[CodedEvent], length: int) -> list[tuple[int, int]]:
    """Pairs of indices (gold, predicted) that tell the same event, best first, each index at most once.

    Candidates have the same type, overlapping evidence in a text of `length` code points and, where gold knows
    actors, a Jaccard index of actor codes of at least 0.5. They are ranked by that index, plus 0.5 for an equal
    date that gold has and 0.1 for an equal status, then by their order.
    """
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for _, i, j in sorted(_candidates(gold, predicted, length)):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((i, j))
    return pairs


def same_date(gold: Interval | None, predicted: Interval | None) -> bool:
    """Whether the predicted interval of days is right: null where gold is null, else near enough.

    Near enough is an overlap of at least half the union, or, for a gold date of 2 to 14 days, a predicted one of at
    most 21 days whose centre lies within 3 days of gold's.
    """
    if gold is None or predicted is None:
        return gold is predicted
    common = (min(gold[1], predicted[1]) - max(gold[0], predicted[0])).days + 1
    union = (max(gold[1], predicted[1]) - min(gold[0], predicted[0])).days + 1
    if common > 0 and common / union >= LEAST_DATE_OVERLAP:
        return True
    is_vague = 1 < _days(gold) <= VAGUE_DAYS and _days(predicted) <= VAGUE_PREDICTED_DAYS
    return is_vague and abs(_centre(gold) - _centre(predicted)) <= CENTRE_DAYS


def usable_spans(event: CodedEvent, length: int) -> list[tuple[int, int]]:
    """The event's evidence that lies inside a text of `length` code points and is not over-long."""
    return [(start, end) for start, end in event.spans if 0 <= start < end <= length and end - start <= LONGEST_SPAN]


def _candidates(
    gold: Sequence[CodedEvent], predicted: Sequence[CodedEvent], length: int
) -> Iterator[tuple[float, int, int]]:
    """Pairs that may be matched, each as (minus its score, gold index, predicted index)."""
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            if g.type != p.type or not _overlap(g, p, length):
                continue
            common = _common_actors(g, p)
            if g.actors and common < LEAST_COMMON_ACTORS:
                continue
            equal_date = g.date is not None and same_date(g.date, p.date)
            yield -(common + (0.5 * equal_date + 0.1 * (g.status == p.status))), i, j


def _common_actors(gold: CodedEvent, predicted: CodedEvent) -> float:
    union = gold.actors | predicted.actors
    return len(gold.actors & predicted.actors) / len(union) if union else 1.0


def _overlap(gold: CodedEvent, predicted: CodedEvent, length: int) -> bool:
    return any(
        min(g_end, p_end) - max(g_start, p_start) >= LEAST_OVERLAP * min(g_end - g_start, p_end - p_start)
        for g_start, g_end in usable_spans(gold, length)
        for p_start, p_end in usable_spans(predicted, length)
    )


def _days(interval: Interval) -> int:
    return (interval[1] - interval[0]).days + 1


def _centre(interval: Interval) -> float:
    return (interval[0].toordinal() + interval[1].toordinal()) / 2
