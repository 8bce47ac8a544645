"""Places on the map lie where the projection puts them, and lines between them are the shortest ways."""

import itertools
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from communique.web.basemap import world
from communique.web.basemap_building import cut, runs
from communique.web.projection import HEIGHT, WIDTH, great_circle, project, raw

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


@given(LON, LAT)
def test_every_place_is_on_the_map(lon, lat):
    x, y = project(lon, lat)
    assert -0.1 <= x <= WIDTH + 0.1
    assert -0.1 <= y <= HEIGHT + 0.1


@given(LON, LAT)
def test_the_map_is_symmetric(lon, lat):
    x, y = raw(lon, lat)
    assert raw(-lon, -lat) == pytest.approx((-x, -y), abs=1e-9)


def test_equal_areas_are_equal():
    """Two cells of the same area on the sphere have the same area on the map, within half a percent."""
    import math

    def area(south, north):
        steps = [south + (north - south) * i / 400 for i in range(401)]
        points = [raw(10, lat) for lat in steps] + [raw(0, lat) for lat in reversed(steps)]
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))) / 2

    def sphere(south, north):
        return math.radians(10) * (math.sin(math.radians(north)) - math.sin(math.radians(south)))

    for south, north in ((0, 10), (40, 50), (70, 80)):
        assert area(south, north) / sphere(south, north) == pytest.approx(area(-5, 5) / sphere(-5, 5), rel=5e-3)


@given(st.floats(-179, 179), LAT, st.floats(-179, 179), LAT)
def test_a_great_circle_joins_its_ends_and_leaves_the_map_only_at_its_edge(lon_a, lat_a, lon_b, lat_b):
    """No step is longer than 16 units of 1000; where a line ends before its goal, it does so on the outline."""
    # Between opposite points of the globe no great circle is the shortest way; the ends of some lie by a pole.
    assume(abs(abs(lon_a - lon_b) - 180) + abs(lat_a + lat_b) > 2 and max(abs(lat_a), abs(lat_b)) < 84)
    lines = great_circle((lon_a, lat_a), (lon_b, lat_b))
    assume(lines)  # both ends are one place
    assert math.dist(lines[0][0], project(lon_a, lat_a)) < 0.15  # places are rounded to a tenth
    assert math.dist(lines[-1][-1], project(lon_b, lat_b)) < 0.15
    assert all(math.dist(a, b) < 16 for line in lines for a, b in itertools.pairwise(line))
    for place in [line[-1] for line in lines[:-1]] + [line[0] for line in lines[1:]]:
        assert on_the_outline(place), place


def on_the_outline(place):
    """Whether a place lies on the upper or lower edge, or where the 180th meridian is at its height."""
    if min(place[1], HEIGHT - place[1]) < 0.11:
        return True
    return any(math.dist(place, project(side, lat / 8)) < 0.6 for side in (-180, 180) for lat in range(-720, 721))


@pytest.mark.parametrize(
    ("start", "end", "lines", "edges"),
    [
        ((0, 50), (40, 50), 1, ""),  # within Europe
        ((140, 35), (-120, 40), 2, "sides"),  # across the Pacific
        ((-98, 39), (79, 22), 2, "poles"),  # over the north pole
        ((-70, -30), (115, -31), 2, "poles"),  # over the south pole
        ((-98, 39), (105, 35), 2, "sides"),  # across the Bering Strait, well below 85 degrees
        ((30, 60), (-30, 75), 1, ""),
    ],
)
def test_lines_leave_the_map_where_the_shortest_way_does(start, end, lines, edges):
    found = great_circle(start, end)
    inner = [line[-1] for line in found[:-1]] + [line[0] for line in found[1:]]
    told = {"poles" if min(y, HEIGHT - y) < 0.11 else "sides" for _, y in inner}
    assert (len(found), "".join(told)) == (lines, edges)


def test_rings_are_cut_at_the_180th_meridian():
    ring = [(170.0, 10.0), (179.0, 10.0), (-179.0, 10.0), (-179.0, 20.0), (179.0, 20.0), (170.0, 20.0), (170.0, 10.0)]
    assert [sorted({p[0] for p in part}) for part in cut(ring)] == [[170.0, 179.0], [-179.0]]
    assert runs([(1.0, 1.0), (2.0, 2.0)]) == [[(1.0, 1.0), (2.0, 2.0)]]


def test_no_land_or_border_runs_across_the_map():
    for name in ("land", "borders"):
        for line in world()[name].replace("Z", "").split("M")[1:]:
            points = [tuple(map(float, p.split(","))) for p in line.split("L")]
            inner = [(a, b) for a, b in itertools.pairwise(points) if max(a[1], b[1]) < HEIGHT - 20]
            assert all(abs(a[0] - b[0]) < 120 for a, b in inner)
