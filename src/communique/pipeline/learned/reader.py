"""The reader: a small encoder that reads some sentences at once.

It says which words tell an event, who takes part in it and how, when and where, and which words tell the same one.

Trained by `training/reader.py`; int8 ONNX weights checked at load, one thread. The heads are small and run in numpy.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from communique.errors import ModelError
from communique.pipeline.drafts import Mention, Reading, Sentence
from communique.pipeline.learned.pieces import Extent, Marked, Window, windows_of
from communique.pipeline.learned.vocabulary import MARKS, ROLES, STATUSES, TYPES
from communique.pipeline.weigh import Weights, load_weights

Array = npt.NDArray[np.float32]
DATA = "communique.pipeline.learned"
BATCH = 8


class LearnedReader:
    """The encoder with its heads.

    `heads` holds the weights of the role heads, within a sentence (near), over sentences (far) and of dates and places
    (mark), of the states' head, and of the head that tells whether two words tell one event (pair, twice, apart, types,
    same).
    """

    def __init__(self, model: bytes, heads: Mapping[str, Array]) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._heads = heads

    def read(
        self,
        sentences: Sequence[Sentence],
        mentions: Mapping[int, Sequence[Mention]],
        marked: Mapping[int, Sequence[Marked]],
    ) -> dict[int, Reading]:
        """What the reader makes of each sentence, by the sentence's index."""
        windows = sorted(windows_of(sentences, mentions, marked), key=lambda w: len(w.ids))
        found: dict[int, Reading] = {}
        for start in range(0, len(windows), BATCH):
            batch = windows[start : start + BATCH]
            states, triggers = self._run(batch)
            for row, window in enumerate(batch):
                found.update(self._readings(WindowRead(window, states[row], self._heads), triggers[row]))
        return found

    def _run(self, batch: Sequence[Window]) -> tuple[Array, Array]:
        """States (n, length, 384) and trigger scores (n, length, types) of windows padded to one length."""
        length = max(len(w.ids) for w in batch)

        def padded(name: str) -> npt.NDArray[np.int64]:
            return np.array([[*getattr(w, name), *[0] * (length - len(w.ids))] for w in batch], dtype=np.int64)

        mask = np.array([[1] * len(w.ids) + [0] * (length - len(w.ids)) for w in batch], dtype=np.int64)
        given = {name: padded(name) for name in ("ids", "kinds", "shapes", "context")}
        states, triggers = self._session.run(["states", "triggers"], given | {"mask": mask})
        return states, triggers

    def _readings(self, read: WindowRead, triggers: Array) -> Iterator[tuple[int, Reading]]:
        """The readings of a window's sentences: triggers and statuses of all words at once, roles of a word when
        asked."""
        window = read.window
        scores = triggers[window.first]
        said = read.statuses()
        for sentence in sorted(set(window.sentence_of)):
            rows = [n for n, s in enumerate(window.sentence_of) if s == sentence]
            yield (
                sentence,
                Reading(
                    words={window.tokens[row]: row - rows[0] for row in rows},
                    triggers={kind: scores[rows, number] for number, kind in enumerate(TYPES)},
                    statuses={status: said[rows, number] for number, status in enumerate(STATUSES)},
                    voices=said[rows, len(STATUSES)],
                    roles_at=partial(read.roles_at, rows[0]),
                    marks_at=partial(read.marks_at, rows[0]),
                    same_at=partial(read.same_at, rows[0]),
                ),
            )


class WindowRead:
    """A window with the states of its pieces (n, 384), of which the small heads are asked word by word."""

    def __init__(self, window: Window, states: Array, heads: Mapping[str, Array]) -> None:
        self.window, self.states, self.heads = window, states, heads
        self.row_of = {place: row for row, place in enumerate(zip(window.sentence_of, window.tokens, strict=True))}
        self.theirs: dict[str, Array] = {}
        self.asked: dict[tuple[int, int], dict[tuple[int, int], dict[str, float]]] = {}

    def linear(self, name: str, x: Array) -> Array:
        """A linear layer of the heads."""
        out: Array = x @ self.heads[f"{name}.weight"].T + self.heads.get(f"{name}.bias", np.float32(0))
        return out

    def statuses(self) -> Array:
        """Scores (words, statuses and voice) of all words."""
        return self.linear("states", self.states[self.window.first])

    def roles_at(self, begin: int, row: int, kind: str) -> dict[tuple[int, int], dict[str, float]]:
        """The share of each role by a mention's start and end, for the word of a row of the sentence at `begin`."""
        key = begin + row, TYPES.index(kind)
        if key not in self.asked:
            here = self.window.sentence_of[key[0]]
            named = [n for n, e in enumerate(self.window.extents) if e.what not in MARKS]
            near = [n for n in named if self.window.extents[n].sentence == here]
            far = [n for n in named if self.window.extents[n].sentence != here]
            self.asked[key] = {
                (self.window.extents[n].start, self.window.extents[n].end): dict(
                    zip(ROLES, map(float, held), strict=True)
                )
                for head, chosen in (("near", near), ("far", far))
                for n, held in zip(chosen, softmax(self.pairs(head, chosen, *key)), strict=True)
            }
        return self.asked[key]

    def marks_at(self, begin: int, row: int, kind: str) -> dict[Marked, float]:
        """How much each date and place of the window is taken for the event's own."""
        marks = [n for n, e in enumerate(self.window.extents) if e.what in MARKS]
        odds = self.pairs("mark", marks, begin + row, TYPES.index(kind))
        return {
            (e.start, e.end, e.what): 1 / (1 + math.exp(-float(held[0])))
            for e, held in zip((self.window.extents[n] for n in marks), odds, strict=True)
        }

    def pairs(self, head: str, chosen: Sequence[int], row: int, kind: int) -> Array:
        """The scores (extents, outputs) that a head gives to some extents with the word of a row."""
        if not chosen:
            return np.zeros((0, 1), dtype=np.float32)
        if head not in self.theirs:
            ends = [[*self.states[e.first], *self.states[e.last]] for e in self.window.extents]
            self.theirs[head] = self.linear(f"{head}.extent", np.array(ends, dtype=np.float32))
        piece, here = self.window.first[row], self.window.sentence_of[row]
        mine, theirs = self.linear(f"{head}.word", self.states[piece]), self.theirs[head][list(chosen)]
        joined = mine + theirs + self.linear(f"{head}.product", mine * theirs)
        far = [step(head, piece, here, self.window.extents[n]) for n in chosen]
        joined += self.heads[f"{head}.types.weight"][kind] + self.heads[f"{head}.distance.weight"][far]
        return self.linear(f"{head}.out", gelu(joined))

    def same_at(self, begin: int, row: int, sentence: int, token: int, kind: str) -> float | None:
        """The log odds that the words of two triggers of one type tell one event; None where not both were read."""
        other = self.row_of.get((sentence, token))
        if other is None:
            return None
        x, y = sorted((begin + row, other))
        a, b = (self.linear("pair", self.states[self.window.first[n]]) for n in (x, y))
        gap = self.window.sentence_of[y] - self.window.sentence_of[x]
        joined = a + b + self.linear("twice", a * b) + self.heads["apart.weight"][min(gap, 3)]
        joined = joined + self.heads["types.weight"][TYPES.index(kind)]
        return float(self.linear("same", gelu(joined))[0])


NEAR_STEPS, FAR_STEPS = 8, 5


def step(head: str, piece: int, here: int, extent: Extent) -> int:
    """Where an extent stands from a word, as the head counts it."""
    if extent.sentence == here:
        return within(piece, extent.first, extent.last)
    return elsewhere(here - extent.sentence, extent.sentence) + (NEAR_STEPS if head == "mark" else 0)


def within(word: int, first: int, last: int) -> int:
    """How far an extent stands from a word of its sentence, in eight steps, before or after it (pieces)."""
    away = 0 if first <= word <= last else (first - word if word < first else last - word)
    size = 0 if away == 0 else min(3, 1 + int(math.log2(abs(away)) / 2))
    return size if away >= 0 else 4 + min(3, size)


def elsewhere(back: int, sentence: int) -> int:
    """Where an extent of another sentence stands, in five steps: first, just before, earlier, next, later."""
    if sentence == 0:
        return 0
    return 1 if back == 1 else 2 if back > 1 else 3 if back == -1 else 4


def gelu(x: Array) -> Array:
    """The Gaussian error linear unit by its usual tanh form (Hendrycks and Gimpel 2016)."""
    out: Array = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    return out


def softmax(x: Array) -> Array:
    """Shares along the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    out: Array = e / e.sum(-1, keepdims=True)
    return out


def reader_of(model: bytes, heads: bytes) -> LearnedReader:
    """A reader of an ONNX model and an archive of its heads. Pickled arrays are refused."""
    with np.load(BytesIO(heads), allow_pickle=False) as stored:
        return LearnedReader(model, {name: stored[name].astype(np.float32) for name in stored.files})


@lru_cache(maxsize=1)
def load_reader() -> LearnedReader:
    """The packaged reader, loaded once. Raises ModelError where its files are not the pinned ones."""
    with as_file(files(DATA).joinpath("data")) as folder:
        held = checked(Path(folder))
        return reader_of(held["reader.onnx"], held["heads.npz"])


def reader_weights() -> Weights:
    """The weights of the coder that heeds the reader."""
    return load_weights(DATA)


def checked(folder: Path) -> dict[str, bytes]:
    """The files of a reader. Raises ModelError unless they have the sha256 that `pins.txt` gives."""
    held: dict[str, bytes] = {}
    for line in folder.joinpath("pins.txt").read_text("utf-8").splitlines():
        expected, name = line.split()
        path = folder / name
        held[name] = path.read_bytes() if path.exists() else b""
        found = hashlib.sha256(held[name]).hexdigest() if path.exists() else "nothing"
        if found != expected:
            raise ModelError(
                f"{path} has sha256 {found}, not {expected}; reinstall communique, or code with --model rules"
            )
    return held
