"""read: paths or standard input go in; Documents whose text is fixed, or Quarantined with a reason, come out.

It never judges what a text is about, never invents a date, and never drops an input without a word.
"""

from communique.pipeline.read.assemble import document_from_text
from communique.pipeline.read.furniture import find_furniture
from communique.pipeline.read.metadata import Dateline, find_dateline, written_on
from communique.pipeline.read.sources import read

__all__ = ["Dateline", "document_from_text", "find_dateline", "find_furniture", "read", "written_on"]
