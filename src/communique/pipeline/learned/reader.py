"""Weighs the rules' drafts with what their clauses mean: rules' features and the clause's vector in one logistic model.

The heads (one vector for each event type, and weights for the rules' features) are trained by `training/heads.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

from communique.pipeline.drafts import Draft
from communique.pipeline.learned.encoder import DATA, Encoder, load_encoder
from communique.pipeline.weigh import Weights, probability, strongest


class LearnedReader:
    """The encoder with its heads."""

    def __init__(self, encoder: Encoder, heads: Mapping[str, npt.NDArray[np.float32]], weights: Weights) -> None:
        self._encoder, self._heads, self.weights = encoder, heads, weights

    def weigh(self, drafts: Sequence[Draft], text: str) -> None:
        """Set each draft's score to the probability that it tells an event, and say what weighed most."""
        if not drafts:
            return
        clauses = [clause_of(d, text) for d in drafts]
        distinct = sorted(set(clauses))
        vectors = dict(zip(distinct, self._encoder.encode(distinct), strict=True))
        table = self.weights["draft"]
        for draft, clause in zip(drafts, clauses, strict=True):
            meaning = float(vectors[clause] @ self._heads[draft.type]) if draft.type in self._heads else 0.0
            draft.score = probability({**draft.features, "meaning": meaning}, {**table, "meaning": 1.0})
            draft.why.extend([f"{meaning:+.1f} meaning of the clause", *strongest(draft.features, table)])


def clause_of(draft: Draft, text: str) -> str:
    """What the encoder reads of a draft: its trigger and its clause."""
    return f"{draft.trigger_text}: {text[draft.start : draft.end]}"


@lru_cache(maxsize=1)
def load_reader() -> LearnedReader:
    """The packaged reader, loaded once. Raises ModelError where the encoder's files are not the pinned ones."""
    data = files(DATA).joinpath("data")
    with np.load(BytesIO(data.joinpath("heads.npz").read_bytes()), allow_pickle=False) as stored:
        heads = {name: stored[name].astype(np.float32) for name in stored.files}
    weights: Weights = json.loads(data.joinpath("weights.json").read_text("utf-8"))
    return LearnedReader(load_encoder(), heads, weights)
