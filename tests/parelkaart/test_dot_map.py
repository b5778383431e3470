import pytest

from parelkaart.dot_map import HEIGHT, LARGEST, MARGIN, SMALLEST, Dot, dot_map


def test_north_is_up_and_east_is_right():
    picture = dot_map([(51.5, 5.8, 0), (50.8, 6.0, 0)])

    north, south = picture.dots
    assert (north.x, north.y) == (MARGIN, MARGIN)
    assert (south.x, south.y) == (picture.width - MARGIN, HEIGHT - MARGIN)


def test_surface_of_a_dot_follows_the_count():
    picture = dot_map([(51, 5.8, 0), (51.2, 5.8, 1), (51.4, 5.8, 4)])

    half_way = round(SMALLEST + (LARGEST - SMALLEST) / 2)
    assert [dot.radius for dot in picture.dots] == [SMALLEST, half_way, LARGEST]
    assert [dot.is_empty for dot in picture.dots] == [True, False, False]


def test_place_without_coordinates_is_left_out():
    picture = dot_map([(None, None, 3), (51, 6, 1)])

    assert picture.dots == [Dot(MARGIN, MARGIN, LARGEST, False)]


@pytest.mark.parametrize("places", [[], [(None, None, 2)]])
def test_no_places_give_no_picture(places):
    assert dot_map(places) is None
