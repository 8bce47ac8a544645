"""A name and a date lead to the office at that date; beyond what the sources vouch for the answer is None."""

from __future__ import annotations

import datetime as dt
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import LexiconError
from communique.lexicon.officials import TABLE, Register, Tenure, holder_at, office_at, read_tenures, tenures_of

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "officials.yml").read_text(encoding="utf-8")
)
HEADER = "id,person,aliases,state,post,level,body_kind,start,end,until,rank,source,licence,retrieved\n"
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2026, 11, 26))


@pytest.mark.parametrize("case", CASES["persons"], ids=lambda c: f"{c['who']} {c['date']}")
def test_a_person_is_found_in_the_office_of_the_date(case: dict[str, Any]) -> None:
    """Names in other transliterations lead to the same person; a date outside every tenure leads to none."""
    tenure = office_at(case["who"], case["date"], case.get("state"))
    if case["expect"] is None:
        assert tenure is None
        return
    assert tenure is not None
    assert {name: getattr(tenure, name) for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize("case", CASES["offices"], ids=lambda c: f"{c['state']} {c['office']} {c['date']}")
def test_an_office_leads_to_its_holder(case: dict[str, Any]) -> None:
    """The holder of a level or kind of body on a day, or None where the table has a gap."""
    tenure = holder_at(case["state"], case["office"], case["date"])
    assert (tenure and tenure.person) == case["expect"]


def tenure(person: str, start: str, end: str | None, post: str = "Minister of Defence", state: str = "XXA") -> Tenure:
    last = dt.date.fromisoformat(end) if end else None
    return Tenure(person, (), state, post, "minister", "ministry_defence", dt.date.fromisoformat(start), last, None,
                  None, "a page")  # fmt: skip


def test_on_a_day_of_handover_the_new_holder_is_named() -> None:
    """Ends are inclusive, so both hold the office that day; the later start wins."""
    register = Register([tenure("Ana Old", "2019-01-01", "2020-05-05"), tenure("Ben New", "2020-05-05", None)])
    holder = register.holder_at("XXA", "ministry_defence", dt.date(2020, 5, 5))
    assert holder is not None
    assert holder.person == "Ben New"


def test_a_surname_borne_by_two_persons_in_office_is_no_answer() -> None:
    """A surname needs the state, and one bearer at the date; over all time `tenures_of` needs one bearer at all."""
    register = Register(
        [tenure("Ana Silva", "2019-01-01", "2020-01-01"), tenure("Rui Silva", "2019-06-01", None, "Minister of Trade")]
    )
    assert register.office_at("Silva", dt.date(2019, 2, 1), "XXA") is not None
    assert register.office_at("Silva", dt.date(2019, 7, 1), "XXA") is None
    assert register.tenures_of("Silva", "XXA") == ()
    assert register.tenures_of("ana SILVA") != ()


@given(DAYS)
def test_an_office_at_a_date_is_always_one_that_covers_it(day: dt.date) -> None:
    """Law: what `office_at` answers covers the day and is among the person's tenures."""
    for name in ("Hulusi Akar", "Dmitry Medvedev", "Joe Biden", "Benny Gantz"):
        found = office_at(name, day)
        assert found is None or (found.covers(day) and found in tenures_of(name))


def test_the_table_has_the_width_that_was_asked_for() -> None:
    """At least 400 persons of at least 70 states, each row with a source that is an address."""
    tenures = read_tenures(TABLE)
    assert len({(t.state, t.person) for t in tenures}) >= 400
    assert len({t.state for t in tenures}) >= 70
    assert [t for t in tenures if "http" not in t.source] == []


def test_an_open_end_says_how_long_it_can_be_relied_on() -> None:
    """Every tenure without an end has a last day that its source vouches for, not before its start."""
    assert [t for t in read_tenures(TABLE) if t.end is None and (t.until is None or t.until < t.start)] == []


def test_single_offices_have_one_holder_at_a_time() -> None:
    """No post of a state has two holders for longer than a handover: 14 days, or the month when no day is told."""
    by_post: dict[tuple[str, str], list[Tenure]] = {}
    for held in read_tenures(TABLE):
        by_post.setdefault((held.state, held.post), []).append(held)
    double = []
    for tenures in by_post.values():
        for first, second in combinations(sorted(tenures, key=lambda t: t.start), 2):
            last = min(first.end or first.until or dt.date.max, second.end or second.until or dt.date.max)
            by_month = second.start.day == 1 or (last + dt.timedelta(days=1)).day == 1
            if first.person != second.person and (last - second.start).days > (31 if by_month else 14):
                double.append((first.person, second.person))
    assert double == []


def test_no_tenure_is_told_twice() -> None:
    """A person's terms in one post do not overlap, under whichever spelling."""
    by_person: dict[tuple[str, str, str], list[Tenure]] = {}
    for held in read_tenures(TABLE):
        for name in {held.person, *held.aliases}:
            by_person.setdefault((held.state, held.office, name), []).append(held)
    twice = [
        (first.person, first.start, second.start)
        for tenures in by_person.values()
        for first, second in pairwise(sorted(tenures, key=lambda t: t.start))
        if second.start < (first.end or first.until or dt.date.max) - dt.timedelta(days=31)
    ]
    assert twice == []


@pytest.mark.parametrize(
    ("old_end", "new_start", "day", "holder"),
    [
        ("2020-05", "2020-05", "2020-05-12", None),
        ("2020-05", "2020-05", "2020-04-30", "Ana Old"),
        ("2020-05", "2020-05", "2020-06-01", "Ben New"),
        ("2020-05-14", "2020-05", "2020-05-13", "Ana Old"),
        ("2020-05-14", "2020-05", "2020-05-14", "Ben New"),
        ("2020-05", "2020-05-14", "2020-05-13", "Ana Old"),
        ("2020-05", "2020-05-14", "2020-05-20", "Ben New"),
    ],
)
def test_a_handover_told_by_month_names_nobody_it_cannot_know(
    tmp_path: Path, old_end: str, new_start: str, day: str, holder: str | None
) -> None:
    """Where neither tells the day the month has no holder; one told day is enough for an answer."""
    path = tmp_path / "officials.csv"
    office = "Minister of Defence,minister,ministry_defence"
    path.write_text(
        HEADER
        + f"a,Ana Old,,XXA,{office},2019-01,{old_end},,,a page,CC0,2026-11-26\n"
        + f"b,Ben New,,XXA,{office},{new_start},,2021-01,,a page,CC0,2026-11-26\n",
        encoding="utf-8",
    )
    found = Register(read_tenures(path)).holder_at("XXA", "ministry_defence", dt.date.fromisoformat(day))
    assert (found and found.person) == holder


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("minister,ministry_defence,2020-13,,,", "'2020-13' is no date"),
        ("minister,ministry_defence,,,,", "no start"),
        ("minister,ministry_defence,2020-05,2019-05,,", "ends 2019-05 before it starts 2020-05"),
        ("boss,ministry_defence,2020-05,,,", "level 'boss' is unknown"),
    ],
)
def test_a_row_that_cannot_be_is_refused(tmp_path: Path, cells: str, message: str) -> None:
    """The message names file, line and value."""
    path = tmp_path / "officials.csv"
    path.write_text(HEADER + f"a,Ana Test,,XXA,Minister of Defence,{cells},a page,CC0,2026-11-26\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=f"officials.csv, line 2: .*{message}"):
        read_tenures(path)


def test_a_month_counts_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    """Months make no date more exact than it was told, and lose no day."""
    path = tmp_path / "officials.csv"
    row = "a,Ana Test,,XXA,Minister of Defence,minister,ministry_defence,2020-02,2020-12,,,a page,CC0,2026-11-26\n"
    path.write_text(HEADER + row, encoding="utf-8")
    (held,) = read_tenures(path)
    assert (held.start, held.end) == (dt.date(2020, 2, 1), dt.date(2020, 12, 31))


def test_what_is_known_by_the_month_is_told_by_the_month() -> None:
    """Days are counted from the first to the last of a month, and none is shown as known."""
    tenures = [t for t in tenures_of("Hulusi Akar", state="TUR") if t.level == "chief_of_staff"]
    assert [(str(t.start), str(t.end), t.told) for t in tenures] == [
        ("2015-08-18", "2018-07-31", ("2015-08-18", "2018-07", ""))
    ]
