"""Pairs of actors: their directions, their weights, and what is not lost."""

import csv
import io
import json
from collections import defaultdict

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.codebook import load_codebook
from communique.export import DYAD_COLUMNS, dyads_of
from communique.export.dyads import flat_dyads
from communique.export.exporters import EXPORTERS
from communique.lexicon import load_lexicon
from communique.records import Participant, Report

ACTORS = ("CHL", "FJI", "NATO", "TON", "UNKNOWN")


def report(type_name, *parties):
    participants = tuple(Participant(role=r, actor=actor, kind="country", name=name) for r, actor, name in parties)
    return Report(doc_id="d", report_id="r", type=type_name, participants=participants)


@st.composite
def reports(draw):
    event = draw(st.sampled_from(list(load_codebook().types.values())))
    party = st.tuples(st.sampled_from(list(event.roles)), st.sampled_from(ACTORS), st.sampled_from((None, "x", "y")))
    return report(event.name, *draw(st.lists(party, min_size=1, max_size=6)))


@given(reports())
def test_weights_sum_to_one(coded_report):
    """The weights of a report's pairs sum to one, whatever its type and parties."""
    assert sum(dyad.weight for dyad in dyads_of(coded_report)) == pytest.approx(1)


@given(reports())
def test_no_pair_twice(coded_report):
    """No two rows of a report are the same pair, in either order."""
    seen = [
        frozenset((end.actor, end.name if end.actor == "UNKNOWN" else None) for end in (d.source, d.target) if end)
        for d in dyads_of(coded_report)
        if d.pairing != "directed"
    ]
    assert len(seen) == len(set(seen))


@given(reports())
def test_every_actor_appears(coded_report):
    """Every actor of a report is an end of one of its pairs, unless all it could be paired with is itself."""
    ends = {end.actor for d in dyads_of(coded_report) for end in (d.source, d.target) if end}
    missing = {p.actor for p in coded_report.participants} - ends
    sides = defaultdict(set)
    for party in coded_report.participants:
        sides[load_codebook().role_side(coded_report.type, party.role)].add(party.actor)
    assert not missing or missing < (sides["A"] & sides["B"])


@pytest.mark.parametrize(
    ("type_name", "parties", "expected"),
    [
        ("visit", [("host", "FJI"), ("visitor", "CHL")], [("CHL", "FJI", "directed", 1)]),
        ("exercise", [("party", "TON"), ("host", "FJI"), ("party", "CHL")],
         [(*pair, "undirected", 1 / 3) for pair in (("CHL", "FJI"), ("CHL", "TON"), ("FJI", "TON"))]),
        ("deployment", [("deployer", "CHL"), ("deployer", "FJI")], [("CHL", "FJI", "undirected", 1)]),
        ("incident", [("perpetrator", "CHL"), ("perpetrator", "FJI")], [("CHL", "FJI", "undirected", 1)]),
        ("meeting", [("party", "CHL"), ("party", "CHL")], [("CHL", None, "single", 1)]),
        ("appointment", [("appointee", "CHL"), ("body", "CHL")], [("CHL", "CHL", "directed", 1)]),
        ("visit", [("visitor", "CHL"), ("host", "CHL"), ("host", "FJI")], [("CHL", "FJI", "directed", 1)]),
        ("transfer", [("supplier", "CHL"), ("recipient", "FJI"), ("recipient", "TON")],
         [("CHL", "FJI", "directed", 1 / 2), ("CHL", "TON", "directed", 1 / 2)]),
    ],
)  # fmt: skip
def test_pairs(type_name, parties, expected):
    """Who acts is paired with who is acted on, equals with each other, and a lone party stands alone."""
    found = dyads_of(report(type_name, *((role, actor, None) for role, actor in parties)))
    assert [(d.source.actor, d.target and d.target.actor, d.pairing, d.weight) for d in found] == expected


def test_unknown_actors_are_told_apart_by_name():
    """Two unnamed groups are two parties."""
    found = dyads_of(report("meeting", ("party", "UNKNOWN", "twenty states"), ("party", "UNKNOWN", "island armies")))
    assert [(d.source.name, d.target.name) for d in found] == [("island armies", "twenty states")]


def test_no_type_mixes_equal_and_unequal_sides():
    """A type's roles are all parties on equal terms, or none is: the pairing rests on it."""
    for event in load_codebook().types.values():
        sides = {role.side for role in event.roles.values()}
        assert sides == {"P"} or sides <= {"A", "B"}, event.name


def test_columns_of_a_row(coded):
    """A dyad's row carries its report's id, Correlates of War numbers and the weight."""
    rows = [{c.name: c.value(row) for c in DYAD_COLUMNS} for row in flat_dyads(coded)]
    assert [(r["report_id"], r["source"], r["source_cow"], r["target"], r["target_cow"]) for r in rows] == [
        ("r1", "CHL", 155, "FJI", 950),
        ("r1", "CHL", 155, "TON", 955),
        ("r1", "FJI", 950, "TON", 955),
        ("r2", "MNG", 712, "TUR", 640),
        ("r2", "MNG", 712, "UNKNOWN", None),
    ]
    assert {r["parties"] for r in rows} == {3}


FIJI = "code: FJI\nname: Fiji\ncodes: {cow: 42}\nsource: our codebook\nlicence: CC0\nretrieved: 2026-11-26\n"
READ = {
    ".csv": lambda data: list(csv.DictReader(io.StringIO(data.decode()))),
    ".jsonl": lambda data: [json.loads(line) for line in data.splitlines()],
    ".parquet": lambda data: pq.read_table(io.BytesIO(data)).to_pylist(),
}


@pytest.mark.parametrize("exporter", [e for e in EXPORTERS if e.format == "dyads"], ids=lambda e: e.suffix)
def test_numbers_come_from_the_lexicon_that_coded_the_reports(exporter, coded, tmp_path):
    """A state that a user's own rows describe has the number they give, in every form; others have the packaged one."""
    (tmp_path / "states").mkdir()
    (tmp_path / "states" / "FJI.yml").write_text(FIJI, encoding="utf-8")

    def numbers(lexicon):
        sink = io.BytesIO()
        exporter.write(coded, sink, lexicon)
        return [(str(row["source_cow"]), str(row["target_cow"])) for row in READ[exporter.suffix](sink.getvalue())][:3]

    assert numbers(None) == [("155", "950"), ("155", "955"), ("950", "955")]
    assert numbers(load_lexicon(tmp_path)) == [("155", "42"), ("155", "955"), ("42", "955")]
