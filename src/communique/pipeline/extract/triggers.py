"""Finds the words that tell an event and puts the parties around them into roles, by the codebook's triggers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from communique.pipeline.drafts import Draft, Filler, Mention, Sentence
from communique.pipeline.extract.arcs import Arcs, noun_arcs, verb_arcs
from communique.pipeline.extract.discourse import Discourse, resolve_reference
from communique.pipeline.extract.localities import Locality, place_mention
from communique.pipeline.extract.mentions import MentionMap
from communique.pipeline.extract.names import NameMap
from communique.pipeline.extract.patterns import Pattern, PatternBook
from communique.pipeline.extract.unlisted import unlisted
from communique.pipeline.extract.words import (
    NAMING_MEMBERS,
    Lemmas,
    classes_of_lemma,
    conjuncts,
    following_of,
    phrase_tokens,
)

# Who does what the trigger tells has no part in it himself ("the president appointed ...").
BY_ANOTHER = "by another"
NOMINAL = ("NOUN", "PROPN", "ADJ")
TRAVELLERS = frozenset({"person", "official", "vessel", "force"})
DELEGATION = ("delegation", "team", "mission", "group")
# A trigger below this weight is no event at all without its conditions; above it one may be missed, at a price.
HARD = 0.5
MONEY_WORDS = frozenset(
    {
        "aid",
        "assistance",
        "package",
        "grant",
        "credit",
        "financing",
        "fund",
        "funding",
        "support",
        "loan",
        "drawdown",
        "donation",
        "million",
        "billion",
    }
)
SECURITY_WORDS = (
    "military",
    "security",
    "defence",
    "defense",
    "arms",
    "weapon",
    "lethal",
    "army",
    "navy",
    "police",
    "air",
    "border",
    "missile",
)


@dataclass(slots=True)
class Page:
    """Everything known of a document while its events are read."""

    names: NameMap
    mentions: MentionMap
    localities: dict[int, list[Locality]]
    lemmas: Lemmas
    discourse: Discourse
    current: Sentence | None = None
    security: dict[int, int] = field(default_factory=dict)
    """How many nouns of the military or of security each sentence holds."""
    security_share: float = 0.0
    """The share of sentences that hold one."""
    cache: dict[tuple[int, int, bool], Arcs] = field(default_factory=dict)
    sayers: dict[int, list[Token]] = field(default_factory=dict)
    """The verbs of saying of the sentences that were asked for them."""


def find_triggers(sentence: Sentence, page: Page, book: PatternBook) -> list[Draft]:
    """The drafts that a sentence's words give, one for each trigger word: the pattern whose conditions hold best."""
    drafts: list[Draft] = []
    for token in sentence.tokens:
        if token.pos_ in ("VERB", "AUX"):
            patterns = book.verbs.get(page.lemmas(token), ())
        elif token.pos_ in NOMINAL:
            patterns = noun_patterns(token, page, sentence, book)
        else:
            continue
        if patterns:
            drafts.extend(best_drafts(sentence, token, patterns, page))
    return drafts


# Names that tell what they are names of.
NAMED = {"exercise": "exercise", "instrument": "agreement"}


def hints_of(sentence: Sentence, page: Page, book: PatternBook) -> dict[int, str]:
    """The type of event that each word known to tell one tells most firmly, by token, whatever its sentence says; the
    last word of an exercise's or an instrument's name tells that. Firm patterns are left out: they ask no reader."""
    hints: dict[int, str] = {}
    for token in sentence.tokens:
        table = book.verbs if token.pos_ in ("VERB", "AUX") else book.nouns if token.pos_ in NOMINAL else None
        if table is not None:
            known = (p for p in table.get(page.lemmas(token), ()) if not p.firm)
            fitting = [p for p in known if words_match(token, p, page.lemmas)]
            if fitting:
                hints[token.i] = max(fitting, key=lambda p: p.weight).type
    named = {name.last: NAMED[name.entry.kind] for name in page.names.of(sentence) if name.entry.kind in NAMED}
    return hints | named


def noun_patterns(token: Token, page: Page, sentence: Sentence, book: PatternBook) -> Sequence[Pattern]:
    """The nominal patterns of a token; the name of an exercise series counts as the words "named exercise"."""
    name = page.names.at(sentence, token)
    if name is not None and name.entry.kind == "exercise":
        if name.last != token.i or only_names(token, page.lemmas):
            return ()
        return [p for p in book.nouns.get("exercise", ()) if p.lemma == ("named", "exercise")]
    if name is not None and name.entry.kind in ("state", "body", "igo", "outlet", "firm", "armed"):
        return ()
    if any(m.kind == "person" for m in page.mentions.at(sentence.paragraph, token.i)) or modifies(token, page.lemmas):
        return ()
    return book.nouns.get(page.lemmas(token)) or book.nouns.get(token.lower_, ())


# Nouns that an event's name may modify without ceasing to be told ("visit plans", "exercise programme").
CARRIERS = frozenset(
    {
        "plan",
        "proposal",
        "programme",
        "program",
        "schedule",
        "agreement",
        "accord",
        "pact",
        "deal",
        "series",
        "exercise",
        "drill",
        "package",
        "ceremony",
        "talk",
        "session",
        "meeting",
        "mission",
        "operation",
        "summit",
        "conference",
    }
)


def only_names(token: Token, lemmas: Lemmas) -> bool:
    """Whether an exercise's name only goes before the noun that tells of it ("the Malabar 2020 drills")."""
    head = token.head
    before = head.i > token.i and token.dep_ in ("compound", "nmod", "amod")
    return before and "exercise" in classes_of_lemma(lemmas(head))


def modifies(token: Token, lemmas: Lemmas) -> bool:
    """Whether a noun only modifies another ("patrol boat", "training ground")."""
    return token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i and lemmas(token.head) not in CARRIERS


def best_drafts(sentence: Sentence, token: Token, patterns: Sequence[Pattern], page: Page) -> list[Draft]:
    """For each type the draft of the pattern that fits best: conditions first, then weight and number of parties."""
    best: dict[str, tuple[tuple[float, ...], Draft]] = {}
    for pattern in patterns:
        if not words_match(token, pattern, page.lemmas) or (
            pattern.lemma[0] == "named" and page.names.at(sentence, token) is None
        ):
            continue
        arcs = arcs_of(token, pattern.verbal, page, sentence)
        missed = needs_missed(pattern, token, arcs, sentence, page)
        if missed and (pattern.weight < HARD or missed > 1):
            continue
        draft = draft_of(sentence, token, pattern, arcs, page)
        if missed:
            draft.flags.add("needs missed")
        elif pattern.firm:
            draft.flags.add("firm")
        key = (
            -missed,
            float(not pattern.echo),
            pattern.weight + 0.12 * min(len(draft.fillers), 3) + 0.05 * len(pattern.needs) + 0.05 * len(pattern.lemma),
        )
        if pattern.type not in best or key > best[pattern.type][0]:
            best[pattern.type] = (key, draft)
    return [draft for _, draft in best.values()]


def words_match(token: Token, pattern: Pattern, lemmas: Lemmas) -> bool:
    """Whether the words before the head are those of a lemma of several words."""
    if len(pattern.lemma) == 1 or pattern.lemma[0] == "named":
        return True
    doc, wanted = token.doc, pattern.lemma[:-1]
    at = token.i - len(wanted)
    if at < 0:
        return False
    if not pattern.verbal:
        return all(doc[at + k].lower_ == w or lemmas(doc[at + k]) == w for k, w in enumerate(wanted))
    return False


def arcs_of(token: Token, verbal: bool, page: Page, sentence: Sentence) -> Arcs:
    """The slots of a token, computed once."""
    key = (sentence.paragraph, token.i, verbal)
    if key not in page.cache:
        page.cache[key] = verb_arcs(token) if verbal else noun_arcs(token)
    return page.cache[key]


def draft_of(sentence: Sentence, token: Token, pattern: Pattern, arcs: Arcs, page: Page) -> Draft:
    """A draft with the parties that stand in the pattern's slots."""
    draft = Draft(
        type=pattern.type,
        mode=pattern.mode,
        sentence=sentence.index,
        trigger=token.i,
        trigger_text=token.text,
        start=sentence.begin_of(token),
        end=sentence.end_of(token),
        score=pattern.weight,
        why=[pattern.id()],
    )
    if pattern.echo:
        draft.flags.add("echo")
    if pattern.status:
        draft.flags.add("status:" + pattern.status)
    if pattern.verbal and pattern.slots == ((("object",), "appointee"),):
        draft.flags.add(BY_ANOTHER)
    judges = (m for thing in arcs.get("outside", ()) for m in parties_at(thing, sentence, page, "party", "subject"))
    draft.outside = frozenset(code for judge in judges for code in judge.codes)
    seen: set[tuple[str, str, str | None]] = set()
    for slots, role in pattern.slots:
        for slot in slots:
            for thing in arcs.get(slot, ()):
                if thing.i == token.i:
                    continue
                for mention in parties_at(thing, sentence, page, role, slot):
                    if mention.level == "spokesperson" and pattern.type not in ("statement", "appointment"):
                        continue
                    # An official whose state is not told here may get it from another sentence (fill.py).
                    stateless = ("",) if mention.kind == "person" and mention.name else ()
                    for code in mention.codes or stateless:
                        key = (role, code, mention.name if mention.kind == "person" else None)
                        if key not in seen and role != "item":
                            seen.add(key)
                            draft.fillers.append(Filler(role, mention, slot))
    return draft


def parties_at(thing: Token, sentence: Sentence, page: Page, role: str, slot: str) -> list[Mention]:
    """The parties that a slot's word stands for, those joined to it included."""
    found: list[Mention] = []
    for token in [*conjuncts(thing), *listed_under(thing)]:
        found.extend(parties_of_token(token, sentence, page, role, slot))
    return found


def listed_under(thing: Token) -> list[Token]:
    """The members that a plural names after it ("28 countries, including Sweden and Tonga", "states such as Oman")."""
    found: list[Token] = []
    for noun in (thing, *following_of(thing, "of", "from")):
        for child in noun.children:
            such = child.lower_ == "as" and child.i > 0 and child.doc[child.i - 1].lower_ == "such"
            if such or child.lower_ in NAMING_MEMBERS:
                found.extend(t for c in child.children if c.dep_ in ("pobj", "dobj", "obj") for t in conjuncts(c))
    return found


def named_after(officials: Sequence[Mention], sentence: Sentence, page: Page) -> list[Mention]:
    """The persons whose names follow the words for several officials of one state, or of as many states ("the defence
    ministers of Oman and Kuwait, A and B"); empty where there are none."""
    if any(m.cls != "official" or m.kind == "person" or not m.codes for m in officials):
        return []
    doc, at = sentence.tokens.doc, max(m.last for m in officials) + 1
    persons = {m.first: m for m in page.mentions.of(sentence.index) if m.kind == "person"}
    found: list[Mention] = []
    while at < sentence.tokens.end:
        if doc[at].lower_ in (",", "and"):
            at += 1
        elif at in persons:
            found.append(persons[at])
            at = persons[at].last + 1
        else:
            break
    states = [code for m in officials for code in m.codes]
    if len(found) < 2 or len(states) not in (1, len(found)):
        return []
    given = states * len(found) if len(states) == 1 else states
    return [replace(m, codes=m.codes or (code,)) for m, code in zip(found, given, strict=True)]


def parties_of_token(token: Token, sentence: Sentence, page: Page, role: str, slot: str) -> list[Mention]:
    """The parties of one word: named on it, behind its pronoun, in its modifiers, or the country of a place."""
    here = page.mentions.at(sentence.paragraph, token.i)
    if here:
        return named_after(here, sentence, page) or here
    referred = resolve_reference(token, sentence, page.discourse, page.lemmas)
    if referred:
        return referred
    if role in ("host", "recipient", "provider", "target", "body"):
        for locality in page.localities.get(sentence.index, ()):
            if locality.first <= token.i <= locality.last and locality.country:
                return [place_mention(locality)]
    if token.pos_ in ("NOUN", "PROPN", "ADJ"):
        inner = [m for t in phrase_tokens(token) for m in page.mentions.at(sentence.paragraph, t.i)]
        if inner:
            return unique(inner)
        owned = [
            t
            for child in token.rights
            if child.dep_ == "prep" and child.lower_ in ("of", "from", "between")
            for t in child.children
            if t.dep_ == "pobj"
        ]
        held = unique(m for t in owned for c in conjuncts(t) for m in named_or_referred(c, sentence, page))
        return held or unlisted([token, *owned], sentence, page.lemmas)
    return []


def named_or_referred(token: Token, sentence: Sentence, page: Page) -> list[Mention]:
    """The parties on a token, or those that it refers to."""
    return page.mentions.at(sentence.paragraph, token.i) or resolve_reference(
        token, sentence, page.discourse, page.lemmas
    )


def unique(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions without repeats, in order."""
    found: list[Mention] = []
    for mention in mentions:
        if mention not in found:
            found.append(mention)
    return found


def needs_missed(pattern: Pattern, token: Token, arcs: Arcs, sentence: Sentence, page: Page) -> int:
    """How many of a pattern's conditions do not hold."""
    return sum(not need_holds(slots, classes, pattern, token, arcs, sentence, page) for slots, classes in pattern.needs)


def need_holds(
    slots: tuple[str, ...],
    classes: frozenset[str],
    pattern: Pattern,
    token: Token,
    arcs: Arcs,
    sentence: Sentence,
    page: Page,
) -> bool:
    """Whether one of the slots holds one of the classes."""
    special = slots[0]
    if special == "any":
        return any(fits(t, classes, sentence, page) for things in arcs.values() for t in things)
    if special == "any_pair":
        codes = {
            c
            for things in arcs.values()
            for t in things
            for m in parties_at(t, sentence, page, "party", "subject")
            for c in m.codes
        }
        return len(codes) >= 2
    if special in ("context", "sentence", "complement"):
        return any(word_fits(t, classes, sentence, page) for t in sentence.tokens)
    if special == "not_complement":
        return not arcs.get("complement")
    if special == "governor":
        governors = [*arcs.get("governor", ()), *(t for t in token.children if t.dep_ in ("acl", "relcl"))]
        return any(page.lemmas(t) in classes for t in governors) or page.lemmas(token.head) in classes
    if special == "adverb":
        return any(t.lower_ in classes for t in token.children)
    return any(
        fits(t, classes, sentence, page) for slot in slots for thing in arcs.get(slot, ()) for t in conjuncts(thing)
    )


def fits(token: Token, classes: frozenset[str], sentence: Sentence, page: Page) -> bool:
    """Whether a slot's word is of one of the classes.

    By its mention, its reference, its noun class or its own words.
    """
    mentions = page.mentions.at(sentence.paragraph, token.i) or resolve_reference(
        token, sentence, page.discourse, page.lemmas
    )
    if any(mention_fits(m, classes) for m in mentions):
        return True
    if {"place", "state", "base", "sea", "capital"} & classes and any(
        loc.first <= token.i <= loc.last for loc in page.localities.get(sentence.index, ())
    ):
        return True
    # What is named as arms is judged by its own noun: "artillery shells" are no artillery.
    words = [token] if "arms" in classes_of_lemma(page.lemmas(token)) else phrase_tokens(token)
    return any(word_fits(t, classes, sentence, page) for t in words)


def mention_fits(mention: Mention, classes: frozenset[str]) -> bool:
    """Whether a mention is of one of the classes."""
    if mention.cls in classes or mention.kind in classes or "party" in classes:
        return True
    if "traveller" in classes and mention.cls in TRAVELLERS:
        return True
    if mention.cls in ("person", "official") and classes & {"official", "person"}:
        return mention.cls == "person" or "official" in classes or "person" in classes
    if classes & {"delegation", "traveller"} and any(w in mention.text.lower() for w in DELEGATION):
        return True
    return mention.cls in ("igo", "body") and bool(classes & {"format", "igo", "coalition", "body"})


def word_fits(token: Token, classes: frozenset[str], sentence: Sentence, page: Page) -> bool:
    """Whether a word itself is of one of the classes, as a lemma, as a noun class or as an entry of the lexicon."""
    lemma = page.lemmas(token)
    if lemma in classes or token.lower_ in classes:
        return True
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "SYM"):
        return False
    own = classes_of_lemma(lemma)
    if own & classes:
        return True
    if "traveller" in classes and own & {"official", "vessel", "force"}:
        return True
    if "money_security" in classes and (lemma in MONEY_WORDS or token.lower_ in MONEY_WORDS):
        return secure(token, sentence)
    if (
        "treaty" in classes
        and "agreement" in own
        and lemma
        not in (
            "plan",
            "program",
            "programme",
            "statement",
            "act",
            "letter",
            "deal",
            "contract",
            "document",
            "settlement",
        )
    ):
        return True
    if "defence_post" in classes and lemma in POSTS:
        return lemma in ("commander", "command") or of_defence(token)
    name = page.names.at(sentence, token)
    return name is not None and (
        name.entry.kind in classes
        or ("agreement" in classes and name.entry.kind == "instrument")
        or ("treaty" in classes and name.entry.kind == "instrument")
    )


# Nouns of a post, and words that beside one make it a post of defence.
POSTS = frozenset(
    {"chief", "commander", "command", "minister", "secretary", "chairman", "head", "inspector", "attaché"}
)
DEFENCE = re.compile(
    r"(?:defen[cs]e|military|army|navy|naval|armed|forces?|fleet|troops?|guards?|marines?|corps)$",
    re.IGNORECASE,
)
STAFFS = ("chiefs of staff", "general staff", "air staff")
# Words away at which it still is of the post ("Chairman of the Joint Chiefs of Staff").
BESIDE = 7


def of_defence(token: Token) -> bool:
    """Whether a post's noun has a word of defence beside it, or is one of the chiefs of staff of armed forces."""
    beside = token.sent[max(0, token.i - token.sent.start - BESIDE) : token.i - token.sent.start + BESIDE + 1]
    words = beside.text.lower()
    return any(DEFENCE.match(t.text) for t in beside) or any(staff in words for staff in STAFFS)


def secure(token: Token, sentence: Sentence) -> bool:
    """Whether the sentence speaks of the military near a word that alone would be civil."""
    words = sentence.lower
    return any(w in words for w in SECURITY_WORDS)
