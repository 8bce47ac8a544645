"""Status, mode, domains and voice of an event in another language, from the words of its clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from spacy.tokens import Token

from communique.lexicon.languages import LanguageData
from communique.pipeline.drafts import Sentence
from communique.pipeline.languages.phrases import Phrase
from communique.records import Status, Voice

ORDER: tuple[Status, ...] = ("denied", "cancelled", "proposed", "planned", "ongoing")
LONGEST_SOURCE = 12


class Marks:
    """The cue words of one language."""

    def __init__(self, data: LanguageData) -> None:
        self.raw: Mapping[str, Any] = data.tables["cues"]
        self.saying = frozenset(self.raw["saying"])
        self.says_that = frozenset(data.tables["language"]["says_that"])

    def status(self, token: Token, sentence: Sentence, clause: str) -> tuple[Status, str]:
        """The status of the event at a trigger, and the words or the tense that tell it."""
        governor = self._governor(token)
        if governor is not None:
            return governor
        words = f" {clause.lower()} "
        for status in ORDER:
            cue = next((w for w in self.raw["words"][status] if f" {w}" in words or f"'{w}" in words), None)
            if cue is not None:
                return status, f"cue {cue.strip()!r}"
        return self._by_tense(token)

    def _governor(self, token: Token) -> tuple[Status, str] | None:
        """What a verb right above the trigger says ("envisage de fournir")."""
        for verb in [token.head, *token.ancestors][:3]:
            for status in ORDER:
                if verb.i != token.i and verb.lemma_ in self.raw["status"][status]:
                    return status, f"governed by {verb.text!r}"
        return None

    def _by_tense(self, token: Token) -> tuple[Status, str]:
        verb = token
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        near = [verb, *(c for c in verb.children if c.pos_ == "AUX")]
        if any("Fut" in t.morph.get("Tense", []) for t in near):
            return "planned", f"future {verb.text!r}"
        if any("Cnd" in t.morph.get("Mood", []) for t in near):
            return "planned", f"conditional {verb.text!r}"
        return "occurred", f"tense of {verb.text!r}"

    def mode(self, kind: str, words: str, told: str | None, modes: Sequence[str]) -> str | None:
        """The mode whose words stand in the clause, else the trigger's own or the type's plain one."""
        lowered = words.lower()
        if told is not None and told in modes:
            return told
        for mode, cues in self.raw["modes"].get(kind, {}).items():
            if mode in modes and any(cue in lowered for cue in cues):
                return cast("str", mode)
        return cast("str | None", self.raw["default_modes"].get(kind))

    def domains(self, words: str) -> set[str]:
        """The domains whose words stand in the clause."""
        lowered = words.lower().replace("’", "'")
        return {domain for domain, cues in self.raw["domains"].items() if any(cue in lowered for cue in cues)}

    def voice(self, token: Token, sentence: Sentence, phrases: Sequence[Phrase]) -> Voice:
        """Who is told to say it: the subject of a saying verb of the sentence, or who stands after "selon"."""
        doc = sentence.tokens.doc
        for t in sentence.tokens:
            if t.lemma_ in self.saying and t.pos_ == "VERB" and t.i != token.i:
                source = self._sayer(t, phrases)
                if source is not None:
                    return voice_of(source, doc[source.first : source.last + 1].text)
            if t.lower_ in self.raw["according"]:
                after = next((p for p in phrases if 0 < p.first - t.i <= 3), None)
                if after is not None:
                    return voice_of(after, doc[after.first : after.last + 1].text)
        return Voice(kind="outlet")

    def _sayer(self, verb: Token, phrases: Sequence[Phrase]) -> Phrase | None:
        """The subject of a saying verb: after it when it closes the sentence's telling, else before it."""
        after = next((p for p in phrases if 0 < p.first - verb.i <= 4 and p.slot == ""), None)
        inverted = verb.i > verb.doc[0].i and any(t.text == "," for t in verb.doc[max(0, verb.i - 4) : verb.i])
        if after is not None and inverted:
            return after
        before = [p for p in phrases if p.last < verb.i and p.slot == ""]
        follows = verb.i + 1 < len(verb.doc) and any(
            t.lower_ in self.says_that for t in verb.doc[verb.i + 1 : verb.i + LONGEST_SOURCE]
        )
        return before[-1] if before and follows else after if inverted else None


def voice_of(phrase: Phrase, words: str) -> Voice:
    """The voice of a person or of a body."""
    if phrase.name and phrase.form in ("person", "pronoun"):
        return Voice(kind="person", name=phrase.name, text=words)
    return Voice(kind="organisation", name=words, text=words)
