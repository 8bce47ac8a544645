"""Who "he", "the minister", "the two sides" and "both navies" are: a closed-class resolver over what was named before.

It looks back through the document in order of the text and answers only where the words leave little choice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from communique.pipeline.drafts import Mention, Sentence
from communique.pipeline.extract.words import Lemmas, classes_of_lemma
from communique.records import UNKNOWN

HE = frozenset({"he", "she", "him", "her", "himself", "herself", "his"})
THEY = frozenset({"they", "them", "themselves", "their"})
WE = frozenset({"we", "us", "our", "i", "my"})
PAIR_NOUNS = frozenset(
    {
        "side",
        "country",
        "nation",
        "state",
        "party",
        "leader",
        "minister",
        "president",
        "general",
        "official",
        "army",
        "navy",
        "force",
        "government",
        "neighbour",
        "neighbor",
        "ally",
        "partner",
        "capital",
        "chief",
        "commander",
        "counterpart",
        "delegation",
        "military",
        "air",
        "admiral",
        "people",
        "pair",
        "power",
        "troop",
        "soldier",
    }
)
# Those of them that stand for states themselves, not for who acts for them.
STATE_NOUNS = frozenset(
    {
        "side",
        "country",
        "nation",
        "state",
        "party",
        "army",
        "navy",
        "government",
        "military",
        "force",
        "neighbour",
        "neighbor",
    }
)
PERSON_NOUNS = {
    "minister": ("minister",),
    "president": ("president",),
    "general": ("general",),
    "admiral": ("admiral",),
    "secretary": ("secretary",),
    "chief": ("chief",),
    "commander": ("commander", "command"),
    "ambassador": ("ambassador",),
    "premier": ("premier", "prime"),
    "spokesman": ("spokes",),
    "spokeswoman": ("spokes",),
    "king": ("king",),
    "emir": ("emir",),
    "chancellor": ("chancellor",),
    "official": ("",),
    "officer": ("",),
    "leader": ("president", "prime", "leader", "king"),
    "envoy": ("envoy",),
    "colonel": ("colonel",),
    "raksha": ("raksha",),
    "guest": ("",),
    "visitor": ("",),
}


UNITS = frozenset({"vessel", "aircraft", "force"})
# Events back to which "the three countries" may point.
BACK = 8


@dataclass(slots=True)
class Discourse:
    """What the document has named so far."""

    persons: list[Mention] = field(default_factory=list)
    parties: list[Mention] = field(default_factory=list)
    speaker: Mention | None = None
    present: Sequence[Mention] = ()
    """The mentions of the sentence that is read."""
    together: list[list[Mention]] = field(default_factory=list)
    """The parties of each event of equals told so far, one mention for each actor."""

    def note_event(self, mentions: Iterable[Mention]) -> None:
        """Remember who took part in an event of equals."""
        by_code = {m.codes[0]: m for m in mentions if len(m.codes) == 1 and m.codes[0] != UNKNOWN}
        self.together.append(list(by_code.values()))

    def note(self, mention: Mention) -> None:
        """Remember a mention in order of the text."""
        if mention.pronoun:
            return
        if mention.kind == "person":
            self.persons.append(mention)
        if not mention.codes:
            return
        self.parties.append(mention)

    def person(self, stem: tuple[str, ...] = ("",), code: str | None = None) -> Mention | None:
        """The last person whose post or rank holds one of the stems."""
        for mention in reversed(self.persons[-12:]):
            words = f"{mention.post or ''} {mention.rank or ''}".lower()
            if any(s in words for s in stem) and (code is None or code in mention.codes):
                return mention
        return None

    def unit(self, noun: str, classes: Collection[str]) -> Mention | None:
        """The last ship, aircraft or force named, for "the frigate" and "the contingent" that are of its class, or the
        last body whose name the noun is part of ("the agency", "the navy")."""
        wanted = UNITS & set(classes)
        return next((m for m in reversed(self.parties[-BACK:]) if m.cls in wanted or is_called(m, noun)), None)

    def pair(self, count: int = 2) -> list[Mention]:
        """The last `count` different parties, earliest first; empty when fewer were named.

        Three or more are rather those who last did something together, where so many did.
        """
        acted = [mentions for mentions in self.together[-BACK:] if len(mentions) == count > 2]
        if acted:
            return acted[-1]
        found: dict[str, Mention] = {}
        for mention in reversed(self.parties):
            code = mention.codes[0]
            if code not in found and mention.cls != "place":
                found[code] = mention
            if len(found) == count:
                return list(reversed(found.values()))
        return []


def is_called(mention: Mention, noun: str) -> bool:
    """Whether a noun stands in the name of a body."""
    return mention.cls in ("body", "force", "igo") and noun in mention.text.lower().split()


def is_collective(token: Token, lemmas: Lemmas) -> int:
    """How many parties a phrase such as "the two countries" or "both navies" stands for; 0 when it is no such phrase.

    "The three countries" is 3, "the sides" is 2.
    """
    if lemmas(token) not in PAIR_NOUNS and token.lower_ not in ("both", "two"):
        return 0
    words = {c.lower_ for c in token.lefts}
    if token.lower_ == "both" or words & {"both", "two", "2"}:
        return 2
    if words & {"three", "3"}:
        return 3
    if words & {"four"}:
        return 4
    return 2 if token.lower_ in ("sides", "pair", "counterparts") and "the" in words else 0


def resolve_reference(token: Token, sentence: Sentence, discourse: Discourse, lemmas: Lemmas) -> list[Mention]:
    """The parties that a pronoun or a definite phrase stands for; empty when it is neither or nothing fits."""
    lower = token.lower_
    if token.pos_ == "PRON" or lower in HE | THEY | WE:
        found = persons_before(token, discourse) if lower in THEY else []
        found = found or pronoun(lower, discourse)
    elif count := is_collective(token, lemmas):
        found = discourse.pair(count)
        if lemmas(token) in STATE_NOUNS:
            found = [of_state(mention) for mention in found]
    elif (
        token.pos_ in ("NOUN", "PROPN")
        and any(c.lower_ in ("the", "his", "her", "this") for c in token.lefts)
        and lemmas(token) in PERSON_NOUNS
    ):
        person = discourse.person(PERSON_NOUNS[lemmas(token)])
        found = [person] if person else []
    elif token.pos_ == "NOUN" and token.tag_ == "NN" and [c.lower_ for c in token.lefts] in (["the"], ["this"]):
        unit = discourse.unit(token.lower_, classes_of_lemma(lemmas(token)))
        return [replace(here(unit, token, sentence), pronoun=False)] if unit else []
    else:
        return []
    return [here(m, token, sentence) for m in found]


def of_state(mention: Mention) -> Mention:
    """The state of an official: "the two sides" are states, whoever spoke for them last."""
    if mention.kind != "person":
        return mention
    return replace(mention.without_person(), cls="state")


def persons_before(token: Token, discourse: Discourse) -> list[Mention]:
    """The two persons of different states that stand before "they" in its own sentence; empty unless just two do."""
    found = {m.codes[0]: m for m in discourse.present if m.kind == "person" and m.codes and m.last < token.i}
    return list(found.values()) if len(found) == 2 else []


def pronoun(lower: str, discourse: Discourse) -> list[Mention]:
    """The parties behind a personal pronoun."""
    if lower in HE:
        person = discourse.person()
        return [person] if person else []
    if lower in THEY:
        return discourse.pair()
    if lower in WE and discourse.speaker is not None:
        return [discourse.speaker]
    if lower == "it":
        last = next((m for m in reversed(discourse.parties) if m.kind != "person" and m.cls != "place"), None)
        return [last] if last else []
    return []


def here(mention: Mention, token: Token, sentence: Sentence) -> Mention:
    """The same party, mentioned by the pronoun's words."""
    return replace(
        mention,
        start=sentence.begin_of(token),
        end=sentence.end_of(token),
        text=token.text,
        sentence=sentence.index,
        head=token.i,
        first=token.i,
        last=token.i,
        pronoun=True,
        place_like=False,
    )
