"""Finds the officials of a document: their names, posts, ranks and the state they act for.

A name is a run of capitalised words with a reason to be a person: a rank, post or courtesy title before it, a post
after it, the entity recogniser, the lexicon's officials, or a fuller name elsewhere in the document. Titles are read
outwards from the name, which mends most of what the recogniser splits or swallows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from communique.lexicon.officials import Register
from communique.pipeline.drafts import Sentence
from communique.pipeline.extract.apposition import COURTESY, scan_left, scan_right
from communique.pipeline.extract.counterparts import state_beside
from communique.pipeline.extract.names import NameMap
from communique.pipeline.extract.titles import Title
from communique.pipeline.extract.words import classes_of_lemma
from communique.text import SUFFIXES, fold, surname_of

PARTICLES = frozenset(
    {
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "del",
        "dos",
        "du",
        "la",
        "le",
        "ul",
        "ur",
        "abu",
        "y",
        "e",
        "zu",
        "ben",
    }
)
NOT_NAMES = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "that",
        "in",
        "on",
        "at",
        "he",
        "she",
        "they",
        "it",
        "we",
        "i",
        "his",
        "her",
        "their",
        "our",
        "as",
        "but",
        "and",
        "or",
        "for",
        "with",
        "by",
        "of",
        "to",
        "from",
        "after",
        "during",
        "while",
        "when",
        "day",
        "today",
        "exercise",
        "operation",
        "agreement",
        "visit",
        "meeting",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "ship",
        "ins",
        "uss",
        "hms",
        "base",
        "air",
        "sea",
        "ocean",
        "gulf",
        "bay",
        "strait",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "islamic",
        "republic",
        "fleet",
        "command",
        "treaty",
        "pact",
        "accord",
        "university",
        "academy",
        "institute",
        "department",
        "bureau",
        "directorate",
        "division",
        "office",
        "agency",
        "secretariat",
        "committee",
        "commission",
        "council",
        "authority",
        "headquarters",
        "ministry",
        "staff",
        "corps",
        "brigade",
        "regiment",
        "center",
        "centre",
        "street",
        "house",
        "palace",
        "airport",
        "port",
        "harbour",
        "harbor",
        "river",
        "island",
        "islands",
        "sir",
    }
)


# What the register of officials knows of a full name outweighs a state read beside it; a surname at home outweighs one.
KNOWN, HOME = 6, 3


@dataclass(slots=True)
class Person:
    """A person of the document with what was said of them, most often said first."""

    name: str
    posts: Counter[str] = field(default_factory=Counter)
    ranks: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    titles: list[Title] = field(default_factory=list)
    single: bool = False

    @property
    def surname(self) -> str:
        """The last word of the name, folded, by which the text calls the person later; "Jr." and "III" are none."""
        return surname_of(self.name)

    @property
    def code(self) -> str | None:
        """The state or body that the person is most often said to be of."""
        return self.codes.most_common(1)[0][0] if self.codes else None

    @property
    def levels(self) -> Counter[str]:
        """The levels of the posts told of the person, as the person's state uses them."""
        told = (title.level_in(self.code) for title in self.titles)
        return Counter(level for level in told if level)

    def best(self, counter: Counter[str]) -> str | None:
        """The commonest value in its fullest form: "Secretary" gives way to "Secretary of State"."""
        if not counter:
            return None
        common = max(counter, key=lambda v: (counter[v], len(v)))
        return max((v for v in counter if common.lower() in v.lower()), key=len)


@dataclass(slots=True)
class PersonMention:
    """Where a person is named: the name's tokens, and the wider phrase with titles and state."""

    person: Person
    sentence: Sentence
    first: int
    last: int
    wide_first: int
    wide_last: int


def find_persons(
    sentences: Sequence[Sentence],
    names: NameMap,
    titles: dict[int, list[Title]],
    officials: dict[str, str],
    offices: Register,
    home: str | None = None,
) -> list[PersonMention]:
    """Every mention of a person, full names first so that surnames find them. `officials` maps folded names to states.

    An official whose state nothing tells acts for `home`, the outlet's country, as domestic news leaves it unsaid.
    Headlines are read last, when the text has told where a name ends.
    """
    register: dict[str, Person] = {}
    found: list[PersonMention] = []
    ordered = sorted(sentences, key=lambda s: s.is_title)
    runs = [(s, run) for s in ordered for run in name_runs(s, names, titles.get(s.index, []))]
    for longer in (True, False):
        for sentence, (first, last) in runs:
            if (last > first) is not longer:
                continue
            if sentence.is_title:
                last = known_end(sentence, first, last, register)
            mention = read_person(sentence, first, last, names, titles.get(sentence.index, []), register)
            if mention is not None:
                found.append(mention)
    served = {n.entry.code for s in sentences for n in names.of(s) if n.entry.kind == "igo"}
    give_states(found, names, officials, served, offices, home)
    return sorted(found, key=lambda m: (m.sentence.index, m.first))


def give_states(
    found: Sequence[PersonMention],
    names: NameMap,
    officials: dict[str, str],
    served: Collection[str | None],
    offices: Register,
    home: str | None,
) -> None:
    """Add to what the text says of each person's state what the register, the persons around and the outlet tell.

    Who is told as an official of an organisation among `served` acts for it, whatever his nationality.
    """
    for person in {id(m.person): m.person for m in found}.values():
        known = officials.get(fold(person.name))
        if known and not serves(person, served):
            person.codes[known] += KNOWN
        elif home and offices.tenures_of(person.surname, home):
            person.codes[home] += HOME
    for mention in found:
        person = mention.person
        if not person.codes and person.posts:
            beside = state_beside(mention.sentence, mention.wide_first, mention.wide_last, names)
            if beside is not None:
                person.codes[beside] += 1
    for person in {id(m.person): m.person for m in found}.values():
        state = state_of_post(person, offices) or home
        if state and not person.codes and person.posts:
            person.codes[state] += 1


def state_of_post(person: Person, offices: Register) -> str | None:
    """The one state in which somebody of a person's bare surname is known to have held such a post ("President
    Putin")."""
    if " " in person.name:
        return None
    states = set().union(*(offices.states_of(person.surname, level) for level in person.levels))
    return states.pop() if len(states) == 1 else None


def serves(person: Person, served: Collection[str | None]) -> bool:
    """Whether a person's title names an organisation as his own: ambassadors to it are their states'."""
    return "ambassador" not in person.levels and any(code in served for code in person.codes)


def known_end(sentence: Sentence, first: int, last: int, register: dict[str, Person]) -> int:
    """Where a name of a headline ends by what the text calls the person: capitals hide the verb behind it."""
    doc = sentence.tokens.doc
    if surname_of(doc[first : last + 1].text) in register:
        return last
    for end in range(last - 1, first - 1, -1):
        words = doc[first : end + 1].text
        known = register.get(surname_of(words))
        if known is not None and same_person(known.name, words):
            return end
    return last


def name_runs(sentence: Sentence, names: NameMap, titles: Sequence[Title]) -> list[tuple[int, int]]:
    """The runs of tokens that may be a person's name."""
    blocked = {i for t in titles for i in range(t.first, t.last + 1)}
    after_title = {t.last + 1 for t in titles}
    doc, runs, i, stop = sentence.tokens.doc, [], sentence.tokens.start, sentence.tokens.end
    while i < stop:
        token = doc[i]
        titled = i in after_title or (i > 0 and doc[i - 1].lower_ in COURTESY)
        if i in blocked or (held(sentence, names, i) and not titled) or not begins_name(token, titled):
            i += 1
            continue
        last = end_of_name(sentence, names, blocked, i)
        runs.append((i, last))
        i = last + 1
    return runs


def held(sentence: Sentence, names: NameMap, i: int) -> bool:
    """Whether a token belongs to a name of the lexicon that is no person."""
    name = names.at(sentence, i)
    return name is not None and name.entry.kind not in ("official",)


# What the tagger may take a name for that it does not know.
NAMELIKE = frozenset({"NOUN", "ADJ", "ADV", "VERB", "X"})


def goes_on(token: Token) -> bool:
    """Whether the next word has a capital too."""
    return token.i + 1 < len(token.doc) and bool(token.nbor().text[0].isupper())


def begins_name(token: Token, titled: bool) -> bool:
    """Whether a token can begin a person's name."""
    if not token.text[0].isupper() or token.lower_ in NOT_NAMES or token.lower_ in COURTESY:
        return False
    if titled:
        return token.is_alpha or "-" in token.text or "." in token.text or "'" in token.text or "’" in token.text
    return token.pos_ == "PROPN" or (token.pos_ in NAMELIKE and goes_on(token) and token._.entity == "PERSON")


def end_of_name(sentence: Sentence, names: NameMap, blocked: set[int], first: int) -> int:
    """The last token of the name that begins at `first`."""
    doc, stop, last, i = sentence.tokens.doc, sentence.tokens.end, first, first + 1
    while i < stop and i - first < 8:
        token = doc[i]
        if i in blocked:
            break
        if (
            token.text == "-"
            and i + 1 < stop
            and doc[i + 1].is_alpha
            and not token.whitespace_
            and not doc[i - 1].whitespace_
        ):
            last = i + 1
            i += 2
            continue
        if token.text == "-" or (
            token.lower_ in PARTICLES
            and i + 1 < stop
            and (doc[i + 1].text[0].isupper() or doc[i + 1].text == "-" or doc[i + 1].lower_ in PARTICLES)
        ):
            i += 1
            continue
        if (
            token.text[0].isupper()
            and token.lower_ not in NOT_NAMES
            and not held_hard(sentence, names, i)
            and (token.is_alpha or "-" in token.text or "." in token.text or "’" in token.text or "'" in token.text[1:])
        ):
            last = i
            i += 1
            continue
        if token.text == "," and i + 1 < stop and doc[i + 1].lower_ in ("jr.", "jr", "sr."):
            last = i + 1
            break
        break
    return last


def held_hard(sentence: Sentence, names: NameMap, i: int) -> bool:
    """Whether a token starts a name of a state or body, which ends a person's name."""
    name = names.at(sentence, i)
    return (
        name is not None
        and name.entry.kind in ("state", "body", "igo", "armed", "outlet")
        and not name.entry.weak
        and name.first == i
        and name.entry.form != "demonym"
    )


def recognised(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the entity recogniser takes a word of a name of several for a person's."""
    return last > first and any(t._.entity == "PERSON" for t in sentence.tokens.doc[first : last + 1])


def registered(sentence: Sentence, first: int, last: int, names: NameMap) -> bool:
    """Whether a name of several words is, as it stands, that of an official whom the lexicon knows."""
    name = names.at(sentence, first)
    return (
        last > first and name is not None and name.entry.kind == "official" and (name.first, name.last) == (first, last)
    )


def read_person(
    sentence: Sentence, first: int, last: int, names: NameMap, titles: Sequence[Title], register: dict[str, Person]
) -> PersonMention | None:
    """The person named by a run with titles around it, entered in the register.

    None when nothing says it is a person.
    """
    text = sentence.tokens.doc[first : last + 1].text
    if first == last and "force" in classes_of_lemma(text.lower()):
        return None
    wide_first, left = scan_left(sentence, first, names, titles)
    wide_last, right = scan_right(sentence, last, names, titles)
    surname = surname_of(text)
    known = register.get(surname)
    titled = any(isinstance(x, Title) for x in left) or any(isinstance(x, Title) for x in right)
    told = known is not None or titled or courteous(sentence, first) or registered(sentence, first, last, names)
    if not told and not recognised(sentence, first, last):
        return None
    if known is None or (last > first and not same_person(known.name, text)):
        known = Person(text, single=last == first)
        register[surname] = known
    elif len(text) > len(known.name):
        known.name = text
    for item in [*left, *right]:
        if isinstance(item, Title):
            (known.ranks if item.rank else known.posts)[item.text] += 1
            known.titles.append(item)
            if item.code:
                known.codes[item.code] += 2
        else:
            known.codes[item] += 2
    return PersonMention(known, sentence, first, last, wide_first, wide_last)


def courteous(sentence: Sentence, first: int) -> bool:
    """Whether a courtesy title stands before the name."""
    return first > sentence.tokens.start and sentence.tokens.doc[first - 1].lower_ in COURTESY


def same_person(known: str, text: str) -> bool:
    """Whether two names with one surname can be one person: the words of one are among, or initials of, the other's."""
    a, b = given_names(known), given_names(text)
    if not a or not b:
        return True
    short, long = sorted((a, b), key=len)
    return any(w in long or any(x.startswith(w) or w.startswith(x) for x in long) for w in short)


def given_names(name: str) -> list[str]:
    """The folded words of a name before its surname."""
    return [w.rstrip(".") for w in fold(name).replace(",", " ").split() if w not in SUFFIXES][:-1]
