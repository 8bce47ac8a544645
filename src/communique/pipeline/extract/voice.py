"""Who vouches for an event: the outlet, or the person or body whose words the sentence reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from communique.pipeline.drafts import Draft, Quotation, Sentence
from communique.pipeline.extract.arcs import verb_arcs_shallow
from communique.pipeline.extract.discourse import resolve_reference
from communique.pipeline.extract.sources import says, voice_of
from communique.pipeline.extract.status import DISMISSING, cues
from communique.pipeline.extract.triggers import Page
from communique.records import Voice

OUTLET = Voice(kind="outlet")
SAID = frozenset({"ccomp", "parataxis", "dep", "xcomp"})
TAIL = 14
"""how many words may follow a verb of saying that closes a sentence ("..., the army said in a statement on Monday")"""


def read_voice(draft: Draft, sentence: Sentence, page: Page, quotations: Sequence[Quotation]) -> None:
    """Set the draft's voice; a statement is the speaker's by its type, so only another source counts for it."""
    token = sentence.tokens.doc[draft.trigger]
    if quoted(draft, quotations):
        draft.flags.add("quoted")
    for why, found in sources_of(draft, token, sentence, page):
        if found is None:
            continue
        source, where = found
        if draft.type == "statement" and is_speaker(draft, source, where, page):
            return
        voice = voice_of(source, where, page)
        if voice is not None and not (
            draft.type == "statement"
            and any(f.role == "speaker" and f.mention.name == voice.name for f in draft.fillers)
        ):
            draft.voice, draft.voice_why = voice, why
        return


Found = tuple[Token, Sentence]
"""The head of the words that name a source, and the sentence they stand in."""


def sources_of(draft: Draft, token: Token, sentence: Sentence, page: Page) -> Iterator[tuple[str, Found | None]]:
    """What may name a source of a draft, the surest first, each with the rule that found it."""
    yield "denied", here(denier(draft, token, page), sentence)
    yield "said", here(reporting_subject(token, sentence, page), sentence)
    yield "according", here(according_to(token, sentence), sentence)
    yield "closing", here(closing_subject(token, sentence, page), sentence)
    if "quoted" in draft.flags:
        yield "quote", here(speaker_of(sentence, page), sentence)
    yield "as told", here(told_by(token, sentence), sentence)
    yield "object", here(teller_of(token, sentence, page), sentence)
    if "quoted" in draft.flags:
        yield "running quote", speaker_nearby(sentence, page)


def here(source: Token | None, sentence: Sentence) -> Found | None:
    """A source with its sentence."""
    return None if source is None else (source, sentence)


def told_by(token: Token, sentence: Sentence) -> Token | None:
    """The source in "as reported by the paper", "as per the paper" and "by the paper's account" before or behind a
    trigger."""
    if "by" not in sentence.lower and "as per" not in sentence.lower:
        return None
    for word in sentence.tokens:
        before = word.doc[word.i - 1].lower_ if word.i > sentence.tokens.start else ""
        if word.lower_ == "per" and before == "as":
            return next((c for c in word.children if c.dep_ == "pobj"), None)
        if word.lower_ == "account" and word.dep_ == "pobj" and word.head.lower_ == "by":
            owners = [c for c in word.lefts if c.dep_ == "poss"]
            owners += [c for p in word.rights if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
            return next(iter(owners), None)
        told = word.doc[word.i - 1].lower_ in cues()["voice"]["as told"]
        if word.lower_ == "by" and told and word.i > 1 and word.doc[word.i - 2].lower_ == "as":
            return next((c for c in word.children if c.dep_ == "pobj"), None)
    return None


def teller_of(token: Token, sentence: Sentence, page: Page) -> Token | None:
    """The subject of a verb of telling whose object names the event ("confirmed the visit", "spoke of a sale")."""
    below, word = token, token.head
    while word.i != below.i:
        if word.pos_ == "VERB":
            tells = below.dep_ in ("dobj", "prep") and tells_of(page.lemmas(word), below)
            return next((t for t in verb_arcs_shallow(word)["subject"] if t.pos_ != "VERB"), None) if tells else None
        below, word = word, word.head
    return None


def tells_of(verb: str, below: Token) -> bool:
    """Whether a verb tells of its object, or of what stands behind a preposition on it."""
    words = cues()["voice"]
    if below.dep_ == "dobj":
        return verb in words["tell of"]
    named = any(c.dep_ == "dobj" for c in below.head.children)
    return below.lower_ in words["speak of"].get(verb, ()) or (verb in words["tell of"] and named)


def speaker_nearby(sentence: Sentence, page: Page) -> Found | None:
    """Who speaks in a quotation that names nobody in this sentence: by the sentences of its paragraph that follow, or
    the nearest before."""
    sentences = page.mentions.sentences
    behind = [s for s in sentences[sentence.index + 1 : sentence.index + 6] if s.paragraph == sentence.paragraph]
    before = list(reversed(sentences[max(0, sentence.index - RUN) : sentence.index]))
    same = [s for s in before if s.paragraph == sentence.paragraph]
    rest = [s for s in before if s.paragraph != sentence.paragraph and not s.is_title]
    for other in (*same, *behind, *rest):
        speaker = speaker_of(other, page)
        if speaker is not None:
            return speaker, other
    return None


RUN = 12
"""how many sentences back a quotation over several paragraphs may have begun"""


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
            subjects = [t for t in verb_arcs_shallow(word)["subject"] if not is_dateline(t)]
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


def is_dateline(token: Token) -> bool:
    """Whether a word that the parser took for a subject stands before a colon ("LIMA: Chile has ...")."""
    return token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == ":"


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
                return cited(verb) or subject
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
    doc, last = verb.doc, verb.i
    if doc[last - 1].text == "," and last - 1 > sentence.tokens.start:
        last -= 1  # behind an apposition: "..., the navy's press office, Harbour News, said"
    first = last
    while first > max(sentence.tokens.start, verb.i - TAIL) and doc[first - 1].text not in CLOSING:
        first -= 1
    if first in (last, sentence.tokens.start) or doc[first - 1].text not in CLOSING:
        return None
    phrase = doc[first:last]
    if any(t.pos_ in ("VERB", "CCONJ") or (t.tag_ in ("WP", "WDT", "IN") and t.lower_ not in OF) for t in phrase):
        return None
    return next((t for t in phrase if t.head is verb and t.dep_ == "nsubj"), phrase.root)


OF = frozenset({"of", "for", "in", "from", "at"})
CLOSING = frozenset({",", "”", '"', "''", "’", "—", "–", "--"})


def cited(verb: Token) -> Token | None:
    """Whom a report cites in turn ("the agency reported, citing the ministry", "with reference to the ministry")."""
    for reference in (c for p in verb.children if p.lower_ == "with" for c in p.children if c.lower_ == "reference"):
        return next((c for p in reference.children if p.lower_ == "to" for c in p.children if c.dep_ == "pobj"), None)
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
