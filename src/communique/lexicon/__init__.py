"""A text goes in, the things it names come out with offsets and codes: states, bodies, officials, places, exercises ...

Which of several readings is meant is decided by the pipeline, never here.
"""

from communique.lexicon.entries import Entry, Match
from communique.lexicon.load import Lexicon, load_lexicon

__all__ = ["Entry", "Lexicon", "Match", "load_lexicon"]
