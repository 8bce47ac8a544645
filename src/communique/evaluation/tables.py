"""A result for reading: a table for the terminal, plain text, JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from rich.console import Console, RenderableType
from rich.table import Table

from communique.errors import UnusableOption, did_you_mean
from communique.evaluation.bootstrap import Bounds
from communique.evaluation.counts import ClassMean, Counts, Measure, Share
from communique.evaluation.links import LinkEvaluation
from communique.evaluation.measures import HEADLINE, Evaluation

BREAKDOWNS = ("type", "status", "outlet")

OUTLET_MEASURES = ("event", "dyad", "whole", "date", "status", "place")
"""What the table by outlet shows."""


def evaluation_json(evaluation: Evaluation | None, links: LinkEvaluation | None = None) -> str:
    """The result as one JSON object; that of links under `links`, or alone where only links were scored."""
    content = evaluation.as_json() if evaluation is not None else {}
    if links is not None:
        content = {**content, "links": links.as_json()} if content else links.as_json()
    return json.dumps(content, ensure_ascii=False, indent=1)


def evaluation_tables(evaluation: Evaluation, by: str | None = None) -> list[RenderableType]:
    """The result for a rich console: headline, the breakdown by type, status or outlet, errors and notes.

    Raises UnusableOption for another breakdown.
    """
    tables: list[RenderableType] = [_headline_table(evaluation)]
    if by is not None:
        tables.append(_breakdown_table(evaluation, by))
    if evaluation.errors:
        tables.append(_errors_table(evaluation))
    if evaluation.unlabelled:
        tables.append(f"Predicted documents that gold lacks, not scored: {len(evaluation.unlabelled)}")
    return tables


def link_tables(links: LinkEvaluation) -> list[RenderableType]:
    """The result of linking for a rich console."""
    table = _table(
        f"Links: {links.reports} reports, {links.gold_engagements} engagements in gold, "
        f"{links.predicted_engagements} predicted",
        "measure", "F1", "precision", "recall", "gold", "predicted",
    )  # fmt: skip
    b3, pairs = links.b3, links.pairwise
    table.add_row("B-cubed", *_decimals(b3.figure, b3.precision, b3.recall), str(links.reports), str(links.reports))
    table.add_row("pairs", *_decimals(*_prf(pairs)), str(pairs.gold), str(pairs.predicted))
    errors = [f"{kind}: {first} | {second}" for kind, first, second in links.errors]
    return [table, *errors]


def plain_text(evaluation: Evaluation | None, links: LinkEvaluation | None = None, *, by: str | None = None) -> str:
    """The tables as text of 120 columns without colour or styles."""
    console = Console(width=120, color_system=None, force_terminal=False, legacy_windows=False, markup=False)
    with console.capture() as capture:
        for renderable in [
            *(evaluation_tables(evaluation, by) if evaluation else ()),
            *(link_tables(links) if links else ()),
        ]:
            console.print(renderable, highlight=False)
    return capture.get()


def accuracy_table(results: Mapping[str, Evaluation]) -> str:
    """A Markdown table of the headline figures: a row for each measure, a column for each corpus.

    A cell gives the figure (F1, share or mean F1), its 95 % interval where one was drawn, and what it rests on.
    """
    columns = [f"{name} ({result.documents} documents)" for name, result in results.items()]
    lines = [_markdown_row("measure", *columns), "|---|" + "---|" * len(columns)]
    for measure in HEADLINE:
        cells = [_cell(result, measure) for result in results.values()]
        if any(cells):
            lines.append(_markdown_row(f"`{measure}`", *(cell or "–" for cell in cells)))
    lines.append(
        _markdown_row("`secondary`", *(_figure_cell(r.secondary, r.bounds.get("secondary")) for r in results.values()))
    )
    return "\n".join(lines) + "\n"


def _headline_table(evaluation: Evaluation) -> Table:
    interval = f", intervals from {evaluation.resamples:,} resamples" if evaluation.bounds else ""
    table = _table(
        f"{evaluation.documents} documents{interval}",
        "measure", "figure", "95 % interval", "precision", "recall", "gold", "predicted", "right",
    )  # fmt: skip
    for name, measure in {**evaluation.headline, "secondary": evaluation.secondary}.items():
        table.add_row(name, f"{measure.figure:.3f}", _interval(evaluation.bounds.get(name)), *_details(measure))
    return table


def _details(measure: Measure) -> tuple[str, ...]:
    """Precision, recall, gold, predicted and right, as far as the measure has them."""
    if isinstance(measure, Counts):
        precision, recall = _decimals(measure.precision, measure.recall)
        return precision, recall, str(measure.gold), str(measure.predicted), str(measure.right)
    if isinstance(measure, Share):
        return "", "", str(measure.of), "", str(measure.right)
    return "", "", f"{measure.classes} classes", "", ""


def _breakdown_table(evaluation: Evaluation, by: str) -> Table:
    if by == "type":
        return _counts_table("By type", "type", evaluation.by_type)
    if by == "status":
        return _counts_table("By status, of matched reports", "status", evaluation.by_status)
    if by == "outlet":
        return _outlet_table(evaluation)
    raise UnusableOption(f"no breakdown by {by!r}; {did_you_mean(by, BREAKDOWNS)}")


def _counts_table(title: str, first: str, groups: Mapping[str, Counts]) -> Table:
    table = _table(title, first, "F1", "precision", "recall", "gold", "predicted", "right")
    for name, counts in sorted(groups.items()):
        table.add_row(name, *_decimals(*_prf(counts)), str(counts.gold), str(counts.predicted), str(counts.right))
    return table


def _outlet_table(evaluation: Evaluation) -> Table:
    table = _table("By outlet", "outlet", "documents", "gold reports", *OUTLET_MEASURES)
    for outlet, result in evaluation.by_outlet.items():
        figures = (f"{result.headline[name].figure:.3f}" if name in result.headline else "" for name in OUTLET_MEASURES)
        event = result.headline["event"]
        gold = str(event.gold) if isinstance(event, Counts) else ""
        table.add_row(outlet, str(result.documents), gold, *figures)
    return table


def _errors_table(evaluation: Evaluation) -> Table:
    table = Table(title="Missed and spurious reports", title_justify="left")
    for column in ("", "document", "type", "actors", "words"):
        table.add_column(column, overflow="fold")
    for error in evaluation.errors:
        actors = " ".join(f"{side}:{code}" for side, code in error.actors)
        table.add_row(error.kind, error.doc_id, error.type, actors, " … ".join(error.words))
    return table


def _table(title: str, first: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _cell(evaluation: Evaluation, name: str) -> str:
    measure = evaluation.headline.get(name)
    return "" if measure is None else _figure_cell(measure, evaluation.bounds.get(name))


def _figure_cell(measure: Measure, bounds: Bounds | None) -> str:
    if isinstance(measure, Counts):
        basis = f"{measure.gold} in gold"
    elif isinstance(measure, ClassMean):
        basis = f"{measure.classes} classes"
    else:
        basis = f"of {measure.of}"
    interval = f" [{_interval(bounds)}]" if bounds else ""
    return f"{measure.figure:.3f}{interval}, {basis}"


def _interval(bounds: Bounds | None) -> str:
    return f"{bounds.low:.3f}–{bounds.high:.3f}" if bounds else ""


def _prf(counts: Counts) -> tuple[float, float, float]:
    return counts.figure, counts.precision, counts.recall


def _decimals(*figures: float) -> Iterator[str]:
    return (f"{figure:.3f}" for figure in figures)


def _markdown_row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
