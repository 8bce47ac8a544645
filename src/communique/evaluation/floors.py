"""Scores that may not drop, pinned to the SHA-256 of the gold files they were measured on.

A floors file lies beside its gold files:
`{"corpora": {"demo": {"files": {"demo.jsonl": sha256}, "scores": {"event": 0.9}}}, "regressions": [...]}`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from communique.errors import EvaluationError, UnreadableInput

CORPUS_FILES: Mapping[str, tuple[str, ...]] = {
    "demo": ("demo.jsonl",),
    "cases": ("cases.jsonl",),
    "demo-links": ("demo.jsonl", "clusters.json"),
}
"""The gold files that each corpus' scores rest on."""

TOLERANCE = 1e-9


class Result(Protocol):
    """Anything measured: an Evaluation or a LinkEvaluation."""

    def figures(self) -> dict[str, float]:
        """The main figure of each measure."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A score below its floor; `score` is None where the measure was not made at all."""

    corpus: str
    measure: str
    floor: float
    score: float | None

    def __str__(self) -> str:
        """The breach in words."""
        score = "not measured" if self.score is None else f"{self.score:.4f}"
        return f"{self.corpus} {self.measure}: {score}, floor {self.floor:.4f}"


@dataclass(frozen=True, slots=True)
class CorpusFloors:
    """The floors of one corpus and the SHA-256 of each file they were measured on."""

    files: Mapping[str, str]
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Floors:
    """All floors, the folder of the gold files, and the notes of every allowed regression."""

    folder: Path
    corpora: Mapping[str, CorpusFloors] = field(default_factory=dict)
    regressions: Sequence[Mapping[str, Any]] = ()

    def only(self, *names: str) -> Floors:
        """The floors of some corpora, for a check that measures only these."""
        return replace(self, corpora={name: floors for name, floors in self.corpora.items() if name in names})


def load_floors(path: Path | str) -> Floors:
    """The floors of a floors.json file, whose gold files lie in the same folder. Raises UnreadableInput."""
    path = Path(path)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        corpora = {
            name: CorpusFloors(dict(given["files"]), {m: float(s) for m, s in given["scores"].items()})
            for name, given in content["corpora"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableInput(f'{path}: no floors file ({error!r}); an empty one is {{"corpora": {{}}}}') from None
    return Floors(path.parent, corpora, tuple(content.get("regressions", ())))


def save_floors(floors: Floors, path: Path | str) -> None:
    """Write the floors to a file, whole or not at all."""
    content = {
        "corpora": {
            name: {"files": dict(given.files), "scores": dict(sorted(given.scores.items()))}
            for name, given in sorted(floors.corpora.items())
        },
        "regressions": [dict(note) for note in floors.regressions],
    }
    part = Path(f"{path}.part")
    part.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)


def check_floors(results: Mapping[str, Result], floors: Floors) -> list[Breach]:
    """The scores that lie below their floors, by corpus; empty where all hold.

    Raises EvaluationError where a pinned corpus has no result, or where its gold files are not the ones that the
    floors were measured on.
    """
    breaches = []
    for name, pinned in floors.corpora.items():
        if name not in results:
            raise EvaluationError(f"floors pin {name!r} but it was not measured; measure it or check floors.only(...)")
        changed = _changed_files(floors.folder, pinned.files)
        if changed:
            raise EvaluationError(
                f"{name}: {', '.join(changed)} changed since the floors were set, so scores cannot be compared; "
                "restore the file, or set new floors with allow_regression and a note"
            )
        breaches += _breaches(name, results[name].figures(), pinned.scores)
    return breaches


def raise_floors(
    results: Mapping[str, Result], floors: Floors, *, allow_regression: bool = False, note: str | None = None
) -> Floors:
    """The floors with the results' scores as the new floors of their corpora; other corpora stay as they are.

    A score below its floor, a measure that is no longer made or changed gold files raise EvaluationError, unless
    `allow_regression` comes with a `note` that says why; the note is kept in the file with what was lowered.
    """
    if allow_regression and not (note and note.strip()):
        raise EvaluationError("floors are lowered only with a note that says why; give note")
    corpora = dict(floors.corpora)
    regressions = list(floors.regressions)
    for name, result in results.items():
        lowered = _lowered(name, result, floors)
        if lowered and not allow_regression:
            raise EvaluationError(
                f"floors would be lowered: {'; '.join(lowered)}; mend the coder, or allow the regression with a note"
            )
        if lowered:
            regressions.append({"corpus": name, "note": note, "lowered": lowered})
        corpora[name] = CorpusFloors(_hashes(floors.folder, name), result.figures())
    return replace(floors, corpora=corpora, regressions=tuple(regressions))


def _lowered(name: str, result: Result, floors: Floors) -> list[str]:
    """What a new pin of the corpus would give up, in words."""
    pinned = floors.corpora.get(name)
    if pinned is None:
        return []
    changed = [
        f"{file} is not the file that {name} was measured on" for file in _changed_files(floors.folder, pinned.files)
    ]
    return changed + [str(breach) for breach in _breaches(name, result.figures(), pinned.scores)]


def _breaches(corpus: str, figures: Mapping[str, float], scores: Mapping[str, float]) -> list[Breach]:
    return [
        Breach(corpus, measure, floor, figures.get(measure))
        for measure, floor in scores.items()
        if measure not in figures or figures[measure] < floor - TOLERANCE
    ]


def _changed_files(folder: Path, hashes: Mapping[str, str]) -> list[str]:
    return [name for name, pinned in hashes.items() if _sha256(folder / name) != pinned]


def _hashes(folder: Path, corpus: str) -> dict[str, str]:
    return {name: _sha256(folder / name) for name in CORPUS_FILES.get(corpus, (f"{corpus}.jsonl",))}


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise EvaluationError(
            f"{path}: cannot be read ({error.strerror}); floors need the gold file they pin"
        ) from None
