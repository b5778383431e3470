from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from municipalities.point_picker import DegreesField, DegreesInput, PointPickerInput, picker_config


@pytest.fixture
def degrees():
    return DegreesField(max_digits=8, decimal_places=5, required=False)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("50,88365", "50.88365"),
        (" 50.88365 ", "50.88365"),
        ("50.883654321987", "50.88365"),
        ("5,9", "5.90000"),
        ("-0,0000049", "0"),
    ],
)
def test_degrees_take_a_comma_or_a_point_and_are_rounded(typed, stored, degrees):
    assert degrees.clean(typed) == Decimal(stored)


@pytest.mark.parametrize("typed", ["", "  ", None])
def test_degrees_may_be_left_empty(typed, degrees):
    assert degrees.clean(typed) is None


@pytest.mark.parametrize(
    "typed", ["vijftig", "50,883,65", "NaN", "Infinity", "1e400", "999999999999,5", "50;5"]
)
def test_degrees_refuse_what_is_no_number(typed, degrees):
    with pytest.raises(ValidationError):
        degrees.clean(typed)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Decimal("50.88365"), "50,88365"), ("50,8", "50,8"), (None, None), ("", None)],
)
def test_degrees_are_shown_with_a_comma(value, shown):
    assert DegreesInput().format_value(value) == shown


def test_picker_names_both_fields_also_in_a_row_of_a_form():
    names = [(picker_config(name)["lat"], name) for name in ("lon", "places-0-lon")]

    assert names == [("lat", "lon"), ("places-0-lat", "places-0-lon")]


def test_picker_without_tiles_asks_no_other_host(settings):
    settings.MAP_TILES_URL = ""

    assert picker_config("lon")["tiles"] is None


def test_picker_escapes_its_settings(settings):
    settings.MAP_TILES_ATTRIBUTION = '"><script>alert(1)</script>'

    html = PointPickerInput().render("lon", None, {"id": "id_lon"})

    assert "<script>" not in html
    assert "&lt;script&gt;" in html
