import pytest

from parelkaart.theme.colours import contrast, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#0a5a6b", "#0a5a6b"),
        ("#FFF", "#ffffff"),
        ("white", "#ffffff"),
        ("rgb(153, 0, 0)", "#990000"),
        ("rgb(100% 0% 0%)", "#ff0000"),
        ("hsl(0 0% 100%)", "#ffffff"),
        ("hsl(210deg, 50%, 40%)", "#336699"),
    ],
)
def test_colour_is_read_in_the_notations_of_themes(text, expected):
    assert parse(text).hex == expected


@pytest.mark.parametrize(
    "text", ["", "#12", "#0a5a6b80", "transparent", "rgb(1, 2)", "rgb(a, b, c)", "inherit"]
)
def test_what_is_no_opaque_colour_is_unknown(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21.0), ("#fff", "#000", 21.0), ("#777", "#fff", 4.48), ("#abc", "#abc", 1.0)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert round(contrast(parse(one), parse(other)), 2) == ratio
