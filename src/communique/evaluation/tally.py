"""The measures of one document: what each counts, so that documents add up to a result and can be resampled.

Reports of the types `statement` and `appointment` count apart, as `secondary`; the other measures of whole documents
(`event`, `dyad`, `party`, `argument`) leave them out. Measures of fields look at matched reports of every type.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from communique.evaluation.coded import CodedEvent, Interval, Office
from communique.evaluation.counts import Counts, Share
from communique.evaluation.matching import match_events, same_date
from communique.evaluation.reading import GoldDocument
from communique.text import fold

SECONDARY = frozenset({"statement", "appointment"})
MANY_ACTORS = 6
"""Reports of more actors are left out of `dyad`: a summit of 20 would outweigh all else with its 190 pairs."""
FAR_DAYS = 10
"""A gold date further than this from publication is `date_far`: it had to be read, not guessed."""
LEAST_COMMON_WORDS = 0.5
"""Jaccard index of the folded words of two posts or ranks."""

Pairs = Sequence[tuple[int, int]]


@dataclass(slots=True)
class Tally:
    """The counts of one document or of several: `counts` and `shares` by measure, and by type and by status."""

    counts: dict[str, Counts] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    by_type: dict[str, Counts] = field(default_factory=dict)
    by_status: dict[str | None, Counts] = field(default_factory=dict)

    def count(self, measure: str, counts: Counts) -> None:
        """Add counts to a measure."""
        self.counts[measure] = self.counts.get(measure, Counts()) + counts

    def check(self, measure: str, is_right: bool) -> None:
        """Add one item, right or wrong, to a measure that is a share."""
        self.shares[measure] = self.shares.get(measure, Share()) + Share(int(is_right), 1)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        for measure, counts in other.counts.items():
            self.count(measure, counts)
        for measure, share in other.shares.items():
            self.shares[measure] = self.shares.get(measure, Share()) + share
        for kind, counts in other.by_type.items():
            self.by_type[kind] = self.by_type.get(kind, Counts()) + counts
        for status, counts in other.by_status.items():
            self.count_status(status, counts)

    def count_status(self, status: str | None, counts: Counts) -> None:
        """Add counts to a status."""
        self.by_status[status] = self.by_status.get(status, Counts()) + counts


@dataclass(frozen=True, slots=True)
class Comparison:
    """A document's gold and predicted reports and which of them are matched, by index."""

    document: GoldDocument
    predicted: Sequence[CodedEvent]
    pairs: Pairs

    @classmethod
    def of(cls, document: GoldDocument, predicted: Sequence[CodedEvent]) -> Comparison:
        """The comparison after matching."""
        return cls(document, predicted, match_events(document.events, predicted, len(document.text)))

    def missed(self) -> list[CodedEvent]:
        """Gold reports that no prediction matches."""
        found = {i for i, _ in self.pairs}
        return [event for i, event in enumerate(self.document.events) if i not in found]

    def spurious(self) -> list[CodedEvent]:
        """Predicted reports that match no gold report."""
        matched = {j for _, j in self.pairs}
        return [event for j, event in enumerate(self.predicted) if j not in matched]

    def matched(self) -> list[tuple[CodedEvent, CodedEvent]]:
        """Matched reports, gold first."""
        return [(self.document.events[i], self.predicted[j]) for i, j in self.pairs]


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of the tallies."""
    result = Tally()
    for tally in tallies:
        result.add(tally)
    return result


def tally_document(comparison: Comparison) -> Tally:
    """What one document adds to every measure."""
    tally = Tally()
    _tally_events(tally, comparison)
    _tally_actors(tally, comparison)
    tally.shares["whole"] = Share(0, len(comparison.document.events))
    for gold, predicted in comparison.matched():
        _tally_persons(tally, gold, predicted)
        _tally_date(tally, gold, predicted, comparison.document.published)
        _tally_status(tally, gold, predicted)
        _tally_place(tally, gold, predicted)
        _tally_rest(tally, gold, predicted)
    return tally


def dyads(event: CodedEvent) -> set[tuple[str, str, str]]:
    """What an analyst counts: (type, actor, actor), each from the A side to the B side, unordered among parties.

    Actors of the A side are paired with each other where there is no B side. An event without any pair gives
    (type, actor, "*") for each of its actors.
    """
    a, b, parties = (sorted(code for side, code in event.sides if side == wanted) for wanted in "ABP")
    pairs = set(combinations(parties, 2)) | {(x, y) for x, y in product(a, b) if x != y}
    if not b:
        pairs |= set(combinations(a, 2))
    return {(event.type, x, y) for x, y in pairs} or {(event.type, code, "*") for code in a + b + parties}


def is_far(gold: Interval | None, published: dt.date | None) -> bool:
    """Whether a gold date begins and ends more than 10 days away from publication."""
    if gold is None or published is None:
        return False
    return min(abs((day - published).days) for day in gold) > FAR_DAYS


def _tally_events(tally: Tally, comparison: Comparison) -> None:
    """`event` and `secondary`: reports found, missed and spurious; the same by type."""
    outcomes = [(gold.type, Counts(right=1)) for gold, _ in comparison.matched()]
    outcomes += [(event.type, Counts(missed=1)) for event in comparison.missed()]
    outcomes += [(event.type, Counts(false=1)) for event in comparison.spurious()]
    for kind, counts in outcomes:
        tally.count("secondary" if kind in SECONDARY else "event", counts)
        tally.by_type[kind] = tally.by_type.get(kind, Counts()) + counts


def _tally_actors(tally: Tally, comparison: Comparison) -> None:
    """`dyad`, `party` and `argument`: sets over the document's primary reports.

    `party` holds (type, actor), `argument` (report, type, side, actor) with matched reports taken as the same one.
    """
    gold = {i: g for i, g in enumerate(comparison.document.events) if g.type not in SECONDARY}
    predicted = {j: p for j, p in enumerate(comparison.predicted) if p.type not in SECONDARY}
    twin = {j: i for i, j in comparison.pairs}
    tally.count("dyad", _dyad_counts(gold, predicted, twin))
    tally.count("party", Counts.of(_parties(gold.values()), _parties(predicted.values())))
    told = {(i, g.type, *side) for i, g in gold.items() for side in g.sides}
    found = {(twin.get(j, f"alone {j}"), p.type, *side) for j, p in predicted.items() for side in p.sides}
    tally.count("argument", Counts.of(told, found))


def _dyad_counts(gold: dict[int, CodedEvent], predicted: dict[int, CodedEvent], twin: dict[int, int]) -> Counts:
    """Dyads of reports of few actors; a matched prediction is left out with its gold report, whatever its own size."""
    many = {i for i, g in gold.items() if len(g.actors) > MANY_ACTORS}
    told = (dyads(g) for i, g in gold.items() if i not in many)
    found = (
        dyads(p) for j, p in predicted.items() if (twin[j] not in many if j in twin else len(p.actors) <= MANY_ACTORS)
    )
    return Counts.of(set().union(*told), set().union(*found))


def _parties(events: Iterable[CodedEvent]) -> set[tuple[str, str]]:
    return {(event.type, code) for event in events for code in event.actors}


def _tally_persons(tally: Tally, gold: CodedEvent, predicted: CodedEvent) -> None:
    """`person`: surnames; `post` and `rank`: of persons found, where gold has one, with half their words in common."""
    tally.count("person", Counts.of(gold.persons.keys(), predicted.persons.keys()))
    for surname in gold.persons.keys() & predicted.persons.keys():
        _check_office(tally, gold.persons[surname], predicted.persons[surname])


def _check_office(tally: Tally, gold: Office, predicted: Office) -> None:
    if gold.post:
        tally.check("post", _alike(gold.post, predicted.post))
    if gold.rank:
        tally.check("rank", _alike(gold.rank, predicted.rank))


def _alike(gold: str, predicted: str | None) -> bool:
    told, found = set(fold(gold).split()), set(fold(predicted or "").split())
    return bool(told & found) and len(told & found) / len(told | found) >= LEAST_COMMON_WORDS


def _tally_date(tally: Tally, gold: CodedEvent, predicted: CodedEvent, published: dt.date | None) -> None:
    """`date`: intervals of matched reports; `date_far`: those far from publication."""
    is_right = same_date(gold.date, predicted.date)
    tally.check("date", is_right)
    if is_far(gold.date, published):
        tally.check("date_far", is_right)


def _tally_status(tally: Tally, gold: CodedEvent, predicted: CodedEvent) -> None:
    """`status`: the share that is equal, and the counts of each status for its mean F1, `status_macro`."""
    is_right = gold.status == predicted.status
    tally.check("status", is_right)
    if is_right:
        tally.count_status(gold.status, Counts(right=1))
    else:
        tally.count_status(gold.status, Counts(missed=1))
        tally.count_status(predicted.status, Counts(false=1))


def _tally_place(tally: Tally, gold: CodedEvent, predicted: CodedEvent) -> None:
    """`place`: equal country, or both none; `place_name`: where gold names one, either name within the other."""
    tally.check("place", gold.country == predicted.country)
    if gold.place_name:
        told, found = gold.place_name, predicted.place_name
        tally.check("place_name", bool(found) and (told in found or found in told))


def _tally_rest(tally: Tally, gold: CodedEvent, predicted: CodedEvent) -> None:
    """`mode` (where gold has one), `aggregate`, `voice` (kind and name, outlets apart), `domains` and `whole`.

    A report is `whole` with type, all sides and actors, date, status and kind of voice right.
    """
    if gold.mode is not None:
        tally.check("mode", gold.mode == predicted.mode)
    tally.check("aggregate", gold.aggregate == predicted.aggregate)
    tally.count("voice", Counts.of({gold.voice} - {None}, {predicted.voice} - {None}))
    tally.count("domains", Counts.of(gold.domains, predicted.domains))
    is_whole = (
        gold.sides == predicted.sides
        and same_date(gold.date, predicted.date)
        and gold.status == predicted.status
        and gold.voice_kind == predicted.voice_kind
    )
    tally.shares["whole"] += Share(int(is_whole), 0)
