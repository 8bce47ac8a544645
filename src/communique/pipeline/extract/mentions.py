"""Every party that a document names: states, bodies, groups of a state's people, ships, officials and armed groups.

A mention sits on tokens, so that the grammar around a trigger can find it; its codes are the codebook's actors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from spacy.tokens import Doc, Token

from communique.pipeline.drafts import Mention, Sentence, mention_on
from communique.pipeline.extract.names import SERVED, Name, NameMap
from communique.pipeline.extract.persons import Person, PersonMention
from communique.pipeline.extract.ships import ship_mentions
from communique.pipeline.extract.titles import Title
from communique.pipeline.extract.words import (
    Lemmas,
    classes_of_lemma,
    conjuncts,
    following_of,
    phrase_tokens,
    plain_singular,
)
from communique.text import fold

CLASS_OF_KIND = {"state": "state", "group": "state", "body": "body", "igo": "igo", "armed": "armed", "firm": "firm"}
ARMED_BODIES = frozenset(
    {
        "army",
        "navy",
        "air_force",
        "marines",
        "coast_guard",
        "gendarmerie",
        "border_guard",
        "special",
        "missile_force",
        "armed_forces",
        "police",
    }
)


class MentionMap:
    """The mentions of a document, found by the tokens that carry them."""

    def __init__(self, sentences: Sequence[Sentence] = ()) -> None:
        self.sentences = sentences
        self.all: list[Mention] = []
        self._at: dict[tuple[int, int], list[Mention]] = defaultdict(list)
        self._by_sentence: dict[int, list[Mention]] = defaultdict(list)
        self._by_span: dict[tuple[int, int], Mention] = {}

    def add(self, paragraph: int, mention: Mention, tokens: Iterable[int]) -> None:
        """Keep a mention under each of the given tokens of its paragraph."""
        self.all.append(mention)
        self._by_sentence[mention.sentence].append(mention)
        self._by_span[mention.start, mention.end] = mention
        for i in tokens:
            if mention not in self._at[paragraph, i]:
                self._at[paragraph, i].append(mention)

    def attach(self, paragraph: int, mention: Mention, tokens: Iterable[int]) -> None:
        """Keep a mention on its tokens only.

        An adjective is a party of the noun it stands before, not of its sentence.
        """
        for i in tokens:
            self._at[paragraph, i].append(mention)

    def at(self, paragraph: int, i: int) -> list[Mention]:
        """The mentions that a token carries."""
        return self._at.get((paragraph, i), [])

    def by_sentence(self) -> dict[int, list[Mention]]:
        """The mentions of every sentence in order, by the sentence's index."""
        return dict(self._by_sentence)

    def spanning(self, span: tuple[int, int]) -> Mention | None:
        """The mention from one offset to another, if there is one."""
        return self._by_span.get(span)

    def of(self, sentence: int) -> list[Mention]:
        """The mentions of a sentence in order."""
        return self._by_sentence.get(sentence, [])


def find_mentions(
    sentences: Sequence[Sentence],
    names: NameMap,
    persons: Sequence[PersonMention],
    titles: dict[int, list[Title]],
    lemmas: Lemmas,
    home: str | None = None,
) -> MentionMap:
    """All mentions but pronouns, which need the events around them."""
    found = MentionMap(sentences)
    by_sentence: dict[int, list[PersonMention]] = defaultdict(list)
    for person in persons:
        by_sentence[person.sentence.index].append(person)
    known = list({id(p.person): p.person for p in persons}.values())
    for sentence in sentences:
        taken = add_ships(found, sentence, names)
        taken |= add_persons(found, sentence, by_sentence[sentence.index], taken)
        taken |= add_offices(found, sentence, names, titles.get(sentence.index, []), taken, home, known)
        taken |= add_groups(found, sentence, names, lemmas, taken)
        add_named(found, sentence, names, taken)
        found._by_sentence[sentence.index].sort(key=lambda m: m.start)
    return found


def add_ships(found: MentionMap, sentence: Sentence, names: NameMap) -> set[int]:
    """The warships of a sentence that are named with a prefix; returns the tokens of their names."""
    taken: set[int] = set()
    for mention, tokens in ship_mentions(sentence, names.ships_of(sentence)):
        found.add(sentence.paragraph, mention, tokens)
        taken.update(range(mention.first, mention.last + 1))
    return taken


def add_persons(found: MentionMap, sentence: Sentence, persons: Iterable[PersonMention], ships: set[int]) -> set[int]:
    """The officials of a sentence; returns the tokens that belong to them. A ship's name is no person's."""
    taken: set[int] = set()
    for p in persons:
        if ships & set(range(p.first, p.last + 1)):
            continue
        person = p.person
        code = person.code
        mention = mention_on(
            sentence,
            p.wide_first,
            p.wide_last,
            head=p.last,
            cls="person",
            kind="person",
            codes=(code,) if code else (),
            name=person.name,
            post=person.best(person.posts),
            rank=person.best(person.ranks),
            level=person.best(person.levels),
        )
        tokens = range(p.wide_first, p.wide_last + 1)
        found.add(sentence.paragraph, mention, tokens)
        taken.update(tokens)
    return taken


def add_offices(
    found: MentionMap,
    sentence: Sentence,
    names: NameMap,
    titles: Sequence[Title],
    taken: set[int],
    home: str | None,
    known: Sequence[Person] = (),
) -> set[int]:
    """Posts without a name ("the Syrian Minister of Defense"): an official of the state that is named with them, the
    person to whom the document gives that post where it is one."""
    used: set[int] = set()
    for title in titles:
        tokens = range(title.first, title.last + 1)
        if title.rank or taken & set(tokens):
            continue
        owner = owner_before(sentence, names, title.first)
        code = title.code or (owner.entry.code if owner is not None else None) or home
        first = owner.first if owner is not None else title.first
        inside = (names.at(sentence, i) for i in range(first, title.last + 1))
        armed = next((n for n in inside if n is not None and n.entry.kind == "armed" and n.entry.code == code), None)
        mention = mention_on(
            sentence,
            first,
            title.last,
            head=title.last,
            cls="official",
            kind="country" if code and armed is None else "organisation",
            codes=(code,) if code else (),
            name=armed.entry.name if armed is not None else None,
            post=title.text,
            level=title.level_in(code),
        )
        holder = holder_of(title, code, known)
        if holder is not None:
            rank = holder.best(holder.ranks)
            mention = replace(mention, kind="person", name=holder.name, post=holder.best(holder.posts), rank=rank)
        found.add(sentence.paragraph, mention, range(first, title.last + 1))
        used.update(range(first, title.last + 1))
    return used


def holder_of(title: Title, code: str | None, known: Sequence[Person]) -> Person | None:
    """The one person to whom the document gives the post of a title for the same state."""
    words = post_words(title.text)
    if code is None or title.level is None or not words:
        return None
    holders = [
        p
        for p in known
        if p.code == code and title.level_in(code) in p.levels and any(words <= post_words(post) for post in p.posts)
    ]
    return holders[0] if len(holders) == 1 else None


def post_words(post: str) -> frozenset[str]:
    """The words of a post that tell it from others, however it is put ("Minister of Defense", "Defence Minister")."""
    words = fold(post).replace("defense", "defence").split()
    return frozenset(w for w in words if len(w) > 3 and w not in ("general", "armed", "forces"))


BEFORE_POSTS = frozenset({"'s", "’s", "'", "’", "former", "acting", "new", "deputy", "visiting", "top"})


def owner_before(sentence: Sentence, names: NameMap, first: int) -> Name | None:
    """The state or body named directly before a post, as an adjective or a possessive."""
    i = first - 1
    while i >= sentence.tokens.start and sentence.tokens.doc[i].lower_ in BEFORE_POSTS:
        i -= 1
    name = names.at(sentence, i) if i >= sentence.tokens.start else None
    return name if name is not None and name.entry.kind in SERVED else None


def add_groups(found: MentionMap, sentence: Sentence, names: NameMap, lemmas: Lemmas, taken: set[int]) -> set[int]:
    """Nouns for people, forces and ships with the states that own them ("the Egyptian and French navies").

    Where the last of them makes a name by itself, the others own the noun of that name ("Omani and Indian Navy").
    """
    used: set[int] = set()
    for token in sentence.tokens:
        name = names.at(sentence, token)
        named = name if name is not None and not name.adjectival else None
        if token.i in taken or token.pos_ not in ("NOUN", "PROPN") or (named is not None and token.i != named.last):
            continue
        cls = group_class(lemmas(token))
        if cls is None:
            continue
        owners = list(owners_of(sentence, names, token))
        if named is not None:
            owners = [owner for owner in owners if owner.adjectival and owner.last < named.first]
        for owner in owners:
            mention = group_mention(sentence, token, owner, cls)
            found.add(sentence.paragraph, mention, carriers(token))
        for owner in owners:
            if owner.adjectival or owner.last < token.i:
                used.update(range(owner.first, owner.last + 1))
    return used


def carriers(token: Token) -> list[int]:
    """The noun and the proper name that it only introduces ("patrol vessel Tarapunga" hangs on the name)."""
    found = [token.i]
    while token.dep_ in ("compound", "nmod") and token.head.pos_ == "PROPN" and token.head.i > token.i:
        token = token.head
        found.append(token.i)
    return found


def group_class(lemma: str) -> str | None:
    """The class of a common noun that names people or ships."""
    classes = classes_of_lemma(lemma)
    return next((c for c in ("vessel", "force", "official", "aircraft", "group") if c in classes), None)


def owners_of(sentence: Sentence, names: NameMap, head: Token) -> Iterator[Name]:
    """The states and bodies that a noun belongs to, by its modifiers, else by "of" or "from"."""
    seen: set[int] = set()
    phrases: list[Iterable[Token]] = [phrase_tokens(head)]
    tails = [c for inner in following_of(head, "of", "from") for c in conjuncts(inner)]
    phrases += [phrase_tokens(c) for c in tails]
    for number, phrase in enumerate(phrases):
        if number and seen:
            return
        for token in phrase:
            name = names.at(sentence, token)
            if name is not None and name.start not in seen and owns(name, number > 0, head):
                seen.add(name.start)
                yield name
        if number:
            seen.clear()


def owns(name: Name, behind: bool, head: Token) -> bool:
    """Whether a name can own a noun: a state, a body or a group; never a sea or a port."""
    if name.entry.kind not in SERVED | {"group"} or not name.codes:
        return False
    return not (behind and name.entry.kind == "state" and name.entry.form in ("metonym",) and head.pos_ == "PROPN")


def group_mention(sentence: Sentence, head: Token, owner: Name, cls: str) -> Mention:
    """The mention of a group that belongs to one owner."""
    doc = sentence.tokens.doc
    first, last = min(owner.first, head.i), max(owner.last, head.i)
    if last - first > 14:
        first = last = head.i
    kind: Literal["country", "organisation"] = "organisation" if cls in ("force", "vessel", "aircraft") else "country"
    text = doc[first : last + 1].text
    organised = cls in ("force", "vessel", "aircraft") or any(
        w in text.lower() for w in ("delegation", "ministry", "department")
    )
    armed = owner.entry.name if owner.entry.kind == "armed" else None
    return mention_on(
        sentence,
        first,
        last,
        head=head.i,
        cls=cls if owner.entry.kind != "armed" else "armed",
        kind="organisation" if organised or armed else kind,
        codes=owner.codes,
        name=group_name(doc, head, owner, text) if organised else armed,
    )


def group_name(doc: Doc, head: Token, owner: Name, text: str) -> str:
    """The group's own words, or in a list its noun with its own owner ("navies of Chile and Fiji": "navy of Fiji",
    "Omani and Indian warships": "Omani warships")."""
    joined = [t.i for t in doc[owner.last + 1 : head.i] if t.lower_ in (",", "and", "or")]
    if owner.adjectival and joined and joined[-1] + 2 <= head.i:
        return f"{owner.text} {doc[joined[-1] + 2 : head.i + 1].text}"
    if owner.first > head.i and doc[head.i + 1].lower_ == "of" and owner.first > head.i + 3:
        return f"{plain_singular(head.text)} of {owner.text}"
    return text


def add_named(found: MentionMap, sentence: Sentence, names: NameMap, taken: set[int]) -> None:
    """States, bodies and groups that stand by their own name."""
    doc = sentence.tokens.doc
    for name in names.of(sentence):
        entry = name.entry
        if entry.kind not in CLASS_OF_KIND or not name.codes or taken & set(range(name.first, name.last + 1)):
            continue
        attributive = entry.form == "adjective" and not stands_alone(doc[name.last])
        cls = CLASS_OF_KIND[entry.kind]
        if cls == "body" and entry.subkind in ARMED_BODIES:
            cls = "force"
        organised = cls != "state"
        mention = Mention(
            start=name.start,
            end=name.end,
            text=name.text,
            sentence=sentence.index,
            head=name.last,
            cls=cls,
            kind="organisation" if organised else "country",
            codes=name.codes,
            name=entry.name if organised else None,
            weak=entry.weak,
            first=name.first,
            last=name.last,
            place_like=cls == "state",
        )
        tokens = range(name.first, name.last + 1)
        if attributive:
            found.attach(sentence.paragraph, mention, tokens)
        else:
            found.add(sentence.paragraph, mention, tokens)


def stands_alone(token: Token) -> bool:
    """Whether an adjective is used as a noun ("the Dutch", "between Iranian and ...": no)."""
    return (
        token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "agent", "ROOT", "appos")
        and token.dep_ != "amod"
    )
