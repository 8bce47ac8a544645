"""What every exporter takes: documents, each with its reports in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from communique.records import Document, Report

Coded = tuple[Document, Sequence[Report]]
"""A document and the reports that it holds."""


def pairs(coded: Iterable[Coded]) -> Iterator[tuple[Document, Report]]:
    """Each report with its document, in order."""
    for doc, reports in coded:
        for report in reports:
            yield doc, report
