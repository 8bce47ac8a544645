"""Draws one engagement from all its reports: the consensus of each field, with every other value and who tells it.

Votes are tellings, not documents, so that copies do not outvote. The consensus is the value of most tellings, among
equals the more exact, then the earlier told. Nothing is averaged: every value stands in some report.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.lexicon import Lexicon, load_lexicon
from communique.pipeline.engagements import Engagement, Field, HistoryStep, Official, Told
from communique.pipeline.link.history import history_of, status_of
from communique.pipeline.link.identity import engagement_id
from communique.pipeline.link.items import DocumentInfo, LinkItem, Party
from communique.pipeline.link.names import of_country, person_key, plain_words, post_key, same_person, same_words
from communique.pipeline.link.witnesses import founding, tellings, witnesses_of
from communique.text import fold

_DATE_ORDER = ("day", "range", "week", "month", "season", "year", "span", "inferred")
_LATER = frozenset({"occurred", "ongoing"})

Fold = Callable[[str], Hashable]


def wording(value: str) -> Hashable:
    """What unites spellings of one value: its folded words, British and American spelling as one."""
    return same_words(value) or fold(value)


@dataclass(frozen=True, slots=True)
class Voice:
    """A report with its document and the number of the telling that its document belongs to."""

    item: LinkItem
    info: DocumentInfo
    telling: int


def build_engagement(
    items: Sequence[LinkItem],
    documents: Mapping[str, DocumentInfo],
    name: str | None = None,
    lexicon: Lexicon | None = None,
) -> Engagement:
    """The engagement of these reports. `name` is its id; without it the founding report gives it.

    `lexicon` tells who stands behind an agency that is credited; without it the packaged one does.

    `items` must not be empty. Reports are listed in the order of their documents' publication.
    """
    voices = voices_of(items, documents)
    date = _date(voices)
    status = status_of([(v.item.status, v.info.published, v.telling) for v in voices])
    founder = voices[0].item
    return Engagement(
        engagement_id=name or engagement_id(founder.report_id),
        type=founder.type,
        reports=tuple(v.item.report_id for v in voices),
        consensus=dict(_fields(voices, status)),
        officials=tuple(_officials(voices)),
        status=status,
        history=_history(voices),
        start=_day(date.start) if date else None,
        end=_day(date.end) if date else None,
        precision=date.precision if date else None,
        witnesses=witnesses_of([v.item for v in voices], documents, lexicon or load_lexicon()),
        aliases=tuple(sorted({engagement_id(v.item.report_id) for v in voices[1:]})),
    )


def voices_of(items: Sequence[LinkItem], documents: Mapping[str, DocumentInfo]) -> list[Voice]:
    """The reports in founding order, each with its telling."""
    infos = {item.doc_id: documents.get(item.doc_id) or DocumentInfo(item.doc_id) for item in items}
    number = {info.doc_id: n for n, group in enumerate(tellings(infos.values())) for info in group}
    voices = [Voice(item, infos[item.doc_id], number[item.doc_id]) for item in items]
    return sorted(voices, key=lambda v: (founding(v.info), v.item.index))


def tally(told: Iterable[tuple[Voice, str]], key: Fold = wording, exact: Callable[[str], Any] = len) -> Field:
    """The field of these told values: spellings that `key` unites are one value, written as its most exact spelling."""
    groups: dict[Hashable, list[tuple[Voice, str]]] = {}
    for voice, value in told:
        groups.setdefault(key(value), []).append((voice, value))
    if not groups:
        return Field(None)
    ranked = sorted(groups.values(), key=lambda g: -len({v.telling for v, _ in g}))
    best = len({v.telling for v, _ in ranked[0]})
    even = [g for g in ranked if len({v.telling for v, _ in g}) == best]
    winner = max(even, key=lambda g: max(exact(value) for _, value in g))
    ordered = [winner, *(g for g in ranked if g is not winner)]
    values = tuple(_told(group, exact) for group in ordered)
    return Field(values[0].value, values)


def _told(group: Sequence[tuple[Voice, str]], exact: Callable[[str], Any]) -> Told:
    return Told(
        value=max((value for _, value in group), key=exact),
        reports=tuple(v.item.report_id for v, _ in group),
        outlets=tuple(dict.fromkeys(v.info.outlet for v, _ in group if v.info.outlet)),
        witnesses=len({v.telling for v, _ in group}),
    )


def _fields(voices: Sequence[Voice], status: str) -> Iterable[tuple[str, Field]]:
    yield "status", _first(tally([(v, v.item.status) for v in voices]), status)
    yield "mode", tally([(v, v.item.mode) for v in voices if v.item.mode])
    yield (
        "date",
        _first(tally([(v, _interval(v.item)) for v in voices if v.item.start is not None]), _consensus_date(voices)),
    )
    yield "duration", tally([(v, _duration(v.item)) for v in voices if _counted(v.item)])
    countries = {v.item.place_country for v in voices if v.item.place_country}
    exact = functools.partial(_exact_place, countries=frozenset(countries))
    yield "place", tally([(v, v.item.place_name) for v in voices if v.item.place_name], exact=exact)
    yield "country", tally([(v, v.item.place_country) for v in voices if v.item.place_country])
    yield "parties", tally([(v, _parties(v.item)) for v in voices if v.item.parties])
    yield "asserted_by", tally([(v, v.item.asserted_by) for v in voices if v.item.asserted_by])
    for key in sorted(
        {k for v in voices for k, value in (v.item.details or {}).items() if value not in (None, [], "")}
    ):
        yield (
            f"details.{key}",
            tally([(v, _shown(d)) for v in voices if (d := (v.item.details or {}).get(key)) not in (None, [], "")]),
        )


def _exact_place(name: str, countries: frozenset[str]) -> tuple[bool, int]:
    """How exact a place is: a country's own name is less so than any place in it."""
    within = any(not any(of_country(word, country) for country in countries) for word in plain_words(name))
    return within, len(name)


def _first(field: Field, value: str | None) -> Field:
    """The field with the value that was decided on put first."""
    if value is None:
        return field
    ordered = sorted(field.told, key=lambda t: t.value != value)
    return Field(value, tuple(ordered))


def _officials(voices: Sequence[Voice]) -> Iterable[Official]:
    """Each person with name, post and rank as told; spellings of one name are one person with several spellings."""
    people: list[tuple[str, list[tuple[Voice, Party]]]] = []
    for voice in voices:
        for party in voice.item.parties:
            if party.kind != "person" or not party.name:
                continue
            known = next((told for actor, told in people if actor == party.actor and _one_person(told, party)), None)
            if known is None:
                people.append((party.actor, [(voice, party)]))
            else:
                known.append((voice, party))
    for actor, told in people:
        names, posts, ranks = (
            [(v, value) for v, p in told if (value := getattr(p, part))] for part in ("name", "post", "rank")
        )
        yield Official(actor, tally(names), tally(posts, functools.partial(post_key, actor=actor)), tally(ranks))


def _one_person(told: Sequence[tuple[Voice, Party]], party: Party) -> bool:
    return any(same_person(person_key(p.name or ""), person_key(party.name or "")) for _, p in told)


def _history(voices: Sequence[Voice]) -> tuple[HistoryStep, ...]:
    steps = []
    for status, members in history_of([(v.item.status, v.info.published) for v in voices]):
        own = [voices[i] for i in members]
        date = _date(own)
        documents = tuple(dict.fromkeys(v.item.doc_id for v in own))
        steps.append(
            HistoryStep(
                status,
                own[0].info.published,
                _day(date.start) if date else None,
                _day(date.end) if date else None,
                documents,
            )
        )
    return tuple(steps)


def _date(voices: Sequence[Voice]) -> LinkItem | None:
    """The report whose date is the consensus: of what took place before what was planned, exact before vague."""
    dated = [v for v in voices if v.item.start is not None]
    firm = [v for v in dated if v.item.status in _LATER] or [v for v in dated if not _announcement(v)] or dated
    if not firm:
        return None
    sure = [v for v in firm if v.item.precision != "inferred"] or firm
    votes: dict[tuple[int | None, int | None], set[int]] = {}
    for v in sure:
        votes.setdefault((v.item.start, v.item.end), set()).add(v.telling)
    kin = {days: round(sum(_shared(days, other) for other in votes), 6) for days in votes}

    def order(v: Voice) -> tuple[Any, ...]:
        days = (v.item.start, v.item.end)
        unknown, published, *told = founding(v.info)
        return (_vague(v.item), -len(votes[days]), -kin[days], -_length(v.item), unknown, published, days, told)

    return min(sure, key=order).item


def _shared(a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> float:
    """The days that two intervals share as a part of those that either has."""
    (la, ha), (lb, hb) = ((days[0] or 0, days[1] or 0) for days in (a, b))
    return max(0, min(ha, hb) - max(la, lb) + 1) / (max(ha, hb) - min(la, lb) + 1)


def _vague(item: LinkItem) -> int:
    """0 for days and ranges, then by precision."""
    order = _DATE_ORDER.index(item.precision) if item.precision in _DATE_ORDER else 0
    return max(order - 1, 0)


def _announcement(voice: Voice) -> bool:
    """Whether a planned event's date is that of its announcement."""
    published = voice.info.published
    return (
        voice.item.status in ("planned", "proposed")
        and published is not None
        and (voice.item.end or 0) <= published.toordinal()
    )


def _consensus_date(voices: Sequence[Voice]) -> str | None:
    item = _date(voices)
    return _interval(item) if item is not None else None


def _interval(item: LinkItem) -> str:
    start, end = _day(item.start), _day(item.end)
    return f"{start}" if start == end else f"{start}/{end}"


def _length(item: LinkItem) -> int:
    return (item.end or 0) - (item.start or 0) + 1


def _counted(item: LinkItem) -> bool:
    """Whether the date tells how long the event lasts."""
    return item.start is not None and item.precision in ("day", "range") and _length(item) > 1


def _duration(item: LinkItem) -> str:
    return f"{_length(item)} days"


def _parties(item: LinkItem) -> str:
    return ", ".join(sorted({p.actor for p in item.parties}))


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(_shown(v) for v in value)
    if isinstance(value, Mapping):
        return " ".join(str(v) for v in value.values() if v is not None)
    return str(value)


def _day(ordinal: int | None) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None
