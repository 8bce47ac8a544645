"""The codebook: which events are coded, with which roles, modes, statuses and actors, and how they read in older data.

Data files in `data/` come in, one checked `Codebook` goes out. It never reads a document.
"""

from communique.codebook.crosswalk import Parties, crosswalk, plover_parties
from communique.codebook.load import load_codebook
from communique.codebook.model import Actor, Codebook, Detail, EventType, Mode, Role, Term
from communique.codebook.problems import problems_of
from communique.codebook.schema import report_schema

__all__ = [
    "Actor",
    "Codebook",
    "Detail",
    "EventType",
    "Mode",
    "Parties",
    "Role",
    "Term",
    "crosswalk",
    "load_codebook",
    "plover_parties",
    "problems_of",
    "report_schema",
]
