"""Conditions on a report that a crosswalk's variants may name: each says in what case another code applies."""

from __future__ import annotations

from collections.abc import Callable

from communique.codebook.model import Codebook
from communique.codebook.reading import Told

Condition = Callable[[Told, Codebook], bool]


def has_host(report: Told, _: Codebook) -> bool:
    """One side is told to be host and another to come to it."""
    return bool(report.codes("host")) and bool(set(report.codes("party")) - set(report.codes("host")))


def third_country(report: Told, codebook: Codebook) -> bool:
    """The place lies in a country of none of the parties, and all parties are states."""
    codes = report.codes()
    return report.country is not None and all(c in codebook.states for c in codes) and report.country not in codes


def one_state(report: Told, codebook: Codebook) -> bool:
    """A single state is the only party."""
    codes = report.codes()
    return len(codes) == 1 and codes[0] in codebook.states


def several_deployers(report: Told, _: Codebook) -> bool:
    """Two or more deploy together."""
    return len(report.codes("deployer")) > 1


def relief(report: Told, _: Codebook) -> bool:
    """The forces come to help, and against nobody."""
    return "humanitarian" in report.domains and not report.codes("target")


def peacekeepers(report: Told, _: Codebook) -> bool:
    """The forces are peacekeepers."""
    return "peacekeeping" in report.domains


def armed_perpetrator(report: Told, codebook: Codebook) -> bool:
    """The perpetrators are armed groups and no state."""
    found = [codebook.find_actor(code) for code in report.codes("perpetrator")]
    return bool(found) and all(actor is not None and actor.kind == "armed" for actor in found)


def cyber(report: Told, _: Codebook) -> bool:
    """The event concerns computers and networks."""
    return "cyber" in report.domains


CONDITIONS: dict[str, Condition] = {
    "has_host": has_host,
    "third_country": third_country,
    "one_state": one_state,
    "several_deployers": several_deployers,
    "relief": relief,
    "peacekeepers": peacekeepers,
    "armed_perpetrator": armed_perpetrator,
    "cyber": cyber,
}
