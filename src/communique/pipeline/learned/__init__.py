"""learned: drafts of the rules go in, the same drafts with a probability that also hears what their words mean come
out.

It proposes no event of its own and changes no field; it only weighs. A small sentence encoder runs on one thread.
"""

from communique.pipeline.learned.reader import LearnedReader, load_reader

__all__ = ["LearnedReader", "load_reader"]
