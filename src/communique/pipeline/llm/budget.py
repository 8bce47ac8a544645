"""How many tokens and how much money a run may still use. A call reserves its worst case before it is made."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from communique.pipeline.llm.failures import LlmFailure

# Characters of a token, taken low, so that a reservation is rather too large: English has about four.
CHARACTERS = 3


@dataclass(frozen=True, slots=True)
class Use:
    """Tokens that went in and came out."""

    into: int = 0
    out: int = 0


def estimated(*texts: str) -> int:
    """About how many tokens the texts have, rather too many."""
    return sum(len(text) for text in texts) // CHARACTERS + 16


class Budget:
    """Counts what is used by all threads and refuses what would exceed the limits; None is no limit."""

    def __init__(
        self, tokens: int | None = None, cost: float | None = None, price_in: float = 0.0, price_out: float = 0.0
    ) -> None:
        self.limit, self.cost, self._prices = tokens, cost, (price_in, price_out)
        self.used, self.reserved, self.calls = Use(), Use(), 0
        self._lock = threading.Lock()

    def price(self, use: Use) -> float:
        """What a use costs, in the currency of the prices."""
        return (use.into * self._prices[0] + use.out * self._prices[1]) / 1e6

    def reserve(self, wanted: Use) -> None:
        """Set a use aside; raises LlmFailure where it would exceed what is left."""
        with self._lock:
            whole = plus(plus(self.used, self.reserved), wanted)
            if self.limit is not None and whole.into + whole.out > self.limit:
                raise LlmFailure("model_budget", f"{self.told()}; the call could exceed {self.limit} tokens: {WAY_OUT}")
            if self.cost is not None and self.price(whole) > self.cost:
                raise LlmFailure(
                    "model_budget", f"{self.told()}; the call could exceed a cost of {self.cost}: {WAY_OUT}"
                )
            self.reserved = plus(self.reserved, wanted)

    def settle(self, reserved: Use, used: Use) -> None:
        """Enter what a call really used, and give its reservation back."""
        with self._lock:
            self.reserved = Use(self.reserved.into - reserved.into, self.reserved.out - reserved.out)
            self.used = plus(self.used, used)
            self.calls += 1

    def told(self) -> str:
        """What was used so far, in words."""
        used = f"{self.calls} calls, {self.used.into:,} tokens in, {self.used.out:,} out"
        return f"{used}, cost {self.price(self.used):.4f}" if any(self._prices) else used


WAY_OUT = "raise COMMUNIQUE_LLM_TOKENS or COMMUNIQUE_LLM_COST; answers that came are kept and not paid again"


def plus(a: Use, b: Use) -> Use:
    """The sum of two uses."""
    return Use(a.into + b.into, a.out + b.out)
