"""How well predicted reports agree with gold, over all documents, by type, by status and by outlet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from communique.evaluation.bootstrap import Bounds, bootstrap_bounds
from communique.evaluation.counts import ClassMean, Counts, Measure, Share
from communique.evaluation.matching import usable_spans
from communique.evaluation.reading import GoldDocument, Predictions
from communique.evaluation.tally import Comparison, Tally, tally_document, total

HEADLINE: Mapping[str, str] = {
    "event": "counts",
    "dyad": "counts",
    "party": "counts",
    "argument": "counts",
    "whole": "share",
    "person": "counts",
    "post": "found share",
    "rank": "found share",
    "date": "found share",
    "date_far": "found share",
    "status": "found share",
    "place": "found share",
    "place_name": "found share",
    "mode": "found share",
    "aggregate": "found share",
    "status_macro": "class mean",
    "voice": "counts",
    "domains": "counts",
}
"""The headline measures in their order, and what each is; a `found share` is left out where nothing was compared."""

NO_OUTLET = "(no outlet)"


class CodingError(NamedTuple):
    """A gold report that was missed or a predicted one that is spurious, with its first evidence in the text."""

    kind: str
    doc_id: str
    type: str
    actors: list[tuple[str, str]]
    words: list[str]


@dataclass(frozen=True, slots=True)
class OutletResult:
    """The headline measures of one outlet's documents."""

    documents: int
    headline: Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Predictions measured against gold.

    `headline` holds the measures by name (`tally` defines each), `secondary` the reports of statements and
    appointments, `by_status` the statuses of matched reports, `bounds` the 95 % bootstrap interval of each headline
    figure where one was asked for. `unlabelled` names predicted documents that gold lacks and that were not scored.
    """

    documents: int
    headline: Mapping[str, Measure]
    secondary: Counts
    by_type: Mapping[str, Counts]
    by_status: Mapping[str, Counts]
    by_outlet: Mapping[str, OutletResult]
    errors: tuple[CodingError, ...] = ()
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    resamples: int = 0
    unlabelled: tuple[str, ...] = ()

    def figures(self) -> dict[str, float]:
        """The main figure of each headline measure and of `secondary`: F1, share or mean F1, from 0 to 1."""
        return {**{name: measure.figure for name, measure in self.headline.items()}, "secondary": self.secondary.figure}

    def as_json(self) -> dict[str, Any]:
        """The result as plain values that `json.dumps` takes; figures to four decimals."""
        return {
            "documents": self.documents,
            "headline": _plain(self.headline),
            "secondary": self.secondary.as_json(),
            "by_type": _plain(self.by_type),
            "by_status": _plain(self.by_status),
            "by_outlet": {
                outlet: {"documents": result.documents, "headline": _plain(result.headline)}
                for outlet, result in self.by_outlet.items()
            },
            "bounds": {name: list(bounds) for name, bounds in self.bounds.items()},
            "resamples": self.resamples,
            "unlabelled": list(self.unlabelled),
            "errors": [[*error[:3], [list(actor) for actor in error.actors], error.words] for error in self.errors],
        }


def evaluate(
    gold: Sequence[GoldDocument], predictions: Predictions, *, errors: int = 0, bootstrap: int = 0, seed: int = 0
) -> Evaluation:
    """The measures of the predictions on all gold documents; a document without predictions counts as empty.

    `errors` is how many missed and spurious reports to list, `bootstrap` how many resamples of documents to draw for
    the intervals (0 for none; 1,000 is usual), `seed` makes them repeatable.
    """
    comparisons = [Comparison.of(document, predictions.get(document.id, ())) for document in gold]
    tallies = [tally_document(comparison) for comparison in comparisons]
    summed = total(tallies)
    known = {document.id for document in gold}
    return Evaluation(
        documents=len(gold),
        headline=_headline(summed),
        secondary=summed.counts.get("secondary", Counts()),
        by_type=dict(sorted(summed.by_type.items())),
        by_status={str(status): counts for status, counts in summed.by_status.items()},
        by_outlet=_by_outlet(gold, tallies),
        errors=_coding_errors(comparisons, errors),
        bounds=bootstrap_bounds(tallies, resamples=bootstrap, seed=seed),
        resamples=bootstrap,
        unlabelled=tuple(doc_id for doc_id in predictions if doc_id not in known),
    )


def _headline(tally: Tally) -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    for name, kind in HEADLINE.items():
        if kind == "counts":
            measures[name] = tally.counts.get(name, Counts())
        elif kind == "class mean":
            measures[name] = ClassMean.of(tally.by_status)
        elif kind == "share" or name in tally.shares:
            measures[name] = tally.shares.get(name, Share())
    return measures


def _by_outlet(gold: Sequence[GoldDocument], tallies: Sequence[Tally]) -> dict[str, OutletResult]:
    grouped: dict[str, list[Tally]] = {}
    for document, tally in zip(gold, tallies, strict=True):
        grouped.setdefault(document.outlet or NO_OUTLET, []).append(tally)
    return {outlet: OutletResult(len(group), _headline(total(group))) for outlet, group in sorted(grouped.items())}


def _coding_errors(comparisons: Sequence[Comparison], limit: int) -> tuple[CodingError, ...]:
    """The first missed and spurious reports, in the documents' order, missed first."""
    found: list[CodingError] = []
    for comparison in comparisons:
        if len(found) >= limit:
            break
        document = comparison.document
        for kind, events in (("MISSED", comparison.missed()), ("SPURIOUS", comparison.spurious())):
            for event in events:
                spans = usable_spans(event, len(document.text))[:1]
                words = [document.text[start:end] for start, end in spans]
                found.append(CodingError(kind, document.id, event.type, sorted(event.sides), words))
    return tuple(found[:limit])


def _plain(measures: Mapping[str, Measure] | Mapping[str, Counts]) -> dict[str, dict[str, float]]:
    return {name: measure.as_json() for name, measure in measures.items()}
