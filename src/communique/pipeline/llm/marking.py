"""Sets a document apart from instructions (spotlighting: Hines et al. 2024, arXiv 2403.14720).

The text lies between delimiters that hold a hash of the text itself, which no text can contain; on demand a mark
stands between all of its words too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from communique.pipeline.llm.settings import Marking
from communique.text import content_hash

MARKS = "ˆ¦¤▁‡"
"""Marks to stand between words; the first that the text does not hold is taken."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as the model gets it, with the words that announce it. `mark` stands for each space, if there is one."""

    boundary: str
    body: str
    mark: str | None

    def plain(self, words: str) -> str:
        """Words of an answer without marks."""
        return words.replace(self.mark, " ") if self.mark is not None else words


def marked(text: str, marking: Marking) -> Marked:
    """The text between its delimiters."""
    boundary = content_hash("communique document boundary", text)
    mark = next((m for m in MARKS if m not in text), None) if marking == "words" else None
    return Marked(boundary, text.replace(" ", mark) if mark is not None else text, mark)


def message_of(text: Marked, about: dict[str, str | None]) -> str:
    """The user's message: the document with what is known of it, all of it as data."""
    known = json.dumps({k: v for k, v in about.items() if v}, ensure_ascii=False)
    note = f'In the document every space is written as "{text.mark}".\n' if text.mark is not None else ""
    return (
        f"What is known of the document (data):\n<<<ABOUT {text.boundary}>>>\n{known}\n<<<END {text.boundary}>>>\n\n"
        f"The document (data):\n{note}<<<DOCUMENT {text.boundary}>>>\n{text.body}\n<<<END {text.boundary}>>>"
    )
