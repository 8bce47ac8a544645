"""From labelled articles to the coders' weights, in one command:

    python training/weights.py LABELLED.jsonl... [--without PLAIN.jsonl...]

LABELLED are documents with gold reports; PLAIN are documents that hold none. It writes the rules' weights
(src/communique/pipeline/data/weights.json), the learned coder's (pipeline/learned/data/{weights.json,heads.npz}) and
training/card.json: the data's hashes, the scores with whole outlets left out, and the threshold chosen.

Two logistic models a coder: one weighs a draft (one trigger with its clause), one weighs the group of drafts that
become a report. Drafts are scored by a model that has not seen their outlet before the second model is fitted, so that
it learns from scores as honest as those it will meet. Needs scikit-learn; a CPU suffices (some minutes).
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from communique.evaluation import CodedEvent, group_reports, load_gold
from communique.evaluation.matching import match_events
from communique.pipeline.drafts import Draft, Parsed
from communique.pipeline.extract import choose
from communique.pipeline.gate import gate
from communique.pipeline.learned.encoder import load_encoder
from communique.pipeline.learned.reader import clause_of
from communique.pipeline.merge import build_report, cluster_drafts, density_of
from communique.pipeline.merge.likely import features_of
from communique.pipeline.read import read
from communique.pipeline.resolve import DatesBySentence, resolve_events
from communique.pipeline.run import Coder
from communique.pipeline.weigh import probability
from communique.records import Document

PIPELINE = Path("src/communique/pipeline")
FOLDS = 4
RARE = 4
MEANING_SCALE = 4.0


@dataclass
class Page:
    """One document with its drafts, what is gold in it, and the fold and group it belongs to."""

    doc: Document
    parsed: Parsed
    drafts: list[Draft]
    dates: DatesBySentence
    gold: tuple[CodedEvent, ...]
    group: str


def main() -> None:
    """Read the arguments, train, write weights and card."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("labelled", nargs="+")
    options.add_argument("--without", nargs="*", default=[])
    given = options.parse_args()
    coder = Coder("rules")
    pages = [
        p for path in [*given.labelled, *given.without] for p in read_pages(Path(path), coder, path in given.without)
    ]
    rows = [(p, d, told(d, p.gold)) for p in pages for d in p.drafts]
    encoder = load_encoder()
    clauses = sorted({clause_of(d, p.doc.text) for p, d, _ in rows})
    vectors = dict(zip(clauses, encoder.encode(clauses), strict=True))
    card: dict[str, object] = {
        "data": {Path(p).name: sha(p) for p in [*given.labelled, *given.without]},
        "drafts": len(rows),
        "true": sum(t for *_, t in rows),
    }
    for model in ("rules", "learned"):
        card[model] = train(model, coder, pages, rows, vectors)
    Path("training/card.json").write_text(json.dumps(card, indent=1) + "\n")
    print(json.dumps(card, indent=1))


def read_pages(path: Path, coder: Coder, plain: bool) -> list[Page]:
    """The documents of a file that pass the gate, with every draft that the rules propose, unweighed."""
    gold = {} if plain else {g.id: g.events for g in load_gold(path)}
    pages = []
    for doc in read([path]):
        if isinstance(doc, Document) and gate(doc).passed:
            parsed, drafts, dates = coder.propose(doc, table={})
            pages.append(
                Page(doc, parsed, drafts, dates, gold.get(doc.id, ()), doc.outlet if doc.outlet != "case" else doc.id)
            )
    return pages


def told(draft: Draft, gold: Sequence[CodedEvent]) -> bool:
    """Whether a draft's clause tells a gold report of its type with a party in common."""
    return any(
        g.type == draft.type and any(touch(draft, s) for s in g.spans) and (not g.actors or g.actors & draft.codes())
        for g in gold
    )


def touch(draft: Draft, span: tuple[int, int]) -> bool:
    """Whether two spans share half of the shorter one."""
    return min(draft.end, span[1]) - max(draft.start, span[0]) >= 0.5 * min(draft.end - draft.start, span[1] - span[0])


def train(
    model: str,
    coder: Coder,
    pages: Sequence[Page],
    rows: Sequence[tuple[Page, Draft, bool]],
    vectors: Mapping[str, np.ndarray],
) -> dict[str, object]:
    """Fit both models of one coder, write its weights, and return what the card says of it."""
    fold = folds([p.group for p in pages])
    events: list[tuple[dict[str, float], bool, str]] = []
    gold = sum(len(p.gold) for p in pages)
    for k in range(FOLDS):
        table, heads = fit_drafts([r for r in rows if fold[r[0].group] != k], vectors, model == "learned")
        for page in pages:
            if fold[page.group] == k:
                events.extend(group_rows(page, coder, table, heads, vectors))
    table, heads = fit_drafts(rows, vectors, model == "learned")
    event_table = fit([e[0] for e in events], [e[1] for e in events], c=0.3, rare=8)
    curve = left_out([e[0] for e in events], np.array([e[1] for e in events]), [e[2] for e in events], gold)
    best = max(curve, key=lambda row: row["f1"])
    folder = PIPELINE / ("learned/data" if model == "learned" else "data")
    (folder / "weights.json").write_text(
        json.dumps({"draft": table, "event": event_table}, indent=0, sort_keys=True) + "\n"
    )
    if heads:
        np.savez(folder / "heads.npz", **{k: v.astype(np.float16) for k, v in heads.items()})
    return {"outlets left out": curve, "threshold": best["threshold"]}


def folds(groups: Sequence[str]) -> dict[str, int]:
    """Each group in one fold, the folds about equally large."""
    load, out = [0] * FOLDS, {}
    for group, count in Counter(groups).most_common():
        k = min(range(FOLDS), key=load.__getitem__)
        out[group] = k
        load[k] += count
    return out


def fit_drafts(
    rows: Sequence[tuple[Page, Draft, bool]], vectors: Mapping[str, np.ndarray], learned: bool
) -> tuple[dict[str, float], dict[str, np.ndarray]]:
    """Weights by feature and, for the learned coder, a head by type."""
    counted = Counter(name for _, d, _ in rows for name in d.features)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{k: v for k, v in d.features.items() if counted[k] >= RARE} for _, d, _ in rows])
    types = sorted({d.type for _, d, _ in rows})
    if learned:
        crossed = np.zeros((len(rows), 384 * len(types)), dtype=np.float32)
        for i, (page, draft, _) in enumerate(rows):
            at = 384 * types.index(draft.type)
            crossed[i, at : at + 384] = vectors[clause_of(draft, page.doc.text)] * MEANING_SCALE
        matrix = hstack([matrix, csr_matrix(crossed)]).tocsr()
    model = LogisticRegression(C=0.15, max_iter=400).fit(
        matrix, [t for *_, t in rows], sample_weight=[0.7 if "echo" in d.flags else 1.0 for _, d, _ in rows]
    )
    names, weights = vectorizer.feature_names_, model.coef_[0]
    table = rounded(dict(zip(names, weights, strict=False)), float(model.intercept_[0]))
    rest = weights[len(names) :] * MEANING_SCALE
    return table, {t: rest[384 * i : 384 * (i + 1)] for i, t in enumerate(types)} if learned else {}


def group_rows(
    page: Page,
    coder: Coder,
    table: Mapping[str, float],
    heads: Mapping[str, np.ndarray],
    vectors: Mapping[str, np.ndarray],
) -> list[tuple[dict[str, float], bool, str]]:
    """The groups of drafts that a page would become, with their features and whether they are gold reports."""
    drafts = copy.deepcopy(page.drafts)
    for draft in drafts:
        meaning = float(vectors[clause_of(draft, page.doc.text)] @ heads[draft.type]) if draft.type in heads else 0.0
        draft.score = probability({**draft.features, "meaning": meaning}, {**table, "meaning": 1.0})
    drafts = resolve_events(choose(drafts), page.parsed, coder.lexicon, page.dates)
    density, clusters = density_of(drafts), cluster_drafts(drafts)
    reports = [build_report(page.parsed, c, 0.5, coder.codebook, coder.versions) for c in clusters]
    coded = group_reports(reports).get(page.doc.id, [])
    hits = {j for _, j in match_events(page.gold, coded, len(page.doc.text))}
    return [(features_of(c, density), j in hits, page.group) for j, c in enumerate(clusters)]


def fit(rows: Sequence[Mapping[str, float]], labels: Sequence[bool], *, c: float, rare: int) -> dict[str, float]:
    """Weights of a logistic model over named features that occur at least `rare` times."""
    counted = Counter(name for row in rows for name in row)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{k: v for k, v in row.items() if counted[k] >= rare} for row in rows])
    model = LogisticRegression(C=c, max_iter=400).fit(matrix, labels)
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
        table = fit([rows[i] for i in seen], labels[seen].tolist(), c=0.3, rare=8)
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
