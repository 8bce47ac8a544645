"""Who vouches for an event: the outlet, or the person or body whose words the sentence reports."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from communique.pipeline.drafts import Draft, Mention, Quotation, Sentence
from communique.pipeline.extract.arcs import verb_arcs_shallow
from communique.pipeline.extract.discourse import resolve_reference
from communique.pipeline.extract.mentions import group_class
from communique.pipeline.extract.status import DISMISSING, cues
from communique.pipeline.extract.triggers import Page
from communique.records import Voice

OUTLET = Voice(kind="outlet")
REPORTED = frozenset(
    {
        "ccomp",
        "parataxis",
        "xcomp",
        "conj",
        "advcl",
        "acl",
        "relcl",
        "dobj",
        "pobj",
        "prep",
        "nsubj",
        "nsubjpass",
        "attr",
        "pcomp",
        "dep",
        "amod",
        "compound",
        "appos",
        "agent",
        "oprd",
        "csubj",
        "poss",
    }
)


def read_voice(draft: Draft, sentence: Sentence, page: Page, quotations: Sequence[Quotation]) -> None:
    """Set the draft's voice; a statement is the speaker's by its type, so only another source counts for it."""
    token = sentence.tokens.doc[draft.trigger]
    if quoted(draft, quotations):
        draft.flags.add("quoted")
    source = (
        denier(draft, token, page) or according_to(token, sentence, page) or reporting_subject(token, sentence, page)
    )
    if source is None and quoted(draft, quotations):
        source = speaker_of(sentence, page)
    if source is None:
        return
    voice = voice_of(source, sentence, page)
    if voice is not None and not (
        draft.type == "statement" and any(f.role == "speaker" and f.mention.name == voice.name for f in draft.fillers)
    ):
        draft.voice = voice


def denier(draft: Draft, token: Token, page: Page) -> Token | None:
    """The subject of the verb that denies the event, or that dismisses a report of it."""
    if draft.status != "denied":
        return None
    verbs = frozenset(cues()["status"]["denied"]["verbs"]) | DISMISSING
    word = token
    for _ in range(6):
        if word is not token and word.pos_ == "VERB" and page.lemmas(word) in verbs:
            arcs = verb_arcs_shallow(word)
            return next(iter(arcs["agent"] or arcs["subject"]), None)
        if word.head is word:
            return None
        word = word.head
    return None


def quoted(draft: Draft, quotations: Sequence[Quotation]) -> bool:
    """Whether the trigger stands in quotation marks with more than a phrase."""
    return any(q.start <= draft.start < q.end and q.end - q.start > 40 for q in quotations)


def speaker_of(sentence: Sentence, page: Page) -> Token | None:
    """The subject of a verb of saying in the sentence."""
    for token in sentence.tokens:
        if token.pos_ == "VERB" and page.lemmas(token) in cues()["voice"]["say"]:
            subjects = verb_arcs_shallow(token)["subject"]
            if subjects:
                return subjects[0]
    return None


def reporting_subject(token: Token, sentence: Sentence, page: Page) -> Token | None:
    """The subject of the verb of saying above the trigger, if the trigger is in what is said."""
    below, word, steps = token, token.head, 0
    while word is not below and steps < 10 and word.i >= sentence.tokens.start:
        if (
            word.pos_ == "VERB"
            and page.lemmas(word) in cues()["voice"]["say"]
            and below.dep_ in ("ccomp", "parataxis", "dep", "advcl", "xcomp")
            and below.i != word.i
        ):
            subjects = verb_arcs_shallow(word)["subject"]
            if subjects and subjects[0].i not in {t.i for t in below.subtree}:
                return cited(word) or subjects[0]
            agents = verb_arcs_shallow(word)["agent"]
            if agents:
                return agents[0]
        below, word, steps = word, word.head, steps + 1
    return None


def cited(verb: Token) -> Token | None:
    """Whom a report cites in turn ("the agency reported, citing the ministry")."""
    citing = next((c for c in verb.children if c.lower_ in ("citing", "quoting")), None)
    return next((c for c in citing.children if c.dep_ in ("dobj", "obj")), None) if citing is not None else None


def according_to(token: Token, sentence: Sentence, page: Page) -> Token | None:
    """The source named by "according to" in the sentence."""
    for word in sentence.tokens:
        if word.lower_ == "according":
            for child in word.children:
                if child.lower_ == "to":
                    return next((c for c in child.children if c.dep_ == "pobj"), None)
            after = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else None
            if after is not None and after.lower_ == "to":
                return next((c for c in after.children if c.dep_ == "pobj"), None)
    return None


def voice_of(source: Token, sentence: Sentence, page: Page) -> Voice | None:
    """The voice that a subject names: a person, a body, a state's organ or an outlet; None for "it" and "some"."""
    mentions = page.mentions.at(sentence.paragraph, source.i) or resolve_reference(
        source, sentence, page.discourse, page.lemmas
    )
    person = next((m for m in mentions if m.kind == "person"), None)
    if person is not None:
        return Voice(kind="person", name=person.name, text=source.text)
    if mentions:
        return Voice(kind="organisation", name=organisation_name(mentions[0], source), text=phrase_text(source))
    if source.pos_ == "PRON":
        return None
    name = page.names.at(sentence, source)
    if name is not None and name.entry.kind == "outlet":
        return Voice(kind="organisation", name=name.entry.name, text=name.text)
    lemma = page.lemmas(source)
    if lemma in cues()["voice"]["sources"] or source.pos_ == "PROPN" or group_class(lemma) is not None:
        return Voice(kind="organisation", name=proper_name(source) or phrase_text(source), text=phrase_text(source))
    return None


def proper_name(source: Token) -> str | None:
    """The name in apposition to a word for an outlet ("the newspaper Tokyo Nippo")."""
    apposed = next((c for c in source.rights if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    if apposed is not None:
        return str(source.doc[apposed.left_edge.i : apposed.i + 1].text)
    run = []
    for token in source.doc[source.i + 1 : source.i + 7]:
        if not (token.text[0].isupper() or token.text == "-"):
            break
        run.append(token)
    return source.doc[run[0].i : run[-1].i + 1].text if run and source.pos_ == "NOUN" else None


def organisation_name(mention: Mention, source: Token) -> str:
    """How to name a body that speaks: its own name, else its words."""
    if source.pos_ == "PRON":
        return mention.name or mention.text
    if mention.cls == "body" or mention.cls == "igo" or mention.kind == "organisation":
        return possessed(source) or mention.text
    return phrase_text(source) or mention.text


def possessed(source: Token) -> str | None:
    """ "Tunisia's defence ministry" as "defence ministry of Tunisia"."""
    owner = next((c for c in source.lefts if c.dep_ == "poss"), None)
    if owner is None:
        return None
    marks = [c.i for c in owner.children if c.dep_ == "case"]
    rest = source.doc[(marks[-1] if marks else owner.i) + 1 : source.i + 1].text
    return f"{rest} of {owner.text}"


def phrase_text(head: Token) -> str:
    """The noun phrase around a head without its clauses and article."""
    tokens = [t for t in head.subtree if t.i <= head.i + 6]
    stop = next((t.i for t in tokens if t.dep_ in ("relcl", "acl", "punct") and t.i > head.i), head.right_edge.i + 1)
    first = min(t.i for t in tokens)
    words = head.doc[first : max(stop, head.i + 1)].text
    return words.removeprefix("The ").removeprefix("the ").removeprefix("a ").removeprefix("A ").strip()
