"""Intervals are drawn as they are told: in their place, as long as they may be, inferred ones as such, none lost."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from communique.web.timeline import DEEPEST, at, timeline

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))
ROWS = st.lists(
    st.tuples(st.sampled_from(["visit", "meeting"]), st.one_of(st.none(), DAYS), st.integers(0, 900),
              st.sampled_from(["day", "range", "inferred"])),
    max_size=40,
)  # fmt: skip


def row(kind, start, days, precision):
    end = None if start is None else start + dt.timedelta(days=days)
    return {"type": kind, "start": start, "end": end, "precision": precision, "status": "occurred"}


@given(ROWS)
def test_every_row_is_drawn_or_counted(told):
    rows = [row(*one) for one in told]
    line = timeline(rows)
    if line is None:
        assert all(r["start"] is None for r in rows)
        return
    pieces = [piece for lane in line.lanes for piece in lane.pieces]
    assert len(pieces) + line.undated + line.earlier == len(rows)
    assert sum(lane.count for lane in line.lanes) == line.drawn == len(pieces)
    for piece in pieces:
        assert -0.01 <= piece.x <= piece.x + piece.width <= 100.01
        assert piece.inferred == (piece.row["precision"] == "inferred")
        assert piece.cut == (piece.row["start"] < line.first)


@given(ROWS)
def test_events_of_a_lane_lie_over_each_other_only_where_it_is_full(told):
    line = timeline([row(*one) for one in told])
    for lane in line.lanes if line is not None else ():
        depth = {}
        for piece in lane.pieces:
            depth.setdefault(piece.y, []).append(piece)
        if len(depth) < DEEPEST:
            for own in depth.values():
                spans = sorted((p.x, p.x + p.width) for p in own)
                assert all(a[1] <= b[0] + 0.01 for a, b in itertools.pairwise(spans))


def test_a_longer_interval_is_longer():
    first, last = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
    assert at(first, first, last) == 0
    assert at(dt.date(2021, 1, 1), first, last) == 100
    rows = [row("visit", first, 100, "range"), row("visit", first, 200, "range"), row("visit", last, 0, "day")]
    widths = [p.width for p in timeline(rows).lanes[0].pieces]
    assert widths[1] > 1.9 * widths[0]
