"""The instructions to the model, made of the packaged frame and the codebook, and their hash."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from communique.codebook import Codebook, EventType, Term
from communique.codebook.describe import example_coding
from communique.pipeline.llm.answer import answer_schema
from communique.text import content_hash


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions, the schema of the answer, and the hash of both, which marks every result."""

    system: str
    schema: Mapping[str, Any]
    hash: str

    def again(self) -> str:
        """What is said after an answer that could not be used; nothing of that answer is repeated."""
        return frame()["again"]

    def in_words(self) -> str:
        """The instructions for a server that does not take a schema."""
        return f"{self.system}\n{frame()['text_only'].format(schema=json.dumps(self.schema, separators=(',', ':')))}"


@lru_cache(maxsize=1)
def frame() -> Mapping[str, str]:
    """The parts of data/prompt.yml."""
    raw: dict[str, str] = yaml.safe_load(
        files("communique.pipeline.llm").joinpath("data/prompt.yml").read_text("utf-8")
    )
    return raw


def build_prompt(codebook: Codebook) -> Prompt:
    """The prompt of a codebook: the same codebook and frame give the same text and hash."""
    scope = {name: listed(codebook.scope[name]) for name in ("unit", "coded", "not_coded", "rulings")}
    system = frame()["system"].format(
        **scope,
        statuses=terms(codebook.statuses),
        domains=terms(codebook.domains),
        claims=terms(codebook.claims),
        types="\n".join(of_type(t) for t in codebook.types.values()),
    )
    schema = answer_schema(codebook)
    return Prompt(system, schema, content_hash(system, json.dumps(schema, sort_keys=True), *frame().values()))


def of_type(event: EventType) -> str:
    """A type with its roles, modes, details, rulings and one coded example."""
    example = event.examples[0]
    return frame()["type"].format(
        name=event.name,
        definition=event.definition,
        roles="; ".join(f"{r.name} ({r.definition.rstrip('.')})" for r in event.roles.values()),
        modes="; ".join(f"{m.name} ({m.definition.rstrip('.')})" for m in event.modes.values()),
        details="; ".join(f"{d.name} ({d.definition.rstrip('.')})" for d in event.details.values()) or "none",
        rulings=" ".join(event.rulings),
        example=f"{example.text} [{example_coding(example.mode, example.status, example.roles)}]",
    )


def listed(lines: Iterable[str]) -> str:
    """The lines as a list."""
    return "\n".join(f"- {line}" for line in lines)


def terms(found: Mapping[str, Term]) -> str:
    """The values of a closed list with their meanings, in one line."""
    return "; ".join(f"{t.name} ({t.definition.rstrip('.')})" for t in found.values())
