"""Noun phrases of parties in a sentence of another language: a head noun with what follows it, its state and its name.

A phrase runs from its head over adjectives and "of" phrases to the next verb, preposition or comma; a name or a
second title after a comma belongs to it. The preposition before it is the slot in which it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.pipeline.drafts import Sentence
from communique.pipeline.languages.names import Named
from communique.pipeline.languages.words import Words, singular

LONGEST = 24  # tokens of one phrase
LONGEST_NAME = 5
TITLES = frozenset({"official", "rank"})


@dataclass(slots=True)
class Phrase:
    """A party's phrase: token range, slot (its preposition, "" when bare), class, state codes, person's name and post.

    `group` is the index of the first phrase of a coordination ("A, B and C").
    """

    first: int
    last: int
    slot: str
    cls: str
    codes: tuple[str, ...] = ()
    name: str | None = None
    post: str | None = None
    head: str = ""
    form: str = "noun"
    group: int = -1
    pronoun: bool = False
    own: bool = field(default=False)
    """whether its determiner is a possessive ("son homologue")"""


class Reader:
    """Reads the phrases of one sentence."""

    def __init__(self, words: Words, sentence: Sentence, names: Sequence[Named]) -> None:
        self.words = words
        self.doc = sentence.tokens.doc
        self.start, self.end = sentence.tokens.start, sentence.tokens.end
        self.named: dict[int, Named] = {}
        self.name_first: dict[int, tuple[int, Named]] = {}
        for name in names:
            inside = [
                t.i for t in sentence.tokens if sentence.begin_of(t) < name.end and name.start < sentence.end_of(t)
            ]
            if inside:
                self.name_first[inside[0]] = (inside[-1], name)
                self.named.update(dict.fromkeys(inside, name))

    def phrases(self) -> list[Phrase]:
        """The phrases in order."""
        found: list[Phrase] = []
        i = self.start
        while i < self.end:
            phrase = self._at(i)
            if phrase is None:
                i += 1
                continue
            found.append(phrase)
            i = phrase.last + 1
        self._coordinate(found)
        return found

    def _at(self, i: int) -> Phrase | None:
        token = self.doc[i]
        if i in self.name_first:
            last, name = self.name_first[i]
            if name.form == "adjective":
                return self._demonym(i, last, name)
            phrase = Phrase(i, last, self._slot(i), name.cls, (name.code,), name.name, form=name.form, head=name.text)
            return self._person_then_title(phrase) if name.form == "person" else phrase
        cls = self.words.head_class(token)
        if cls is not None and token.pos_ not in ("VERB", "AUX", "ADP"):
            return self._from_head(i, cls)
        if token.text in self.words.honorifics and self._name_end(i + 1) > i:
            end = self._name_end(i + 1)
            return Phrase(i, end, self._slot(i), "official", name=self.doc[i + 1 : end + 1].text, form="person")
        if token.lower_ in self.words.singular | self.words.plural:
            plural = token.lower_ in self.words.plural
            return Phrase(i, i, "", "pair" if plural else "person", pronoun=True, form="pronoun")
        if token.lower_ in self.words.pairs and self.doc[max(i - 1, 0)].lower_ in self.words.pair_words:
            return Phrase(i, i, self._slot(i), "pair", pronoun=True, form="pronoun", head=token.lower_)
        end = self._name_end(i)
        if end > i and token.ent_type_ in ("PER",) and token.i not in self.named:
            phrase = Phrase(i, end, self._slot(i), "official", name=self.doc[i : end + 1].text, form="person")
            return self._person_then_title(phrase)
        return None

    def _demonym(self, i: int, last: int, name: Named) -> Phrase | None:
        """People named by their country ("des Turcs"), never an adjective."""
        if not name.text[0].isupper() or i == self.start:
            return None
        return Phrase(i, last, self._slot(i), "people", (name.code,), form="demonym", head=name.text)

    def _from_head(self, i: int, cls: str) -> Phrase | None:
        """The phrase that a head noun opens, with its state and its name."""
        end = self._noun_end(i)
        codes = self._codes(i, end)
        phrase = Phrase(i, end, self._slot(i), cls, codes[:1], head=singular(self.doc[i].lower_))
        if len(codes) > 1 and self.doc[i].lower_ != phrase.head:
            phrase.codes = codes  # "les ministres de la Défense de Suède et de Finlande"
        phrase.own = i > 0 and self.doc[i - 1].lower_ in self.words.possessives
        if self._is_pair(i) and not codes:
            phrase.cls, phrase.pronoun, phrase.form = "pair", True, "pronoun"
            return phrase
        if cls in TITLES:
            self._titled(phrase)
        return phrase

    def _is_pair(self, i: int) -> bool:
        word = self.doc[i].lower_
        plural = word in self.words.pairs or word + "s" in self.words.pairs
        return plural and (self.doc[i - 1].lower_ in self.words.pair_words) if i > self.start else False

    def _titled(self, phrase: Phrase) -> None:
        """Add what follows a title: its own name, or a comma, further titles and the name."""
        phrase.post = self.doc[phrase.first : phrase.last + 1].text
        while True:
            after = phrase.last + 1
            name_end = self._name_end(after)
            if name_end >= after:
                phrase.name, phrase.last = self.doc[after : name_end + 1].text, name_end
                phrase.form = "person"
                return
            step = self._further(after)
            if step is None:
                return
            begin, end = step
            if begin in self.name_first or self._name_end(begin) >= begin:
                last = self.name_first[begin][0] if begin in self.name_first else self._name_end(begin)
                phrase.name, phrase.last, phrase.form = self.doc[begin : last + 1].text, last, "person"
                if begin in self.name_first and not phrase.codes:
                    phrase.codes = (self.name_first[begin][1].code,)
                return
            codes = self._codes(begin, end)
            if codes and phrase.codes and codes[0] != phrase.codes[0]:
                return
            phrase.last, phrase.codes = end, phrase.codes or codes[:1]

    def _further(self, i: int) -> tuple[int, int] | None:
        """First and last token of a name or of one more title after a comma, if one stands there."""
        if i < self.end and i in self.name_first and self.name_first[i][1].form == "person":
            return i, i
        if i >= self.end or (self.doc[i].text != "," and self.doc[i].lower_ not in self.words.lists):
            return None
        begin = i + 1
        while begin < self.end and self.doc[begin].lower_ in self.words.determiners:
            begin += 1
        if begin >= self.end:
            return None
        if self.doc[i].text == "," and (
            (begin in self.name_first and self.name_first[begin][1].form == "person") or self._name_end(begin) >= begin
        ):
            return begin, begin
        follows = (
            self.words.head_class(self.doc[begin]) in TITLES and self.doc[begin].lower_ not in self.words.counterpart
        )
        if not follows or (
            self.doc[i].lower_ in self.words.lists and self.doc[begin - 1].lower_ in self.words.determiners
        ):
            return None
        return begin, self._noun_end(begin)

    def _person_then_title(self, phrase: Phrase) -> Phrase:
        """A name with the title after its comma ("Ana Lima, ministre brésilienne de la Défense,")."""
        step = self._further(phrase.last + 1)
        if step is not None and self.doc[step[0]].text[0].islower():
            phrase.post = self.doc[step[0] : step[1] + 1].text
            phrase.codes = phrase.codes or self._codes(*step)[:1]
            phrase.last = step[1]
        return phrase

    def _noun_end(self, i: int) -> int:
        """The last token of the noun phrase that opens at `i`: adjectives and "of" phrases, no names of persons."""
        end = j = i
        while (j := j + 1) < min(self.end, i + LONGEST):
            token = self.doc[j]
            if j in self.named and self.named[j].form != "person":
                end = j
            elif (
                token.lower_ in self.words.of
                or token.text in ("-", "'", "’")
                or (token.lower_ in self.words.accredited_in and self._accredited(i, j))
                or (token.lower_ in self.words.lists and self._listed(j))
            ):
                continue
            elif token.pos_ in ("ADJ", "NUM", "X") or (token.pos_ in ("NOUN", "PROPN") and self._within(j)):
                end = j
            elif token.pos_ == "DET" or token.lower_ in self.words.determiners:
                if self.doc[j - 1].lower_ not in (*self.words.of, *self.words.accredited_in, "-"):
                    break
            elif token.i - 1 == end and token.lower_ in self.words.participles:
                end = j
            else:
                break
        return end

    def _within(self, j: int) -> bool:
        """Whether a noun belongs to the phrase: behind "of" or a hyphen, or a word in lower case beside the head."""
        if (
            self._name_end(j) >= j
            and self.doc[j].text[0].isupper()
            and self.doc[j].lower_ not in self.words.capital_nouns
        ):
            return self.doc[j - 1].lower_ in self.words.of or self.doc[j - 1].lower_ in self.words.determiners
        return True

    def _accredited(self, i: int, j: int) -> bool:
        """Whether "in X" still says of whom an ambassador, attaché or delegation speaks."""
        head = self.doc[i:j].text.lower()
        follows = any(k in self.named for k in range(j + 1, min(j + 3, self.end)))
        return follows and any(w in head for w in self.words.accredited)

    def _listed(self, j: int) -> bool:
        """Whether "et" goes on with an "of" phrase or an adjective of the same head ("et de la France")."""
        after = self.doc[j + 1].lower_ if j + 1 < self.end else ""
        return after in self.words.of or (
            j + 1 < self.end and self.doc[j + 1].pos_ == "ADJ" and j + 1 not in self.named
        )

    def _name_end(self, i: int) -> int:
        """The last token of a run of capitalised words that can be a person's name, or i - 1."""
        j = i
        last = i - 1
        while j < self.end and j - i < LONGEST_NAME + 2:
            token = self.doc[j]
            if j in self.named and self.named[j].form != "person":
                break
            capital = (
                token.text[0].isupper()
                and token.text not in self.words.never_names
                and token.is_alpha | ("-" in token.text)
            )
            if capital:
                last = j
            elif not (last >= i and (token.text == "-" or token.lower_ in self.words.particles)):
                break
            j += 1
        single = last == i and not (self.doc[i].ent_type_ == "PER" or self.doc[i].pos_ == "PROPN")
        return i - 1 if single or last - i >= LONGEST_NAME + 2 else last

    def _codes(self, first: int, last: int) -> tuple[str, ...]:
        """The states and bodies named from one token to another, in order."""
        found: list[str] = []
        for k in range(first, last + 1):
            name = self.named.get(k)
            if name is not None and name.form != "person" and name.code not in found:
                found.append(name.code)
        return tuple(found)

    def _slot(self, i: int) -> str:
        """The slot of the phrase headed at `i`: the preposition before its determiners, or "" when there is none."""
        j = i - 1
        while j >= self.start:
            token = self.doc[j]
            word = token.lower_
            contracted = word in self.words.contracted or (word in self.words.ambiguous and token.pos_ == "ADP")
            if word in self.words.prepositions and (
                contracted or word not in self.words.determiners or self._elided(j)
            ):
                return self._compound(j, self.words.prepositions[word])
            if not (
                word in self.words.determiners or token.pos_ in ("DET", "NUM") or (token.pos_ == "ADJ" and j >= i - 3)
            ):
                return ""
            j -= 1
        return ""

    def _elided(self, j: int) -> bool:
        return self.doc[j].lower_ in self.words.of_elided

    def _compound(self, j: int, slot: str) -> str:
        """The slot of "auprès de", "au profit de" and their likes, else the preposition's own."""
        before = self.doc[j - 1].lower_ if j > self.start else ""
        return self.words.compound.get(before, slot)

    def _coordinate(self, phrases: list[Phrase]) -> None:
        """Give the phrases of a list the slot and the group of its first."""
        for k, phrase in enumerate(phrases):
            phrase.group = k
            if k == 0:
                continue
            before = phrases[k - 1]
            gap = [t.lower_ for t in self.doc[before.last + 1 : phrase.first]]
            rest = [w for w in gap if w not in self.words.determiners and w not in self.words.linking]
            joined = any(w in self.words.linking for w in gap)
            same = not rest or (rest == [w for w in rest if self.words.prepositions.get(w) == before.slot])
            if joined and same and (phrase.slot in ("", before.slot)) and not phrase.pronoun:
                phrase.slot, phrase.group = before.slot, before.group
