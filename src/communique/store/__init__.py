"""store: coded shards, links and people's decisions go in and are kept; corrected tables and their history come out.

It never codes, links or reads a file of news, and never changes or loses what was acknowledged.
"""

from communique.store.deciding import Decision, Listed
from communique.store.decision_log import Entry
from communique.store.documents import Incoming, Kept, Raw
from communique.store.linking import Judgements, Linked, Links
from communique.store.query import Filters
from communique.store.record import Record
from communique.store.show import Shown, ShownReport
from communique.store.status import Status
from communique.store.verify import Problem

__all__ = [
    "Decision", "Entry", "Filters", "Incoming", "Judgements", "Kept", "Linked", "Links", "Listed", "Problem", "Raw",
    "Record", "Shown", "ShownReport", "Status",
]  # fmt: skip
