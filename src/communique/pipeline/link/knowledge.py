"""The weights and rules of linking, read once from `data/`: what agreement and disagreement of reports count."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from communique.errors import CodebookError


@dataclass(frozen=True, slots=True)
class NameRules:
    """How names are made comparable."""

    dropped: frozenset[str]
    spellings: tuple[tuple[str, str], ...]
    ordinals: Mapping[str, int]
    cardinals: Mapping[str, int]
    title_words: frozenset[str]
    place_words: frozenset[str]
    matter_words: frozenset[str]
    variants: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """All of linking's knowledge. `weights[feature][level]` is a score in nats; `by_type` overrides it for a type."""

    version: str
    threshold: float
    missing: float
    bias: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    by_type: Mapping[str, Mapping[str, Mapping[str, float]]]
    families: Mapping[str, str]
    clashing_modes: frozenset[frozenset[str]]
    rare_modes: frozenset[str]
    umbrella_modes: frozenset[str]
    doubt_below: Mapping[str, float]
    limits: Mapping[str, int]
    names: NameRules
    wires: Mapping[str, str]


@functools.lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The rules of `data/weights.yml` and `data/names.yml`. Raises CodebookError where a weight names no level."""
    weights, names, wires = (_read(name) for name in ("weights.yml", "names.yml", "wires.yml"))
    rules = Rules(
        version=str(weights["version"]),
        threshold=float(weights["threshold"]),
        missing=float(weights["missing"]),
        bias=MappingProxyType({k: float(v) for k, v in weights["bias"].items()}),
        weights=_levels(weights["weights"]),
        by_type=MappingProxyType({kind: _levels(rows) for kind, rows in weights["by_type"].items()}),
        families=MappingProxyType(dict(weights["families"])),
        clashing_modes=frozenset(frozenset(pair) for pair in weights["clashing_modes"]),
        rare_modes=frozenset(map(str, weights["rare_modes"])),
        umbrella_modes=frozenset(map(str, weights["umbrella_modes"])),
        doubt_below=MappingProxyType({k: float(v) for k, v in weights["doubt_below"].items()}),
        limits=MappingProxyType({k: int(v) for k, v in weights["limits"].items()}),
        names=_names(names),
        wires=MappingProxyType({str(k): str(v) for k, v in wires["wires"].items()}),
    )
    return checked(rules)


def _read(name: str) -> dict[str, Any]:
    text = files("communique.pipeline.link").joinpath("data", name).read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    if not isinstance(loaded, dict):
        raise CodebookError(f"link/data/{name} is no mapping; see the file's own comments for its form")
    return loaded


def _levels(rows: Mapping[str, Mapping[str, float]]) -> Mapping[str, Mapping[str, float]]:
    return MappingProxyType(
        {feature: MappingProxyType({k: float(v) for k, v in levels.items()}) for feature, levels in rows.items()}
    )


def _names(rows: Mapping[str, Any]) -> NameRules:
    return NameRules(
        dropped=frozenset(map(str, rows["dropped"])),
        spellings=tuple((str(a), str(b)) for a, b in rows["spellings"]),
        ordinals=MappingProxyType({str(k): int(v) for k, v in rows["ordinals"].items()}),
        cardinals=MappingProxyType({str(k): int(v) for k, v in rows["cardinals"].items()}),
        title_words=frozenset(map(str, rows["title_words"])),
        place_words=frozenset(map(str, rows["place_words"])),
        matter_words=frozenset(map(str, rows["matter_words"])),
        variants=MappingProxyType({str(k): str(v) for k, v in rows["variants"].items()}),
    )


def checked(rules: Rules) -> Rules:
    """The rules, if every override and every band of doubt names a level that exists: it would be lost in silence."""
    for level in {*rules.doubt_below} ^ {*rules.weights["doubt"]} - {"none"}:
        raise CodebookError(f"link/data/weights.yml: doubt {level!r} needs both a bound in doubt_below and a weight")
    for kind, rows in rules.by_type.items():
        for feature, levels in rows.items():
            unknown = set(levels) - set(rules.weights.get(feature, {}))
            if unknown:
                told = f"by_type {kind}: {feature} has no level {sorted(unknown)[0]!r}"
                known = sorted(rules.weights.get(feature, {}))
                raise CodebookError(f"link/data/weights.yml: {told}; use one of {known}")
    return rules
