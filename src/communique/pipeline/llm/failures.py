"""How the reading of one document by a language model can fail for good."""

from __future__ import annotations

from communique.errors import ModelError

REASONS = {
    "model_unreachable": "no answer came: no connection, or none in time",
    "model_busy": "the server kept answering that it is overloaded or broken (429, 5xx)",
    "model_refused": "the server refused the request (a wrong key, an unknown model, a text too long)",
    "model_answer": "the answers were no JSON of the schema, or were cut off",
    "model_budget": "the budget of tokens or cost would have been exceeded",
}
"""Every reason for which a document is set aside by this coder."""


class LlmFailure(ModelError):
    """A document that the model could not read. `reason` is one of REASONS."""

    def __init__(self, reason: str, detail: str) -> None:
        assert reason in REASONS
        super().__init__(detail)
        self.reason = reason


class Passing(LlmFailure):
    """A failure that may pass: the call is worth another try, after `wait` seconds if the server said so."""

    def __init__(self, reason: str, detail: str, wait: float | None = None) -> None:
        super().__init__(reason, detail)
        self.wait = wait


class TooLong(LlmFailure):
    """The text or its answer is too long for the model: shorter pieces may do."""

    def __init__(self, detail: str) -> None:
        super().__init__("model_answer", detail)
