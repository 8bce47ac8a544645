"""The parties of an event in their roles, and how gaps are closed."""

from __future__ import annotations

from typing import Any

import pytest

from communique.pipeline.drafts import Draft, Filler, Mention
from communique.pipeline.extract.fill import FIRST_ROLE, drop_both_sides, inside, settle_either

GUESSES = ("same sentence", "place", "event before")


def mention(code: str, start: int = 0, end: int = 5, kind: str = "country") -> Mention:
    return Mention(start=start, end=end, text=code, sentence=0, head=0, cls="state", kind=kind, codes=(code,))  # type: ignore[arg-type]


def draft(kind: str, *fillers: tuple[str, str, str]) -> Draft:
    """A draft with parties given as role, code and rule."""
    return Draft(
        kind, None, 0, 0, "x", 0, 5, fillers=[Filler(role, mention(code), rule) for role, code, rule in fillers]
    )


def roles(found: Draft) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for filler in found.fillers:
        out.setdefault(filler.role, set()).update(filler.mention.codes)
    return out


def test_table(read: Any, parties_case: dict[str, Any]) -> None:
    """Every case of tests/cases/parties.yml has exactly the table's parties in their roles."""
    found = read(parties_case["text"]).one(parties_case["type"], parties_case["trigger"])
    assert roles(found) == {role: set(codes) for role, codes in parties_case["roles"].items()}


def test_roles_are_the_codebooks(read: Any, cases: Any, coder: Any) -> None:
    """Whatever a sentence says, a draft's roles are those of its type."""
    for case in [*cases("parties"), *cases("status"), *cases("voice")]:
        for found in read(case["text"]).drafts:
            assert {f.role for f in found.fillers} <= set(coder.codebook.type(found.type).roles)


@pytest.mark.parametrize(
    "text",
    [
        "Chile's navy attacked a Chilean ship.",
        "Chilean frigates visited a port in Chile.",
        "Chile gave Chilean boats to Chile.",
    ],
)
def test_nobody_stands_on_both_sides(read: Any, coder: Any, text: str) -> None:
    """In a directed event no actor is on both sides."""
    directed = [d for d in read(text).drafts if not coder.codebook.type(d.type).symmetric]
    assert directed
    for found in directed:
        first = FIRST_ROLE[found.type][0]
        doing, done_to = (
            {c for f in found.fillers if (f.role == first) is side for c in f.mention.codes} for side in (True, False)
        )
        assert not doing & done_to


def test_every_directed_type_has_a_first_role(coder: Any) -> None:
    """FIRST_ROLE names two roles of each directed type."""
    directed = {name: set(t.roles) for name, t in coder.codebook.types.items() if not t.symmetric}
    assert set(FIRST_ROLE) == set(directed)
    assert all(set(pair) <= directed[name] for name, pair in FIRST_ROLE.items())


@pytest.mark.parametrize("guess", GUESSES)
def test_the_surer_side_keeps_an_actor(coder: Any, guess: str) -> None:
    """An actor that grammar puts on one side and nearness on the other stays where grammar put it."""
    found = draft("visit", ("visitor", "CHL", "subject"), ("host", "CHL", guess), ("host", "PER", "object"))
    drop_both_sides(found, coder.codebook)
    assert roles(found) == {"visitor": {"CHL"}, "host": {"PER"}}


def test_both_sides_are_kept_in_a_symmetric_type(coder: Any) -> None:
    """Where all are parties nobody is dropped."""
    found = draft("meeting", ("party", "CHL", "subject"), ("host", "PER", "place"))
    drop_both_sides(found, coder.codebook)
    assert roles(found) == {"party": {"CHL"}, "host": {"PER"}}


def test_the_buyer_announces_and_the_seller_delivers() -> None:
    """A contract's subject is the recipient, who stands after "with" or "from" the supplier; "either" never remains."""
    found = draft("transfer", ("either", "CHL", "subject"), ("either", "PER", "with"))
    settle_either(found)
    assert roles(found) == {"recipient": {"CHL"}, "supplier": {"PER"}}


def test_inside() -> None:
    """A mention lies within another if its words do, in the same sentence."""
    assert inside(mention("CHL", 2, 4), mention("PER", 0, 5))
    assert not inside(mention("CHL", 2, 9), mention("PER", 0, 5))


def test_a_gap_is_closed_from_the_event_before(read: Any) -> None:
    """A later mention of the same kind takes the missing side from the one before, and says so."""
    found = read("Oman's defence minister visited Tonga on Monday. The visit lasted three days.")
    later = found.one("visit", "visit")
    assert later.codes() <= {"OMN", "TON"}
    assert {f.rule for f in later.fillers} <= {"event before"}


def test_a_guess_says_that_it_is_one(read: Any, cases: Any) -> None:
    """Every filler bears the rule that put it there."""
    for case in cases("parties"):
        assert all(f.rule for d in read(case["text"]).drafts for f in d.fillers)
