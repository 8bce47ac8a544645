"""The form of the model's answer: what it proposes, all in words of the text. Codes, days and coordinates are not asked
for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import pydantic_core
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from communique.codebook import Codebook
from communique.pipeline.llm.failures import LlmFailure
from communique.records import ActorKind, ClaimKind, Status, VoiceKind

LONGEST = 4000
MOST = 60


class Proposed(BaseModel):
    """A part of an answer; fields that nobody asked for are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_max_length=LONGEST)


class ProposedParty(Proposed):
    """A party in its role, in the words of the text."""

    role: str
    mention: str
    kind: ActorKind = "country"
    name: str | None = None
    post: str | None = None
    rank: str | None = None
    acts_for: str | None = None


class ProposedVoice(Proposed):
    """Who vouches for the event, and the words that name the source."""

    kind: VoiceKind = "outlet"
    name: str | None = None


class ProposedClaim(Proposed):
    """A superlative or count, in the words of the text."""

    kind: ClaimKind
    words: str


class ProposedDetail(Proposed):
    """A field of the type's details, in the words of the text; of an item also how many."""

    field: str
    words: str
    quantity: str | None = None


class ProposedReport(Proposed):
    """One event as the model reads it."""

    type: str
    mode: str | None = None
    status: Status = "occurred"
    evidence: list[str] = Field(min_length=1, max_length=MOST)
    participants: list[ProposedParty] = Field(min_length=1, max_length=MOST)
    time: Literal["told", "news", "background"] = "news"
    date_words: list[str] = Field(default=[], max_length=MOST)
    place_words: str | None = None
    place_country: str | None = None
    voice: ProposedVoice = ProposedVoice()
    domains: list[str] = Field(default=[], max_length=MOST)
    aggregate: bool = False
    claims: list[ProposedClaim] = Field(default=[], max_length=MOST)
    details: list[ProposedDetail] = Field(default=[], max_length=MOST)


class ProposedAnswer(Proposed):
    """All events of a text."""

    reports: list[ProposedReport]


def answer_schema(codebook: Codebook) -> dict[str, Any]:
    """The answer's JSON Schema with the codebook's closed lists; every field is required and no other is allowed."""
    schema = ProposedAnswer.model_json_schema()
    parts = schema["$defs"]
    report = parts["ProposedReport"]["properties"]
    report["type"]["enum"] = list(codebook.types)
    modes = dict.fromkeys(m for t in codebook.types.values() for m in t.modes)
    report["mode"] = {"anyOf": [{"type": "string", "enum": list(modes)}, {"type": "null"}]}
    report["domains"]["items"]["enum"] = list(codebook.domains)
    roles = dict.fromkeys(r for t in codebook.types.values() for r in t.roles)
    parts["ProposedParty"]["properties"]["role"]["enum"] = list(roles)
    details = dict.fromkeys(d for t in codebook.types.values() for d in t.details)
    parts["ProposedDetail"]["properties"]["field"]["enum"] = list(details)
    for part in [schema, *parts.values()]:
        strictly(part)
    return schema


# What servers that hold an answer to a schema do not all know, and the model need not read.
SPARE = ("title", "default", "description", "maxItems", "minItems", "maxLength")


def strictly(part: dict[str, Any]) -> None:
    """Make every field of an object required, without defaults, and forbid others."""
    for name in SPARE:
        part.pop(name, None)
    part["additionalProperties"] = False
    part["required"] = list(part["properties"])
    for field in part["properties"].values():
        for name in SPARE:
            field.pop(name, None)
        for inner in [field.get("items", {}), *field.get("anyOf", [])]:
            for name in SPARE:
                inner.pop(name, None)
        if "$ref" in field:
            field_ref = field["$ref"]
            field.clear()
            field["$ref"] = field_ref


THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


def json_in(words: str) -> Any:
    """The JSON object in a text: alone, in a code fence, or after other words; raises LlmFailure without one.

    >>> json_in('Here it is: ```json\\n{"reports": []}\\n```')
    {'reports': []}
    """
    bare = THOUGHT.sub("", words)
    for candidate in candidates(bare):
        try:
            found = pydantic_core.from_json(candidate)
        except ValueError:
            continue
        if isinstance(found, dict):
            return found
    shown = bare.strip()[:80]
    raise LlmFailure("model_answer", f"the answer holds no JSON object, but {shown!r}")


def candidates(words: str) -> Iterator[str]:
    """The stretches of a text that may be its JSON object, the likeliest first."""
    yield words.strip()
    start, end = words.find("{"), words.rfind("}")
    if 0 <= start < end:
        yield words[start : end + 1]


def proposals_in(answer: str) -> tuple[list[ProposedReport], list[tuple[Any, str]]]:
    """The reports of an answer that have the asked form, and those that have not, each with what is wrong.

    Raises LlmFailure where the answer as a whole is not of the form.
    """
    found = json_in(answer)
    rows = found.get("reports")
    if not isinstance(rows, list):
        raise LlmFailure("model_answer", f"the answer has no list of reports, but {sorted(found)[:5]}")
    good: list[ProposedReport] = []
    bad: list[tuple[Any, str]] = []
    for row in rows:
        try:
            good.append(ProposedReport.model_validate(row))
        except ValidationError as broken:
            first = broken.errors(include_url=False)[0]
            bad.append((row, f"{'.'.join(map(str, first['loc']))}: {first['msg']}"))
    return good, bad
