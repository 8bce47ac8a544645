"""How well reports are linked into engagements: B-cubed and pairwise precision, recall and F1.

B-cubed after Bagga and Baldwin, Algorithms for scoring coreference chains, 1998: for each report the share of its
predicted engagement that is in its gold one (precision) and the reverse (recall), averaged over reports. Pairwise:
pairs of reports that share an engagement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from communique.errors import EvaluationError
from communique.evaluation.coded import CodedEvent
from communique.evaluation.counts import DIGITS, Counts, f1_of
from communique.evaluation.matching import match_events
from communique.evaluation.reading import GoldDocument, Predictions, ReportKey

Key = tuple[str, int | str]
"""A report: document and gold index, or document and `spurious-N` for a prediction that matches no gold report."""
Partition = Mapping[Key, Hashable]
"""The engagement of each report."""


class LinkError(NamedTuple):
    """Two reports that gold links and the prediction does not, or the reverse."""

    kind: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class BCubed:
    """B-cubed precision and recall."""

    precision: float
    recall: float

    @property
    def figure(self) -> float:
        """The F1 score to four decimals."""
        return round(f1_of(self.precision, self.recall), DIGITS)

    def as_json(self) -> dict[str, float]:
        """Precision, recall and F1 to four decimals."""
        return {"p": round(self.precision, DIGITS), "r": round(self.recall, DIGITS), "f1": self.figure}


@dataclass(frozen=True, slots=True)
class LinkEvaluation:
    """Predicted engagements measured against gold ones; `pairwise` counts linked pairs of reports."""

    reports: int
    gold_engagements: int
    predicted_engagements: int
    b3: BCubed
    pairwise: Counts
    errors: tuple[LinkError, ...] = ()

    def figures(self) -> dict[str, float]:
        """The F1 scores, from 0 to 1."""
        return {"b3": self.b3.figure, "pairwise": self.pairwise.figure}

    def as_json(self) -> dict[str, Any]:
        """The result as plain values that `json.dumps` takes."""
        return {
            "reports": self.reports,
            "gold_engagements": self.gold_engagements,
            "pred_engagements": self.predicted_engagements,
            "b3": self.b3.as_json(),
            "pairwise": self.pairwise.as_json(),
            "errors": [list(error) for error in self.errors],
        }


def evaluate_links(
    gold: Sequence[GoldDocument],
    clusters: Iterable[Sequence[ReportKey]],
    links: Mapping[ReportKey, str],
    predictions: Predictions | None = None,
    *,
    errors: int = 0,
) -> LinkEvaluation:
    """B-cubed and pairwise scores of the links against the gold clusters; `errors` wrong pairs of each kind are listed.

    Without `predictions` the links count the gold reports (linking alone). With them they count the predicted ones:
    a gold report that was not found stands alone on the predicted side, a predicted one that matches none stands
    alone on the gold side. A report in no cluster or without a link stands alone.
    Raises EvaluationError where gold has no report or a cluster names a report that its document lacks.
    """
    told = _gold_partition(gold, clusters)
    found = _linked_gold(gold, links) if predictions is None else _linked_predictions(gold, links, predictions)
    told |= {key: ("spurious", *key) for key in found if key not in told}
    if not told:
        raise EvaluationError("gold has no report, so links cannot be scored; give documents with events")
    cells, gold_sizes, sizes = Counter((told[key], found[key]) for key in told), _sizes(told), _sizes(found)
    right = _pairs(cells)
    return LinkEvaluation(
        reports=len(told),
        gold_engagements=len(gold_sizes),
        predicted_engagements=len(sizes),
        b3=BCubed(
            sum(cells[told[key], found[key]] / sizes[found[key]] for key in told) / len(told),
            sum(cells[told[key], found[key]] / gold_sizes[told[key]] for key in told) / len(told),
        ),
        pairwise=Counts(right, _pairs(sizes) - right, _pairs(gold_sizes) - right),
        errors=tuple(_link_errors(gold, told, found, errors)) if errors else (),
    )


def _gold_partition(gold: Sequence[GoldDocument], clusters: Iterable[Sequence[ReportKey]]) -> dict[Key, Hashable]:
    """Each gold report's engagement; clusters that share a report are one, members of absent documents are ignored."""
    reports: dict[str, int] = {document.id: len(document.events) for document in gold}
    parent: dict[Key, Key] = {(doc_id, i): (doc_id, i) for doc_id, count in reports.items() for i in range(count)}
    for cluster in clusters:
        members: list[Key] = [(doc_id, i) for doc_id, i in cluster if doc_id in reports]
        for doc_id, i in members:
            if (doc_id, i) not in parent:
                raise EvaluationError(
                    f"a cluster names report {i} of {doc_id!r}, which has {reports[doc_id]}; "
                    "use the clusters that belong to this gold file"
                )
        for member in members[1:]:
            parent[_root(parent, member)] = _root(parent, members[0])
    return {key: _root(parent, key) for key in parent}


def _root(parent: dict[Key, Key], key: Key) -> Key:
    while parent[key] != key:
        parent[key] = parent[parent[key]]
        key = parent[key]
    return key


def _linked_gold(gold: Sequence[GoldDocument], links: Mapping[ReportKey, str]) -> dict[Key, Hashable]:
    return {
        (document.id, i): links.get((document.id, i), ("alone", document.id, i))
        for document in gold
        for i in range(len(document.events))
    }


def _linked_predictions(
    gold: Sequence[GoldDocument], links: Mapping[ReportKey, str], predictions: Predictions
) -> dict[Key, Hashable]:
    """The predicted engagement of each gold report, through its match, and of each spurious report."""
    found: dict[Key, Hashable] = {}
    for document in gold:
        predicted = predictions.get(document.id, ())
        twin = dict(match_events(document.events, predicted, len(document.text)))
        for i in range(len(document.events)):
            alone = ("alone", document.id, i)
            found[document.id, i] = links.get((document.id, twin[i]), alone) if i in twin else alone
        for j in sorted(set(range(len(predicted))) - set(twin.values())):
            found[document.id, f"spurious-{j}"] = links.get((document.id, j), ("alone", document.id, f"spurious-{j}"))
    return found


def _sizes(partition: Partition) -> Counter[Hashable]:
    return Counter(partition.values())


def _pairs(sizes: Mapping[Any, int]) -> int:
    """How many pairs there are within groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _link_errors(gold: Sequence[GoldDocument], told: Partition, found: Partition, limit: int) -> Iterator[LinkError]:
    events: dict[Key, CodedEvent] = {(d.id, i): event for d in gold for i, event in enumerate(d.events)}
    for kind, have, lack in (("NOT LINKED", told, found), ("WRONGLY LINKED", found, told)):
        wrong = [pair for pair in _linked_pairs(have) if lack[pair[0]] != lack[pair[1]]]
        for first, second in sorted(wrong, key=str)[:limit]:
            yield LinkError(kind, _describe(first, events), _describe(second, events))


def _linked_pairs(partition: Partition) -> Iterator[tuple[Key, Key]]:
    members: dict[Hashable, list[Key]] = {}
    for key in sorted(partition, key=str):
        members.setdefault(partition[key], []).append(key)
    for group in members.values():
        yield from combinations(group, 2)


def _describe(key: Key, events: Mapping[Key, CodedEvent]) -> str:
    event = events.get(key)
    told = f" {event.type} {event.date[0] if event.date else None}" if event else ""
    return f"{key[0]}#{key[1]}{told}"
