"""Links reports into engagements: features, candidate pairs, scores, groups under constraints, names and reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from communique.errors import InputError
from communique.pipeline.engagements import LinkReason
from communique.pipeline.link.blocking import Blocking, candidate_pairs
from communique.pipeline.link.cluster import Constraints, Roots, cluster
from communique.pipeline.link.doubles import doubles
from communique.pipeline.link.features import STATUSES, Features, Ints, build_features
from communique.pipeline.link.identity import engagement_id
from communique.pipeline.link.items import DocumentInfo, LinkItem
from communique.pipeline.link.knowledge import Rules, load_rules
from communique.pipeline.link.nodes import Nodes, collapse
from communique.pipeline.link.score import Scorer, Scores


@dataclass(frozen=True, slots=True)
class Judgements:
    """What people decided: pairs of report ids that are one engagement, and pairs that are not."""

    together: Sequence[tuple[str, str]] = ()
    apart: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One report's engagement; `score` and `why` tell of its link to `partner`, or of the nearest that was refused."""

    doc_id: str
    index: int
    report_id: str
    engagement_id: str
    partner: str | None
    score: float | None
    why: tuple[LinkReason, ...]


@dataclass(slots=True)
class Links:
    """The engagement of every report, in the order of founding (published, document hash, index).

    `labels` gives the number of each engagement's founding row; `partners` the row that each report is closest to, or
    -1; `compared`, `crowded_blocks` and `crowded_reports` tell how much was compared and where only neighbours were.
    """

    features: Features
    labels: Ints
    partners: Ints
    scores: Scores
    scorer: Scorer
    human: frozenset[int] = frozenset()
    nodes: int = 0
    compared: int = 0
    crowded_blocks: int = 0
    crowded_reports: int = 0
    _names: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many reports there are."""
        return len(self.labels)

    def name(self, row: int) -> str:
        """The engagement id of a row."""
        founder = int(self.labels[row])
        if founder not in self._names:
            self._names[founder] = engagement_id(self.features.report_ids[founder])
        return self._names[founder]

    def link(self, row: int) -> Link:
        """The row's engagement with the reasons."""
        partner = int(self.partners[row])
        report = self.features.report_ids
        return Link(
            doc_id=self.features.doc_ids[self.features.docs[row]],
            index=int(self.features.indexes[row]),
            report_id=report[row],
            engagement_id=self.name(row),
            partner=report[partner] if partner >= 0 else None,
            score=round(float(self.scores[row]), 3) if partner >= 0 else None,
            why=self.reasons(row),
        )

    def reasons(self, row: int) -> tuple[LinkReason, ...]:
        """Why the row is where it is: the levels that made its score with its partner."""
        partner = int(self.partners[row])
        if partner < 0:
            return (LinkReason("alone", "nothing like it was found", 0.0),)
        told = self.scorer.reasons(row, partner)
        if self.labels[row] != self.labels[partner]:
            return (LinkReason("alone", "the nearest other report was refused", 0.0), *told)
        return (LinkReason("human", "judged to be one", 0.0), *told) if row in self.human else told

    def __iter__(self) -> Iterator[Link]:
        """Every report's link, in founding order."""
        return (self.link(row) for row in range(len(self)))

    def engagement_of(self) -> dict[str, str]:
        """Each report id with its engagement id."""
        return {report: self.name(row) for row, report in enumerate(self.features.report_ids)}

    def members(self) -> dict[str, list[str]]:
        """Each engagement id with its report ids, the founder first."""
        found: dict[str, list[str]] = {}
        for row, report in enumerate(self.features.report_ids):
            found.setdefault(self.name(row), []).append(report)
        return found


def link_reports(
    reports: Iterable[LinkItem],
    documents: Mapping[str, DocumentInfo],
    *,
    judgements: Judgements | None = None,
    rules: Rules | None = None,
) -> Links:
    """The engagements of all reports. The same reports give the same links in whatever order they come.

    `reports` is read once and may be a generator. A document that `documents` lacks is taken as undated. Raises
    InputError where judgements contradict each other. Of two reports with one id the later is called `id~2`.
    """
    rules = rules or load_rules()
    features = founding_order(build_features(reports, documents), documents)
    features.columns["double"] = doubles(features, Scorer(features, rules=rules), rules.threshold)
    judged = _judged_rows(features, judgements or Judgements())
    scorer = Scorer(features, rules=rules)
    nodes = collapse(
        features, scorer, {row for pair in (*judged.together, *judged.apart) for row in pair}, rules.threshold
    )
    node_scorer = Scorer(features, {name: column[nodes.head] for name, column in features.columns.items()}, rules)
    blocking = candidate_pairs(node_scorer.columns, features.values, rules)
    constraints = Constraints(
        nodes.tellers(features),
        [(int(nodes.of[a]), int(nodes.of[b])) for a, b in judged.together],
        [(int(nodes.of[a]), int(nodes.of[b])) for a, b in judged.apart],
    )
    scores = node_scorer.scores(blocking.first, blocking.second)
    groups = cluster(blocking.first, blocking.second, scores, constraints, rules.threshold, rules.missing)
    partners, best = _partners(groups, blocking, scores, nodes, scorer)
    return Links(
        features=features,
        labels=nodes.head[groups][nodes.of],
        partners=partners,
        scores=best,
        scorer=scorer,
        human=frozenset(row for pair in judged.together for row in pair),
        nodes=len(nodes.head),
        compared=len(scores),
        crowded_blocks=blocking.crowded_blocks,
        crowded_reports=blocking.crowded_reports,
    )


def founding_order(features: Features, documents: Mapping[str, DocumentInfo]) -> Features:
    """The same features in the order (published, document hash, document, index), values renumbered in that order."""
    late = dt.date.max.toordinal()
    ranks = sorted(
        range(len(features.doc_ids)),
        key=lambda d: _document_order(features.doc_ids[d], documents.get(features.doc_ids[d]), late),
    )
    place = np.empty(len(ranks), dtype=np.int64)
    place[ranks] = np.arange(len(ranks))
    order = np.lexsort((features.indexes, place[features.docs])) if len(features) else np.zeros(0, np.int64)
    return features.reordered(order, place, ranks)


def _document_order(doc_id: str, info: DocumentInfo | None, late: int) -> tuple[int, str, str]:
    published = info.published.toordinal() if info is not None and info.published is not None else late
    return published, info.hash if info is not None else "", doc_id


def _judged_rows(features: Features, judgements: Judgements) -> _Judged:
    """The judgements as rows. A report that is not among those given is passed over: it may not be coded any more."""
    if not judgements.together and not judgements.apart:
        return _Judged([], [])
    row_of = {report: row for row, report in enumerate(features.report_ids)}
    together, apart = (
        [(row_of[a], row_of[b]) for a, b in pairs if a in row_of and b in row_of]
        for pairs in (judgements.together, judgements.apart)
    )
    groups = Roots(len(features))
    for a, b in together:
        groups.join(a, b)
    for a, b in apart:
        if groups.find(a) == groups.find(b):
            told = (
                f"reports {features.report_ids[a]!r} and {features.report_ids[b]!r} are judged to be one and to be two"
            )
            raise InputError(f"{told}; undo the merge or the split")
    return _Judged(together, apart)


@dataclass(frozen=True, slots=True)
class _Judged:
    together: list[tuple[int, int]]
    apart: list[tuple[int, int]]


def _partners(groups: Ints, blocking: Blocking, scores: Scores, nodes: Nodes, scorer: Scorer) -> tuple[Ints, Scores]:
    """For each report the row closest to it: in its engagement if there is one, else the nearest that was refused."""
    count = len(nodes.head)
    node = np.concatenate([blocking.first, blocking.second])
    other = np.concatenate([blocking.second, blocking.first])
    score = np.concatenate([scores, scores])
    order = np.lexsort((other, -score, groups[node] != groups[other], node))
    node, other, score = node[order], other[order], score[order]
    begins = np.flatnonzero(np.r_[True, node[1:] != node[:-1]]) if len(node) else np.zeros(0, np.int64)
    partner, best = np.full(count, -1, dtype=np.int64), np.full(count, np.nan, dtype=np.float32)
    partner[node[begins]], best[node[begins]] = other[begins], score[begins]
    known = partner >= 0
    rows = np.where(known, nodes.head[np.maximum(partner, 0)], -1)[nodes.of]
    told = best[nodes.of]
    twins = np.flatnonzero(nodes.head[nodes.of] != np.arange(len(nodes.of)))
    rows[twins], told[twins] = nodes.head[nodes.of[twins]], scorer.scores(twins, nodes.head[nodes.of[twins]])
    lone_head = np.flatnonzero(nodes.second[nodes.of] >= 0)
    first_twin = lone_head[nodes.head[nodes.of[lone_head]] == lone_head]
    rows[first_twin] = nodes.second[nodes.of[first_twin]]
    told[first_twin] = scorer.scores(first_twin, rows[first_twin])
    return rows, told


__all__ = ["STATUSES", "Judgements", "Link", "Links", "founding_order", "link_reports"]
