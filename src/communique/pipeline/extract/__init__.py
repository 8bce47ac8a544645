"""extract: a Parsed document goes in, drafts of events come out: trigger, roles, status, voice, evidence, place words.

It reads words only; which day, which coordinates and which drafts are one event is decided by later stages.
"""

from communique.pipeline.extract.extract import choose, extract, read_page
from communique.pipeline.extract.initials import as_spelled_out
from communique.pipeline.extract.patterns import PatternBook, compile_patterns
from communique.pipeline.extract.triggers import Page, hints_of
from communique.pipeline.extract.words import Lemmas

__all__ = [
    "Lemmas",
    "Page",
    "PatternBook",
    "as_spelled_out",
    "choose",
    "compile_patterns",
    "extract",
    "hints_of",
    "read_page",
]
