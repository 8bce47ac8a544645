"""Places on the map lie where the projection puts them, and lines between them are the shortest ways."""

import itertools

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


@given(LON, LAT, LON, LAT)
def test_a_great_circle_joins_its_ends_without_crossing_the_map(lon_a, lat_a, lon_b, lat_b):
    # Between opposite points of the globe no great circle is the shortest way.
    assume(abs(abs(lon_a - lon_b) - 180) + abs(lat_a + lat_b) > 2)
    lines = great_circle((lon_a, lat_a), (lon_b, lat_b))
    for line in lines:
        assert all(abs(a[0] - b[0]) < WIDTH / 2 or min(a[1], b[1]) < 60 or max(a[1], b[1]) > HEIGHT - 60
                   for a, b in itertools.pairwise(line))  # fmt: skip


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
