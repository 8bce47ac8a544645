"""The budget of a run."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from communique.pipeline.llm.budget import Budget, Use
from communique.pipeline.llm.failures import LlmFailure


def test_a_call_that_could_exceed_the_tokens_is_not_made():
    """What is reserved counts until it is settled; then what was used."""
    budget = Budget(tokens=1000)
    budget.reserve(Use(300, 300))
    with pytest.raises(LlmFailure, match="1000 tokens") as refused:
        budget.reserve(Use(300, 200))
    assert refused.value.reason == "model_budget"
    budget.settle(Use(300, 300), Use(200, 50))
    budget.reserve(Use(300, 300))


def test_cost_is_limited_by_the_prices():
    """Prices are for a million tokens; in and out have their own."""
    budget = Budget(cost=1.0, price_in=1.0, price_out=10.0)
    budget.reserve(Use(500_000, 50_000))
    with pytest.raises(LlmFailure, match="cost of 1"):
        budget.reserve(Use(1, 1))


def test_threads_together_never_exceed_the_limit():
    """However many calls run at the same time, used and reserved tokens stay within the limit."""
    budget = Budget(tokens=10_000)

    def call(_: int) -> int:
        try:
            budget.reserve(Use(80, 20))
        except LlmFailure:
            return 0
        budget.settle(Use(80, 20), Use(80, 20))
        return 1

    with ThreadPoolExecutor(8) as pool:
        made = sum(pool.map(call, range(400)))
    assert made == 100
    assert budget.used == Use(8000, 2000)
    assert budget.reserved == Use(0, 0)
