"""Predictions that are wrong in every way a coder can be score number for number what the reference scorer gave.

The predictions are made from gold by a seeded rule; tests/cases/evaluation_parity.json keeps the reference's output.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

import pytest

from communique.evaluation import evaluate, evaluate_links, load_clusters, load_gold, load_links, load_predictions

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "gold"
EXPECTED: dict[str, Any] = json.loads((ROOT / "tests" / "cases" / "evaluation_parity.json").read_text(encoding="utf-8"))

Json = dict[str, Any]


def drop(event: Json, rng: random.Random) -> None:
    event["dropped"] = True


def shift_date(event: Json, rng: random.Random) -> None:
    if event["date"] is None:
        event["date"] = {"start": "2020-01-01", "end": "2020-01-31", "precision": "month"}
        return
    days = dt.timedelta(days=rng.choice((-30, -3, -1, 1, 2, 5)))
    for end in ("start", "end"):
        event["date"][end] = (dt.date.fromisoformat(event["date"][end]) + days).isoformat()


def widen_date(event: Json, rng: random.Random) -> None:
    if event["date"] is not None:
        end = dt.date.fromisoformat(event["date"]["end"]) + dt.timedelta(days=rng.choice((1, 4, 12, 40)))
        event["date"]["end"] = end.isoformat()


def break_date(event: Json, rng: random.Random) -> None:
    event["date"] = rng.choice((None, {"start": "July 2020", "end": "2020-07-31"}, {"start": "2020-07-31"}))


def swap_date(event: Json, rng: random.Random) -> None:
    if event["date"] is not None:
        event["date"]["start"], event["date"]["end"] = event["date"]["end"], event["date"]["start"]


def change_actor(event: Json, rng: random.Random) -> None:
    if event["participants"]:
        rng.choice(event["participants"])["actor"] = rng.choice(("USA", "FRA", "UN", "eu", "UNKNOWN", "ISIS", "", None))


def drop_actor(event: Json, rng: random.Random) -> None:
    if event["participants"]:
        event["participants"].pop(rng.randrange(len(event["participants"])))


def add_actors(event: Json, rng: random.Random) -> None:
    codes = rng.sample(("USA", "FRA", "DEU", "GBR", "IND", "JPN", "NATO", "KEN"), rng.choice((1, 2, 6)))
    event["participants"] += [{"role": "party", "actor": code, "kind": "country"} for code in codes]


def change_role(event: Json, rng: random.Random) -> None:
    if event["participants"]:
        rng.choice(event["participants"])["role"] = rng.choice(("host", "party", "visitor", "recipient", "bystander"))


def change_person(event: Json, rng: random.Random) -> None:
    for person in event["participants"]:
        if person["kind"] == "person":
            for field in rng.sample(("name", "post", "rank"), 2):
                told = person.get(field)
                person[field] = rng.choice((None, "Minister of Trade", "General", f"Deputy {told}", f"{told} Junior"))


def change_status(event: Json, rng: random.Random) -> None:
    event["status"] = rng.choice(("occurred", "ongoing", "planned", "proposed", "cancelled", "denied", None))


def move_spans(event: Json, rng: random.Random) -> None:
    by = rng.choice((-60, -10, 10, 60, 100000))
    for span in event["evidence"]:
        span["start"], span["end"] = span["start"] + by, span["end"] + by


def stretch_spans(event: Json, rng: random.Random) -> None:
    for span in event["evidence"]:
        span["end"] += rng.choice((20, 450))


def change_voice(event: Json, rng: random.Random) -> None:
    event["asserted_by"] = rng.choice(
        (None, {}, {"kind": "outlet"}, {"kind": "organisation", "name": "TASS"}, {"kind": "person", "name": "A. Khan"})
    )


def change_type(event: Json, rng: random.Random) -> None:
    event["type"] = rng.choice(("visit", "meeting", "agreement", "statement", "appointment", "transfer"))


def change_place(event: Json, rng: random.Random) -> None:
    event["place"] = rng.choice(
        (None, {"name": "Port of Damascus", "country": "SYR"}, {"country": ""}, {"name": "Oman"})
    )


def change_rest(event: Json, rng: random.Random) -> None:
    event["mode"] = rng.choice((None, "", "signed", "naval"))
    event["domains"] = rng.choice((None, [], ["maritime"], ["border", "cyber", "border"]))
    event["aggregate"] = rng.choice((None, True, False))


def lose_fields(event: Json, rng: random.Random) -> None:
    for name in ("place", "date", "asserted_by", "domains", "mode", "status", "aggregate"):
        event.pop(name)


ALTERATIONS = (
    drop, shift_date, widen_date, swap_date, break_date, change_actor, drop_actor, add_actors, change_role,
    change_person, change_status, move_spans, stretch_spans, change_voice, change_type, change_place, change_rest,
)  # fmt: skip


def altered(gold: list[Json], seed: int, strength: float) -> list[Json]:
    """Prediction rows: each report altered in ways drawn at random, some twice, the order shuffled; both row forms."""
    rng = random.Random(seed)
    rows: list[Json] = []
    for document in gold:
        events = [altered_event(e, rng, strength) for e in document["events"] for _ in range(1 + (rng.random() < 0.1))]
        kept = [event for event in events if not event.pop("dropped", False)]
        rng.shuffle(kept)
        if rng.random() < 0.05:
            continue
        if rng.random() < 0.5:
            rows.append({"id": document["id"], "events": kept})
        else:
            rows += [{"doc_id": document["id"], **event} for event in kept]
    rows.append({"id": "no-such-document", "events": [{"type": "visit", "participants": []}]})
    return rows


def altered_event(event: Json, rng: random.Random, strength: float) -> Json:
    result = copy.deepcopy(event)
    for alteration in ALTERATIONS:
        if rng.random() < strength:
            alteration(result, rng)
    if rng.random() < strength / 2:
        lose_fields(result, rng)
    return result


def linked(rows: list[Json], seed: int) -> list[Json]:
    """Links of reports with the same type and start, which is often right; some at random, some left out."""
    rng = random.Random(seed)
    events: dict[str, list[Json]] = {}
    for row in rows:
        events.setdefault(row.get("id", row.get("doc_id")), []).extend(row.get("events", (row,)))
    return [
        {"doc_id": doc_id, "index": index, "engagement_id": engagement(event, rng)}
        for doc_id, listed in events.items()
        for index, event in enumerate(listed)
        if rng.random() < 0.9
    ]


def engagement(event: Json, rng: random.Random) -> str:
    told = f"{event['type']} {(event.get('date') or {}).get('start')}"
    return told if rng.random() < 0.8 else f"engagement {rng.randrange(40)}"


def write_lines(path: Path, rows: list[Json]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def gold_rows(corpus: str) -> list[Json]:
    return [json.loads(line) for line in (GOLD / f"{corpus}.jsonl").read_text(encoding="utf-8").split("\n") if line]


@pytest.mark.parametrize("case", EXPECTED["reports"], ids=lambda case: f"{case['corpus']}-{case['strength']}")
def test_evaluation_gives_the_reference_numbers(case: Json, tmp_path: Path) -> None:
    """Headline, secondary, by type and error list are equal in every digit."""
    rows = altered(gold_rows(case["corpus"]), case["seed"], case["strength"])
    predictions = load_predictions(write_lines(tmp_path / "predictions.jsonl", rows))
    result = evaluate(load_gold(GOLD / f"{case['corpus']}.jsonl"), predictions, errors=case["errors"]).as_json()
    assert {key: result[key] for key in case["expected"]} == case["expected"]
    assert result["unlabelled"] == ["no-such-document"]


@pytest.mark.parametrize("case", EXPECTED["links"], ids=lambda case: f"{case['seed']}-{case['with_predictions']}")
def test_links_give_the_reference_numbers(case: Json, tmp_path: Path) -> None:
    """Linking alone and end to end: counts, B-cubed and pairwise figures are equal in every digit."""
    gold, predictions = gold_rows("demo"), None
    rows = altered(gold, case["seed"], case["strength"]) if case["with_predictions"] else gold
    if case["with_predictions"]:
        predictions = load_predictions(write_lines(tmp_path / "predictions.jsonl", rows))
    links = load_links(write_lines(tmp_path / "links.jsonl", linked(rows, case["seed"])))
    result = evaluate_links(load_gold(GOLD / "demo.jsonl"), load_clusters(GOLD / "clusters.json"), links, predictions)
    assert {key: result.as_json()[key] for key in case["expected"]} == case["expected"]
