import pytest

from practices.bbox import EXAMPLE, BoundingBox, BoundingBoxError, parse_bbox


def test_bbox_is_west_south_east_north():
    assert parse_bbox("5.5, 50.7,6.3,51.8") == BoundingBox(5.5, 50.7, 6.3, 51.8)


def test_bbox_that_is_not_given_is_none():
    assert parse_bbox(None) is None


def test_bbox_may_be_the_whole_world():
    assert parse_bbox("-180,-90,180,90") == BoundingBox(-180, -90, 180, 90)


FOUR_NUMBERS = f"bbox heeft vier getallen nodig, met komma's ertussen. {EXAMPLE}"
OUTSIDE = (
    "bbox ligt buiten de wereld: lengte gaat van -180 tot 180 graden, breedte van -90 tot 90. "
    + EXAMPLE
)
ORDER = f"In bbox moet west kleiner zijn dan oost, en zuid kleiner dan noord. {EXAMPLE}"
TURNED = f"In bbox zijn lengte en breedte verwisseld. {EXAMPLE}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", FOUR_NUMBERS),
        ("hier", FOUR_NUMBERS),
        ("5.5,50.7,6.3", FOUR_NUMBERS),
        ("5.5,50.7,6.3,51.8,9", FOUR_NUMBERS),
        ("5.5,50.7,6.3,nan", FOUR_NUMBERS),
        ("5.5,50.7,6.3,inf", FOUR_NUMBERS),
        ("1" * 10_000, FOUR_NUMBERS),
        ("5.5,50.7\x00,6.3,51.8", FOUR_NUMBERS),
        ("5.5,50.7,181,51.8", OUTSIDE),
        ("5.5,-91,6.3,51.8", OUTSIDE),
        ("190000,320000,210000,360000", OUTSIDE),
        ("6.3,50.7,5.5,51.8", ORDER),
        ("5.5,51.8,6.3,50.7", ORDER),
        ("5.5,50.7,5.5,51.8", ORDER),
        ("50.7,5.5,51.8,6.3", TURNED),
    ],
)
def test_bbox_that_makes_no_sense_says_what_is_wrong(text, message):
    with pytest.raises(BoundingBoxError) as error:
        parse_bbox(text)

    assert str(error.value) == message
