"""split: a Document goes in, a Parsed (sentences with spaCy's parse, quotations) comes out.

It never decides what an event is, and it never changes the text: a copy may be recased for the parser, offsets stay.
"""

from communique.pipeline.split.language_model import load_language_model
from communique.pipeline.split.sentences import split

__all__ = ["load_language_model", "split"]
