"""Whether an event is told as done, going on, planned, proposed, cancelled or denied: read from the verbs above its
trigger.

The cue must govern the trigger itself; a "will" elsewhere in the sentence says nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from spacy.tokens import Token

from communique.pipeline.drafts import Draft, Sentence
from communique.pipeline.extract.words import Lemmas
from communique.records import Status

ORDER: tuple[Status, ...] = ("denied", "cancelled", "proposed", "planned")
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor"})
CLIMBED = frozenset(
    {
        "acomp",
        "xcomp",
        "ccomp",
        "advcl",
        "acl",
        "pcomp",
        "dobj",
        "pobj",
        "prep",
        "nsubjpass",
        "nsubj",
        "conj",
        "relcl",
        "attr",
        "oprd",
        "amod",
        "compound",
        "dep",
        "appos",
        "agent",
        "csubj",
        "poss",
    }
)
FUTURE_BE = frozenset({"is", "are", "was", "were", "be", "'s", "’s"})
# What stands after these is told as a fact beside the verb above ("urged, at a meeting in Kigali, ...").
# Verbs that deny an event when what they dismiss is a report of it.
DISMISSING = frozenset({"dismiss", "reject"})
REPORTS = frozenset({"report", "claim", "allegation", "rumour", "rumor", "accusation", "suggestion", "charge"})
LASTING = frozenset({"exercise", "training", "deployment", "cooperation", "visit"})
ADVERBIAL = frozenset(
    {
        "at",
        "after",
        "during",
        "following",
        "in",
        "since",
        "while",
        "amid",
        "upon",
        "with",
        "under",
        "ahead",
        "despite",
        "by",
        "from",
        "within",
        "as",
        "through",
    }
)
STATES_OF_BEING = frozenset({"deployment", "training", "cooperation"})


@lru_cache(maxsize=1)
def cues() -> Mapping[str, Any]:
    """The cue words of lexicon/data/cues.yml."""
    raw: dict[str, Any] = yaml.safe_load(files("communique.lexicon").joinpath("data/cues.yml").read_text("utf-8"))
    return raw


def read_status(draft: Draft, sentence: Sentence, lemmas: Lemmas) -> None:
    """Set the draft's status and tense with the cue that decided them."""
    token = sentence.tokens.doc[draft.trigger]
    chain = list(climb(token, sentence))
    status, why = decide(draft, token, chain, sentence, lemmas)
    draft.status, draft.status_why = status, why
    draft.tense = "future" if status in ("planned", "proposed") else "past"
    if sentence.is_title:
        draft.flags.add("title")
    forced = next((f.split(":", 1)[1] for f in draft.flags if f.startswith("status:")), None)
    if forced and draft.status == "occurred":
        draft.status, draft.status_why = forced, "trigger"  # type: ignore[assignment]


def climb(token: Token, sentence: Sentence) -> Iterator[Token]:
    """The trigger and what governs it, upwards, as far as the grammar carries a status."""
    yield token
    steps = 0
    while token.head is not token and token.dep_ in CLIMBED and steps < 6 and token.head.i >= sentence.tokens.start:
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and own_tense(token):
            return
        if token.dep_ in ("advcl", "relcl") and token.tag_ not in ("VB", "VBG"):
            return
        if token.dep_ == "prep" and token.lower_ in ADVERBIAL:
            return
        if token.dep_ in ("nsubj", "poss") and steps and token.pos_ == "VERB":
            return
        token, steps = token.head, steps + 1
        yield token


def own_tense(verb: Token) -> bool:
    """Whether a coordinated verb is finite or has its own subject or auxiliary."""
    finite = verb.tag_ in ("VBD", "VBZ", "VBP")
    return finite or any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in verb.children)


def decide(
    draft: Draft, token: Token, chain: Sequence[Token], sentence: Sentence, lemmas: Lemmas
) -> tuple[Status, str]:
    """The strongest status that a word on the chain gives, and that word."""
    table = cues()["status"]
    if any(w.pos_ == "VERB" and lemmas(w) in DISMISSING for w in chain[1:]) and any(
        lemmas(w) in REPORTS for w in chain[1:]
    ):
        return "denied", "a report dismissed"
    for status in ORDER:
        for depth, word in enumerate(chain):
            found = cue_on(word, depth, table[status], status, draft, lemmas, sentence.lower)
            if found:
                return status, found
    if negated(chain):
        return "denied", "negation"
    if sentence.is_title and to_infinitive(token):
        return "planned", "headline infinitive"
    return going_on(draft, token, chain, sentence, lemmas)


def cue_on(
    word: Token, depth: int, table: Mapping[str, Sequence[str]], status: str, draft: Draft, lemmas: Lemmas, lower: str
) -> str | None:
    """The cue that one word of the chain bears for a status, if any."""
    if depth and word.pos_ in ("VERB", "AUX", "ADJ") and lemmas(word) in table.get("verbs", ()):
        if (
            status == "planned"
            and lemmas(word) in ("order", "announce", "clear", "approve", "agree")
            and not infinitive_below(word)
            and draft.type not in ("transfer",)
        ):
            return None
        return word.text
    if depth and word.pos_ == "NOUN" and lemmas(word) in table.get("nouns", ()):
        return word.text
    if status in ("proposed", "planned"):
        for child in word.children:
            if child.dep_ == "aux" and child.lower_ in table.get("modals", ()) and not ability(child, word):
                return child.text
    if depth == 0 or word.pos_ in ("NOUN", "PROPN"):
        for child in word.lefts:
            if child.dep_ in ("amod", "nmod") and child.lower_ in table.get("adjectives", ()):
                return child.text
    if word.pos_ == "ADJ" and depth and word.lower_ in table.get("adjectives", ()) and status != "denied":
        return word.text
    if status == "planned" and be_to(word):
        return "is to"
    if status == "planned" and "would" in {c.lower_ for c in word.children if c.dep_ == "aux"} and under_report(word):
        return "would"
    return phrase_on(word, [p for p in table.get("phrases", ()) if p in lower])


def ability(modal: Token, verb: Token) -> bool:
    """ "could" of a past ability is no proposal; kept narrow: "could not"."""
    return modal.lower_ in ("could", "can") and any(c.dep_ == "neg" for c in verb.children)


def infinitive_below(word: Token) -> bool:
    """Whether an infinitive depends on the word ("agreed to sell")."""
    return any(c.dep_ in ("xcomp", "ccomp", "advcl", "acl") and c.tag_ == "VB" for c in word.children)


def be_to(word: Token) -> bool:
    """ "is to visit": a form of be with an infinitive as complement."""
    if word.tag_ != "VB" or word.dep_ not in ("xcomp", "ccomp", "ROOT", "conj"):
        return False
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in word.children)
    head = word.head
    return to and (
        head.lower_ in FUTURE_BE or any(c.lower_ in FUTURE_BE and c.dep_ in ("aux", "cop") for c in word.children)
    )


def under_report(word: Token) -> bool:
    """Whether a clause stands under a verb of saying in the past."""
    return word.dep_ in ("ccomp", "conj", "relcl", "ROOT", "advcl", "acl")


def phrase_on(word: Token, phrases: Sequence[str]) -> str | None:
    """A phrase of several words that begins at the word or one before it."""
    if not phrases:
        return None
    doc = word.doc
    near = doc[max(0, word.i - 3) : word.i + 4].text.lower()
    own = {word.lower_, *(c.lower_ for c in word.children)}
    return next((p for p in phrases if p in near and any(w in own for w in p.split())), None)


def negated(chain: Sequence[Token]) -> bool:
    """Whether the trigger or a verb directly above it is negated."""
    for depth, word in enumerate(chain[:3]):
        for child in word.children:
            if child.dep_ == "neg" and child.lower_ in NEGATIONS:
                return True
            if depth == 0 and child.dep_ == "det" and child.lower_ == "no":
                return True
            if child.dep_ in ("nsubj", "nsubjpass", "dobj") and word.pos_ == "VERB" and depth <= 1 and none_of(child):
                return True
        if word.pos_ == "VERB" and depth:
            return False
    return False


def none_of(child: Token) -> bool:
    """Whether a subject or object is nothing: "no foreign ships", "nothing", "nobody"."""
    return child.lower_ in ("nothing", "nobody", "none") or any(
        c.dep_ == "det" and c.lower_ == "no" for c in child.lefts
    )


def to_infinitive(token: Token) -> bool:
    """Whether the word, or the verb over it, is an infinitive with "to", as headlines tell of plans."""
    verb = token if token.pos_ == "VERB" else token.head
    return (
        verb.tag_ == "VB"
        and any(c.lower_ == "to" for c in verb.children)
        and verb.dep_ in ("ROOT", "relcl", "acl", "xcomp", "ccomp")
    )


def going_on(
    draft: Draft, token: Token, chain: Sequence[Token], sentence: Sentence, lemmas: Lemmas
) -> tuple[Status, str]:
    """Ongoing where the grammar says so, else occurred."""
    table = cues()["status"]["ongoing"]
    verb = next((w for w in chain if w.pos_ in ("VERB", "AUX")), None)
    for word in chain[:3]:
        if lemmas(word) in table["verbs"] and word.pos_ == "VERB":
            return "ongoing", word.text
        if any(c.lower_ in table["adjectives"] for c in word.lefts):
            return "ongoing", "adjective"
        if (
            word.pos_ == "VERB"
            and lemmas(word) in cues()["status"]["begun"]["verbs"]
            and draft.type in LASTING
            and not sentence.is_title
        ):
            return "ongoing", word.text
        found = phrase_on(word, [p for p in table["phrases"] if p in sentence.lower])
        if found:
            return "ongoing", found
    if verb is not None and not sentence.is_title:
        aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if verb.tag_ == "VBG" and aux & {"is", "are", "'s", "’s", "am", "been"}:
            return "ongoing", "progressive"
        if aux & {"has", "have"} and any(c.lower_ == "since" for c in verb.children) and draft.type in LASTING:
            return "ongoing", "since"
        if verb is token and verb.tag_ in ("VBZ", "VBP") and draft.type in STATES_OF_BEING:
            return "ongoing", "present tense"
    return "occurred", "no cue"
