"""The closed words of one language: prepositions, determiners, pronouns, and the nouns that head a party's phrase."""

from __future__ import annotations

from spacy.tokens import Token

from communique.lexicon.languages import LanguageData


class Words:
    """The closed words of one language, as sets."""

    def __init__(self, data: LanguageData) -> None:
        raw = data.tables["language"]
        self.determiners = frozenset(raw["determiners"])
        self.prepositions: dict[str, str] = dict(raw["prepositions"])
        self.compound: dict[str, str] = dict(raw["compound_prepositions"])
        self.of = frozenset(raw["of"])
        self.particles = frozenset(raw["particles"])
        self.honorifics = frozenset(raw["honorifics"])
        self.relatives = frozenset(raw["relatives"])
        self.singular = frozenset(raw["singular_pronouns"])
        self.plural = frozenset(raw["plural_pronouns"])
        self.pairs = frozenset(raw["pairs"])
        self.pair_words = frozenset(raw["pair_words"])
        self.counterpart = frozenset(raw["counterpart"])
        self.never_names = frozenset(raw["never_names"])
        self.linking = frozenset(raw["linking"])
        self.possessives = frozenset(raw["possessives"])
        self.of_elided = frozenset(raw["of_elided"])
        self.contracted = frozenset(raw["contracted"])
        self.ambiguous = frozenset(raw["ambiguous"])
        self.lists = frozenset(raw["lists"])
        self.capital_nouns = frozenset(raw["capital_nouns"])
        self.participles = frozenset(raw["participles"])
        self.accredited: tuple[str, ...] = tuple(raw["accredited"])
        self.accredited_in = frozenset(raw["accredited_in"])
        self.locals = frozenset(raw["locals"])
        self.articles = frozenset(raw["articles"])
        self.reflexive = frozenset(raw["reflexive"])
        self.subject_relative = str(raw["subject_relative"])
        self.clause_openers = frozenset(raw["clause_openers"])
        self.passive_sure = frozenset(raw["passive_sure"])
        self.passive = frozenset(raw["passive"])
        self.going = frozenset(raw["going"])
        self.heads: dict[str, str] = {}
        for cls, nouns in data.tables["nouns"]["heads"].items():
            for noun in nouns:
                self.heads.setdefault(noun, cls)

    def head_class(self, token: Token) -> str | None:
        """The class of a head noun, by its lower-cased form without a plural ending."""
        word = token.lower_.replace("’", "'")
        return self.heads.get(word) or self.heads.get(singular(word))


def singular(word: str) -> str:
    """The word without the plural ending of French.

    >>> singular("généraux"), singular("ministres"), singular("pays")
    ('général', 'ministre', 'pay')
    """
    if word.endswith("aux") and len(word) > 5:
        return word[:-3] + "al"
    return word[:-1] if word.endswith(("s", "x")) else word
