import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from communique.codebook import load_codebook, problems_of, report_schema
from communique.records import Participant, Report

GOLD = Path(__file__).parents[2] / "gold"
BOOK = load_codebook()
VALIDATOR = Draft202012Validator(report_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def as_written(**fields: Any) -> dict[str, Any]:
    """A report as a line of a reports file holds it."""
    line: dict[str, Any] = json.loads(Report(doc_id="d", report_id="r", **fields).model_dump_json())
    return line


def gold_events() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in ("demo.jsonl", "cases.jsonl"):
        for line in (GOLD / file).read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            yield from ((document["id"], event) for event in document["events"])


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(report_schema())


def test_the_gold_reports_fulfil_the_schema() -> None:
    for name, event in gold_events():
        assert [error.message for error in VALIDATOR.iter_errors(as_written(**event))] == [], name


@st.composite
def sound_reports(draw: st.DrawFn) -> dict[str, Any]:
    event = BOOK.types[draw(st.sampled_from([*BOOK.types]))]
    parties = draw(
        st.lists(
            st.builds(
                Participant,
                role=st.sampled_from([*event.roles]),
                actor=st.sampled_from([*BOOK.states, *BOOK.actors]),
                kind=st.just("country"),
            ),
            min_size=1,
            max_size=4,
        )
    )
    return as_written(
        type=event.name,
        mode=draw(st.sampled_from([None, *event.modes])),
        status=draw(st.sampled_from([*BOOK.statuses])),
        participants=tuple(parties),
        domains=tuple(draw(st.lists(st.sampled_from([*BOOK.domains]), unique=True, max_size=3))),
        details=draw(st.none() | st.just(dict.fromkeys(event.details))),
    )


@settings(max_examples=50)
@given(sound_reports())
def test_whatever_the_codebook_allows_the_schema_and_the_checker_allow(report: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(report)
    assert problems_of(report) == []


@settings(max_examples=50)
@given(sound_reports(), st.sampled_from([*BOOK.types]))
def test_schema_and_checker_agree_when_a_report_is_put_under_another_type(report: dict[str, Any], event: str) -> None:
    moved = report | {"type": event}
    assert VALIDATOR.is_valid(moved) == (problems_of(moved) == [])


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "visitt"},
        {"mode": "patrol"},
        {"status": "happened"},
        {"participants": [{"role": "party", "actor": "CHL", "kind": "country"}]},
        {"participants": [{"role": "visitor", "actor": "EU", "kind": "country"}]},
        {"participants": [{"role": "visitor", "actor": "CHL", "kind": "state"}]},
        {"domains": ["naval"]},
        {"domains": ["space", "space"]},
        {"place": {"name": "Suva", "country": "Fiji"}},
        {"details": {"name": "x"}},
        {"date": {"start": "2020-7-1", "end": "2020-07-02", "precision": "range"}},
        {"confidence": 2},
        {"title": "x"},
    ],
)
def test_what_the_codebook_does_not_allow_fails(changes: dict[str, Any]) -> None:
    sound = as_written(type="visit", participants=(Participant(role="visitor", actor="CHL", kind="country"),))
    assert VALIDATOR.is_valid(sound)
    assert not VALIDATOR.is_valid(sound | changes)


def test_every_field_of_a_report_is_described_and_no_other() -> None:
    schema = report_schema()
    prefixes = {"Participant": "participants", "DateInterval": "date", "Place": "place", "Voice": "asserted_by",
                "Span": "evidence", "Claim": "claims", "Codes": "codes", "Versions": "versions"}  # fmt: skip
    fields = dict(schema["properties"])
    for definition, prefix in prefixes.items():
        fields |= {f"{prefix}.{name}": inner for name, inner in schema["$defs"][definition]["properties"].items()}
    assert set(fields) == set(BOOK.fields)
    assert all(inner["description"] for inner in fields.values())


def test_types_modes_and_roles_carry_the_codebooks_words() -> None:
    branches = {branch["if"]["properties"]["type"]["const"]: branch["then"] for branch in report_schema()["allOf"]}
    assert branches["visit"]["description"] == BOOK.type("visit").definition
    assert "calls" not in branches["visit"]["properties"]["mode"]["enum"]
    assert BOOK.type("visit").modes["port_call"].definition in branches["visit"]["properties"]["mode"]["description"]
