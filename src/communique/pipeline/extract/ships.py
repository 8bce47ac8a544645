"""Warships by name ("INS Tabar", "USS Carl Vinson"): the prefix tells whose navy; the name is no person, no place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Token

from communique.lexicon.ships import ShipPrefixes
from communique.pipeline.drafts import Mention, Sentence, mention_on
from communique.pipeline.extract.words import classes_of_lemma

LONGEST = 4
QUOTES = frozenset({'"', "'", "“", "”", "‘", "’", "``", "''"})
LINKS = frozenset({"of", "de", "da", "do", "del", "la", "le", "the", "al", "-", "."})
ENDING = frozenset({"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "ADV", "PRON", "DET", "PUNCT", "PART"})
NOT_NAMES = frozenset({"carrier", "amphibious", "strike", "class", "exercise"})


@dataclass(frozen=True, slots=True)
class Ship:
    """A ship's name with its prefix on tokens first..last of a paragraph, and the state whose navy it is of."""

    first: int
    last: int
    code: str


def ships_in(sentence: Sentence, told: frozenset[str], prefixes: ShipPrefixes) -> list[Ship]:
    """The ships that a sentence names; `told` are codes that the document names beyond doubt."""
    found: list[Ship] = []
    for token in sentence.tokens:
        if token.text in prefixes and (not found or token.i > found[-1].last):
            last = last_of(token, prefixes)
            code = prefixes.navy_of(token.text, told, sure=introduced(token)) if last is not None else None
            if last is not None and code is not None:
                found.append(Ship(token.i, last, code))
    return found


def introduced(prefix: Token) -> bool:
    """Whether a noun for ships stands right before the prefix ("the frigate KD Jebat")."""
    return prefix.i > 0 and "vessel" in classes_of_lemma(prefix.nbor(-1).lower_)


def last_of(prefix: Token, prefixes: ShipPrefixes) -> int | None:
    """The last token of the name behind a prefix, or None where no name follows."""
    doc, last = prefix.doc, None
    at = prefix.i + 1
    if at < len(doc) and doc[at].text in QUOTES:
        at += 1
    for i in range(at, min(at + LONGEST + 2, len(doc))):
        token = doc[i]
        if part_of_name(token, prefixes) and (last is None or token.pos_ not in ENDING):
            last = i
        elif last is None or token.lower_ not in LINKS or names_a_fleet(token):
            break
    return last


def names_a_fleet(link: Token) -> bool:
    """Whether "of" behind a ship's name leads to whose she is ("KD Jebat of the Royal Malaysian Navy")."""
    behind = link.doc[link.i + 1 : link.i + 2 + LONGEST]
    name = takewhile(lambda t: t.text[0].isupper() or t.lower_ == "the", behind)
    return link.lower_ == "of" and any("force" in classes_of_lemma(t.lower_) for t in name)


def part_of_name(token: Token, prefixes: ShipPrefixes) -> bool:
    """Whether a word can be a ship's name: a capital, and no noun for ships, forces or posts, and no day."""
    if not token.text[0].isupper() or token.text in prefixes:
        return False
    if token.lower_ in NOT_NAMES or token._.entity in ("DATE", "TIME"):
        return False
    return not classes_of_lemma(token.lower_) & {"vessel", "force", "official", "group"} or token.nbor(-1).text in LINKS


def ship_mentions(sentence: Sentence, ships: list[Ship]) -> Iterator[tuple[Mention, list[int]]]:
    """A mention for each ship with the tokens that carry it."""
    for ship in ships:
        mention = mention_on(
            sentence, ship.first, ship.last, head=ship.last, cls="vessel", kind="organisation", codes=(ship.code,)
        )
        mention.name = mention.text
        yield mention, [*range(ship.first, ship.last + 1), *groups_of(sentence.tokens.doc[ship.last])]


def groups_of(last: Token) -> Iterator[int]:
    """The noun that a ship's name only modifies ("the USS Carl Vinson Carrier Strike Group")."""
    token = last
    while token.dep_ in ("compound", "nmod") and last.i < token.head.i <= last.i + LONGEST:
        token = token.head
        yield token.i
