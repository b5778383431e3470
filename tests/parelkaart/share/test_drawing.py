import pytest

from parelkaart.share.drawing import fitted, font, logo, wrapped

BOX = (400, 120)


def test_text_breaks_between_words_and_inside_one_that_is_too_long():
    lines = wrapped("kort " + "w" * 60 + " kort", 400, font(40))

    assert " ".join(lines).replace("w w", "ww").split() == ["kort", "w" * 60, "kort"]
    assert max(font(40).getlength(line) for line in lines) <= 400


def test_text_takes_the_largest_size_that_fits():
    sizes = [fitted("woord " * n, BOX, (60, 40, 20)).font.size for n in (2, 6, 20)]

    assert sizes == [60, 40, 20]


def test_text_that_never_fits_is_cut_with_dots():
    block = fitted("woord " * 500, BOX, (60, 40))

    assert block.lines[-1].endswith("…")
    assert block.height <= BOX[1]
    assert max(block.font.getlength(line) for line in block.lines) <= BOX[0]


@pytest.mark.parametrize("letter", "éëïöüáèçÉËñŠ’‘“”–—…€½²")
def test_letters_of_dutch_titles_are_drawn(letter):
    absent = bytes(font(40).getmask("\uffff"))

    assert bytes(font(40).getmask(letter)) != absent


def test_logo_has_a_hole_with_a_pearl():
    pin = logo(80, "#000000")

    opacity = [pin.getpixel(point)[3] for point in [(2, 32), (32, 31), (32, 12), (0, 79)]]
    assert opacity == [255, 90, 0, 0]
