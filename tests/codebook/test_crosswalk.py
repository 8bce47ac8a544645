from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from communique.codebook import crosswalk, load_codebook, plover_parties
from communique.codebook.crosswalk import code_row
from communique.errors import CodebookError
from communique.records import Codes, Participant, Place, Report

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "crosswalk.yml").read_text(encoding="utf-8"))


def report(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": case["type"],
        "mode": case["mode"],
        "status": case["status"],
        "participants": [
            {"role": role, "actor": code, "kind": "country"}
            for role, codes in case["parties"].items()
            for code in codes
        ],
        "place": {"country": case["country"]} if "country" in case else None,
        "domains": case.get("domains", []),
    }


def name(case: dict[str, Any]) -> str:
    return "-".join(str(case[key]) for key in ("type", "mode", "status"))


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_report_has_the_codes_of_the_table(case: dict[str, Any]) -> None:
    expected = Codes(cameo=case["cameo"], plover=case["plover"], plover_mode=case["plover_mode"])
    assert crosswalk(report(case)) == expected


@pytest.mark.parametrize("case", [case for case in CASES if "actors" in case], ids=name)
def test_plovers_sides_are_those_of_the_table(case: dict[str, Any]) -> None:
    sides = plover_parties(report(case))
    assert list(sides.actors) == case["actors"]
    assert list(sides.recipients) == case["recipients"]


def test_the_table_covers_every_type() -> None:
    assert {case["type"] for case in CASES} == set(load_codebook().types)
    assert len(CASES) >= 40


def test_a_record_and_a_mapping_of_the_same_form_have_the_same_codes() -> None:
    parties = (
        Participant(role="party", actor="NOR", kind="country"),
        Participant(role="party", actor="NLD", kind="country"),
    )
    record = Report(
        doc_id="d", report_id="r", type="meeting", mode="bilateral", participants=parties, place=Place(country="DEU")
    )
    assert crosswalk(record) == crosswalk(record.model_dump(mode="json"))
    assert crosswalk(record).plover_mode == "third-party"


def test_every_type_mode_and_status_has_a_code_or_a_reason() -> None:
    book = load_codebook()
    for event in book.types.values():
        for mode, status in product([None, *event.modes], book.statuses):
            row = code_row({"type": event.name, "mode": mode, "status": status})
            assert (row.cameo is not None and row.plover is not None) or row.why, (event.name, mode, status)


def test_a_denied_event_of_any_kind_has_no_codes() -> None:
    book = load_codebook()
    for event in book.types.values():
        for mode in [None, *event.modes]:
            assert crosswalk({"type": event.name, "mode": mode, "status": "denied"}) == Codes()


def test_planned_cooperation_is_agreement_in_plover() -> None:
    """PLOVER: future CONSULT, SUPPORT, COOPERATE and AID are AGREE, so none of them stands in a planned row."""
    for event in load_codebook().types.values():
        for mode in [None, *event.modes]:
            planned = crosswalk({"type": event.name, "mode": mode, "status": "planned"}).plover
            assert planned not in {"CONSULT", "SUPPORT", "COOPERATE", "AID"}, (event.name, mode)


def test_an_unknown_type_names_the_nearest_one() -> None:
    with pytest.raises(CodebookError, match=r"no event type 'visitt'.*did you mean 'visit'"):
        crosswalk({"type": "visitt"})


def test_a_status_outside_the_codebook_has_no_codes_but_a_reason() -> None:
    row = code_row({"type": "visit", "status": "dreamt"})
    assert row.cameo is None
    assert row.why == "The status 'dreamt' has no codes."
