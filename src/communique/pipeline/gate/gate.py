"""Decides on substrings whether a document can hold a report of defence diplomacy, before any costly parsing."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import ahocorasick  # type: ignore[import-not-found,unused-ignore]
import yaml

from communique.errors import CodebookError
from communique.records import Document


@dataclass(frozen=True, slots=True)
class GateDecision:
    """Whether a document goes on to the parser, and the words that decided it."""

    passed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class GateWords:
    """gate_words.yml compiled: an automaton over all words, and how many different weak ones are enough by length."""

    automaton: Any
    enough_weak: tuple[tuple[int | None, int], ...]

    def enough(self, characters: int) -> int:
        """How many different weak words let a text of that length pass."""
        return next(words for limit, words in self.enough_weak if limit is None or characters <= limit)


def gate(doc: Document) -> GateDecision:
    """Passed with one strong word, enough different weak ones, or if very short; the reason names the words."""
    words = gate_words()
    enough = words.enough(len(doc.text))
    if enough == 0:
        return GateDecision(True, f"only {len(doc.text)} characters: too short to judge by its words")
    weak: list[str] = []
    for word, strong in found(doc.text, words.automaton):
        if strong:
            return GateDecision(True, f"security word {word!r}")
        if word not in weak:
            weak.append(word)
            if len(weak) == enough:
                return GateDecision(True, f"security words together: {', '.join(map(repr, weak))}")
    few = f"only {', '.join(map(repr, weak))}" if weak else "none"
    return GateDecision(False, f"no security word, and of the {enough} weaker ones needed {few}")


def found(text: str, automaton: Any) -> Iterator[tuple[str, bool]]:
    """The gate's words that occur in the text, in order, each with whether it is strong."""
    lowered = text.lower().replace("defense", "defence")
    for last, (word, strong, at_start, at_end) in automaton.iter(lowered):
        first = last - len(word) + 1
        if at_start and first > 0 and lowered[first - 1].isalpha():
            continue
        if at_end and last + 1 < len(lowered) and lowered[last + 1].isalpha():
            continue
        yield word, strong


@functools.cache
def gate_words() -> GateWords:
    """The words of data/gate_words.yml, compiled; raises CodebookError on a word that could never be found."""
    text = files("communique.pipeline.gate").joinpath("data/gate_words.yml").read_text(encoding="utf-8")
    table = yaml.safe_load(text)
    automaton = ahocorasick.Automaton()
    for strength in ("strong", "weak"):
        for marked in (word for row in table[strength] for word in row["words"]):
            word = marked.removeprefix("^").removesuffix("$")
            if not word.strip() or word != word.lower() or "defense" in word:
                raise CodebookError(f'gate_words.yml: {marked!r} must be in lower case, with "defence"; mend the row')
            if word in automaton:
                raise CodebookError(f"gate_words.yml: {marked!r} stands there twice; take one out")
            automaton.add_word(word, (word, strength == "strong", marked.startswith("^"), marked.endswith("$")))
    automaton.make_automaton()
    return GateWords(automaton, tuple((row["characters"], row["words"]) for row in table["enough_weak"]))
