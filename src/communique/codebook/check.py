"""What must hold between the codebook's files: what one of them names must exist in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from communique import records
from communique.codebook.conditions import CONDITIONS
from communique.codebook.model import Codebook, CodeRow, EventType, Term
from communique.errors import CodebookError, did_you_mean


def check_codebook(codebook: Codebook) -> None:
    """Nothing, where the files agree with each other and with the records; else CodebookError for the first fault."""
    for name, terms, values in _closed_lists(codebook):
        if set(terms) != set(get_args(values)):
            differing = sorted(set(terms) ^ set(get_args(values)))
            raise CodebookError(f"{name}.yml: {differing} are not in both the codebook and records.py; make them agree")
    orders: dict[int, str] = {}
    for event in codebook.types.values():
        if event.order in orders:
            raise CodebookError(
                f"events/{event.name}.yml: order {event.order} is taken by {orders[event.order]!r}; choose another"
            )
        orders[event.order] = event.name
        _check_sides(event)
        _check_crosswalk(event, codebook)
        _check_examples(event, codebook)


def _closed_lists(codebook: Codebook) -> Iterator[tuple[str, Mapping[str, Term], object]]:
    yield "statuses", codebook.statuses, records.Status
    yield "precisions", codebook.precisions, records.Precision
    yield "claims", codebook.claims, records.ClaimKind


def _known(event: EventType, what: str, value: str, allowed: Iterable[str]) -> None:
    choices = list(allowed)
    if value not in choices:
        raise CodebookError(f"events/{event.name}.yml: no {what} {value!r}; {did_you_mean(value, choices)}")


def _check_sides(event: EventType) -> None:
    for role in event.roles.values():
        if (role.side == "P") != event.symmetric:
            raise CodebookError(
                f"events/{event.name}.yml: the role {role.name!r} has side {role.side!r}, but symmetric is "
                f"{str(event.symmetric).lower()}; all roles of a symmetric type, and no others, are on side P"
            )


def _check_crosswalk(event: EventType, codebook: Codebook) -> None:
    crosswalk = event.crosswalk
    for role in (*crosswalk.actor, *crosswalk.recipient):
        _known(event, "role of the crosswalk", role, event.roles)
    for mode, rows in crosswalk.modes.items():
        _known(event, "mode of the crosswalk", mode, event.modes)
        _check_rows(event, rows.values(), codebook)
    for variant in crosswalk.variants:
        _known(event, "condition", variant.when, CONDITIONS)
        if variant.mode is not None:
            _known(event, "mode of the crosswalk", variant.mode, event.modes)
        _check_rows(event, variant.rows.values(), codebook)
    _check_rows(event, crosswalk.rows.values(), codebook)


def _check_rows(event: EventType, rows: Iterable[CodeRow], codebook: Codebook) -> None:
    for row in rows:
        if row.cameo is not None:
            _known(event, "CAMEO code", row.cameo, codebook.cameo.codes)
        if row.plover is not None:
            _known(event, "PLOVER type", row.plover, codebook.plover.codes)
        if row.mode is not None:
            _known(event, f"PLOVER mode of {row.plover}", row.mode, codebook.plover.modes.get(row.plover or "", ()))
        if row.to is not None:
            _known(event, "role of the crosswalk", row.to, event.roles)


def _check_examples(event: EventType, codebook: Codebook) -> None:
    for example in event.examples:
        if example.mode is not None:
            _known(event, "mode", example.mode, event.modes)
        for role, codes in example.roles.items():
            _known(event, "role", role, event.roles)
            for code in codes:
                if not codebook.is_actor(code):
                    raise CodebookError(f"events/{event.name}.yml: {example.text!r} names no known actor by {code!r}")
