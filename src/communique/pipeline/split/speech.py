"""Parts of speech by spaCy's attribute ruler, remembered: its rules look at little more than a token's tag, so that the
answer for one token holds for all like it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

COMPONENT = "parts_of_speech"

Key = tuple[int, int, int, bool, int]
"""Tag, word and dependency where a rule names them, white space, and the dependency before where a rule names it."""


class PartsOfSpeech:
    """Gives each token the part of speech that the ruler would give it; lemmas and morphology are left unset.

    A text with a kind of token that was not met before goes through the ruler itself, whose answers are kept.
    """

    def __init__(self, ruler: AttributeRuler, vocab: Vocab) -> None:
        self._ruler = ruler
        patterns = cast("list[dict[str, list[list[dict[str, object]]]]]", ruler.patterns)
        named = [rule for pattern in patterns for variant in pattern["patterns"] for rule in variant]
        self._words = {vocab.strings.add(word) for rule in named for word in values(rule.get("LOWER"))}
        self._dependencies = {vocab.strings.add(name) for rule in named for name in values(rule.get("DEP"))}
        self._known: dict[Key, int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The document with the parts of speech of its tokens set."""
        keys = list(self.keys_of(doc))
        if not self._known.keys() >= set(keys):
            self._known |= zip(keys, (token.pos for token in self._ruler(doc)), strict=True)
            return doc
        for token, key in zip(doc, keys, strict=True):
            token.pos = self._known[key]
        return doc

    def keys_of(self, doc: Doc) -> Iterator[Key]:
        """What the ruler's rules can see of each token."""
        words, dependencies = self._words, self._dependencies
        before = 0
        for token in doc:
            word = token.lower if token.lower in words else 0
            dependency = token.dep if token.dep in dependencies else 0
            yield token.tag, word, dependency, token.is_space, before if word else 0
            before = dependency


def values(condition: object) -> list[str]:
    """The words that a condition of a rule names: one, or those it allows or rules out; none in an expression."""
    if isinstance(condition, str):
        return [condition]
    return [*condition.get("IN", ()), *condition.get("NOT_IN", ())] if isinstance(condition, dict) else []


@Language.factory(COMPONENT)
def parts_of_speech(nlp: Language, name: str) -> PartsOfSpeech:
    """The component of a pipeline that has an attribute ruler, which need not be enabled."""
    ruler = nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    return PartsOfSpeech(ruler, nlp.vocab)
