"""Of two reports that one document seems to make of one event the less sure one is marked, and links less readily."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.pipeline.link import LinkItem, Party, link_reports
from communique.pipeline.link.doubles import doubles
from communique.pipeline.link.features import build_features
from communique.pipeline.link.score import Scorer

DAY = 737600
VISIT = LinkItem(
    "a",
    0,
    "a",
    "visit",
    parties=(Party("visitor", "IRN"), Party("host", "SYR")),
    start=DAY,
    end=DAY,
    precision="day",
    confidence=0.9,
)


def marked(*items: LinkItem) -> list[int]:
    """The mark of each report."""
    features = build_features(items, {})
    return doubles(features, Scorer(features), 0.0).tolist()


@pytest.mark.parametrize(
    ("first", "second", "marks"),
    [
        ({}, {"confidence": 0.6}, [0, 1]),
        ({"confidence": 0.6}, {}, [1, 0]),
        ({}, {}, [0, 1]),  # of equals the later one
        ({"confidence": None}, {}, [0, 1]),  # accepted by a reviewer
        ({"confidence": None}, {"confidence": None}, [0, 0]),
        ({}, {"confidence": 0.6, "doc_id": "b"}, [0, 0]),
        ({}, {"confidence": 0.6, "type": "meeting"}, [0, 0]),
        ({}, {"confidence": 0.6, "start": DAY + 90, "end": DAY + 90}, [0, 0]),
        ({}, {"confidence": 0.6, "status": "denied"}, [0, 0]),
    ],
)
def test_the_less_sure_of_two_is_the_double(
    first: dict[str, object], second: dict[str, object], marks: list[int]
) -> None:
    """What would link from two documents is a double in one, unless people vouch for it or it is a denial."""
    assert marked(replace(VISIT, **first), replace(VISIT, index=1, **second)) == marks  # type: ignore[arg-type]


def test_a_double_does_not_take_the_place_of_the_surer_report() -> None:
    """Another document's report links to the surer one, though the double alone would have matched it better."""
    named = (Party("visitor", "IRN", "person", "Salim Darvari"), VISIT.parties[1])
    double = replace(VISIT, index=1, report_id="double", confidence=0.5, parties=named, place_country="SYR")
    other = replace(VISIT, doc_id="b", report_id="b", parties=named)
    links = {link.report_id: link for link in link_reports([VISIT, double, other], {})}
    assert links["b"].engagement_id == links["a"].engagement_id != links["double"].engagement_id
    assert "double one -2.5" in [str(reason) for reason in links["double"].why]
    alone = link_reports([double, other], {}).engagement_of()
    assert alone["b"] == alone["double"]
