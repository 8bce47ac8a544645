"""Which drafts are one event."""

from __future__ import annotations

import random
from typing import Any

import pytest

from communique.pipeline.merge.clusters import cluster_drafts
from communique.pipeline.merge.pairs import are_apart, share, what_tells
from communique.pipeline.weigh import rules_weights

VISIT = {"visitor": ["OMN"], "host": ["TON"]}
BACK = {"visitor": ["TON"], "host": ["OMN"]}
TALKS = {"party": ["OMN", "TON"]}


def groups(*drafts: Any) -> list[list[int]]:
    """The groups as the sentences of their drafts."""
    return [[d.sentence for d in cluster] for cluster in cluster_drafts(drafts, rules_weights()["pair"])]


def apart(a: Any, b: Any) -> bool:
    """Whether two drafts cannot be one event."""
    return are_apart(a, b, what_tells(a, b))


def test_one_event_told_three_times(draft: Any) -> None:
    """The same parties without other dates are one event."""
    assert groups(
        draft("visit", VISIT, 0), draft("visit", VISIT, 3, on=7), draft("visit", {"visitor": ["OMN"]}, 8)
    ) == [[0, 3, 8]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("visit", VISIT, {"on": 1}), ("visit", VISIT, {"on": 8})),
        (("visit", VISIT, {}), ("visit", BACK, {})),
        (("visit", VISIT, {}), ("meeting", TALKS, {})),
        (("visit", VISIT, {}), ("visit", {"visitor": ["CHL"], "host": ["PER"]}, {})),
        (("visit", VISIT, {"status": "denied"}), ("visit", VISIT, {})),
        (("visit", VISIT, {}), ("visit", VISIT, {"status": "cancelled"})),
        (("visit", VISIT, {"status": "occurred", "on": 1}), ("visit", VISIT, {"status": "planned", "on": 20})),
        (
            ("visit", {"visitor": ["OMN: Salim Said"], "host": ["TON"]}, {}),
            ("visit", {"visitor": ["OMN: Khalid Nasr"], "host": ["TON"]}, {}),
        ),
        (
            ("deployment", {"deployer": ["OMN"]}, {"mode": "operation"}),
            ("deployment", {"deployer": ["OMN"]}, {"mode": "withdrawal"}),
        ),
        (("agreement", TALKS, {"mode": "signed"}), ("agreement", TALKS, {"mode": "ended"})),
        (("exercise", {"party": ["OMN", "TON"]}, {}), ("exercise", {"party": ["OMN", "CHL", "PER"]}, {})),
        (("visit", VISIT, {}), ("visit", {"visitor": ["OMN"], "host": ["TON", "CHL", "PER"]}, {"aggregate": True})),
    ],
)
def test_two_events(draft: Any, first: tuple[Any, ...], second: tuple[Any, ...]) -> None:
    """Other dates, sides, types, parties, persons or ends, a denial or a cancellation make a second event."""
    a, b = draft(first[0], first[1], 0, **first[2]), draft(second[0], second[1], 5, **second[2])
    assert groups(a, b) == [[0], [5]]
    assert sorted(groups(b, a)) == [[0], [5]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("visit", VISIT, {"on": 7}), ("visit", VISIT, {"on": (5, 9)})),
        (("visit", VISIT, {"on": 7}), ("visit", VISIT, {})),
        (("visit", VISIT, {}), ("visit", {"visitor": ["OMN: Salim Said"], "host": ["TON"]}, {})),
        (
            ("visit", {"visitor": ["OMN: Salim Said"], "host": ["TON"]}, {}),
            ("visit", {"visitor": ["OMN: Said"], "host": ["TON"]}, {}),
        ),
        (("visit", VISIT, {"status": "denied"}), ("visit", VISIT, {"status": "denied"})),
        (("visit", VISIT, {"status": "planned"}), ("visit", VISIT, {"status": "occurred"})),
        (("exercise", TALKS, {"status": "ongoing"}), ("exercise", TALKS, {"status": "occurred"})),
    ],
)
def test_one_event(draft: Any, first: tuple[Any, ...], second: tuple[Any, ...]) -> None:
    """Overlapping or missing dates, fuller parties and names, and the same denial are one event."""
    assert groups(draft(first[0], first[1], 0, **first[2]), draft(second[0], second[1], 5, **second[2])) == [[0, 5]]


def test_what_is_at_odds_weighs_and_forbids_nothing(draft: Any) -> None:
    """Another date keeps two mentions apart that nothing else joins, and not where much speaks for one event."""
    first, second = draft("visit", VISIT, 0, on=1), draft("visit", VISIT, 1, on=8)
    alone = {"date apart": -0.5, "parties same": 1.5}
    assert len(cluster_drafts([first, second], alone)) == 2
    assert len(cluster_drafts([first, second], alone | {"same trigger word": 1.0})) == 1


@pytest.mark.parametrize(("borrowed", "expected"), [("subject", True), ("beside", False), ("event before", False)])
def test_the_surest_words_give_the_side(draft: Any, borrowed: str, expected: bool) -> None:
    """Who hosts by grammar is no visitor for a word that stands near; told by grammar on both sides, it is."""
    told, near = draft("visit", VISIT, 0), draft("visit", VISIT, 3)
    near.fillers = draft("visit", {"visitor": ["TON"]}, 3, rule=borrowed).fillers
    near.fillers += draft("visit", {"host": ["TON"]}, 3, rule="to").fillers if borrowed != "subject" else []
    assert apart(told, near) == apart(near, told) == expected


def test_a_headline_joins_the_body(draft: Any) -> None:
    """Where a body tells the event its headline is one more mention, and comes first."""
    assert groups(draft("visit", VISIT, 0, flags=["title"]), draft("visit", VISIT, 2)) == [[0, 2]]


def test_a_headline_founds_nothing_where_a_body_exists(draft: Any) -> None:
    """A headline of an event that the body does not tell makes no group; a headline alone does."""
    title = draft("visit", VISIT, 0, flags=["title"])
    assert groups(title, draft("transfer", {"supplier": ["CHL"], "recipient": ["PER"]}, 2)) == [[2]]
    assert groups(title) == [[0]]


def test_an_echo_founds_nothing(draft: Any) -> None:
    """An echo joins an event with a common party, else it is dropped, even alone."""
    echo = draft("agreement", {"party": ["OMN"]}, 4, flags=["echo"])
    assert groups(draft("agreement", TALKS, 1), echo) == [[1, 4]]
    assert groups(draft("agreement", {"party": ["CHL", "PER"]}, 1), echo) == [[1]]
    assert groups(echo) == []


def test_nothing_is_lost_or_doubled(draft: Any) -> None:
    """Every founding draft is in exactly one group; groups hold one type and are in order of the text."""
    chance = random.Random(7)
    codes = ["OMN", "TON", "CHL", "PER"]
    for _ in range(60):
        drafts = []
        for at in range(chance.randint(0, 9)):
            a, b = chance.sample(codes, 2)
            kind = chance.choice(["visit", "meeting"])
            roles = {"visitor": [a], "host": [b]} if kind == "visit" else {"party": [a, b]}
            drafts.append(
                draft(
                    kind,
                    roles,
                    at,
                    on=chance.choice([None, 1, 8]),
                    status=chance.choice(["occurred", "planned", "denied"]),
                )
            )
        found = cluster_drafts(drafts, rules_weights()["pair"])
        assert sorted(d.sentence for c in found for d in c) == [d.sentence for d in drafts]
        assert all(len({d.type for d in c}) == 1 for c in found)
        assert all([d.start for d in c] == sorted(d.start for d in c) for c in found)
        assert cluster_drafts(drafts, rules_weights()["pair"]) == found


def test_share() -> None:
    """The share of common actors, nought where nobody is named."""
    assert share({"OMN", "TON"}, {"OMN", "TON"}) == 1.0
    assert share({"OMN", "TON"}, {"OMN", "CHL"}) == pytest.approx(1 / 3)
    assert share(set(), set()) == 0.0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("planned", "cancelled", False),
        ("proposed", "cancelled", False),
        ("occurred", "cancelled", True),
        ("ongoing", "cancelled", True),
        ("denied", "cancelled", True),
        ("denied", "planned", True),
        ("denied", "denied", False),
    ],
)
def test_what_a_status_keeps_apart(draft: Any, first: str, second: str, expected: bool) -> None:
    """A plan may be called off and stay one event; a denial is one only with itself."""
    a, b = draft("exercise", TALKS, 0, status=first), draft("exercise", TALKS, 5, status=second)
    assert apart(a, b) == apart(b, a) == expected
