"""What is read when the server starts is at hand for the first visitor, and does no harm."""

from communique.review import queue
from communique.store.query import Filters
from communique.web.looking_ahead import look_ahead
from communique.web.reader import Reader
from communique.web.rendering import environment


def test_the_first_looks_are_done(folder, monkeypatch):
    """After it neither the overview's numbers nor the worth of the queue are asked of the tables again."""
    reader = Reader(folder, 5.0)
    look_ahead(reader, environment())
    assert queue.WEIGHED[reader.record.views()][0] == reader.record.sequence
    monkeypatch.setattr(reader, "ask", None)
    assert reader.status().engagements == reader.count("engagements", Filters()) > 0
    assert reader.coverage()
    assert reader.counted("reports", Filters())["type"]
    reader.close()


def test_a_record_that_is_closed_meanwhile_is_left_alone(folder):
    reader = Reader(folder, 5.0)
    reader.close()
    look_ahead(reader, environment())
