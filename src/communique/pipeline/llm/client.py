"""Talks to an OpenAI-compatible endpoint over plain HTTP: one question, one answer, tried again where that may help."""

from __future__ import annotations

import email.utils
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from communique.pipeline.llm.budget import Budget, Use, estimated
from communique.pipeline.llm.failures import LlmFailure, Passing, TooLong
from communique.pipeline.llm.settings import LlmSettings

# The server is as little trusted as the text: no answer is read beyond this, and none keeps us waiting longer.
LARGEST = 4_000_000
LONGEST_WAIT = 60.0
PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
FORMATS = ("schema", "object", "text")
ABOUT_FORMAT = ("format", "json", "schema", "grammar")
"""Words by which a refusal shows that it is about the form of the answer."""
GIVE_UP = 8
"""Documents in a row that found no server, after which the others are not tried."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of an answer and what they took."""

    text: str
    use: Use


class ChatClient:
    """Asks one model; may be used by several threads. `transport` and `sleep` are for tests."""

    def __init__(
        self,
        settings: LlmSettings,
        budget: Budget | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings = settings
        self.budget = budget or Budget(settings.tokens, settings.cost, settings.price_in, settings.price_out)
        headers = {"Authorization": f"Bearer {settings.key}"} if settings.key else {}
        self._http = httpx.Client(
            headers=headers, timeout=settings.timeout, follow_redirects=False, transport=transport
        )
        base = settings.url.rstrip("/")
        self._url = base if base.endswith("/chat/completions") else base + "/chat/completions"
        self._sleep, self._format, self._lost, self._lock = sleep, FORMATS[0], 0, threading.Lock()
        if settings.format != "auto":
            self._format = settings.format

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(self, system: str, user: str, schema: Mapping[str, Any], *, in_words: str | None = None) -> Answer:
        """The model's answer. `in_words` takes the place of `system` where the server takes no schema.

        Raises LlmFailure with its reason; TooLong where shorter pieces may do.
        """
        if self._lost >= GIVE_UP:
            raise LlmFailure(
                "model_unreachable",
                f"not tried: {GIVE_UP} documents in a row found no server at {self._url}; start it and code again",
            )
        tries = Retrying(
            stop=stop_after_attempt(self.settings.attempts),
            wait=waiting,
            retry=retry_if_exception_type(Passing),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            answer: Answer = tries(self._ask_once, system, user, schema, in_words or system)
        except LlmFailure as failed:
            with self._lock:
                self._lost = self._lost + 1 if failed.reason == "model_unreachable" else 0
            raise
        self._lost = 0
        return answer

    def _ask_once(self, system: str, user: str, schema: Mapping[str, Any], in_words: str) -> Answer:
        while True:
            form = self._format
            told = system if form == "schema" else in_words
            try:
                return self._call(body_of(self.settings, told, user, schema, form), estimated(told, user))
            except FormatRefused as refused:
                with self._lock:
                    if self._format == form:
                        lower = FORMATS.index(form) + 1
                        if self.settings.format != "auto" or lower == len(FORMATS):
                            raise LlmFailure("model_refused", str(refused)) from None
                        self._format = FORMATS[lower]

    def _call(self, body: Mapping[str, Any], prompt: int) -> Answer:
        wanted, used = Use(prompt, self.settings.answer_tokens), Use()
        self.budget.reserve(wanted)
        try:
            status, headers, data = self._post(body)
            if status == 200:
                answer, finish = read_answer(data, prompt)
                used = answer.use
                if finish == "length":
                    raise TooLong(f"the answer was cut off after {answer.use.out} tokens")
                return answer
            raise failure_of(status, headers, data, "response_format" in body)
        except httpx.TimeoutException:
            used = Use(prompt, 0)
            raise Passing("model_unreachable", f"no answer from {self._url} in {self.settings.timeout:g} s") from None
        except httpx.HTTPError as broken:
            raise Passing("model_unreachable", f"no connection with {self._url}: {type(broken).__name__}") from None
        finally:
            self.budget.settle(wanted, used)

    def _post(self, body: Mapping[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and bytes of one answer, within the time for a call however slowly it drips."""
        end = time.monotonic() + self.settings.timeout
        data = bytearray()
        with self._http.stream("POST", self._url, json=body) as response:
            for part in response.iter_bytes():
                data += part
                if len(data) > LARGEST:
                    raise LlmFailure("model_answer", f"the answer is longer than {LARGEST:,} bytes")
                if time.monotonic() > end:
                    raise httpx.ReadTimeout("the answer took too long")
            return response.status_code, response.headers, bytes(data)


class FormatRefused(Exception):
    """The server does not take this form of response_format."""


def body_of(settings: LlmSettings, system: str, user: str, schema: Mapping[str, Any], form: str) -> dict[str, Any]:
    """The request. It offers no tools, and asks for the likeliest answer."""
    body: dict[str, Any] = {
        "model": settings.model,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
        "temperature": 0,
        "max_tokens": settings.answer_tokens,
    }
    if form == "schema":
        held = {"name": "reports", "strict": True, "schema": schema}
        body["response_format"] = {"type": "json_schema", "json_schema": held}
    elif form == "object":
        body["response_format"] = {"type": "json_object"}
    body |= settings.laid_over()
    return {name: value for name, value in body.items() if value is not None}


def read_answer(data: bytes, prompt: int) -> tuple[Answer, str | None]:
    """The words of an answer with its use, and why it ended; the use is estimated where the server does not tell."""
    try:
        found = json.loads(data)
        choice = found["choices"][0]
        text = choice["message"]["content"]
        finish = choice.get("finish_reason")
        usage = found.get("usage") or {}
        use = Use(int(usage.get("prompt_tokens", prompt)), int(usage.get("completion_tokens", len(text or "") // 3)))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise Passing("model_answer", f"the server's answer is no chat completion, but {data[:80]!r}") from None
    if not isinstance(text, str):
        raise LlmFailure("model_answer", "the answer holds no text; the model refused, or wanted a tool")
    return Answer(text, use), finish


def failure_of(status: int, headers: httpx.Headers, data: bytes, formatted: bool) -> Exception:
    """What an answer that is none means."""
    said = " ".join(data[:300].decode("utf-8", "replace").split())
    told = f"HTTP {status}: {said[:200]}"
    if status in PASSING:
        return Passing("model_busy", told, seconds_of(headers.get("retry-after")))
    if status in (400, 413, 422) and ("context" in said.lower() or "too long" in said.lower() or status == 413):
        return TooLong(told)
    if status in (400, 404, 415, 422) and formatted and any(word in said.lower() for word in ABOUT_FORMAT):
        return FormatRefused(told)
    return LlmFailure("model_refused", f"{told}; mend address, key or model's name")


def seconds_of(told: str | None) -> float | None:
    """The seconds of a Retry-After header, as a number or as a date; None where it says nothing usable."""
    if told is None:
        return None
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(told).timestamp() - time.time())
    except ValueError:
        return None


BACKOFF = wait_random_exponential(multiplier=1, max=LONGEST_WAIT)


def waiting(state: RetryCallState) -> float:
    """Seconds before the next try: what the server asks for, at most a minute, else longer after each try."""
    failed = state.outcome.exception() if state.outcome is not None else None
    if isinstance(failed, Passing) and failed.wait is not None:
        return min(failed.wait, LONGEST_WAIT)
    return float(BACKOFF(state))
