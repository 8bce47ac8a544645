"""Who takes part is told in the order of the text, and of an engagement in the role that most reports give."""

from communique.records import Document
from communique.store.query import Filters
from communique.store.taking_part import agreed, parties
from communique.text import content_hash

TEXT = "The ministry said that the army had held talks. RUS visits IND on 2021-01-05. IRN meets SYR on 2021-01-06."


def test_each_report_and_engagement_has_its_parties_with_their_roles(record, add):
    add(Document(id="a", text=TEXT, outlet="One", published="2021-01-07", hash=content_hash(TEXT)))
    views = record.views(everything=True)
    for unit in ("reports", "engagements"):
        rows = views.select(unit, Filters()).to_pylist()
        found = {row["type"]: told for row, told in zip(rows, parties(views, unit, rows), strict=True)}
        assert {kind: {(role, actor) for role, actor, _ in told} for kind, told in found.items()} == {
            "visit": {("visitor", "RUS"), ("host", "IND")}, "meeting": {("party", "IRN"), ("party", "SYR")},
        }  # fmt: skip
        assert parties(views, unit, []) == []


def test_of_several_roles_the_one_told_most_is_kept():
    told = [("visitor", "RUS", None), ("host", "IND", None), ("host", "RUS", None), ("host", "CHN", None)]
    assert agreed(["IND", "RUS", "USA"], told) == [("host", "IND", None), ("visitor", "RUS", None)]
