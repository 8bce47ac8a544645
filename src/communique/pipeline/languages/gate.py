"""Which language's coder takes a document, and whether its words can hold anything to code."""

from __future__ import annotations

from communique.lexicon.languages import can_be_coded, load_language, primary
from communique.pipeline.gate import GateDecision, gate, language_of
from communique.pipeline.gate.language import body
from communique.records import Document

ENOUGH_WEAK = 2
TOO_SHORT = 60


def tongue_of(doc: Document) -> str | None:
    """The tag of the other language whose coder takes the document, or None where English or no coder does."""
    tag = primary(doc.lang or language_of(body(doc)))
    return tag if can_be_coded(tag) else None


def decide(doc: Document) -> GateDecision:
    """Whether a document goes on to its coder, by the words of its own language."""
    tag = tongue_of(doc)
    return gate(doc) if tag is None else gate_of(doc, tag)


def gate_of(doc: Document, tag: str) -> GateDecision:
    """Passed with one strong part of a word or two different weak ones of the language's own words."""
    words = load_language(tag).tables["cues"]["gate"]
    text = doc.text.lower()
    if len(text) <= TOO_SHORT:
        return GateDecision(True, f"only {len(text)} characters: too short to judge by its words")
    strong = next((word for word in words["strong"] if word in text), None)
    if strong is not None:
        return GateDecision(True, f"security word {strong!r}")
    weak = [word for word in words["weak"] if word in text]
    if len(weak) >= ENOUGH_WEAK:
        return GateDecision(True, f"security words together: {', '.join(map(repr, weak[:ENOUGH_WEAK]))}")
    return GateDecision(
        False, f"no security word of {load_language(tag).name}, and {len(weak)} weaker ones of {ENOUGH_WEAK}"
    )
