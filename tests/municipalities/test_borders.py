from datetime import date

import pytest

from municipalities import borders
from municipalities.borders import beside, drawn
from municipalities.gazetteer import Gazetteer
from municipalities.models import Municipality
from municipalities.neighbours import locator, neighbours
from practices import version
from tests.factories import MunicipalityFactory, RegionFactory

NO_BORDERS = borders.Borders({}, {})


def square(west, south, size=0.1):
    """With corners that a neighbour shares exactly."""
    east, north = round(west + size, 4), round(south + size, 4)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def test_beside_are_those_with_a_side_in_common_not_a_corner():
    found = beside(
        [
            (1, square(5.9, 50.9)),
            (2, square(6.0, 50.9)),  # east of it
            (3, square(6.0, 51.0)),  # touches the corner
            (4, square(6.5, 51.5)),  # far away
        ]
    )

    assert found == {
        1: frozenset({2}),
        2: frozenset({1, 3}),
        3: frozenset({2}),
        4: frozenset(),
    }


def test_shape_is_a_closed_path_of_steps():
    shape = borders._shape(square(5.9, 50.9))
    west, south = drawn(50.9, 5.9)
    east, north = drawn(51.0, 6.0)

    width, height = east - west, south - north
    assert shape.path == f"M{west} {south}l{width} 0 0 {-height} {-width} 0z"
    assert (shape.west, shape.north, shape.east, shape.south) == (west, north, east, south)


def test_drawing_has_north_on_top_and_east_on_the_right():
    maastricht, venlo = drawn(50.85, 5.69), drawn(51.37, 6.17)

    assert venlo[0] > maastricht[0]
    assert venlo[1] < maastricht[1]


# --- neighbours -----------------------------------------------------------------------


@pytest.fixture
def province(db):
    return RegionFactory()


def place(name, province, lat=None, lon=None, boundary=None):
    return MunicipalityFactory(
        name=name, region=province, province=province, lat=lat, lon=lon, boundary=boundary
    )


def names(found):
    return [municipality.name for municipality in found.municipalities]


def test_neighbours_by_border_are_in_alphabetical_order(province):
    here = place("Hier", province, boundary=square(5.9, 50.9))
    place("Zuid", province, boundary=square(5.9, 50.8))
    place("Oost", province, boundary=square(6.0, 50.9))
    place("Ver", province, boundary=square(6.5, 51.5))

    found = neighbours(here.pk, Gazetteer(), borders.borders(version.current()))

    assert (names(found), found.by_border) == (["Oost", "Zuid"], True)


def test_neighbours_without_borders_are_the_nearest_town_halls(province):
    here = place("Hier", province, 50.9, 5.9)
    for number in range(7):
        place(f"Op {number}", province, 50.9 + number / 10 + 0.01, 5.9)
    place("Onbekend", province)

    found = neighbours(here.pk, Gazetteer(), NO_BORDERS)

    assert names(found) == ["Op 0", "Op 1", "Op 2", "Op 3", "Op 4"]
    assert not found.by_border


def test_a_degree_east_is_shorter_than_a_degree_north(province):
    here = place("Hier", province, 51.0, 5.9)
    place("Noord", province, 51.11, 5.9)
    place("Oost", province, 51.0, 6.05)

    assert names(neighbours(here.pk, Gazetteer(), NO_BORDERS)) == ["Oost", "Noord"]


def test_nothing_is_near_a_place_that_is_nowhere(province):
    here = place("Hier", province)
    place("Daar", province, 51.0, 5.9)

    assert names(neighbours(here.pk, Gazetteer(), NO_BORDERS)) == []


def test_merged_municipality_is_nobodys_neighbour(province):
    here = place("Hier", province, boundary=square(5.9, 50.9))
    today = place("Nu", province, 51.5, 6.0)
    MunicipalityFactory(
        name="Vroeger",
        region=province,
        province=province,
        boundary=square(6.0, 50.9),
        successor=today,
        valid_to=date(2019, 1, 1),
    )

    found = neighbours(here.pk, Gazetteer(), borders.borders(version.current()))

    assert names(found) == []


def test_borders_are_read_once_for_each_version(province, django_assert_num_queries):
    here = place("Hier", province, boundary=square(5.9, 50.9))
    token = version.current()

    with django_assert_num_queries(1):
        assert set(borders.borders(token).shapes) == {here.pk}
    with django_assert_num_queries(0):
        borders.borders(token)

    Municipality.objects.update(boundary=None)
    version.bump()
    assert borders.borders(version.current()).shapes == {}


# --- the little map ---------------------------------------------------------------------


def test_locator_shows_the_province_with_the_place_apart(province):
    here = place("Hier", province, 50.95, 5.95, boundary=square(5.9, 50.9))
    place("Daar", province, boundary=square(6.0, 50.9))
    place("Elders", RegionFactory(), boundary=square(6.5, 51.5))
    known = borders.borders(version.current())

    found = locator(here, Gazetteer(), known)

    assert (found.here, len(found.others), found.dots) == (known.shapes[here.pk].path, 1, [])
    assert found.seat == drawn(50.95, 5.95)
    west, north, width, height = map(int, found.view_box.split())
    for shape in (known.shapes[here.pk],):
        assert west < shape.west < shape.east < west + width
        assert north < shape.north < shape.south < north + height


def test_locator_without_borders_has_dots(province):
    here = place("Hier", province, 50.9, 5.9)
    place("Daar", province, 51.0, 6.0)

    found = locator(here, Gazetteer(), NO_BORDERS)

    assert (found.here, found.others) == ("", [])
    assert (found.seat, found.dots) == (drawn(50.9, 5.9), [drawn(51.0, 6.0)])


def test_merged_municipality_lies_in_the_one_of_today(province):
    today = place("Nu", province, boundary=square(5.9, 50.9))
    old = place("Vroeger", province, 50.95, 5.95)
    old.successor, old.valid_to = today, date(2019, 1, 1)
    old.save()
    known = borders.borders(version.current())

    found = locator(old, Gazetteer(), known)

    assert (found.here, found.seat) == (known.shapes[today.pk].path, drawn(50.95, 5.95))


def test_place_that_is_nowhere_has_no_locator(province):
    assert locator(place("Hier", province), Gazetteer(), NO_BORDERS) is None
