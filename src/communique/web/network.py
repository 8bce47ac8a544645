"""Who has to do with whom: parties or officials as nodes, ties as edges, placed by springs, always the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from communique.store.query import Filters
from communique.web import wording
from communique.web.address import Address
from communique.web.links import official_path
from communique.web.officials import people, together
from communique.web.reader import Reader, Row

MOST_NODES = 36
ROUNDS = 300
WIDTH, HEIGHT = 100.0, 62.0
SHARE = 0.86
"""The share of the picture, across and down, on which circles stand."""
LETTER = 0.0072
"""The width of a letter as a share of the picture's."""
LONGEST = 22
"""Letters of a name that are written beside its circle; the whole name stands in its title."""


@dataclass(frozen=True, slots=True)
class Who:
    """Someone who takes part: a key, a name, the page that it leads to, and its number of engagements."""

    key: str
    label: str
    link: str
    count: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Two who take part together: their keys, what it is called, its number of engagements, and where it leads.

    That is a path, or the ids of engagements: a path is made of them only where a tie is drawn.
    """

    first: str
    second: str
    label: str
    leads: str | tuple[str, ...]
    count: int

    @property
    def link(self) -> str:
        """The path that it leads to."""
        if isinstance(self.leads, str):
            return self.leads
        if len(self.leads) == 1:
            return f"/engagement/{self.leads[0]}"
        return Address(chosen=tuple(("engagement", ident) for ident in self.leads)).link()


@dataclass(frozen=True, slots=True)
class Node:
    """Someone in the picture: in percent of width and height where, in pixels how large."""

    who: Who
    x: float
    y: float
    radius: float

    @property
    def short(self) -> str:
        """The name, cut where it is long."""
        told = self.who.label
        return told if len(told) <= LONGEST else told[: LONGEST - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie in the picture: its two ends in percent, and how thick it is."""

    tie: Tie
    ends: tuple[float, float, float, float]
    width: float


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges, and how many of both are left out."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more_nodes: int
    more_edges: int


def of_parties(facets: Mapping[str, Sequence[tuple[str, int]]]) -> Network:
    """The network of states and bodies of a selection, from its facets `actors` and `pairs`."""
    parties = [Who(c, wording.actor(c), f"/country/{c}", n) for c, n in facets.get("actors", ())]
    ties = [Tie(*ends_of(pair), wording.pair(pair), f"/pair/{pair}", n) for pair, n in facets.get("pairs", ())]
    return network(parties, ties)


def ends_of(pair: str) -> tuple[str, str]:
    """The two codes of a pair."""
    first, _, second = pair.partition("-")
    return first, second


def of_officials(reader: Reader, filters: Filters) -> Network:
    """The network of the named officials of a selection, tied by the engagements in which both take part."""
    named = [
        Who(key_of(row), row["name"], official_path(row["actor"], row["name"]), row["n"])
        for row in people(reader, filters)
    ]
    return network(named, [tie_of(row) for row in together(reader, filters)])


def key_of(row: Row, side: str = "") -> str:
    """What tells an official from all others: the actor and the name."""
    return f"{row[f'{side}actor']}/{row[f'{side}name']}"


def tie_of(row: Row) -> Tie:
    """Two officials; their tie leads to what they took part in."""
    names = " – ".join(row[f"{side}name"] for side in ("a_", "b_"))
    return Tie(key_of(row, "a_"), key_of(row, "b_"), names, tuple(row["engagements"]), row["n"])


def network(parties: Sequence[Who], ties: Sequence[Tie]) -> Network:
    """The picture of parties and their ties, both with the most frequent first; those without a tie are left out."""
    tied = {key for tie in ties for key in (tie.first, tie.second)}
    kept = [who for who in parties if who.key in tied][:MOST_NODES]
    keys = {who.key for who in kept}
    inner = [tie for tie in ties if tie.first in keys and tie.second in keys]
    held = {key for tie in inner for key in (tie.first, tie.second)}
    kept = [who for who in kept if who.key in held]
    index = {who.key: i for i, who in enumerate(kept)}
    if not kept:
        return Network((), (), len(parties), len(ties))
    names = [len(Node(who, 0, 0, 0).short) for who in kept]
    places = laid(len(kept), [(index[tie.first], index[tie.second], tie.count) for tie in inner], names)
    most, strongest = kept[0].count, max((tie.count for tie in inner), default=1)
    nodes = [Node(who, *places[i], round(5 + 13 * (who.count / most) ** 0.5, 1)) for i, who in enumerate(kept)]
    edges = [
        Edge(tie, (*places[index[tie.first]], *places[index[tie.second]]), round(0.8 + 5 * tie.count / strongest, 1))
        for tie in reversed(inner)
    ]
    return Network(tuple(nodes), tuple(edges), len(parties) - len(kept), len(ties) - len(inner))


def laid(
    count: int, edges: Sequence[tuple[int, int, int]], names: Sequence[int] | None = None
) -> list[tuple[float, float]]:
    """Places in percent by attraction along edges and repulsion between all (Fruchterman and Reingold 1991).

    `names` are the lengths of the names that stand below the circles.
    """
    angle = np.arange(count) * 2.399963  # the golden angle: no two begin at one place
    at: Any = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.sqrt((np.arange(count) + 0.5) / count)[:, None]
    ideal = 1.1 / np.sqrt(count)
    weights: Any = np.zeros((count, count))
    for a, b, n in edges:
        weights[a, b] = weights[b, a] = 1 + np.log(n)
    for step in range(ROUNDS):
        gap = at[:, None, :] - at[None, :, :]
        length = np.sqrt((gap**2).sum(axis=2)) + 1e-6
        force = ideal**2 / length**2 - weights * length / ideal * 0.35
        np.fill_diagonal(force, 0)
        move = (gap * force[:, :, None]).sum(axis=1) - 0.25 * at
        size = np.sqrt((move**2).sum(axis=1, keepdims=True)) + 1e-9
        at = at + move / size * np.minimum(size, 0.12 * (1 - step / ROUNDS))
    low, high = at.min(axis=0), at.max(axis=0)
    scaled = (at - low) / np.maximum(high - low, 1e-6) if count > 1 else np.full((1, 2), 0.5)
    ranks = scaled.argsort(axis=0).argsort(axis=0) / max(1, count - 1)
    spread = apart(0.4 * scaled + 0.6 * ranks if count > 2 else scaled, names or [0] * count)
    return [(round(7 + 100 * SHARE * float(x), 2), round(5 + 100 * SHARE * float(y), 2)) for x, y in spread]


def apart(at: Any, names: Sequence[int]) -> Any:
    """The places moved until no two names lie over each other, as far as there is room."""
    half = np.maximum(0.05, LETTER / SHARE * np.array(names) / 2)
    room = np.stack([np.add.outer(half, half), np.full((len(at), len(at)), 0.098)], axis=2)
    for _ in range(400):
        gap = (at[:, None, :] - at[None, :, :]) / room
        near = np.abs(gap).max(axis=2) < 1
        np.fill_diagonal(near, False)
        if not near.any():
            break
        lack = 1 - np.abs(gap[:, :, 1])
        push = np.sign(gap[:, :, 1] + 1e-6 * np.subtract.outer(np.arange(len(at)), np.arange(len(at)))) * lack
        side = np.sign(gap[:, :, 0] + 1e-6) * (1 - np.abs(gap[:, :, 0]))
        at = at + 0.35 * (room * np.stack([0.4 * side * near, push * near], axis=2)).sum(axis=1)
        at = np.clip(at, 0, 1)
    return at
