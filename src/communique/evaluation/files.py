"""Scoring from files, as the command line asks for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import RenderableType

from communique.errors import EvaluationError, UnusableOption
from communique.evaluation.coded import group_reports
from communique.evaluation.links import LinkEvaluation, evaluate_links
from communique.evaluation.measures import Evaluation, evaluate
from communique.evaluation.reading import (
    GoldDocument,
    Predictions,
    load_clusters,
    load_gold,
    load_links,
    load_predictions,
)
from communique.evaluation.tables import evaluation_json, evaluation_tables, link_tables, plain_text
from communique.records import Document, Report

Coder = Callable[[Sequence[Document]], Iterable[Report]]
"""What codes documents into reports, in any order."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What was scored: reports, links or both."""

    reports: Evaluation | None
    links: LinkEvaluation | None

    def tables(self, by: str | None = None) -> list[RenderableType]:
        """The result for a rich console, with a breakdown by `type`, `status` or `outlet`."""
        reports = evaluation_tables(self.reports, by) if self.reports else []
        return [*reports, *(link_tables(self.links) if self.links else ())]

    def text(self, by: str | None = None) -> str:
        """The result as plain text."""
        return plain_text(self.reports, self.links, by=by)

    def json(self) -> str:
        """The result as one JSON object; links alone, or under `links` beside the reports' result."""
        return evaluation_json(self.reports, self.links)


def evaluate_files(
    gold: Path | str,
    predictions: Path | str | None = None,
    *,
    links: Path | str | None = None,
    clusters: Path | str | None = None,
    coder: Coder | None = None,
    split: str | None = None,
    docs: Collection[str] = (),
    errors: int = 0,
    bootstrap: int = 1000,
    seed: int = 0,
) -> Scores:
    """The scores of a predictions file, or of the coder's reports where there is no file, against a gold file.

    With `links` and `clusters` linking is scored as well; without predictions it is scored alone, on gold reports,
    and no coder is run. `split` and `docs` keep only gold documents of that split or those ids. `errors` is how many
    errors to list, `bootstrap` the number of resamples for intervals (0 for none).
    Raises EvaluationError where nothing is left to score, UnusableOption where options do not go together.
    """
    if (links is None) != (clusters is None):
        raise UnusableOption("links and clusters go together: give both files, or neither")
    documents = _selected(load_gold(gold), split, docs, str(gold))
    predicted = _predictions(predictions, documents, coder, needed=links is None)
    reports = None
    if predicted is not None:
        reports = evaluate(documents, predicted, errors=errors, bootstrap=bootstrap, seed=seed)
    linked = None
    if links is not None and clusters is not None:
        linked = evaluate_links(documents, load_clusters(clusters), load_links(links), predicted, errors=errors)
    return Scores(reports, linked)


def _selected(gold: list[GoldDocument], split: str | None, docs: Collection[str], path: str) -> list[GoldDocument]:
    unknown = sorted(set(docs) - {document.id for document in gold})
    if unknown:
        raise UnusableOption(f"{path} has no document {', '.join(map(repr, unknown))}; give ids of its documents")
    kept = [d for d in gold if (split is None or d.split == split) and (not docs or d.id in docs)]
    if not kept:
        splits = sorted({d.split for d in gold if d.split is not None})
        raise EvaluationError(
            f"{path}: no document to score with split {split!r}; splits there: {', '.join(splits) or 'none'}"
        )
    return kept


def _predictions(
    path: Path | str | None, gold: Sequence[GoldDocument], coder: Coder | None, *, needed: bool
) -> Predictions | None:
    if path is not None:
        return load_predictions(path)
    if not needed:
        return None
    if coder is None:
        raise UnusableOption("nothing to score: give a predictions file, or a coder, or links with clusters")
    return group_reports(coder([document.document() for document in gold]))
