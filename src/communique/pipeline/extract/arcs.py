"""The grammatical slots of a trigger: who stands as subject, object, possessor or after which preposition.

Control, coordination, relative clauses, passives and light verbs ("hold talks with", "paid a visit to") are looked
through.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Token

from communique.pipeline.extract.words import following_of, phrase_tokens

Arcs = dict[str, list[Token]]
CONTROLLING = (
    "urge",
    "ask",
    "allow",
    "order",
    "help",
    "invite",
    "tell",
    "force",
    "enable",
    "permit",
    "press",
    "persuade",
    "want",
    "authorise",
    "authorize",
    "call",
)
# Verbs whose object does what the infinitive says ("urged Iran to withdraw").
OBJECT_CONTROL = frozenset(
    stem + ending
    for verb in CONTROLLING
    for stem in (verb, verb.rstrip("e"))
    for ending in ("", "s", "d", "ed", "ing", "es")
)
RELATIVE = frozenset({"who", "which", "that", "whom"})
OBJECTS = ("dobj", "obj", "attr", "oprd")


def verb_arcs(verb: Token) -> Arcs:
    """The slots of a verb."""
    arcs: Arcs = defaultdict(list)
    passive = is_passive(verb)
    for child in verb.children:
        if child.dep_ in ("nsubj", "csubj"):
            arcs["object" if passive else "subject"].append(antecedent(child))
        elif child.dep_ == "nsubjpass" or child.dep_ in OBJECTS:
            arcs["object"].append(antecedent(child))
        elif child.dep_ == "dative":
            add_dative(arcs, child)
        elif child.dep_ == "agent":
            arcs["subject"].extend(c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "prep":
            add_prep(arcs, child)
        elif child.dep_ == "prt":
            arcs["particle"].append(child)
        elif child.dep_ == "advmod":
            arcs["adverb"].append(child)
        elif child.dep_ in ("ccomp", "xcomp", "oprd"):
            arcs["complement"].append(child)
    inherit(verb, arcs, passive)
    arcs["indirect"].extend(receivers(verb, arcs))
    for thing in list(arcs["object"]):
        add_noun_preps(arcs, thing)
    return arcs


# Verbs that take who receives right behind them ("gave Oman boats").
GIVING = frozenset(
    form
    for stem, past in (("give", "gave"), ("send", "sent"), ("sell", "sold"), ("lend", "lent"), ("offer", "offered"))
    for form in (stem, stem + "s", stem.rstrip("e") + "ing", past)
) | {"given", "grant", "grants", "granted", "granting", "promise", "promises", "promised", "promising"}


def receivers(verb: Token, arcs: Arcs) -> list[Token]:
    """The name right behind a verb of giving that the parser took for a part of what is given ("gave Oman boats")."""
    if verb.lower_ not in GIVING or arcs["indirect"] or arcs["to"]:
        return []
    given = (thing for thing in arcs["object"] if thing.pos_ == "NOUN")
    named = (c for thing in given for c in thing.lefts if c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN")
    return [c for c in named if all(t.lower_ == "the" for t in c.doc[verb.i + 1 : c.left_edge.i])][:1]


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive, or a participle that stands for one ("an accord signed by")."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for, else the token itself."""
    if token.lower_ in RELATIVE and token.pos_ in ("PRON", "DET", "SCONJ"):
        clause = token.head
        while clause.dep_ not in ("relcl", "acl", "ROOT") and clause.head is not clause:
            clause = clause.head
        if clause.dep_ in ("relcl", "acl"):
            return clause.head
    return token


def add_dative(arcs: Arcs, child: Token) -> None:
    """ "gave Oman two boats" and "gave two boats to Oman"."""
    if child.pos_ == "ADP":
        arcs["to"].extend(c for c in child.children if c.dep_ == "pobj")
    else:
        arcs["indirect"].append(child)


def add_prep(arcs: Arcs, prep: Token) -> None:
    """The objects of a preposition under its lower-case word; "out of" and "on behalf of" under their last."""
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp"):
            arcs[prep.lower_].append(child)
        elif child.dep_ == "prep":
            add_prep(arcs, child)


def add_noun_preps(arcs: Arcs, noun: Token) -> None:
    """Prepositions that the parser hung on the object though they belong to the verb ("held talks with Oman")."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ != "of":
            add_prep(arcs, child)
    arcs["object_of"].extend(following_of(noun, "between", "of", "with", "by"))
    arcs["object_mod"].extend(t for t in phrase_tokens(noun) if t is not noun)
    arcs["object_mod"].extend(following_of(noun, "of", "from"))


def inherit(verb: Token, arcs: Arcs, passive: bool) -> None:
    """The understood subject of infinitives, participles and coordinated verbs."""
    slot = "object" if passive else "subject"
    if arcs[slot]:
        return
    head = verb.head
    if verb.dep_ == "relcl" and not (arcs["object"] or passive) and arcs["subject"]:
        arcs["object"].append(head)
    elif verb.dep_ in ("acl", "relcl"):
        arcs[slot].append(head)
    elif verb.dep_ in ("xcomp", "conj", "advcl", "ccomp", "pcomp", "dep", "parataxis") and head is not verb:
        arcs[slot].extend(understood(verb, slot))


def understood(verb: Token, slot: str) -> list[Token]:
    """The subject of the nearest governing verb, its object where that verb controls by object."""
    head, steps = verb.head, 0
    while head.pos_ not in ("VERB", "AUX") and head.head is not head and steps < 4:
        head, steps = head.head, steps + 1
    if head.pos_ not in ("VERB", "AUX") or head is verb:
        return []
    above = verb_arcs_shallow(head)
    if verb.dep_ == "xcomp" and above["object"] and head.lower_ in OBJECT_CONTROL:
        return above["object"]
    return above["subject"] or above["object"]


def verb_arcs_shallow(verb: Token, depth: int = 0) -> Arcs:
    """Only subject and object of a verb, looking up through coordination and control."""
    arcs: Arcs = defaultdict(list)
    passive = is_passive(verb)
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            arcs["subject"].append(antecedent(child))
        elif child.dep_ in OBJECTS:
            arcs["object"].append(child)
        elif child.dep_ == "agent" and passive:
            arcs["agent"].extend(c for c in child.children if c.dep_ == "pobj")
    if not arcs["subject"] and depth < 4 and verb.head is not verb:
        if verb.dep_ in ("acl", "relcl"):
            arcs["subject"].append(verb.head)
        elif verb.dep_ in ("xcomp", "conj", "advcl", "ccomp", "aux", "pcomp", "prep"):
            head = verb.head
            if head.pos_ == "ADP" and head.head is not head:
                head = head.head
            if head.pos_ in ("VERB", "AUX"):
                arcs["subject"].extend(verb_arcs_shallow(head, depth + 1)["subject"])
    return arcs


def noun_arcs(noun: Token) -> Arcs:
    """The slots of a nominal trigger: its own modifiers and prepositions, and those of the verb that carries it."""
    arcs: Arcs = defaultdict(list)
    for child in noun.lefts:
        if child.dep_ == "poss":
            arcs["poss"].append(child)
        elif child.dep_ in ("amod", "compound", "nmod"):
            arcs["mod"].extend(phrase_tokens(child))
    for child in noun.rights:
        if child.dep_ == "prep":
            add_prep(arcs, child)
        elif child.dep_ in ("acl", "relcl"):
            add_clause(arcs, child)
        elif child.dep_ == "appos":
            arcs["appos"].append(child)
    for thing in list(arcs["of"]):
        arcs["of_mod"].extend(t for t in phrase_tokens(thing) if t is not thing)
        arcs["object_of"].extend(following_of(thing, "between", "with", "of"))
        for inner in thing.rights:
            if inner.dep_ == "prep" and inner.lower_ in ("with", "to", "between", "by", "from", "for", "in"):
                add_prep(arcs, inner)
    carry(noun, arcs)
    return arcs


def add_clause(arcs: Arcs, verb: Token) -> None:
    """ "talks held in Muscat between ...", "an exercise involving ...", "the summit, attended by ..."."""
    for child in verb.children:
        if child.dep_ == "agent":
            arcs["subject"].extend(c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "prep":
            add_prep(arcs, child)
        elif child.dep_ in OBJECTS:
            arcs["involving"].append(child)
        elif child.dep_ == "nsubj" and child.lower_ not in RELATIVE:
            arcs["subject"].append(child)


ENDINGS = ("", "e", "s", "es", "ed", "ing", "y", "ies", "ied")


def forms_of(*stems: str) -> frozenset[str]:
    """What regular verbs of these stems may look like, and some words that none is."""
    return frozenset(stem + ending for stem in stems for ending in ENDINGS)


# Who does this to an event has no part in it: "Japan condemned the attack on the embassy".
JUDGING = forms_of("condemn", "denounc", "deplor", "decr", "criticis", "criticiz", "slam", "slamm", "protest", "lament")
# Whom an attack that is the object of these was made on: "the tanker suffered an attack".
SUFFERING = forms_of("suffer", "repel", "repell", "repuls", "foil", "thwart", "surviv", "withstand") | {"withstood"}


def carry(noun: Token, arcs: Arcs) -> None:
    """Slots of the verb that the noun depends on, directly or after a preposition."""
    head, through = noun.head, ""
    if noun.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN"):
        noun, head = head, head.head
    if noun.dep_ in ("pobj", "pcomp") and head.pos_ == "ADP":
        through, head = head.lower_, head.head
        if head.pos_ in ("NOUN", "PROPN") and head.dep_ in OBJECTS and through in ("in", "to", "for", "at", "of"):
            arcs["participation"].extend(phrase_tokens(head))
            head = head.head
    if head.pos_ not in ("VERB", "AUX") or head is noun:
        return
    arcs["governor"].append(head)
    above = verb_arcs_shallow(head)
    if head.lower_ in JUDGING and not through:
        arcs["outside"].extend([*above["subject"], *above["agent"]])
        return
    if head.lower_ in SUFFERING and noun.dep_ in OBJECTS:
        arcs["on"].extend(above["subject"])
    elif noun.dep_ in OBJECTS or through:
        arcs["beside" if through else "subject"].extend(above["subject"])
        arcs["beside" if through else "subject"].extend(above["agent"])
        if through and not is_passive(head):
            arcs["beside"].extend(above["object"])
    elif noun.dep_ == "nsubjpass":
        arcs["subject"].extend(above["agent"])
    elif noun.dep_ == "nsubj":
        arcs["involving"].extend(above["object"])
    for child in head.children:
        if (
            child.dep_ == "prep"
            and child.lower_
            in ("with", "between", "in", "at", "to", "by", "from", "among", "alongside", "against", "for", "off")
            and child.i > noun.i
        ):
            add_prep(arcs, child)
        elif child.dep_ == "dative":
            add_dative(arcs, child)
