"""Pairs of a record's rows are those of the coded reports, and each row's weights sum to one."""

import pytest

from communique.codebook import load_codebook
from communique.export.answered_dyads import LEFT_OUT, PAIR, pairs_of
from communique.export.dyads import DYAD_COLUMNS, dyads_of, end_part
from communique.lexicon import load_lexicon
from communique.records import Participant, Report, Span

CASES = (
    ("visit", (("visitor", "RUS", None), ("host", "IND", None))),
    ("meeting", (("party", "RUS", None), ("party", "IND", None), ("party", "CHN", None))),
    ("transfer", (("supplier", "RUS", None), ("recipient", "IND", None), ("recipient", "CHN", None))),
    ("statement", (("speaker", "RUS", None),)),
    ("meeting", (("party", "UNKNOWN", "a militia"), ("party", "IND", None))),
    ("exercise", (("host", "RUS", None), ("party", "RUS", None))), ("incident", ()),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "told"), CASES)
def test_the_pairs_are_those_of_a_report(kind, told):
    """The same parties as a coded report give the same pairs, roles, names and weights."""
    parts = tuple(Participant(role=role, actor=actor, kind="country", name=name) for role, actor, name in told)
    report = Report(
        doc_id="a", report_id="x", type=kind, status="occurred", participants=parts, evidence=(Span(start=0, end=1),),
        confidence=1.0,
    )  # fmt: skip
    row = {"report_id": "x", "type": kind, "actors": ["RUS"], "pairs": []}
    found = list(pairs_of([row], [list(told)], load_lexicon()))
    assert [
        (one["source"], one["target"], one["pairing"], one["weight"], one["source_role"], one["target_role"])
        for one in found
    ] == [
        (d.source.actor, end_part(d.target, "actor"), d.pairing, d.weight, d.source.role, end_part(d.target, "role"))
        for d in dyads_of(report, load_codebook())
    ]  # fmt: skip
    assert sum(one["weight"] for one in found) == pytest.approx(1 if told else 0)
    assert {one["parties"] for one in found} <= {len({(actor, name) for _, actor, name in told})}


def test_the_columns_of_the_pair_are_those_of_a_file_of_dyads():
    assert PAIR.names == [column.name for column in DYAD_COLUMNS[: len(PAIR)]]
    assert set(LEFT_OUT).isdisjoint(PAIR.names)


def test_an_actor_has_its_name_and_number():
    row = {"engagement_id": "x", "type": "visit"}
    told = [[("visitor", "RUS", None), ("host", "UNKNOWN", "a militia")]]
    (found,) = pairs_of([row], told, load_lexicon())
    assert (found["source_cow"], found["target_cow"], found["target_name"]) == (365, None, "a militia")
    assert found["source_name"].startswith("Russia")
