"""The reader: a small encoder that reads some sentences at once.

It says which words tell an event, who takes part in it and how, when and where, and which words tell the same one.

Trained by `training/reader.py`; int8 ONNX weights checked at load, one thread. The heads are small and run in numpy.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from threadpoolctl import ThreadpoolController

from communique.errors import ModelError
from communique.pipeline.drafts import Mention, Reading, RoleShares, Sentence
from communique.pipeline.learned.pieces import LABELS, Extent, Marked, Window, windows_of
from communique.pipeline.learned.vocabulary import MARKS, ROLES, STATUSES, TYPES
from communique.pipeline.weigh import Weights, load_weights

Array = npt.NDArray[np.float32]
DATA = "communique.pipeline.learned"
TAKEN = ("ids", *LABELS, "context")

Asked = tuple[int, int]
"""A word of a window, by its row, and the number of the type of event that it may tell."""


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
        hints: Mapping[int, Mapping[int, str]],
    ) -> dict[int, Reading]:
        """What the reader makes of each sentence, by the sentence's index, of which it is told as `windows_of` says."""
        found: dict[int, Reading] = {}
        for window in windows_of(sentences, mentions, marked, hints):
            states, triggers = self._run(window)
            found.update(self._readings(WindowRead(window, states, self._heads), triggers))
        return found

    def _run(self, window: Window) -> tuple[Array, Array]:
        """States (length, 384) and trigger scores (length, types) of a window's pieces."""
        given = {name: np.array([getattr(window, name)], dtype=np.int64) for name in TAKEN}
        states, triggers = self._session.run(["states", "triggers"], given)
        return states[0], triggers[0]

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
                    triggers={kind: scores[rows, number].tolist() for number, kind in enumerate(TYPES)},
                    statuses={status: said[rows, number].tolist() for number, status in enumerate(STATUSES)},
                    voices=said[rows, len(STATUSES)].tolist(),
                    ask=partial(read.ask, rows[0]),
                    roles_at=partial(read.roles_at, rows[0]),
                    marks_at=partial(read.marks_at, rows[0]),
                    same_at=partial(read.same_at, rows[0]),
                ),
            )


class WindowRead:
    """A window with the states of its pieces (n, 384), of which the small heads are asked for some words at once."""

    def __init__(self, window: Window, states: Array, heads: Mapping[str, Array]) -> None:
        self.window, self.states, self.heads = window, states, heads
        self.row_of = {place: row for row, place in enumerate(zip(window.sentence_of, window.tokens, strict=True))}
        self.theirs: dict[str, Array] = {}
        self.roles: dict[Asked, tuple[list[int], Array]] = {}
        self.marks: dict[Asked, dict[Marked, float]] = {}
        self.parts: dict[Asked, dict[tuple[int, int], RoleShares]] = {}

    def linear(self, name: str, x: Array) -> Array:
        """A linear layer of the heads."""
        out: Array = x @ self.heads[f"{name}.weight"].T + self.heads.get(f"{name}.bias", np.float32(0))
        return out

    def statuses(self) -> Array:
        """Scores (words, statuses and voice) of all words."""
        with blas().limit(limits=1):
            return self.linear("states", self.states[self.window.first])

    def ask(self, begin: int, wanted: Iterable[tuple[int, str]]) -> None:
        """Read the roles, dates and places of some words at once: rows of the sentence at `begin`, each with a type."""
        asked = dict.fromkeys((begin + row, TYPES.index(kind)) for row, kind in wanted)
        new = [key for key in asked if key not in self.roles]
        if new:
            with blas().limit(limits=1):
                self._ask(new)

    def _ask(self, asked: Sequence[Asked]) -> None:
        """Fill `roles` and `marks` of words of one sentence, each head once for all of them."""
        here = self.window.sentence_of[asked[0][0]]
        extents = self.window.extents
        marks = [n for n, e in enumerate(extents) if e.what in MARKS]
        near = [n for n, e in enumerate(extents) if e.what not in MARKS and e.sentence == here]
        far = [n for n, e in enumerate(extents) if e.what not in MARKS and e.sentence != here]
        within, elsewhere = (softmax(self.scores(head, asked, held)) for head, held in (("near", near), ("far", far)))
        own = 1 / (1 + np.exp(-self.scores("mark", asked, marks)[:, :, 0]))
        named, shares = [*near, *far], np.concatenate([within, elsewhere], axis=1)
        for number, key in enumerate(asked):
            self.roles[key] = named, shares[number]
            self.marks[key] = {
                (extents[n].start, extents[n].end, extents[n].what): share
                for n, share in zip(marks, own[number].tolist(), strict=True)
            }

    def roles_at(self, begin: int, row: int, kind: str, allowed: Collection[str]) -> dict[tuple[int, int], RoleShares]:
        """What part each mention has in the event of a row's word, by its start and end."""
        self.ask(begin, [(row, kind)])
        key = begin + row, TYPES.index(kind)
        if key not in self.parts:
            self.parts[key] = self.parts_of(*self.roles[key], allowed)
        return self.parts[key]

    def parts_of(
        self, held: Sequence[int], shares: Array, allowed: Collection[str]
    ) -> dict[tuple[int, int], RoleShares]:
        """What part the extents have whose shares (extents, roles) are given, of the allowed roles."""
        columns = [n for n, role in enumerate(ROLES) if role in allowed]
        fit = shares[:, columns]
        best = fit.argmax(1).tolist()
        extents = [self.window.extents[n] for n in held]
        rows = zip(
            extents,
            best,
            fit.max(1).tolist(),
            fit.sum(1).tolist(),
            (1 - shares[:, [ROLES.index("none"), ROLES.index("source")]].sum(1)).tolist(),
            strict=True,
        )
        return {
            (e.start, e.end): RoleShares(ROLES[columns[at]], share, fitting, party)
            for e, at, share, fitting, party in rows
        }

    def marks_at(self, begin: int, row: int, kind: str) -> dict[Marked, float]:
        """How much each date and place of the window is taken for the event's own."""
        self.ask(begin, [(row, kind)])
        return self.marks[begin + row, TYPES.index(kind)]

    def scores(self, head: str, asked: Sequence[Asked], chosen: Sequence[int]) -> Array:
        """The scores (words, extents, outputs) that a head gives to words of one sentence with the chosen extents."""
        window = self.window
        if head not in self.theirs:
            first, last = [e.first for e in window.extents], [e.last for e in window.extents]
            ends = np.concatenate([self.states[first], self.states[last]], axis=1)
            self.theirs[head] = self.linear(f"{head}.extent", ends)
        pieces = [window.first[row] for row, _ in asked]
        mine, theirs = self.linear(f"{head}.word", self.states[pieces])[:, None], self.theirs[head][chosen][None]
        here = window.sentence_of[asked[0][0]]
        far = [[step(head, piece, here, window.extents[n]) for n in chosen] for piece in pieces]
        joined = mine + theirs + self.linear(f"{head}.product", mine * theirs)
        joined += self.heads[f"{head}.types.weight"][[kind for _, kind in asked]][:, None]
        joined += self.heads[f"{head}.distance.weight"][np.array(far, dtype=int).reshape(len(asked), len(chosen))]
        return self.linear(f"{head}.out", gelu(joined))

    def same_at(self, begin: int, row: int, kind: str, others: Sequence[tuple[int, int]]) -> list[float | None]:
        """The log odds that a row's word and each of some words (sentence, token) of its type tell one event.

        None for a word that was not read in this window.
        """
        read = [self.row_of.get(other) for other in others]
        pairs = [sorted((begin + row, other)) for other in read if other is not None]
        if not pairs:
            return [None] * len(read)
        with blas().limit(limits=1):
            odds = iter(self.odds_of(pairs, TYPES.index(kind)))
        return [None if other is None else next(odds) for other in read]

    def odds_of(self, pairs: Sequence[Sequence[int]], kind: int) -> list[float]:
        """The log odds of each pair of rows, the earlier first, that they tell one event."""
        first, here = self.window.first, self.window.sentence_of
        a, b = (self.linear("pair", self.states[[first[n] for n in column]]) for column in zip(*pairs, strict=True))
        gaps = [min(here[y] - here[x], 3) for x, y in pairs]
        joined = a + b + self.linear("twice", a * b) + self.heads["apart.weight"][gaps]
        odds: list[float] = self.linear("same", gelu(joined + self.heads["types.weight"][kind]))[:, 0].tolist()
        return odds


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


@lru_cache(maxsize=1)
def blas() -> ThreadpoolController:
    """The threads of numpy's matrix products: for small ones a second thread costs more than it brings."""
    controller: ThreadpoolController = ThreadpoolController().select(user_api="blas")
    return controller


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
