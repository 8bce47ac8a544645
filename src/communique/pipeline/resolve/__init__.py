"""resolve: drafts with words go in, the same drafts with true dates, places, coordinates and posts come out.

It makes nothing more exact than the text did, and it leaves what it cannot resolve empty.
"""

from communique.pipeline.resolve.events import find_all_dates, resolve_events
from communique.pipeline.resolve.own_date import DatesBySentence

__all__ = ["DatesBySentence", "find_all_dates", "resolve_events"]
