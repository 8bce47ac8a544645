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
AGREED = frozenset({"transfer", "cooperation"})
"""what is still to come once it is agreed or approved, whether or not an infinitive tells what"""
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
    if forced and draft.status == "occurred" and not told_as_past(token):
        draft.status, draft.status_why = forced, "trigger"  # type: ignore[assignment]


def told_as_past(token: Token) -> bool:
    """Whether an adjective tells of what is over or was brought to light ("the alleged sale", "the botched sale")."""
    return any(c.dep_ in ("amod", "nmod") and c.lower_ in cues()["status"]["past"]["adjectives"] for c in token.lefts)


def climb(token: Token, sentence: Sentence) -> Iterator[Token]:
    """The trigger and what governs it, upwards, as far as the grammar carries a status."""
    yield token
    steps = 0
    while token.head is not token and token.dep_ in CLIMBED and steps < 6 and token.head.i >= sentence.tokens.start:
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and own_tense(token):
            return
        reported = token.head.lower_ in REPORTS or token.head.lower_.removesuffix("s") in REPORTS
        if token.dep_ in ("advcl", "relcl") and token.tag_ not in ("VB", "VBG") and not reported:
            return
        if token.dep_ == "advcl" and token.tag_ == "VBG" and token.i < token.head.i:
            return
        if token.dep_ == "prep" and token.lower_ in ADVERBIAL:
            return
        if token.dep_ in ("ccomp", "conj", "parataxis") and ";" in {t.text for t in between(token, token.head)}:
            return
        if token.dep_ in ("nsubj", "poss") and steps and token.pos_ == "VERB":
            return
        token, steps = token.head, steps + 1
        yield token


def between(one: Token, other: Token) -> Iterator[Token]:
    """The tokens between two of one sentence."""
    yield from one.doc[min(one.i, other.i) + 1 : max(one.i, other.i)]


def own_tense(verb: Token) -> bool:
    """Whether a coordinated verb is finite or has its own subject or auxiliary."""
    finite = verb.tag_ in ("VBD", "VBZ", "VBP")
    return finite or any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in verb.children)


def decide(
    draft: Draft, token: Token, chain: Sequence[Token], sentence: Sentence, lemmas: Lemmas
) -> tuple[Status, str]:
    """The strongest status that a word on the chain gives, and that word."""
    table = cues()["status"]
    own = by_clause(token, draft, lemmas)
    if own is not None:
        return own
    if any(w.pos_ == "VERB" and lemmas(w) in DISMISSING for w in chain[1:]) and any(
        lemmas(w) in REPORTS for w in chain[1:]
    ):
        return "denied", "a report dismissed"
    for status in ORDER:
        for depth, word in enumerate(chain):
            found = cue_on(word, depth, table[status], status, draft, lemmas, sentence.lower)
            if found:
                return ("denied", f"not {found}") if found == word.text and refused(word, status) else (status, found)
    if negated(chain):
        return "denied", "negation"
    if sentence.is_title and to_infinitive(token):
        return "planned", "headline infinitive"
    return going_on(draft, token, chain, sentence, lemmas)


def by_clause(token: Token, draft: Draft, lemmas: Lemmas) -> tuple[Status, str] | None:
    """What a clause on the event's own noun tells: "the drill that Chile is holding", "... intends to hold"."""
    if token.pos_ not in ("NOUN", "PROPN") or draft.type not in LASTING | {"meeting"}:
        return None
    for verb in token.rights:
        if verb.dep_ != "relcl":
            continue
        if any(c.dep_ == "nsubj" and c.lower_ in ("which", "that") for c in verb.children):
            begun = lemmas(verb) in cues()["status"]["begun"]["verbs"] and not opens_other(verb, token)
            if begun and draft.type in LASTING:
                return "ongoing", verb.text
            continue
        aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if "will" in aux or (lemmas(verb) in PLANNING and infinitive_below(verb)):
            return "planned", verb.text
        if verb.tag_ == "VBG" and aux & {"is", "are"}:
            return "ongoing", "progressive"
    return None


PLANNING = frozenset({"plan", "intend", "agree", "decide"})


def refused(word: Token, status: str) -> bool:
    """Whether what would be wished or planned is told not to be ("had never asked for", "was not discussed")."""
    return status in ("proposed", "planned") and any(c.dep_ == "neg" and c.lower_ in NEGATIONS for c in word.children)


def cue_on(
    word: Token, depth: int, table: Mapping[str, Sequence[str]], status: str, draft: Draft, lemmas: Lemmas, lower: str
) -> str | None:
    """The cue that one word of the chain bears for a status, if any."""
    if depth and word.pos_ in ("VERB", "AUX", "ADJ") and lemmas(word) in table.get("verbs", ()):
        if (
            status == "planned"
            and lemmas(word) in ("order", "announce", "clear", "approve", "agree", "undertake")
            and not infinitive_below(word)
            and draft.type not in AGREED
            and not set_for_later(word, draft, lemmas)
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
    if status == "planned" and (be_to(word) or (depth == 1 and is_to_be(word))):
        return "is to"
    if status == "planned" and depth < 2 and to_be_done(word):
        return "to be"
    if status == "planned" and depth and word.lower_ in table.get("before", ()):
        return word.text
    if status == "planned" and "would" in {c.lower_ for c in word.children if c.dep_ == "aux"} and under_report(word):
        return "would"
    own = () if depth else (word.lower_,)
    return phrase_on(word, [p for p in table.get("phrases", ()) if p in lower and not set(own) & set(p.split())])


def ability(modal: Token, verb: Token) -> bool:
    """ "could" of a past ability is no proposal; kept narrow: "could not"."""
    return modal.lower_ in ("could", "can") and any(c.dep_ == "neg" for c in verb.children)


def infinitive_below(word: Token) -> bool:
    """Whether an infinitive depends on the word ("agreed to sell")."""
    return any(c.dep_ in ("xcomp", "ccomp", "advcl", "acl") and c.tag_ == "VB" for c in word.children)


def set_for_later(word: Token, draft: Draft, lemmas: Lemmas) -> bool:
    """ "the drills were announced for 2019", of what is held on a day."""
    held = draft.type in LASTING | {"meeting"} and lemmas(word) in ("announce", "agree")
    return held and any(c.dep_ == "auxpass" for c in word.children)


def be_to(word: Token) -> bool:
    """ "is to visit", "is to be held": a form of be with an infinitive as complement."""
    passive = word.tag_ == "VBN" and any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in word.children)
    if not (word.tag_ == "VB" or passive) or word.dep_ not in ("xcomp", "ccomp", "ROOT", "conj"):
        return False
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in word.children)
    head = word.head
    return to and (
        head.lower_ in FUTURE_BE or any(c.lower_ in FUTURE_BE and c.dep_ in ("aux", "cop") for c in word.children)
    )


def is_to_be(word: Token) -> bool:
    """Whether a form of be has a passive infinitive beside it ("a meeting is to be held")."""
    return word.lower_ in FUTURE_BE and any(
        c.dep_ == "xcomp" and c.tag_ == "VBN" and {"to", "be"} <= {a.lower_ for a in c.children} for c in word.children
    )


def to_be_done(word: Token) -> bool:
    """ "the talks to be held in May": a passive infinitive on a noun."""
    return word.tag_ == "VBN" and word.dep_ in ("acl", "relcl") and {"to", "be"} <= {c.lower_ for c in word.children}


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
            and not opens_other(word, token)
        ):
            return "ongoing", word.text
        found = phrase_on(word, [p for p in table["phrases"] if p in sentence.lower])
        if found:
            return "ongoing", found
    if verb is not None and not sentence.is_title:
        aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if aux & {"is", "are"} and "being" in aux:
            return "ongoing", "progressive passive"
        if verb.tag_ == "VBG" and aux & {"is", "are", "'s", "’s", "am", "been"}:
            return "ongoing", "progressive"
        if aux & {"has", "have"} and any(c.lower_ == "since" for c in verb.children) and draft.type in LASTING:
            return "ongoing", "since"
        if in_force(verb, token, draft, lemmas(verb), table):
            return "ongoing", "present tense"
        if aux & {"is", "are"} and verb.tag_ == "VBN" and lemmas(verb) in table["stationed"]:
            return "ongoing", "is " + verb.text
    if draft.type == "visit" and on_a(token) and not sentence.is_title:
        return "ongoing", "on a visit"
    return "occurred", "no cue"


def opens_other(word: Token, token: Token) -> bool:
    """Whether a verb of beginning has another object than the trigger ("the visit opened a channel")."""
    if word == token:
        return False
    objects = [c for c in word.children if c.dep_ == "dobj"]
    return bool(objects) and not any(o == token or o.is_ancestor(token) for o in objects)


def in_force(verb: Token, token: Token, draft: Draft, lemma: str, table: Mapping[str, Sequence[str]]) -> bool:
    """Whether the present tense, or a bare participle at the head of a line, tells what is going on."""
    if verb.tag_ in ("VBZ", "VBP"):
        own = verb is token and draft.type in STATES_OF_BEING
        part = lemma != "take" or any(c.dep_ == "dobj" and c.lower_ == "part" for c in verb.children)
        return own or (part and lemma in table["carriers"] and draft.type in STATES_OF_BEING | {"exercise"})
    if verb.tag_ != "VBG" or verb.dep_ != "ROOT" or draft.type not in STATES_OF_BEING:
        return False
    lasting = lemma in table["carriers"] or lemma in table["verbs"]
    return lasting and not any(c.dep_ in ("aux", "nsubj") for c in verb.children)


def on_a(token: Token) -> bool:
    """ "is in Tonga on a three-day visit", "on the second day of his visit"."""
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lower_ == "day":
        return True
    under = token.dep_ == "pobj" and token.head.lower_ == "on" and token.head.head.lower_ not in ("was", "were")
    return under and any(c.lower_ in ("a", "an") for c in token.lefts)
