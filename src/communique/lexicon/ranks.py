"""The ranks of the lexicon: every spelling of a rank with its canonical form, NATO grade and service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from communique.lexicon.post_tables import Forms, words_of
from communique.lexicon.tables import Record

RANK = "rank"
WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank: `grade` is NATO's code (OF-10 the highest officer, OR-9 the highest other rank), `service` its branch."""

    form: str
    grade: str
    service: str
    weak: bool
    """the word alone doesn't tell that a rank is meant"""


@dataclass(frozen=True, slots=True)
class RankForms:
    """All spellings: `titles` leads from words to the canonical form, `ranks` from that to the rank."""

    titles: Forms[str]
    ranks: dict[str, Rank]


def rank_forms(
    rows: Sequence[Sequence[Any]], forms: Mapping[str, Iterable[Sequence[Any]]], own_from: int | None = None
) -> RankForms:
    """The ranks among compiled rows, with their spellings; rows from number `own_from` on come before the others.

    Of two ranks that one spelling names, the first has it.
    """
    spelled = [(n, spelling) for readings in forms.values() for n, spelling in readings if rows[n][0] == RANK]
    before = len(rows) if own_from is None else own_from
    titles: Forms[str] = Forms()
    ranks: dict[str, Rank] = {}
    for number, spelling in sorted(spelled, key=lambda one: (one[0] < before, one[0])):
        _, _, _, form, way, grade, attributes = rows[number]
        known = ranks.setdefault(form, Rank(form, grade, attributes.get("service", ""), way == WEAK))
        if known.weak and way != WEAK:
            ranks[form] = replace(known, weak=False)
        titles.add(words_of(spelling), form)
    return RankForms(titles, ranks)


def twice(records: Iterable[Record]) -> Iterator[str]:
    """Ranks whose form stands in two rows, one sentence each: `find_ranks` can give a form one grade only."""
    seen: dict[str, Record] = {}
    for record in records:
        if record.kind == RANK and seen.setdefault(record.name, record).id != record.id:
            first = seen[record.name].where
            yield f"{record.where}: rank {record.name!r} has another grade or service in {first}; merge the rows"
