"""Who has been named so far in a document: what surnames, pronouns, "the two sides" and "his counterpart" refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.pipeline.languages.phrases import Phrase
from communique.pipeline.languages.words import Words
from communique.text import fold, surname_of


@dataclass(slots=True)
class Story:
    """What a reader keeps in mind from sentence to sentence."""

    words: Words
    known: dict[str, Phrase] = field(default_factory=dict)
    """persons by folded surname"""
    person: Phrase | None = None
    recent: list[str] = field(default_factory=list)
    """state codes, the latest last"""

    def resolve(self, phrases: Sequence[Phrase]) -> None:
        """Give each phrase of a sentence its codes from what was named before, and remember what it names."""
        here: list[str] = []
        for phrase in phrases:
            self._fill(phrase, here)
            for code in phrase.codes:
                here.append(code)
                if not phrase.pronoun:
                    self.recent = [c for c in self.recent if c != code] + [code]
            if phrase.name and phrase.form == "person":
                self._remember(phrase)
        subject = next((p for p in phrases if p.slot == "" and p.name and p.codes), None)
        named = subject or next((p for p in phrases if p.name and p.codes), None)
        if named is not None and not named.pronoun:
            self.person = named

    def _fill(self, phrase: Phrase, here: Sequence[str]) -> None:
        if phrase.cls == "pair":
            phrase.codes = tuple(self.recent[-2:])
        elif phrase.pronoun and self.person is not None:
            phrase.codes, phrase.name, phrase.post = self.person.codes, self.person.name, self.person.post
            phrase.cls = "official"
        elif phrase.name and phrase.form == "person":
            known = self.known.get(surname_of(phrase.name))
            if known is not None and (not phrase.codes or known.codes == phrase.codes):
                phrase.codes = phrase.codes or known.codes
                phrase.post = phrase.post or known.post
                if known.name is not None and len(known.name) > len(phrase.name):
                    phrase.name = known.name
        elif not phrase.codes and phrase.head and phrase.cls == "official":
            self._by_post(phrase)

    def _by_post(self, phrase: Phrase) -> None:
        """ "The minister" is the last person named whose post begins with the same word."""
        person = self.person
        if person is not None and person.post and fold(person.post).startswith(fold(phrase.head)) and not phrase.own:
            phrase.codes, phrase.name, phrase.post = person.codes, person.name, person.post

    def _remember(self, phrase: Phrase) -> None:
        if phrase.codes and phrase.name:
            self.known[surname_of(phrase.name)] = phrase
