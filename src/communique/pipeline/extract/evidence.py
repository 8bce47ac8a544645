"""The smallest clause that tells an event, as a span of the document."""

from __future__ import annotations

from spacy.tokens import Token

from communique.pipeline.drafts import Draft, Sentence

LONGEST = 380
OTHER_CLAUSES = frozenset({"conj", "parataxis", "advcl", "ccomp"})


def read_evidence(draft: Draft, sentence: Sentence) -> None:
    """Set the draft's span to the clause of its trigger; a headline counts whole."""
    token = sentence.tokens.doc[draft.trigger]
    first, last = (sentence.tokens.start, sentence.tokens.end - 1) if sentence.is_title else clause(token, sentence)
    first, last = trim(first, last, sentence)
    start, end = sentence.begin_of(sentence.tokens.doc[first]), sentence.end_of(sentence.tokens.doc[last])
    if end - start > LONGEST:
        start, end = window(token, sentence, start, end)
    draft.start, draft.end = start, end


def clause(token: Token, sentence: Sentence) -> tuple[int, int]:
    """First and last token of the clause around a trigger."""
    head = clause_head(token)
    kept = {head.i}
    stack = list(head.children)
    while stack:
        word = stack.pop()
        if word.i != token.i and is_other_clause(word, token):
            continue
        kept.add(word.i)
        stack.extend(word.children)
    kept.add(token.i)
    first = last = token.i
    while first - 1 in kept or (first - 2 in kept and first - 1 >= sentence.tokens.start):
        first -= 1
    while last + 1 in kept or last + 2 in kept:
        last += 1
    return max(first, sentence.tokens.start), min(last, sentence.tokens.end - 1)


def clause_head(token: Token) -> Token:
    """The verb whose clause tells the event: the trigger, or the verb that carries a nominal trigger."""
    if token.pos_ in ("VERB", "AUX"):
        return token
    head, through = token.head, token
    if through.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN"):
        return token
    if through.dep_ in ("pobj", "pcomp") and head.pos_ == "ADP":
        through, head = head, head.head
    if head.pos_ in ("VERB", "AUX") and through.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "prep", "oprd"):
        return head
    return token


def is_other_clause(word: Token, token: Token) -> bool:
    """Whether a dependent begins a clause of its own that does not hold the trigger."""
    if word.dep_ not in OTHER_CLAUSES or word.pos_ not in ("VERB", "AUX"):
        return False
    return not (word.left_edge.i <= token.i <= word.right_edge.i)


def trim(first: int, last: int, sentence: Sentence) -> tuple[int, int]:
    """The range without punctuation and conjunctions at its ends."""
    doc = sentence.tokens.doc
    while first < last and (doc[first].is_punct or doc[first].pos_ in ("CCONJ", "SPACE")):
        first += 1
    while (
        last > first
        and (doc[last].is_punct or doc[last].pos_ in ("CCONJ", "SPACE"))
        and doc[last].text not in (")", "%")
    ):
        last -= 1
    return first, last


def window(token: Token, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """A part of a long clause around its trigger, cut at token borders."""
    begin, stop = token.i, token.i
    doc = sentence.tokens.doc
    while True:
        grown = False
        if (
            begin > sentence.tokens.start
            and sentence.begin_of(doc[begin - 1]) >= start
            and sentence.end_of(doc[stop]) - sentence.begin_of(doc[begin - 1]) <= LONGEST
        ):
            begin, grown = begin - 1, True
        if (
            stop + 1 < sentence.tokens.end
            and sentence.end_of(doc[stop + 1]) <= end
            and sentence.end_of(doc[stop + 1]) - sentence.begin_of(doc[begin]) <= LONGEST
        ):
            stop, grown = stop + 1, True
        if not grown:
            return sentence.begin_of(doc[begin]), sentence.end_of(doc[stop])
