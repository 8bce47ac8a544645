"""What the llm coder must be told: where the model is, and how much it may cost. Environment variables or options."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from communique.errors import UnusableOption, did_you_mean

PREFIX = "COMMUNIQUE_LLM_"
Format = Literal["auto", "schema", "object", "text"]
Marking = Literal["delimiters", "words"]
# What would let a document act, or lay the document out of its place.
FORBIDDEN = frozenset({"tools", "tool_choice", "functions", "function_call", "messages", "stream", "n"})


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """Each field is the environment variable COMMUNIQUE_LLM_ with its name in capitals."""

    url: str
    """base address of an OpenAI-compatible endpoint, such as http://localhost:11434/v1"""
    model: str
    key: str | None = field(default=None, repr=False)
    """sent as a bearer token; never written anywhere"""
    timeout: float = 180.0
    """seconds for one call, whole"""
    attempts: int = 4
    """calls for one answer, the first among them"""
    concurrency: int = 4
    """documents that are asked for at the same time"""
    answer_tokens: int = 4096
    piece: int = 9000
    """characters of a document in one call"""
    overlap: int = 2
    """paragraphs that neighbouring pieces share"""
    tokens: int | None = None
    """most tokens of a run, in and out"""
    cost: float | None = None
    """most money of a run, in the currency of the prices"""
    price_in: float = 0.0
    """price of a million tokens of prompts"""
    price_out: float = 0.0
    """price of a million tokens of answers"""
    cache: str = ""
    """folder that keeps answers; the user's cache folder without it; "off" keeps none"""
    dropped: str = ""
    """file that takes what was dropped of the model's answers, as JSON Lines"""
    format: Format = "auto"
    """how JSON is asked for: by schema, as an object, in words only, or the first of these that the server takes"""
    marking: Marking = "delimiters"
    """how the document is set apart from instructions: between delimiters, or also by a mark between its words"""
    extra: str = ""
    """a JSON object laid over each request; null takes a field away"""

    def __post_init__(self) -> None:
        """Raise UnusableOption for values that cannot be used."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UnusableOption(f"{PREFIX}URL is {self.url!r}; give an address such as http://localhost:11434/v1")
        if not self.model:
            raise UnusableOption(f"{PREFIX}MODEL is empty; give the name that the server knows the model by")
        for name, allowed in (("format", get_args(Format)), ("marking", get_args(Marking))):
            if getattr(self, name) not in allowed:
                raise UnusableOption(f"no {name} {getattr(self, name)!r}; {did_you_mean(getattr(self, name), allowed)}")
        for name in ("timeout", "attempts", "concurrency", "answer_tokens", "piece"):
            if getattr(self, name) <= 0:
                raise UnusableOption(f"{PREFIX}{name.upper()} is {getattr(self, name)}; give a number above zero")
        if self.cost is not None and not (self.price_in or self.price_out):
            raise UnusableOption(f"{PREFIX}COST needs {PREFIX}PRICE_IN and {PREFIX}PRICE_OUT, per million tokens")
        self.laid_over()

    def laid_over(self) -> dict[str, Any]:
        """The fields of `extra`."""
        try:
            found = json.loads(self.extra) if self.extra else {}
        except ValueError:
            found = None
        if not isinstance(found, dict) or found.keys() & FORBIDDEN:
            banned = ", ".join(sorted(FORBIDDEN))
            raise UnusableOption(f"{PREFIX}EXTRA is {self.extra!r}; give a JSON object without {banned}")
        return found


NUMBERS: Mapping[str, Callable[[str], Any]] = {
    "timeout": float,
    "attempts": int,
    "concurrency": int,
    "answer_tokens": int,
    "piece": int,
    "overlap": int,
    "tokens": int,
    "cost": float,
    "price_in": float,
    "price_out": float,
}


def settings_from(environment: Mapping[str, str], **options: Any) -> LlmSettings:
    """The settings: options that are given, else what the environment says, else the defaults.

    >>> told = {"COMMUNIQUE_LLM_URL": "http://localhost:8000/v1", "COMMUNIQUE_LLM_MODEL": "qwen"}
    >>> settings_from(told, model="other").model
    'other'
    """
    names = LlmSettings.__dataclass_fields__
    unknown = [k for k in environment if k.startswith(PREFIX) and k.removeprefix(PREFIX).lower() not in names]
    if unknown:
        known = [PREFIX + name.upper() for name in names]
        raise UnusableOption(f"no setting {unknown[0]}; {did_you_mean(unknown[0], known)}")
    told: dict[str, Any] = {}
    for name in names:
        value = environment.get(PREFIX + name.upper(), "").strip()
        if value:
            told[name] = number(name, value) if name in NUMBERS else value
    told |= {name: value for name, value in options.items() if value is not None}
    for name in ("url", "model"):
        if name not in told:
            raise UnusableOption(
                f"the llm coder needs {PREFIX}{name.upper()} or --llm-{name}; docs/llm.md says how to set it up"
            )
    return LlmSettings(**told)


def number(name: str, value: str) -> Any:
    """The number that a variable holds."""
    try:
        return NUMBERS[name](value)
    except ValueError:
        raise UnusableOption(f"{PREFIX}{name.upper()} is {value!r}; give a number") from None


def cache_folder(settings: LlmSettings, environment: Mapping[str, str]) -> Path | None:
    """The folder for answers, None where none shall be kept."""
    if settings.cache == "off":
        return None
    if settings.cache:
        return Path(settings.cache)
    home = environment.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "communique" / "llm"
