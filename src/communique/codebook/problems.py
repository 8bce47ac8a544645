"""What is wrong with a report by the codebook, in words that a coder can act on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, get_args

from communique.codebook.load import load_codebook
from communique.codebook.model import Codebook, Detail, EventType
from communique.errors import did_you_mean
from communique.records import ActorKind, Participant, Report, VoiceKind

Data = Mapping[str, Any]


def problems_of(report: Report | Data, codebook: Codebook | None = None) -> list[str]:
    """Every way in which a report breaks the codebook, each with the field, the value and the way out; empty if none.

    >>> party = {"role": "visitor", "actor": "EU", "kind": "organisation"}
    >>> for problem in problems_of({"type": "visit", "mode": "port-call", "participants": [party]}):
    ...     print(problem)
    mode: 'port-call' is no mode of visit; did you mean 'port_call'?
    participants[0].actor: 'EU' is an alias; use 'EUU'
    """
    book = codebook or load_codebook()
    data: Data = report.model_dump() if isinstance(report, Report) else report
    return list(_problems(data, book))


def _problems(data: Data, book: Codebook) -> Iterator[str]:
    for key in data:
        if key not in Report.model_fields:
            yield f"{key}: a report has no such field; {did_you_mean(str(key), Report.model_fields)}"
    name = data.get("type")
    event = book.types.get(name) if isinstance(name, str) else None
    if event is None:
        yield _not_in("type", name, "an event type", book.types)
    else:
        if data.get("mode") is not None and not _within(data["mode"], event.modes):
            yield _not_in("mode", data["mode"], f"a mode of {event.name}", event.modes)
        yield from _details(data.get("details"), event)
    if not _within(data.get("status", "occurred"), book.statuses):
        yield _not_in("status", data.get("status"), "a status", book.statuses)
    yield from _participants(data.get("participants"), event, book)
    yield from _date(data.get("date"), book)
    yield from _place(data.get("place"), book)
    yield from _domains(data.get("domains"), book)
    yield from _voice(data.get("asserted_by"))
    yield from _spans(data.get("evidence"))
    yield from _claims(data.get("claims"), book)


def _within(value: object, allowed: Container[str]) -> bool:
    """Whether the value is a text and among the allowed ones; lists and mappings cannot be looked up."""
    return isinstance(value, str) and value in allowed


def _not_in(field: str, value: object, what: str, allowed: Iterable[str]) -> str:
    return f"{field}: {value!r} is no {what.split(' ', 1)[1]}; {did_you_mean(str(value), allowed)}"


def _list(field: str, value: Any) -> tuple[list[str], list[Any]]:
    """Complaints about what is no list, and the list's members."""
    if value is None:
        return [], []
    if isinstance(value, str) or not isinstance(value, list | tuple):
        return [f"{field}: expected a list, found {value!r}"], []
    return [], list(value)


def _mappings(field: str, value: Any) -> tuple[list[str], list[tuple[str, Data]]]:
    """Complaints about members that are no mapping, and the others with their place."""
    complaints, members = _list(field, value)
    found: list[tuple[str, Data]] = []
    for i, member in enumerate(members):
        if isinstance(member, Mapping):
            found.append((f"{field}[{i}]", member))
        else:
            complaints.append(f"{field}[{i}]: expected a mapping, found {member!r}")
    return complaints, found


def _participants(value: Any, event: EventType | None, book: Codebook) -> Iterator[str]:
    complaints, members = _mappings("participants", value)
    yield from complaints
    if not members and not complaints:
        yield "participants: a report needs at least one party; add one, with actor UNKNOWN if it cannot be identified"
    for place, member in members:
        for key in member:
            if key not in Participant.model_fields:
                near = did_you_mean(str(key), Participant.model_fields)
                yield f"{place}.{key}: a participant has no such field; {near}"
        if event is not None and not _within(member.get("role"), event.roles):
            yield _not_in(f"{place}.role", member.get("role"), f"a role of {event.name}", event.roles)
        yield from _actor(f"{place}.actor", member.get("actor"), book)
        if not _within(member.get("kind"), get_args(ActorKind)):
            yield _not_in(f"{place}.kind", member.get("kind"), "a kind of party", get_args(ActorKind))
        if member.get("kind") == "person" and not member.get("name"):
            yield f"{place}.name: a person needs a name; code unnamed officials as an organisation or a country"


def _actor(field: str, value: Any, book: Codebook) -> Iterator[str]:
    found = book.find_actor(value) if isinstance(value, str) else None
    if found is None:
        near = did_you_mean(str(value).upper(), [*book.actors, *book.states, *book.aliases])
        hint = near if near.startswith("did") else "use an ISO 3166 alpha-3 code, XKX or a code of actors.csv"
        yield f"{field}: {value!r} is no actor code; {hint}"
    elif found.code != value:
        what = "an alias" if value in book.aliases else "not written as its code"
        yield f"{field}: {value!r} is {what}; use {found.code!r}"


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _date(value: Any, book: Codebook) -> Iterator[str]:
    if value is None:
        return
    if not isinstance(value, Mapping):
        yield f"date: expected a mapping or null, found {value!r}"
        return
    days = [_day(value.get(end)) for end in ("start", "end")]
    for end, day in zip(("start", "end"), days, strict=True):
        if day is None:
            yield f"date.{end}: {value.get(end)!r} is no ISO date; write it as 2020-07-16"
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        yield f"date: it ends on {days[1]} before it starts on {days[0]}; exchange start and end"
    if not _within(value.get("precision"), book.precisions):
        yield _not_in("date.precision", value.get("precision"), "a precision", book.precisions)
    if value.get("precision") == "day" and days[0] != days[1]:
        yield f"date.precision: 'day' is given to {days[0]} to {days[1]}; use 'range'"


def _place(value: Any, book: Codebook) -> Iterator[str]:
    if value is None:
        return
    if not isinstance(value, Mapping):
        yield f"place: expected a mapping or null, found {value!r}"
    elif value.get("country") is not None and not _within(value["country"], book.states):
        yield f"place.country: {value['country']!r} is no ISO 3166 alpha-3 code; use one, or null at sea"


def _domains(value: Any, book: Codebook) -> Iterator[str]:
    complaints, members = _list("domains", value)
    yield from complaints
    for i, domain in enumerate(members):
        if not _within(domain, book.domains):
            yield _not_in(f"domains[{i}]", domain, "a domain", book.domains)
        elif domain in members[:i]:
            yield f"domains[{i}]: {domain!r} stands twice; keep one"


def _voice(value: Any) -> Iterator[str]:
    if value is None:
        return
    if not isinstance(value, Mapping):
        yield f"asserted_by: expected a mapping such as {{'kind': 'outlet'}}, found {value!r}"
    elif not _within(value.get("kind"), get_args(VoiceKind)):
        yield _not_in("asserted_by.kind", value.get("kind"), "a voice", get_args(VoiceKind))
    elif value["kind"] != "outlet" and not value.get("name"):
        yield f"asserted_by.name: {value['kind']!r} needs a name; name who is cited, or use kind 'outlet'"


def _spans(value: Any) -> Iterator[str]:
    complaints, members = _mappings("evidence", value)
    yield from complaints
    for place, span in members:
        start, end = span.get("start"), span.get("end")
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
            yield f"{place}: {start!r} to {end!r} is no stretch of text; count code points from 0, end after start"


def _claims(value: Any, book: Codebook) -> Iterator[str]:
    complaints, members = _mappings("claims", value)
    yield from complaints
    for place, claim in members:
        if not _within(claim.get("kind"), book.claims):
            yield _not_in(f"{place}.kind", claim.get("kind"), "a kind of claim", book.claims)
        if not isinstance(claim.get("text"), str) or not claim["text"].strip():
            yield f"{place}.text: a claim needs the words that make it"


def _details(value: Any, event: EventType) -> Iterator[str]:
    if value is None:
        return
    if not isinstance(value, Mapping):
        yield f"details: expected a mapping or null, found {value!r}"
        return
    for key, told in value.items():
        if not _within(key, event.details):
            known = did_you_mean(str(key), event.details) if event.details else "leave details null"
            yield f"details.{key}: {event.name} has no such detail; {known}"
        elif told is not None:
            yield from _detail(f"details.{key}", told, event.details[key])


def _is_count(value: Any) -> bool:
    return value is None or (isinstance(value, int | float | str) and not isinstance(value, bool))


def _detail(field: str, value: Any, detail: Detail) -> Iterator[str]:
    if detail.kind == "text" and not isinstance(value, str):
        yield f"{field}: expected a text, found {value!r}"
    elif detail.kind == "count" and not _is_count(value):
        yield f"{field}: expected a number or words, found {value!r}"
    elif detail.kind == "texts":
        complaints, members = _list(field, value)
        yield from complaints
        yield from (f"{field}: expected texts, found {m!r}" for m in members if not isinstance(m, str))
    elif detail.kind == "items":
        complaints, items = _mappings(field, value)
        yield from complaints
        for place, item in items:
            well_formed = isinstance(item.get("item"), str) and _is_count(item.get("quantity"))
            if not well_formed or set(item) - {"item", "quantity"}:
                yield f"{place}: expected item (a text) and quantity (a number, words or null), found {dict(item)!r}"
