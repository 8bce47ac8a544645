"""learned: sentences with their mentions go in, a Reading of each comes out: what tells an event, and who takes part.

It decides nothing: `extract` lays its readings over the rules' drafts. A small encoder runs on one thread.
"""

from communique.pipeline.learned.reader import LearnedReader, load_reader, reader_weights

__all__ = ["LearnedReader", "load_reader", "reader_weights"]
