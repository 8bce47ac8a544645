"""How likely a draft tells an event: a weighted sum of its features, as a probability. Weights are data, measured on
labelled articles by `training/weights.py`; a feature without a weight counts nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from communique.pipeline.drafts import Draft
from communique.records import Status

Weights = Mapping[str, Mapping[str, Any]]
"""Weights by feature: of drafts ("draft"), of pairs of drafts that may be one event ("pair"), of an event's parties
("party"), of events without a told date ("undated") or in another's voice ("voice"), of groups of drafts ("event"), and
for each status of a draft ("status")."""


def rules_weights() -> Weights:
    """The weights of the rules coder."""
    return load_weights("communique.pipeline")


@lru_cache(maxsize=2)
def load_weights(package: str) -> Weights:
    """The weights that lie in the data folder of a package, loaded once."""
    raw: dict[str, dict[str, Any]] = json.loads(files(package).joinpath("data/weights.json").read_text("utf-8"))
    return raw


def probability(features: Mapping[str, float], table: Mapping[str, float]) -> float:
    """The logistic function of the weighted sum of the features and the table's bias."""
    total = table.get("bias", 0.0) + sum(value * table.get(name, 0.0) for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def strongest(features: Mapping[str, float], table: Mapping[str, float], count: int = 3) -> list[str]:
    """The features that weighed most, as reasons ("+0.8 dated")."""
    scored = sorted(
        ((value * table.get(name, 0.0), name) for name, value in features.items()), key=lambda x: -abs(x[0])
    )
    return [f"{weight:+.1f} {name}" for weight, name in scored[:count] if weight]


def settle_status(draft: Draft, tables: Mapping[str, Mapping[str, float]]) -> None:
    """Give a draft its likeliest status by the weights of each, in place; without weights the rules' own stays."""
    if not tables:
        return
    odds = {cast("Status", status): probability(draft.status_features, table) for status, table in tables.items()}
    total = sum(odds.values())
    draft.statuses = {status: p / total for status, p in odds.items()}
    best = max(odds, key=odds.__getitem__)
    if best != draft.status:
        draft.status_why = f"weighed against {draft.status} ({draft.status_why})"
        draft.status = best
