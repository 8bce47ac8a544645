"""Every scenario of tests/cases/engagements.yml links as it says, with the consensus and witnesses it names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from communique.pipeline.engagements import Engagement
from communique.pipeline.link import DocumentInfo, LinkItem, build_engagement, item_from_json, link_reports

SCENARIOS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "engagements.yml").read_text(encoding="utf-8")
)


def documents_of(scenario: dict[str, Any]) -> dict[str, DocumentInfo]:
    """The scenario's documents."""
    return {
        doc: DocumentInfo(
            doc_id=doc,
            hash=doc,
            outlet=row["outlet"],
            outlet_country=row["country"],
            published=row["published"],
            owner=row.get("owner"),
            affiliation=row.get("affiliation"),
            restates=tuple(row.get("restates", ())),
            copies=row.get("copies"),
            wire=row.get("wire"),
        )
        for doc, row in scenario["documents"].items()
    }


def items_of(scenario: dict[str, Any]) -> list[LinkItem]:
    """The scenario's reports; each one's id is its name."""
    items: list[LinkItem] = []
    for name, row in scenario["reports"].items():
        date = row.get("date")
        event = {
            **{key: row[key] for key in ("type", "mode", "status", "details", "aggregate", "domains") if key in row},
            "report_id": name,
            "date": {"start": str(date[0]), "end": str(date[1]), "precision": date[2]} if date else None,
            "place": {"name": row["place"][0], "country": row["place"][1]} if "place" in row else None,
            "participants": [participant(*who) for who in row["who"]],
        }
        items.append(item_from_json(row["doc"], sum(item.doc_id == row["doc"] for item in items), event))
    return items


def participant(
    role: str, actor: str, name: str | None = None, post: str | None = None, rank: str | None = None
) -> dict[str, Any]:
    """One participant in the codebook's form."""
    return {
        "role": role,
        "actor": actor,
        "kind": "person" if name else "country",
        "name": name,
        "post": post,
        "rank": rank,
    }


def linked(scenario: dict[str, Any]) -> dict[frozenset[str], Engagement]:
    """The engagements that linking finds, by their reports."""
    documents, items = documents_of(scenario), items_of(scenario)
    by_id = {item.report_id: item for item in items}
    found = {}
    for name, reports in link_reports(items, documents).members().items():
        found[frozenset(reports)] = build_engagement([by_id[r] for r in reports], documents, name)
    return found


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[s["scenario"][:60] for s in SCENARIOS])
def test_scenario(scenario: dict[str, Any]) -> None:
    """Linking finds exactly the scenario's engagements, and each is as told."""
    found = linked(scenario)
    assert set(found) == {frozenset(row["reports"]) for row in scenario["engagements"]}
    for row in scenario["engagements"]:
        check(found[frozenset(row["reports"])], row)


def check(engagement: Engagement, row: dict[str, Any]) -> None:
    """The engagement has everything that the row says."""
    told = engagement.witnesses
    disputed = {name: [t.value for t in field.told] for name, field in engagement.disagreements().items()}
    values: dict[str, Any] = {
        "reports": list(engagement.reports),
        "status": engagement.status,
        "history": [[step.status, step.told_on] for step in engagement.history],
        "date": [engagement.start, engagement.end],
        "documents": told.documents,
        "tellings": len(told.tellings),
        "outlets": told.outlets,
        "owners": told.owners,
        "countries": told.countries,
        "camps": dict(told.camps),
        "one_sided": told.one_sided,
        "restated": [name for w in told.tellings for name in w.restated_after],
    }
    for key, expected in row.items():
        if key == "disputed":
            wanted = {name: [str(v) for v in values] for name, values in expected.items()}
            assert {name: disputed.get(name) for name in wanted} == wanted
        elif key == "consensus":
            found = {name: engagement.consensus[name].value for name in expected}
            assert found == {name: str(value) for name, value in expected.items()}
        elif key == "undisputed":
            assert not set(expected) & set(disputed)
        else:
            assert values[key] == expected, key


def test_table_is_large_enough() -> None:
    """At least 25 engagements tell witnesses, camps, consensus and history."""
    told = {"camps", "tellings", "consensus", "history", "status"}
    assert sum(told <= set(row) for s in SCENARIOS for row in s["engagements"]) >= 25


def test_dates_are_days() -> None:
    """An engagement's dates are days, so that they can be counted."""
    first = next(iter(linked(SCENARIOS[0]).values()))
    assert isinstance(first.start, dt.date)
