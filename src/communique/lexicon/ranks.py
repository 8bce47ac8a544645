"""The table of ranks: every spelling of a rank with its canonical form, NATO grade and service."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from communique.errors import LexiconError
from communique.lexicon.post_tables import Forms, words_of
from communique.lexicon.tables import flag, listed, rows_of

COLUMNS = ("form", "aliases", "grade", "service", "language")
GRADE = re.compile(r"OF-(10|[1-9]|D)|OR-[1-9]")


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


def read_ranks(path: Path) -> RankForms:
    """The ranks of a table; a LexiconError names the line that cannot be used."""
    titles: Forms[str] = Forms()
    ranks: dict[str, Rank] = {}
    for line, row in rows_of(path, COLUMNS):
        where = f"{path.name}, line {line}"
        form = row["form"]
        if not form or form in ranks:
            raise LexiconError(f"{where}: form {form!r} is empty or stands there twice; give each rank one row")
        if GRADE.fullmatch(row["grade"]) is None:
            raise LexiconError(f"{where}: grade {row['grade']!r} is no NATO grade; write OF-1 to OF-10 or OR-1 to OR-9")
        ranks[form] = Rank(form, row["grade"], row["service"], flag(row.get("weak", ""), where))
        for spelling in (form, *listed(row["aliases"])):
            titles.add(words_of(spelling), form)
    return RankForms(titles, ranks)
