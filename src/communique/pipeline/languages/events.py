"""Triggers of events in a sentence of another language, with the parties that stand in their slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Token

from communique.lexicon.languages import LanguageData
from communique.pipeline.drafts import Sentence
from communique.pipeline.languages.phrases import Phrase
from communique.pipeline.languages.words import Words

FAR = 14  # tokens after a trigger in which a class word must stand
NOUN_REACH = 16


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of triggers.yml, compiled: a lemma of one type with its slots and conditions."""

    type: str
    verbal: bool
    slots: Mapping[str, str]
    needs: Mapping[str, tuple[str, ...]]
    mode: str | None
    status: str | None
    weight: float
    reflexive: bool = False
    needs_person: bool = False
    needs_force: bool = False
    needs_igo: bool = False


@dataclass(slots=True)
class Told:
    """A trigger at its token with the phrases in its roles; `guessed` are those that only nearness put there."""

    trigger: Trigger
    token: Token
    parties: list[tuple[str, Phrase, str]] = field(default_factory=list)


class TriggerBook:
    """The triggers of one language by lemma."""

    def __init__(self, data: LanguageData) -> None:
        self.classes: Mapping[str, Sequence[str]] = data.tables["nouns"]["classes"]
        self.verbs: dict[str, list[Trigger]] = {}
        self.nouns: dict[str, list[Trigger]] = {}
        for kind, rows in data.tables["triggers"]["events"].items():
            for verbal, table in ((True, self.verbs), (False, self.nouns)):
                for row in rows["verbs" if verbal else "nouns"] or ():
                    trigger = self._read(kind, row, verbal)
                    for lemma in row["lemmas"]:
                        table.setdefault(lemma, []).append(trigger)

    def _read(self, kind: str, row: Mapping[str, Any], verbal: bool) -> Trigger:
        slots = {slot: role for key, role in row["slots"].items() for slot in key.split("|")}
        needs = {where: self._words(classes) for where, classes in (row.get("needs") or {}).items()}
        flags = {name: bool(row.get(name)) for name in ("reflexive", "needs_person", "needs_force", "needs_igo")}
        return Trigger(kind, verbal, slots, needs, row.get("mode"), row.get("status"), float(row["weight"]), **flags)

    def _words(self, classes: Sequence[str]) -> tuple[str, ...]:
        return tuple(word for name in classes for word in self.classes.get(name, (name,)))

    def find(self, sentence: Sentence, phrases: Sequence[Phrase], words: Words) -> list[Told]:
        """What the sentence tells, each type once for a token."""
        found: list[Told] = []
        for token in sentence.tokens:
            table = self.verbs if token.pos_ in ("VERB", "AUX") else self.nouns
            for trigger in table.get(lemma_of(token, table), ()):
                told = self._told(trigger, token, sentence, phrases, words)
                if told is not None:
                    found.append(told)
        return found

    def _told(
        self, trigger: Trigger, token: Token, sentence: Sentence, phrases: Sequence[Phrase], words: Words
    ) -> Told | None:
        if trigger.reflexive and not is_reflexive(token, words):
            return None
        if not all(self._holds(where, wanted, token, sentence) for where, wanted in trigger.needs.items()):
            return None
        slots = Slots(token, sentence, phrases, words)
        told = Told(trigger, token)
        for slot, role in trigger.slots.items():
            told.parties.extend((role, phrase, slot) for phrase in slots.of(slot, trigger.verbal))
        told.parties = unique(told.parties)
        if trigger.needs_person and not any(
            p.cls in ("official", "rank", "people") or p.pronoun for r, p, s in told.parties if s in ("object", "par")
        ):
            return None
        if trigger.needs_force and not any(
            p.cls in ("force", "rank", "official", "body", "igo") for _, p, _ in told.parties
        ):
            return None
        if trigger.needs_igo and not any(p.cls == "igo" for _, p, _ in told.parties):
            return None
        return told

    def _holds(self, where: str, wanted: Sequence[str], token: Token, sentence: Sentence) -> bool:
        """Whether one of the words stands in that stretch of the sentence."""
        doc = token.doc
        stretch = {
            "near": (token.i - 1, token.i + 5),
            "after": (token.i + 1, token.i + FAR),
            "around": (token.i - FAR, token.i + FAR),
            "clause": (token.i - FAR, token.i + FAR),
        }.get(where, (sentence.tokens.start, sentence.tokens.end))
        first, last = max(stretch[0], sentence.tokens.start), min(stretch[1], sentence.tokens.end)
        text = " " + doc[first:last].text.lower().replace("’", "'") + " "
        return any(f" {word}" in text or f"'{word}" in text or f"-{word}" in text for word in wanted)


def lemma_of(token: Token, table: Mapping[str, Any]) -> str:
    """The lemma, or the word in lower case where the parser's lemma is no trigger ("entretiens" read as a name)."""
    if token.lemma_ in table:
        return str(token.lemma_)
    word = token.lower_
    return next((w for w in (word, word.removesuffix("s"), word.removesuffix("e")) if w in table), str(token.lemma_))


def unique(parties: Sequence[tuple[str, Phrase, str]]) -> list[tuple[str, Phrase, str]]:
    """Each phrase once, in the first role that it was given."""
    seen: list[Phrase] = []
    kept: list[tuple[str, Phrase, str]] = []
    for role, phrase, slot in parties:
        if not any(phrase is s for s in seen):
            seen.append(phrase)
            kept.append((role, phrase, slot))
    return kept


def is_reflexive(token: Token, words: Words) -> bool:
    """Whether the verb stands with "se"."""
    return any(t.lower_ in words.reflexive for t in token.doc[max(0, token.i - 4) : token.i])


def is_passive(token: Token, words: Words) -> bool:
    """Whether a participle stands with "be"."""
    before = [t.lower_ for t in token.doc[max(0, token.i - 3) : token.i]]
    if any(word in words.passive_sure for word in before):
        return True
    be = any(word in words.passive for word in before)
    return be and not is_reflexive(token, words) and token.lemma_ not in words.going


class Slots:
    """The phrases around one trigger, by slot."""

    def __init__(self, token: Token, sentence: Sentence, phrases: Sequence[Phrase], words: Words) -> None:
        self.token, self.doc, self.words = token, token.doc, words
        self.phrases = phrases
        self.passive = token.pos_ in ("VERB", "AUX") and is_passive(token, words)
        self.stop = self._stop(sentence)

    def of(self, slot: str, verbal: bool) -> list[Phrase]:
        """The phrases of a slot: `subject` and `object` by their side of the verb, else by their preposition."""
        if slot == "subject":
            return self._object_after() if self.passive and verbal else self._before()
        if slot == "object":
            return self._before() if self.passive and verbal else self._object_after()
        reach = self.stop if verbal else min(self.stop, self.token.i + NOUN_REACH * 2)
        return [p for p in self.phrases if p.slot == slot and self.token.i < p.first < reach]

    def _before(self) -> list[Phrase]:
        """The nearest bare phrase before the trigger with its list, or what a relative before it refers to."""
        earlier = [p for p in self.phrases if p.last < self.token.i]
        relative = next(
            (
                t.i
                for t in reversed(self.doc[max(0, self.token.i - 5) : self.token.i])
                if t.lower_ == self.words.subject_relative
            ),
            None,
        )
        if relative is not None:
            close = [p for p in earlier if p.last < relative]
            return [p for p in earlier if close and p.group == close[-1].group]
        bare = [p for p in earlier if p.slot == ""]
        if not bare:
            return []
        subject = next((p for p in bare if self._is_subject(p)), bare[-1])
        return [p for p in earlier if p.group == subject.group]

    def _is_subject(self, phrase: Phrase) -> bool:
        """Whether the parser takes the phrase for the subject of the trigger or of the verb that carries it."""
        verb = self.token
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        carriers = {verb.i, verb.head.i} if verb.dep_ in ("conj", "xcomp", "advcl") else {verb.i}
        return any(
            t.dep_.startswith("nsubj") and t.head.i in carriers for t in self.doc[phrase.first : phrase.last + 1]
        )

    def _object_after(self) -> list[Phrase]:
        later = [p for p in self.phrases if self.token.i < p.first < self.stop]
        bare = [p for p in later if p.slot == ""]
        return [p for p in later if bare and p.group == bare[0].group]

    def _stop(self, sentence: Sentence) -> int:
        """The first token after the trigger at which another clause begins."""
        inside = {k for p in self.phrases for k in range(p.first, p.last + 1)}
        for t in self.doc[self.token.i + 1 : sentence.tokens.end]:
            if t.i in inside:
                continue
            if t.text in (";", ":", "»") or t.lower_ in self.words.clause_openers:
                return int(t.i)
            finite = t.pos_ in ("VERB", "AUX") and "Fin" in t.morph.get("VerbForm", [])
            if finite and t.i > self.token.i + 1:
                return int(t.i)
        return int(sentence.tokens.end)
