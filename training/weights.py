"""From labelled articles to the weights of drafts and reports, in one command:

    python training/weights.py LABELLED.jsonl... [--without PLAIN.jsonl...] [--readers FOLDER]

LABELLED are documents with gold reports; PLAIN are documents that hold none. It writes the rules' weights
(src/communique/pipeline/data/weights.json) and, with the folder that `training/reader.py` made, the learned coder's
(pipeline/learned/data/weights.json), and training/card.json: the data's hashes, the scores with whole outlets left out,
and the threshold chosen.

Two logistic models a coder: one weighs a draft (one trigger with its clause), one weighs the group of drafts that
become a report. A document is read by a reader that has not seen its outlet, and its drafts are scored by a model that
has not seen it either before the second model is fitted, so that it learns from scores as honest as those it will meet.
Needs scikit-learn; a CPU suffices (some minutes).
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from examples import folds
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from communique.evaluation import CodedEvent, group_reports, load_gold
from communique.evaluation.matching import match_events
from communique.pipeline.drafts import Draft, Parsed
from communique.pipeline.extract import choose
from communique.pipeline.gate import gate
from communique.pipeline.learned.reader import LearnedReader, reader_of
from communique.pipeline.learned.vocabulary import STATUSES
from communique.pipeline.merge import build_report, cluster_drafts, settle_parties
from communique.pipeline.merge.likely import features_of_events
from communique.pipeline.merge.pairs import features_of_pair
from communique.pipeline.merge.parties import features_of_parties
from communique.pipeline.merge.undated import features_of_undated
from communique.pipeline.merge.vouching import features_of_voice
from communique.pipeline.read import read
from communique.pipeline.resolve import DatesBySentence, resolve_events
from communique.pipeline.run import Coder
from communique.pipeline.weigh import probability, settle_status
from communique.records import Document, Status

PIPELINE = Path("src/communique/pipeline")
FOLDS = 4
RARE = 4
# How strongly the weights of groups are held down, and how often a feature of theirs must occur.
OF_GROUPS: dict[str, Any] = {"c": 0.05, "rare": 20}


@dataclass
class Page:
    """One document with its drafts, what is gold in it, and the fold and group it belongs to."""

    doc: Document
    parsed: Parsed
    drafts: list[Draft]
    dates: DatesBySentence
    gold: tuple[CodedEvent, ...]
    group: str
    by_rules: dict[int, Status]
    """The status of each draft as the rules have it."""


def main() -> None:
    """Read the arguments, train, write weights and card."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("labelled", nargs="+")
    options.add_argument("--without", nargs="*", default=[])
    options.add_argument("--readers", type=Path)
    given = options.parse_args()
    card: dict[str, object] = {"data": {Path(p).name: sha(p) for p in [*given.labelled, *given.without]}}
    coder = Coder("rules")
    for model in ("rules", "learned") if given.readers else ("rules",):
        readers = Readers(given.readers) if model == "learned" else None
        pages = [
            p
            for path in [*given.labelled, *given.without]
            for p in read_pages(Path(path), coder, path in given.without, readers)
        ]
        card[model] = train(model, coder, pages)
    Path("training/card.json").write_text(json.dumps(card, indent=1) + "\n")
    print(json.dumps(card, indent=1))


class Readers:
    """The readers of `training/reader.py`, one for each fold of outlets, each of which has not seen its fold."""

    def __init__(self, folder: Path) -> None:
        self._folds: dict[str, int] = json.loads(folder.joinpath("folds.json").read_text())
        self._readers = {k: reader_of(**read_files(folder / str(k))) for k in set(self._folds.values())}

    def of(self, outlet: str | None) -> LearnedReader:
        """The reader that has not seen the outlet; any for an outlet that none has seen."""
        return self._readers[self._folds.get(outlet or "", 0)]


def read_files(folder: Path) -> dict[str, bytes]:
    """The model and heads of a reader."""
    return {"model": folder.joinpath("reader.onnx").read_bytes(), "heads": folder.joinpath("heads.npz").read_bytes()}


def read_pages(path: Path, coder: Coder, plain: bool, readers: Readers | None) -> list[Page]:
    """The documents of a file that pass the gate, with every draft that is proposed in them, unweighed."""
    gold = {} if plain else {g.id: g.events for g in load_gold(path)}
    pages = []
    for doc in read([path]):
        if isinstance(doc, Document) and gate(doc).passed:
            coder.reader = readers.of(doc.outlet) if readers else None
            parsed, drafts, dates = coder.propose(doc, weights={})
            group = doc.outlet if doc.outlet and doc.outlet != "case" else doc.id
            by_rules = {id(d): d.status for d in drafts}
            pages.append(Page(doc, parsed, drafts, dates, gold.get(doc.id, ()), group, by_rules))
    return pages


def told(draft: Draft, gold: Sequence[CodedEvent]) -> bool:
    """Whether a draft's clause tells a gold report of its type with a party in common."""
    return any(tells([draft], g) and (not g.actors or g.actors & draft.codes()) for g in gold)


def tells(drafts: Sequence[Draft], event: CodedEvent) -> bool:
    """Whether drafts of one type have the type of a gold report and one of them its words."""
    return drafts[0].type == event.type and any(touch(d, s) for d in drafts for s in event.spans)


def touch(draft: Draft, span: tuple[int, int]) -> bool:
    """Whether two spans share half of the shorter one."""
    return min(draft.end, span[1]) - max(draft.start, span[0]) >= 0.5 * min(draft.end - draft.start, span[1] - span[0])


def train(model: str, coder: Coder, pages: Sequence[Page]) -> dict[str, object]:
    """Fit both models of one coder, write its weights, and return what the card says of it."""
    fold = folds([p.group for p in pages], FOLDS)
    events: list[tuple[dict[str, float], bool, str]] = []
    gold = sum(len(p.gold) for p in pages)
    for k in range(FOLDS):
        weights = fit_parts([p for p in pages if fold[p.group] != k], coder)
        for page in pages:
            if fold[page.group] == k:
                events.extend(group_rows(page, coder, weights))
    weights = fit_parts(pages, coder)
    weights["event"] = fit([e[0] for e in events], [e[1] for e in events], **OF_GROUPS)
    curve = left_out([e[0] for e in events], np.array([e[1] for e in events]), [e[2] for e in events], gold)
    best = max(curve, key=lambda row: row["f1"])
    folder = PIPELINE / ("learned/data" if model == "learned" else "data")
    (folder / "weights.json").write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n")
    return {
        "drafts": sum(len(p.drafts) for p in pages),
        "true": sum(told(d, p.gold) for p in pages for d in p.drafts),
        "outlets left out": curve,
        "threshold": best["threshold"],
    }


Tables = dict[str, Any]


def fit_parts(pages: Sequence[Page], coder: Coder) -> Tables:
    """The weights of drafts, statuses, pairs and parties of some pages; those of groups come last, by `train`."""
    found: Tables = {"status": fit_status(pages)}
    restate(pages, found["status"])
    found["draft"] = fit_drafts([(p, d, told(d, p.gold)) for p in pages for d in p.drafts])
    found["pair"] = fit_pairs(pages, coder, found)
    groups = meant_by_groups(pages, coder, found)
    found["party"] = fit_parties(groups)
    found["undated"] = fit_undated(groups)
    found["voice"] = fit_voice(groups)
    return found


def restate(pages: Sequence[Page], tables: Mapping[str, Mapping[str, float]]) -> None:
    """Give each draft the status that the tables weigh, from the rules' own."""
    for page in pages:
        for draft in page.drafts:
            draft.status = page.by_rules[id(draft)]
            settle_status(draft, tables)


def fit_status(pages: Sequence[Page]) -> dict[str, dict[str, float]]:
    """Weights by status and feature, learned from the drafts that tell gold reports."""
    told_by = [
        (d.status_features, page.gold[event].status)
        for page in pages
        for d in page.drafts
        if (event := event_of(d, page.gold)) is not None
    ]
    rows = [features for features, _ in told_by]
    return {status: fit(rows, [s == status for _, s in told_by], c=0.3, rare=4) for status in STATUSES}


def fit_drafts(rows: Sequence[tuple[Page, Draft, bool]]) -> dict[str, float]:
    """Weights by feature of drafts."""
    weights = [0.7 if "echo" in d.flags else 1.0 for _, d, _ in rows]
    return fit([d.features for _, d, _ in rows], [t for *_, t in rows], c=0.15, rare=RARE, weights=weights)


def events_of(page: Page, coder: Coder, weights: Tables) -> list[list[Draft]]:
    """The groups of drafts that a page falls into."""
    return cluster_drafts(likely(page, coder, weights), weights["pair"])


Meant = tuple[Page, list[Draft], list[CodedEvent]]


def meant_by_groups(pages: Sequence[Page], coder: Coder, weights: Tables) -> list[Meant]:
    """Each group of drafts of the pages with the gold reports that it tells and has a party in common with."""
    found: list[Meant] = []
    for page in pages:
        for event in events_of(page, coder, weights):
            codes = set().union(*(d.codes() for d in event))
            found.append((page, event, [g for g in page.gold if g.actors & codes and tells(event, g)]))
    return found


def fit_parties(groups: Sequence[Meant]) -> dict[str, float]:
    """Weights by feature of parties, learned from the groups of drafts that share a party with a gold report."""
    rows, true = [], []
    for _, event, meant in groups:
        if meant:
            codes = set().union(*(d.codes() for d in event))
            actors = max(meant, key=lambda g: len(g.actors & codes) / len(g.actors | codes)).actors
            for code, found in features_of_parties(event).items():
                rows.append(found)
                true.append(code in actors)
    return fit(rows, true, c=0.3, rare=5)


def fit_undated(groups: Sequence[Meant]) -> dict[str, float]:
    """Weights by which events without a told date have none in gold, learned from groups that are one gold report."""
    undated = [
        (features_of_undated(event, page.parsed.official), meant[0].date is None)
        for page, event, meant in groups
        if len(meant) == 1 and not any(d.date is not None and d.date.text is not None for d in event)
    ]
    return fit([features for features, _ in undated], [none for _, none in undated], c=0.3, rare=4)


def fit_voice(groups: Sequence[Meant]) -> dict[str, float]:
    """Weights by which another than the outlet vouches, learned from groups that are one gold report."""
    told = [(features_of_voice(event), meant[0].voice is not None) for _, event, meant in groups if len(meant) == 1]
    return fit([features for features, _ in told], [another for _, another in told], c=0.1, rare=5)


def fit_pairs(pages: Sequence[Page], coder: Coder, weights: Tables) -> dict[str, float]:
    """Weights by feature of pairs of drafts, learned from the likely ones that tell gold reports.

    A document of many drafts has many more pairs, so that each counts less.
    """
    rows: list[dict[str, float]] = []
    same: list[bool] = []
    counts: list[float] = []
    for page in pages:
        told_by = [(d, e) for d in likely(page, coder, weights) if (e := event_of(d, page.gold)) is not None]
        pairs = [(a, b, x == y) for (a, x), (b, y) in combinations(told_by, 2) if a.type == b.type]
        for a, b, one in pairs:
            rows.append(features_of_pair(a, b))
            same.append(one)
            counts.append(1 / math.sqrt(len(pairs)))
    return fit(rows, same, c=0.3, rare=5, weights=counts)


def likely(page: Page, coder: Coder, weights: Tables) -> list[Draft]:
    """The likely drafts of a page with their dates and places, as copies."""
    drafts = copy.deepcopy(page.drafts)
    for draft in drafts:
        draft.score = probability(draft.features, weights["draft"])
    return resolve_events(choose(drafts), page.parsed, coder.lexicon, page.dates)


def event_of(draft: Draft, gold: Sequence[CodedEvent]) -> int | None:
    """The gold report that a draft tells, the one with most parties in common; None without one or between two."""
    told_by = [
        (len(g.actors & draft.codes()) / max(1, len(g.actors | draft.codes())), n)
        for n, g in enumerate(gold)
        if tells([draft], g) and (not g.actors or g.actors & draft.codes())
    ]
    best = sorted(told_by, reverse=True)[:2]
    return None if not best or (len(best) == 2 and best[0][0] == best[1][0]) else best[0][1]


def group_rows(page: Page, coder: Coder, weights: Tables) -> list[tuple[dict[str, float], bool, str]]:
    """The groups of drafts that a page would become, with their features and whether they are gold reports."""
    restate([page], weights["status"])
    events = events_of(page, coder, weights)
    parties = [settle_parties(event, weights["party"]) for event in events]
    reports = [build_report(page.parsed, e, 0.5, coder.codebook, coder.versions) for e in events]
    coded = group_reports(reports).get(page.doc.id, [])
    hits = {j for _, j in match_events(page.gold, coded, len(page.doc.text))}
    return [(found, j in hits, page.group) for j, found in enumerate(features_of_events(events, parties))]


def fit(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[bool],
    *,
    c: float,
    rare: int,
    weights: Sequence[float] | None = None,
) -> dict[str, float]:
    """Weights of a logistic model over named features that occur at least `rare` times."""
    counted = Counter(name for row in rows for name in row)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{k: v for k, v in row.items() if counted[k] >= rare} for row in rows])
    model = LogisticRegression(C=c, max_iter=400).fit(matrix, labels, sample_weight=weights)
    return rounded(dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True)), float(model.intercept_[0]))


def rounded(weights: Mapping[str, float], bias: float) -> dict[str, float]:
    """The weights to three places without those near nothing, and the bias."""
    return {"bias": round(bias, 3), **{k: round(float(w), 3) for k, w in weights.items() if abs(w) >= 0.02}}


def left_out(
    rows: Sequence[Mapping[str, float]], labels: np.ndarray, groups: Sequence[str], gold: int
) -> list[dict[str, float]]:
    """Precision, recall and F1 of reports by threshold, each scored by a model that saw none of its outlet."""
    scores = np.zeros(len(labels))
    for seen, unseen in GroupKFold(FOLDS).split(rows, labels, groups):
        table = fit([rows[i] for i in seen], labels[seen].tolist(), **OF_GROUPS)
        for i in unseen:
            scores[i] = probability(rows[i], table)
    curve = []
    for threshold in np.arange(0.15, 0.55, 0.02):
        chosen = scores >= threshold
        hits = int(labels[chosen].sum())
        p, r = hits / max(1, int(chosen.sum())), hits / gold
        curve.append(
            {
                "threshold": round(float(threshold), 2),
                "p": round(p, 3),
                "r": round(r, 3),
                "f1": round(2 * p * r / max(1e-9, p + r), 3),
            }
        )
    return curve


def sha(path: str) -> str:
    """The file's sha256."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
