"""In: the words of a text; out: the date expressions in them and, given the day of publication, intervals of days.

Never reads a clock, never makes a date more exact than its words, and gives None where the words do not determine one.
"""

from communique.pipeline.resolve.dates.context import Tense
from communique.pipeline.resolve.dates.events import date_of_event, in_order
from communique.pipeline.resolve.dates.expressions import DateExpression, find_dates
from communique.pipeline.resolve.dates.intervals import inferred, normalise
from communique.pipeline.resolve.dates.points import Length

__all__ = ["DateExpression", "Length", "Tense", "date_of_event", "find_dates", "in_order", "inferred", "normalise"]
