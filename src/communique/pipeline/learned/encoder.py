"""The sentence encoder: short texts to vectors of 384 numbers and length one, by int8 ONNX weights checked at load."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from communique.errors import ModelError

Vectors = npt.NDArray[np.float32]
DATA = "communique.pipeline.learned"
PINNED = {
    "encoder.onnx": "c535f1afd5df50262f8467ed3baf568f30b94ea3a195e545f1932bedbf1bb618",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
# A clause of evidence has at most 380 characters; its first 64 word pieces say what it is about.
LONGEST = 64
BATCH = 32


class Encoder:
    """all-MiniLM-L6-v2 (Apache-2.0) in int8."""

    def __init__(self, folder: Path) -> None:
        check_files(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, 384) of n texts, in their order. Texts of like length are computed together."""
        out = np.zeros((len(texts), 384), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            encoded = self._tokenizer.encode_batch([texts[i] for i in chosen])
            ids = np.array([e.ids for e in encoded], dtype=np.int64)
            mask = np.array([e.attention_mask for e in encoded], dtype=np.int64)
            out[chosen] = self._session.run(["embedding"], {"input_ids": ids, "attention_mask": mask})[0]
        return out


def check_files(folder: Path) -> None:
    """Raise ModelError unless the weights have the pinned sha256."""
    for name, expected in PINNED.items():
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "nothing"
        if found != expected:
            raise ModelError(
                f"{path} has sha256 {found}, not {expected}; reinstall communique, or code with --model rules"
            )


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """The packaged encoder, loaded once."""
    with as_file(files(DATA).joinpath("data")) as folder:
        return Encoder(Path(folder))
