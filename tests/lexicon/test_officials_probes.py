"""150 dated questions from sources other than the table's own: nine in ten right or unknown, one in fifty wrong."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

from communique.lexicon.officials import Tenure, holder_at, office_at
from communique.text import fold

TABLE = Path(__file__).parents[1] / "cases" / "officials_probes.csv"
Probe = dict[str, str]


def probes() -> list[Probe]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def words(name: str) -> set[str]:
    return set(re.findall(r"\w+", fold(name).replace("'", "")))


def same_person(name: str, tenure: Tenure) -> bool:
    """Two words in common with a known spelling of the person."""
    return any(len(words(name) & words(known)) >= 2 for known in (tenure.person, *tenure.aliases))


def fits(probe: Probe, tenure: Tenure) -> bool:
    ranks = {None, probe["rank"]} if probe["rank"] else {tenure.rank}
    level = tenure.level in probe["level"].split("|")
    return level and probe["office"] in ("", tenure.body_kind) and tenure.rank in ranks


def verdict(probe: Probe) -> str:
    """`office` asks who held it, `person` which office the person held, `left` wants not the office that was left."""
    date = dt.date.fromisoformat(probe["date"])
    if probe["ask"] == "office":
        tenure = holder_at(probe["state"], probe["office"], date)
        right = tenure is not None and same_person(probe["who"], tenure) and fits(probe, tenure)
    else:
        tenure = office_at(probe["who"], date, probe["state"])
        right = tenure is not None and fits(probe, tenure)
    if probe["ask"] == "left":
        return "wrong" if right else "right"
    return "unknown" if tenure is None else "right" if right else "wrong"


def test_the_probes_are_150_of_many_states_and_each_names_its_source() -> None:
    """Each row has an address, a date since 2000 and a question of a known form."""
    rows = probes()
    assert len(rows) == 150
    assert len({row["state"] for row in rows}) >= 70
    assert [row for row in rows if "http" not in row["source"] or row["date"] < "2000"] == []
    assert {row["ask"] for row in rows} == {"office", "person", "left"}


def test_nine_probes_in_ten_are_right_or_unknown_and_one_in_fifty_wrong_at_most() -> None:
    """Not knowing is allowed, a wrong office or holder is not; more than half are known at all."""
    found = Counter(verdict(row) for row in probes())
    assert found["right"] + found["unknown"] >= 0.9 * found.total()
    assert found["wrong"] <= 0.02 * found.total()
    assert found["right"] >= 0.5 * found.total()
