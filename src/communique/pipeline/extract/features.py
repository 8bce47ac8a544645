"""What speaks for and against a trigger really telling an event of this kind: named features, weighed in `weigh.py`.

Each feature is a fact about words and grammar that a reader can check; their weights were measured (training/).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.pipeline.drafts import Draft, Sentence
from communique.pipeline.extract.triggers import Page

GRAMMATICAL = frozenset(
    {"subject", "object", "indirect", "poss", "mod", "with", "between", "of", "by", "to", "from", "for", "in", "among"}
)
# The rules by which a voice was found in the words around an event itself.
IN_CLAUSE = ("denied", "said", "according", "closing", "quote")
BODY_CLASSES = ("person", "official", "force", "vessel", "body", "state", "igo", "armed", "group", "place", "aircraft")


def features_of(draft: Draft, sentence: Sentence, page: Page) -> dict[str, float]:
    """The features of a draft by name; all are 1.0 where they hold, save counts, which are scaled to about one."""
    return {
        name: value
        for name, value in [*of_parties(draft), *of_trigger(draft, sentence, page), *of_sentence(draft, sentence, page)]
        if value
    }


def of_parties(draft: Draft) -> Iterator[tuple[str, float]]:
    """Features of who stands in the roles."""
    codes = draft.codes()
    kind = draft.type
    count = min(len(codes), 3)
    yield f"parties={count}", 1.0
    yield f"{kind}:parties={count}", 1.0
    sure = {c for f in draft.fillers if f.rule in GRAMMATICAL and not f.mention.pronoun for c in f.mention.codes}
    yield f"sure={min(len(sure), 2)}", 1.0
    yield f"{kind}:sure={min(len(sure), 2)}", 1.0
    for rule in {f.rule for f in draft.fillers}:
        if rule in ("same sentence", "place", "event before"):
            yield f"by {rule}", 1.0
    for cls in {f.mention.cls for f in draft.fillers}:
        if cls in BODY_CLASSES:
            yield f"{kind}:has {cls}", 1.0
    for filler in draft.fillers:
        if filler.mention.level:
            yield f"level={filler.mention.level}", 1.0
    if any(f.mention.pronoun for f in draft.fillers):
        yield "pronoun", 1.0
    if len(codes) > 4:
        yield "many parties", 1.0


def of_trigger(draft: Draft, sentence: Sentence, page: Page) -> Iterator[tuple[str, float]]:
    """Features of the trigger word and the grammar above it."""
    token = sentence.tokens.doc[draft.trigger]
    pattern = draft.why[0]
    yield pattern, 1.0
    yield f"type={draft.type}", 1.0
    yield f"dep={token.dep_}", 1.0
    yield f"tag={token.tag_}", 1.0
    yield f"{draft.type}:tag={token.tag_}", 1.0
    yield f"status={draft.status}", 1.0
    yield f"{draft.type}:status={draft.status}", 1.0
    lefts = {c.lower_ for c in token.lefts}
    for word in (
        "the",
        "a",
        "an",
        "any",
        "no",
        "this",
        "such",
        "joint",
        "military",
        "bilateral",
        "his",
        "its",
        "their",
    ):
        if word in lefts:
            yield f"left={word}", 1.0
    if token.pos_ in ("VERB", "AUX"):
        yield from of_verb(token)
    else:
        head = token.head
        yield f"head={head.pos_}", 1.0
        if head.pos_ == "VERB":
            yield f"{draft.type}:governor={page.lemmas(head)}", 1.0
        elif head.pos_ == "ADP":
            yield f"after={head.lower_}", 1.0
            yield f"{draft.type}:after={head.lower_}", 1.0


def of_verb(verb: Token) -> Iterator[tuple[str, float]]:
    """Purpose clauses, conditions, relative clauses and negations."""
    children = {c.lower_ for c in verb.children}
    if verb.tag_ == "VB" and "to" in children and verb.dep_ in ("advcl", "acl", "relcl"):
        yield "purpose", 1.0
    if children & {"if", "unless", "whether", "when"}:
        yield "condition", 1.0
    if verb.dep_ in ("relcl", "acl"):
        yield "relative", 1.0
    for child in verb.children:
        if child.dep_ == "aux":
            yield f"aux={child.lower_}", 1.0
        elif child.dep_ == "neg":
            yield "negated", 1.0


def of_sentence(draft: Draft, sentence: Sentence, page: Page) -> Iterator[tuple[str, float]]:
    """Features of the sentence and of the document around it."""
    secure = page.security.get(sentence.index, 0)
    yield f"security={min(secure, 3)}", 1.0
    yield f"{draft.type}:security={min(secure, 2)}", 1.0
    yield "document security", page.security_share
    yield f"{draft.type}:document security", page.security_share
    if sentence.index < 3:
        yield "lead", 1.0
    if sentence.index > 12:
        yield "tail", 1.0
    if sentence.lower.rstrip().endswith("?"):
        yield "question", 1.0
    if "quoted" in draft.flags:
        yield "quoted", 1.0
    if "needs missed" in draft.flags:
        yield "needs missed", 1.0
        yield f"{draft.why[0]}:missed", 1.0
    if "dated" in draft.flags:
        yield "dated", 1.0
        yield f"{draft.type}:dated", 1.0
    if draft.voice.kind != "outlet" and draft.voice_why in IN_CLAUSE:
        yield "reported", 1.0
    if draft.aggregate:
        yield "aggregate", 1.0
    if "_locality" in draft.details:
        yield "placed", 1.0
    length = len(sentence.tokens)
    if length > 45:
        yield "long sentence", 1.0
