"""Keeps the model's answers in a folder, so that no text is read and paid twice by the same model and prompt."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path


class AnswerCache:
    """One small file for each answer, named by the hash of all that it depends on; without a folder it keeps none."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, key: str) -> str | None:
        """The answer under a key; a file that is damaged counts as none."""
        if self.folder is None:
            return None
        try:
            held = json.loads(self.path(key).read_text(encoding="utf-8"))
            return str(held["answer"]) if held["key"] == key else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, answer: str, **about: str) -> None:
        """Keep an answer, whole or not at all; `about` says what it answers."""
        if self.folder is None:
            return
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as sink:
            json.dump({"key": key, **about, "answer": answer}, sink, ensure_ascii=False)
        Path(name).replace(path)

    def path(self, key: str) -> Path:
        """Where the answer of a key lies."""
        assert self.folder is not None
        return self.folder / key[:2] / f"{key}.json"
