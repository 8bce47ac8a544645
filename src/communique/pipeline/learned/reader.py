"""The reader: a small encoder that reads sentence by sentence which words tell an event, who takes part in it, and how.

Trained by `training/reader.py`; int8 ONNX weights checked at load, one thread. The heads are small and run in numpy.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from communique.errors import ModelError
from communique.pipeline.drafts import Mention, Reading, Sentence
from communique.pipeline.learned.pieces import Pieces, pieces_of
from communique.pipeline.learned.vocabulary import ROLES, STATUSES, TYPES
from communique.pipeline.weigh import Weights, load_weights

Array = npt.NDArray[np.float32]
DATA = "communique.pipeline.learned"
BATCH = 16


class LearnedReader:
    """The encoder with its heads.

    `heads` holds the weights of the role head (word, mention, product, types, distance, roles) and of the states' head.
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
        marked: Mapping[int, Sequence[tuple[int, int, str]]],
    ) -> dict[int, Reading]:
        """What the reader makes of each sentence that names a party, by the sentence's index."""
        named = [s for s in sentences if mentions.get(s.index)]
        taken = {s.index: pieces_of(s, mentions[s.index], marked.get(s.index, ())) for s in named}
        order = sorted(taken, key=lambda i: len(taken[i].ids))
        found: dict[int, Reading] = {}
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            states, triggers = self._run([taken[i] for i in chosen])
            for row, i in enumerate(chosen):
                found[i] = self._reading(taken[i], mentions[i], states[row], triggers[row])
        return found

    def _run(self, batch: Sequence[Pieces]) -> tuple[Array, Array]:
        """States (n, length, 384) and trigger scores (n, length, types) of sentences padded to one length."""
        length = max(len(p.ids) for p in batch)

        def padded(name: str) -> npt.NDArray[np.int64]:
            return np.array([[*getattr(p, name), *[0] * (length - len(p.ids))] for p in batch], dtype=np.int64)

        mask = np.array([[1] * len(p.ids) + [0] * (length - len(p.ids)) for p in batch], dtype=np.int64)
        given = {"ids": padded("ids"), "kinds": padded("kinds"), "shapes": padded("shapes"), "mask": mask}
        states, triggers = self._session.run(["states", "triggers"], given)
        return states, triggers

    def _reading(self, pieces: Pieces, mentions: Sequence[Mention], states: Array, triggers: Array) -> Reading:
        """The reading of one sentence: triggers and statuses of all words at once, roles of a word when asked."""
        scores = triggers[list(pieces.first)]
        h = self._heads
        said = states[list(pieces.first)] @ h["states.weight"].T + h["states.bias"]
        spans = [(m, span) for m, span in zip(mentions, pieces.mentions, strict=True) if span is not None]
        ends = np.array([np.concatenate([states[a], states[b]]) for _, (a, b) in spans], dtype=np.float32)
        theirs = ends @ h["mention.weight"].T + h["mention.bias"] if spans else np.zeros((0, 1), dtype=np.float32)

        @cache
        def roles(word: int, kind: int) -> dict[tuple[int, int], dict[str, float]]:
            piece = pieces.first[word]
            mine = states[piece] @ h["word.weight"].T + h["word.bias"]
            far = h["distance.weight"][[bucket(piece, a, b) for _, (a, b) in spans]]
            joined = mine + theirs + (mine * theirs) @ h["product.weight"].T + h["types.weight"][kind] + far
            out = softmax(gelu(joined) @ h["roles.weight"].T + h["roles.bias"])
            return {
                (m.start, m.end): dict(zip(ROLES, map(float, row), strict=True))
                for (m, _), row in zip(spans, out, strict=True)
            }

        return Reading(
            words={token: number for number, token in enumerate(pieces.tokens)},
            triggers={kind: scores[:, number] for number, kind in enumerate(TYPES)},
            statuses={status: said[:, number] for number, status in enumerate(STATUSES)},
            roles_at=lambda word, kind: roles(word, TYPES.index(kind)) if spans else {},
        )


def bucket(word: int, first: int, last: int) -> int:
    """The distance of a word from a mention in eight steps, before or after (pieces)."""
    away = 0 if first <= word <= last else (first - word if word < first else last - word)
    step = 0 if away == 0 else min(3, 1 + int(math.log2(abs(away)) / 2))
    return step if away >= 0 else 4 + min(3, step)


def gelu(x: Array) -> Array:
    """The Gaussian error linear unit by its usual tanh form (Hendrycks and Gimpel 2016)."""
    out: Array = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3)))
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
