"""gate: a Document goes in, a decision whether it may hold anything to code comes out, made on substrings alone.

It never reads meaning, and it rather passes an empty document than stops one that tells of an event.
"""

from communique.pipeline.gate.gate import GateDecision, gate
from communique.pipeline.gate.language import language_of, set_aside_foreign

__all__ = ["GateDecision", "gate", "language_of", "set_aside_foreign"]
