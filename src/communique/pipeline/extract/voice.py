"""Who vouches for an event: the outlet, or the person or body whose words the sentence reports."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from communique.pipeline.drafts import Draft, Quotation, Sentence
from communique.pipeline.extract.arcs import verb_arcs_shallow
from communique.pipeline.extract.discourse import resolve_reference
from communique.pipeline.extract.mentions import group_class
from communique.pipeline.extract.status import DISMISSING, cues
from communique.pipeline.extract.triggers import Page
from communique.records import Voice

OUTLET = Voice(kind="outlet")
SAID = frozenset({"ccomp", "parataxis", "dep", "xcomp"})
TAIL = 14
"""how many words may follow a verb of saying that closes a sentence ("..., the army said in a statement on Monday")"""
BACK = 3
"""how many sentences back "it added" may look for who spoke"""


def read_voice(draft: Draft, sentence: Sentence, page: Page, quotations: Sequence[Quotation]) -> None:
    """Set the draft's voice; a statement is the speaker's by its type, so only another source counts for it."""
    token = sentence.tokens.doc[draft.trigger]
    if quoted(draft, quotations):
        draft.flags.add("quoted")
    source = (
        denier(draft, token, page)
        or reporting_subject(token, sentence, page)
        or according_to(token, sentence)
        or closing_subject(token, sentence, page)
    )
    if source is None and quoted(draft, quotations):
        source = speaker_of(sentence, page)
    if source is None or (draft.type == "statement" and is_speaker(draft, source, sentence, page)):
        return
    voice = voice_of(source, sentence, page)
    if voice is not None and not (
        draft.type == "statement" and any(f.role == "speaker" and f.mention.name == voice.name for f in draft.fillers)
    ):
        draft.voice = voice


def is_speaker(draft: Draft, source: Token, sentence: Sentence, page: Page) -> bool:
    """Whether the source acts for the one whose statement it is: that it was made, the outlet vouches."""
    speakers = {c for f in draft.fillers if f.role == "speaker" for c in f.mention.codes}
    named = page.mentions.at(sentence.paragraph, source.i) or resolve_reference(
        source, sentence, page.discourse, page.lemmas
    )
    return any(speakers & set(m.codes) for m in named)


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
    for verb in sayers_of(sentence, page):
        subjects = verb_arcs_shallow(verb)["subject"]
        if subjects:
            return subjects[0]
    return None


def reporting_subject(token: Token, sentence: Sentence, page: Page) -> Token | None:
    """The subject of the verb of saying above the trigger, if the trigger is in what is said."""
    below, word, steps = token, token.head, 0
    while word is not below and steps < 10 and word.i >= sentence.tokens.start:
        if says(word, page) and (below.dep_ in SAID or reported_clause(below)):
            subjects = verb_arcs_shallow(word)["subject"]
            if subjects and subjects[0].i not in {t.i for t in below.subtree}:
                return cited(word) or subjects[0]
            agents = verb_arcs_shallow(word)["agent"]
            if agents:
                return agents[0]
        aside = as_told(word, sentence, page)
        if aside is not None and aside.i != token.i:
            return aside
        below, word, steps = word, word.head, steps + 1
    return as_told(token, sentence, page)


def says(word: Token, page: Page) -> bool:
    """Whether a word is a verb of saying."""
    return word.pos_ == "VERB" and page.lemmas(word) in cues()["voice"]["say"]


def sayers_of(sentence: Sentence, page: Page) -> list[Token]:
    """The verbs of saying of a sentence in order, sought once."""
    if sentence.index not in page.sayers:
        page.sayers[sentence.index] = [t for t in sentence.tokens if says(t, page)]
    return page.sayers[sentence.index]


def reported_clause(word: Token) -> bool:
    """Whether a clause that the parser takes for an adverbial is told: it goes before the verb and is finite."""
    return word.dep_ == "advcl" and word.i < word.head.i and word.tag_ in ("VBD", "VBZ", "VBP") and not marked(word)


def marked(word: Token) -> bool:
    """Whether a conjunction opens the clause ("while", "after")."""
    return any(c.dep_ in ("mark", "advmod") and c.i < word.i and c.tag_ in ("IN", "WRB") for c in word.children)


def as_told(word: Token, sentence: Sentence, page: Page) -> Token | None:
    """The subject of a clause with "as" on a word ("as the ministry put it", "as Tehran claims")."""
    if "as " not in sentence.lower:
        return None
    for child in word.children:
        if child.dep_ == "advcl" and says(child, page) and "as" in {c.lower_ for c in child.lefts}:
            agents = verb_arcs_shallow(child)["agent"]
            return next((c for c in child.children if c.dep_ == "nsubj"), next(iter(agents), None))
    return None


def closing_subject(token: Token, sentence: Sentence, page: Page) -> Token | None:
    """The subject of the verb of saying that closes the sentence behind a comma ("..., the army said on Monday").

    It counts for all that goes before it, however the parser joins the two.
    """
    for verb in sayers_of(sentence, page):
        if verb.tag_ in ("VBD", "VBZ") and cut_off(verb):
            subject = subject_before(verb, sentence)
            if subject is not None:
                return subject
    for verb in reversed(sentence.tokens):
        if sentence.tokens.end - verb.i > TAIL or verb.i <= token.i:
            return None
        if verb.pos_ in ("VERB", "AUX") and verb.tag_ not in ("VBN", "VBG") and not says(verb, page):
            return None
        if says(verb, page) and verb.tag_ in ("VBD", "VBZ", "VBN"):
            subject = subject_before(verb, sentence)
            if subject is not None and token.i < subject.left_edge.i:
                return cited(verb) or subject
            inverted = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > verb.i), None)
            if inverted is not None and verb.i > 0 and verb.doc[verb.i - 1].text in CLOSING:
                return inverted
    return None


def cut_off(verb: Token) -> bool:
    """Whether a comma ends the clause right behind a verb, or behind a word or two ("the agency added, ...")."""
    return any(t.text == "," for t in verb.doc[verb.i + 1 : verb.i + 4])


def subject_before(verb: Token, sentence: Sentence) -> Token | None:
    """The head of the noun phrase that stands alone between a comma and a verb of saying."""
    doc, first = verb.doc, verb.i
    while first > max(sentence.tokens.start, verb.i - TAIL) and doc[first - 1].text not in CLOSING:
        first -= 1
    if first in (verb.i, sentence.tokens.start) or doc[first - 1].text not in CLOSING:
        return None
    phrase = doc[first : verb.i]
    if any(t.pos_ in ("VERB", "CCONJ") or (t.tag_ in ("WP", "WDT", "IN") and t.lower_ not in OF) for t in phrase):
        return None
    return next((t for t in phrase if t.head is verb and t.dep_ == "nsubj"), phrase.root)


OF = frozenset({"of", "for", "in", "from", "at"})
CLOSING = frozenset({",", "”", '"', "''", "’", "—", "–", "--"})


def cited(verb: Token) -> Token | None:
    """Whom a report cites in turn ("the agency reported, citing the ministry")."""
    citing = next((c for c in verb.children if c.lower_ in ("citing", "quoting")), None)
    return next((c for c in citing.children if c.dep_ in ("dobj", "obj")), None) if citing is not None else None


def according_to(token: Token, sentence: Sentence) -> Token | None:
    """The source named by "according to", if the phrase belongs to the trigger's clause or to one above it."""
    doc = token.doc
    for word in sentence.tokens if "according" in sentence.lower else ():
        if word.lower_ != "according" or word.i + 1 >= len(doc) or doc[word.i + 1].lower_ != "to":
            continue
        objects = [c for at in (word, doc[word.i + 1]) for c in at.children if c.dep_ == "pobj"]
        source = next(iter(objects), None)
        if source is None or source.left_edge.i <= token.i <= source.right_edge.i:
            continue
        clause = next((a for a in word.ancestors if a.dep_ in ("relcl", "acl")), None)
        if clause is None or token.i == clause.i or clause.is_ancestor(token) or word.i > token.i + TAIL:
            return source
        if word.i > token.i and ends_with(word, sentence):
            return source
    return None


def ends_with(word: Token, sentence: Sentence) -> bool:
    """Whether a phrase stands at the sentence's end."""
    return word.right_edge.i >= sentence.tokens.end - 3


def voice_of(source: Token, sentence: Sentence, page: Page) -> Voice | None:
    """The voice that a subject names: a person, a body, a state's organ or an outlet; None for "it" and "some"."""
    if source.lower_ in ("it", "they"):
        return spoke_before(sentence, page)
    mentions = page.mentions.at(sentence.paragraph, source.i) or resolve_reference(
        source, sentence, page.discourse, page.lemmas
    )
    person = next((m for m in mentions if m.kind == "person"), None)
    if person is not None:
        return Voice(kind="person", name=person.name, text=source.text)
    if source.pos_ == "PRON":
        return None
    lemma = page.lemmas(source)
    name = page.names.at(sentence, source)
    if source.text in cues()["voice"]["outlets"] and proper_name(source, cues()["voice"]["outlets"]) is None:
        earlier = spoke_before(sentence, page)
        if earlier is not None:
            return earlier
    known = mentions or (name is not None and name.entry.kind == "outlet") or lemma in cues()["voice"]["sources"]
    if known or source.pos_ == "PROPN" or group_class(lemma) is not None:
        return Voice(kind="organisation", name=name_of(source, sentence, page), text=phrase_text(source))
    return None


def spoke_before(sentence: Sentence, page: Page) -> Voice | None:
    """The body that spoke last in the sentences just before, for "it added"."""
    for earlier in reversed(page.mentions.sentences[max(0, sentence.index - BACK) : sentence.index]):
        for token in earlier.tokens:
            if says(token, page) or page.lemmas(token) in ("deny", "refute"):
                subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
                if subject is not None and subject.pos_ != "PRON":
                    voice = voice_of(subject, earlier, page)
                    if voice is not None and voice.kind == "organisation":
                        return voice
    return None


def name_of(source: Token, sentence: Sentence, page: Page) -> str:
    """How to name a source that is no person: by the words of the text, an outlet by its own name alone.

    A body told without its state, or with it as an adjective before a plain noun, is named with it.
    """
    words = cues()["voice"]
    own = proper_name(source, words["outlets"])
    if own is not None:
        return own
    if source.text in words["bodies"]:
        return possessed(source) or owned(source, sentence, page) or phrase_text(source)
    return possessed(source) or phrase_text(source)


def owned(source: Token, sentence: Sentence, page: Page) -> str | None:
    """ "the Honduran defence ministry" as "defence ministry of Honduras"."""
    before = list(source.lefts)
    for child in before:
        name = page.names.at(sentence, child)
        if name is not None and name.entry.kind == "state" and name.adjectival:
            return f"{source.doc[name.last + 1 : source.i + 1].text} of {name.entry.name}"
    return None


def proper_name(source: Token, outlets: Sequence[str]) -> str | None:
    """An outlet's own name beside the word for what it is ("the newspaper Tokyo Nippo", "the al-Mayadeen network")."""
    doc = source.doc
    if source.text in outlets:
        apposed = next((c for c in source.rights if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
        if apposed is not None:
            return str(doc[apposed.left_edge.i : apposed.i + 1].text)
        run = named_run(source)
        if run:
            return run
        left = [c for c in source.lefts if c.dep_ == "compound" and c.pos_ == "PROPN"]
        return str(doc[left[0].left_edge.i : left[-1].i + 1].text) if left else None
    kind = next((c for c in source.lefts if c.text in outlets and c.i < source.i), None)
    return str(doc[kind.i + 1 : source.i + 1].text) if kind is not None and source.pos_ == "PROPN" else None


def named_run(source: Token) -> str | None:
    """The capitalised words right behind a word."""
    doc, at = source.doc, source.i + 1
    while at < min(len(doc), source.i + 7) and (doc[at].text[0].isupper() or doc[at].text in ("-", "del", "de", "of")):
        at += 1
    return str(doc[source.i + 1 : at].text) if at > source.i + 1 and doc[source.i + 1].text[0].isupper() else None


def possessed(source: Token) -> str | None:
    """ "Tunisia's defence ministry" as "defence ministry of Tunisia"."""
    owner = next((c for c in source.lefts if c.dep_ == "poss"), None)
    if owner is None or owner.pos_ == "PRON":
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
