"""Whom a source's words name: a person, or a body by what the text calls it and the state it is of."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from communique.pipeline.drafts import Mention, Sentence
from communique.pipeline.extract.discourse import resolve_reference
from communique.pipeline.extract.mentions import group_class
from communique.pipeline.extract.status import cues
from communique.pipeline.extract.triggers import Page
from communique.records import Voice

BACK = 3
"""how many sentences back "it added" may look for who spoke"""
DEPTH = 4
"""how many nouns a source may be traced through ("a statement by a spokesman for the ministry")"""


def voice_of(source: Token, sentence: Sentence, page: Page, depth: int = DEPTH) -> Voice | None:
    """The voice that a subject names: a person, a body, a state's organ or an outlet; None for "it" and "some"."""
    if source.lower_ in ("it", "they", "them"):
        return spoke_before(sentence, page)
    person = person_of(source, sentence, page)
    if person is not None:
        return Voice(kind="person", name=person.name, text=source.text)
    if source.pos_ == "PRON":
        return None
    behind = author_of(source, sentence, page) if depth else None
    if behind is not None:
        voice = voice_of(*behind, page, depth - 1)
        if voice is not None and (voice.kind == "person" or is_named(behind[0])):
            return voice
    words = cues()["voice"]
    if source.text in words["outlets"] and proper_name(source, words["outlets"]) is None:
        earlier = spoke_before(sentence, page)
        if earlier is not None:
            return earlier
    if is_body(source, sentence, page) or page.lemmas(source) in words["sources"] or source.pos_ == "PROPN":
        return Voice(kind="organisation", name=name_of(source, sentence, page), text=phrase_text(source))
    return None


def is_body(source: Token, sentence: Sentence, page: Page) -> bool:
    """Whether a noun names a party, an outlet or a group of officials."""
    name = page.names.at(sentence, source)
    return bool(
        page.mentions.at(sentence.paragraph, source.i)
        or (name is not None and name.entry.kind == "outlet")
        or group_class(page.lemmas(source)) is not None
    )


def is_named(source: Token) -> bool:
    """Whether a noun names a body rather than only referring to one ("an official of the bloc")."""
    words = cues()["voice"]
    return source.pos_ == "PROPN" or source.lower_ in words["bodies"] or source.lower_ in words["vague bodies"]


def person_of(source: Token, sentence: Sentence, page: Page) -> Mention | None:
    """The official that a word names, names in apposition ("the envoy, Ana Paz"), or stands for ("the Fijian
    commander")."""
    apposed = [t for c in source.rights if c.dep_ == "appos" for t in (c, *c.rights)]
    for token in (source, *apposed):
        for mention in page.mentions.at(sentence.paragraph, token.i):
            if mention.kind == "person" and mention.name:
                return mention
    found = resolve_reference(source, sentence, page.discourse, page.lemmas)
    person = next((m for m in found if m.kind == "person"), None)
    return person or holder_of(source, sentence, page)


def holder_of(source: Token, sentence: Sentence, page: Page) -> Mention | None:
    """The official of a state who was named last, for a post that is told with the state and without a name."""
    lefts = {c.lower_ for c in source.lefts}
    if source.tag_ not in ("NN", "NNP") or "the" not in lefts or page.lemmas(source) not in cues()["voice"]["holders"]:
        return None
    codes = {c for m in page.mentions.at(sentence.paragraph, source.i) for c in m.codes}
    return next((m for m in reversed(page.discourse.persons) if codes & set(m.codes)), None)


def author_of(source: Token, sentence: Sentence, page: Page) -> tuple[Token, Sentence] | None:
    """For whom a source speaks, with the sentence that tells it: of a plain "the report", one that told it before."""
    behind = speaks_for(source, page)
    if behind is not None:
        return behind, sentence
    if page.lemmas(source) not in cues()["voice"]["documents"] or phrase_text(source) != source.text:
        return None
    for earlier in reversed(page.mentions.sentences[: sentence.index]):
        for token in earlier.tokens:
            author = speaks_for(token, page) if token.lower_ == source.lower_ else None
            if author is not None:
                return author, earlier
    return None


def speaks_for(source: Token, page: Page) -> Token | None:
    """The noun for whom a spokesman, an official or a document speaks ("ministry spokesman", "a report by the UN")."""
    words, lemma = cues()["voice"], page.lemmas(source)
    if lemma in words["documents"]:
        wanted: tuple[str, ...] = ("by", "from")
    elif lemma in words["spokesmen"] and source.tag_ in ("NN", "NNP"):
        wanted = ("for", "of", "at")
        before = [c for c in source.lefts if c.dep_ in ("compound", "poss", "nmod") and c.pos_ in ("NOUN", "PROPN")]
        if before:
            return before[-1]
    else:
        return None
    behind = [c for c in source.rights if c.dep_ in ("prep", "agent") and c.lower_ in wanted]
    behind += [c for v in source.rights if v.dep_ == "acl" for c in v.children if c.lower_ in wanted]
    return next((c for prep in behind for c in prep.children if c.dep_ == "pobj"), None)


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


def says(word: Token, page: Page) -> bool:
    """Whether a word is a verb of saying."""
    return word.pos_ == "VERB" and page.lemmas(word) in cues()["voice"]["say"]


def name_of(source: Token, sentence: Sentence, page: Page) -> str:
    """How to name a source that is no person: by the words of the text, an outlet by its own name alone.

    A body told without its state, or with it as an adjective before a plain noun, is named with it.
    """
    words = cues()["voice"]
    own = proper_name(source, words["outlets"])
    if own is not None:
        return own
    owner = possessor(source, sentence, page)
    if owner is not None:
        return f"{owner[0]} of {owner[1]}"
    phrase = phrase_text(source)
    if phrase == source.text and source.lower_ in words["vague bodies"]:
        fuller = named_before(source, sentence, page)
        if fuller is not None:
            return fuller
    return with_state(source, sentence, page) if source.lower_ in words["bodies"] else phrase


def with_state(source: Token, sentence: Sentence, page: Page) -> str:
    """ "the Honduran defence ministry" as "defence ministry of Honduras", "the navy" as "navy of" the state it is of.

    A capitalised name that tells its state ("Fijian Defence Ministry") stays as it is, and a body whose state nothing
    tells is of the outlet's.
    """
    phrase = phrase_text(source)
    inside = [n for i in range(source.left_edge.i, source.right_edge.i + 1) if (n := page.names.at(sentence, i))]
    own = source.text[0].isupper() and phrase != source.text and any(n.entry.kind in ("state", "body") for n in inside)
    if own or any(n.first > source.i for n in inside):
        return phrase
    stated = [n.entry.code for n in inside if n.entry.kind == "state" and n.entry.code]
    held = [c for m in page.mentions.at(sentence.paragraph, source.i) for c in m.codes]
    home = page.discourse.speaker.codes if page.discourse.speaker is not None else ()
    codes = dict.fromkeys(stated or held or home)
    state = page.names.state_named(next(iter(codes))) if len(codes) == 1 else None
    words = phrase.split()
    while source.text[0].islower() and len(words) > 1 and words[0][0].isupper():
        del words[0]
    return f"{' '.join(words)} of {state}" if state is not None else phrase


def named_before(source: Token, sentence: Sentence, page: Page) -> str | None:
    """The fuller name of the body last told by the same noun before a sentence ("the ministry")."""
    for earlier in reversed(page.mentions.sentences[: sentence.index]):
        for token in earlier.tokens:
            if token.lower_ == source.lower_ and phrase_text(token) != token.text:
                return name_of(token, earlier, page)
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


def possessor(source: Token, sentence: Sentence, page: Page) -> tuple[str, str] | None:
    """What belongs and to whom: "Tunisia's defence ministry" is a defence ministry, of Tunisia; "his office" is the
    last official's, "his ministry" that of his state. A name such as "Harbour's Weekly" belongs to nobody."""
    owner = next((c for c in source.lefts if c.dep_ == "poss"), None)
    if owner is None:
        return None
    doc = source.doc
    marks = [c.i for c in owner.children if c.dep_ == "case"]
    rest = doc[(marks[-1] if marks else owner.i) + 1 : source.i + 1].text
    if owner.pos_ == "PRON":
        person = next((m for m in resolve_reference(owner, sentence, page.discourse, page.lemmas)), None)
        if person is None or person.kind != "person":
            return None
        state = page.names.state_named(person.codes[0]) if person.codes else None
        whose = state if source.text.lower() in cues()["voice"]["bodies"] else person.name
        return (rest, whose) if whose else None
    name = page.names.at(sentence, owner)
    if source.pos_ == "PROPN" and (name is None or name.entry.kind not in ("state", "body", "igo")):
        return None
    first = owner.left_edge.i
    return rest, doc[first : owner.i + 1].text.removeprefix("the ").removeprefix("The ")


def phrase_text(head: Token) -> str:
    """The noun phrase around a head without its clauses and article."""
    tokens = [t for t in head.subtree if t.i <= head.i + 6]
    stop = next((t.i for t in tokens if t.dep_ in ("relcl", "acl", "punct") and t.i > head.i), head.right_edge.i + 1)
    first = min(t.i for t in tokens)
    words = head.doc[first : max(stop, head.i + 1)].text
    return words.removeprefix("The ").removeprefix("the ").removeprefix("a ").removeprefix("A ").strip()
