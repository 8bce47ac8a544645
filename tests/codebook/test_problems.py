import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.codebook import load_codebook, problems_of
from communique.records import Participant, Report

GOLD = Path(__file__).parents[2] / "gold"


def visit(**changes: Any) -> dict[str, Any]:
    """A sound report of a visit, with changes."""
    sound: dict[str, Any] = {
        "type": "visit",
        "mode": "port_call",
        "status": "occurred",
        "participants": [
            {"role": "visitor", "actor": "CHL", "kind": "organisation", "name": "Navy of Chile"},
            {"role": "host", "actor": "FJI", "kind": "country"},
        ],
        "date": {"start": "2020-07-06", "end": "2020-07-12", "precision": "week", "text": "last week"},
        "place": {"name": "Suva", "country": "FJI", "text": "Suva"},
        "domains": ["maritime"],
        "asserted_by": {"kind": "outlet"},
        "evidence": [{"start": 0, "end": 5}],
        "details": {"vessels": ["Almirante Soto"]},
        "claims": [{"kind": "first", "text": "first call"}],
    }
    return sound | changes


def party(**changes: Any) -> dict[str, Any]:
    return visit(participants=[{"role": "visitor", "actor": "CHL", "kind": "country"} | changes])


def test_a_sound_report_has_no_problems() -> None:
    assert problems_of(visit()) == []


BROKEN = [
    (visit(type="visitt"), "type: 'visitt' is no event type; did you mean 'visit'?"),
    (visit(mode="port-call"), "mode: 'port-call' is no mode of visit; did you mean 'port_call'?"),
    (visit(status="happened"), "status: 'happened' is no status; use one of: cancelled, denied, "),
    (visit(partcipants=[]), "partcipants: a report has no such field; did you mean 'participants'?"),
    (visit(participants=[]), "participants: a report needs at least one party"),
    (visit(participants="CHL"), "participants: expected a list, found 'CHL'"),
    (visit(participants=["CHL"]), "participants[0]: expected a mapping, found 'CHL'"),
    (party(role="guest"), "participants[0].role: 'guest' is no role of visit; use one of: host, visitor"),
    (party(actor="EU"), "participants[0].actor: 'EU' is an alias; use 'EUU'"),
    (party(actor="chl"), "participants[0].actor: 'chl' is not written as its code; use 'CHL'"),
    (party(actor="CHILE"), "participants[0].actor: 'CHILE' is no actor code; "),
    (party(actor=None), "participants[0].actor: None is no actor code; use an ISO 3166 alpha-3 code"),
    (
        party(kind="state"),
        "participants[0].kind: 'state' is no kind of party; use one of: country, organisation, person",
    ),
    (party(kind="person"), "participants[0].name: a person needs a name"),
    (party(titel="Admiral"), "participants[0].titel: a participant has no such field; "),
    (visit(date="2020"), "date: expected a mapping or null, found '2020'"),
    (
        visit(date={"start": "2020-07", "end": "2020-07-12", "precision": "week"}),
        "date.start: '2020-07' is no ISO date",
    ),
    (
        visit(date={"start": "2020-07-12", "end": "2020-07-06", "precision": "week"}),
        "date: it ends on 2020-07-06 before",
    ),
    (visit(date={"start": "2020-07-06", "end": "2020-07-12", "precision": "day"}), "date.precision: 'day' is given to"),
    (
        visit(date={"start": "2020-07-06", "end": "2020-07-12", "precision": "about"}),
        "date.precision: 'about' is no prec",
    ),
    (visit(place="Suva"), "place: expected a mapping or null, found 'Suva'"),
    (visit(place={"name": "Suva", "country": "Fiji"}), "place.country: 'Fiji' is no ISO 3166 alpha-3 code"),
    (visit(domains=["naval"]), "domains[0]: 'naval' is no domain; use one of: "),
    (visit(domains=["space", "space"]), "domains[1]: 'space' stands twice; keep one"),
    (visit(asserted_by="IRNA"), "asserted_by: expected a mapping such as {'kind': 'outlet'}, found 'IRNA'"),
    (visit(asserted_by={"kind": "agency"}), "asserted_by.kind: 'agency' is no voice; "),
    (visit(asserted_by={"kind": "person"}), "asserted_by.name: 'person' needs a name"),
    (visit(evidence=[{"start": 5, "end": 5}]), "evidence[0]: 5 to 5 is no stretch of text"),
    (visit(claims=[{"kind": "biggest", "text": "x"}]), "claims[0].kind: 'biggest' is no kind of claim; "),
    (visit(claims=[{"kind": "first"}]), "claims[0].text: a claim needs the words that make it"),
    (visit(details={"ships": []}), "details.ships: visit has no such detail; use one of: vessels"),
    (visit(details={"vessels": "Soto"}), "details.vessels: expected a list, found 'Soto'"),
    (visit(details={"vessels": [1]}), "details.vessels: expected texts, found 1"),
    (visit(details=[]), "details: expected a mapping or null, found []"),
]


@pytest.mark.parametrize(("report", "problem"), BROKEN, ids=[problem[:40] for _, problem in BROKEN])
def test_what_breaks_the_codebook_is_named_with_field_value_and_way_out(report: dict[str, Any], problem: str) -> None:
    found = problems_of(report)
    assert len(found) == 1, found
    assert found[0].startswith(problem)


@pytest.mark.parametrize(
    ("details", "sound"),
    [
        ({"items": [{"item": "radars", "quantity": 2}], "amount": 6.1e9, "currency": "USD"}, True),
        ({"items": [{"item": "radars", "quantity": "dozens"}], "amount": None}, True),
        ({"items": [{"quantity": 2}]}, False),
        ({"items": [{"item": "radars", "price": 2}]}, False),
        ({"amount": True}, False),
        ({"currency": 978}, False),
    ],
)
def test_details_of_a_transfer_have_their_kinds(details: dict[str, Any], sound: bool) -> None:
    parties = [{"role": "supplier", "actor": "FIN", "kind": "country"}]
    found = problems_of({"type": "transfer", "participants": parties, "details": details})
    assert (found == []) is sound, found


def test_a_type_without_details_says_so() -> None:
    parties = [{"role": "party", "actor": "FIN", "kind": "country"}]
    found = problems_of({"type": "cooperation", "participants": parties, "details": {"name": "x"}})
    assert found == ["details.name: cooperation has no such detail; leave details null"]


def test_a_record_is_judged_like_a_mapping() -> None:
    record = Report(
        doc_id="d", report_id="r", type="visit", participants=(Participant(role="guest", actor="CHL", kind="country"),)
    )
    assert problems_of(record) == problems_of(record.model_dump(mode="json")) != []


@pytest.mark.parametrize("file", ["demo.jsonl", "cases.jsonl"])
def test_the_gold_reports_follow_the_codebook(file: str) -> None:
    for line in (GOLD / file).read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        for event in document["events"]:
            assert problems_of(event) == [], document["id"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("aé 0-", max_size=8) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["kind", "name", "start", "item", "actor"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from([*Report.model_fields, "other"]), ANYTHING),
    st.sampled_from([*load_codebook().types]),
)
def test_whatever_a_report_holds_its_problems_are_listed_and_never_raised(report: dict[str, Any], event: str) -> None:
    assert all(isinstance(problem, str) for problem in [*problems_of(report), *problems_of(report | {"type": event})])
