import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile, ImageOps, PngImagePlugin

from practices import photos
from practices.photos import NOT_A_PHOTO, TOO_HEAVY, TOO_LARGE, reencode
from tests.admin_forms import change_url, opened, save, with_row
from tests.factories import PracticeFactory

RED, GREEN, BLUE = (220, 20, 20), (20, 200, 20), (20, 20, 220)
ORIENTATION, MAKE, RESOLUTION, GPS = 0x0112, 0x010F, 0x011A, 0x8825


def upload(content, name="foto.jpg"):
    return SimpleUploadedFile(name, content)


def encoded(image, kind="JPEG", **options):
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def picture(size=(60, 40), colour=RED):
    return Image.new("RGB", size, colour)


def stored(content, name="foto.jpg"):
    return Image.open(BytesIO(reencode(upload(content, name)).read()))


def about(colour, other):
    return all(abs(a - b) < 25 for a, b in zip(colour, other, strict=True))


def png_that_says_it_is(width, height):
    """A PNG of a few bytes whose header promises any number of pixels."""

    def chunk(kind, data):
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_reencode_makes_a_jpeg_of_each_format(kind):
    image = stored(encoded(picture(), kind))

    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (60, 40))


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_reencode_takes_other_colour_modes(mode):
    assert stored(encoded(picture().convert(mode))).mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "P", "LA", "I;16"])
def test_reencode_takes_other_colour_modes_of_png(mode):
    assert stored(encoded(Image.new(mode, (8, 8)), "PNG")).mode == "RGB"


def test_reencode_gives_a_name_of_its_own():
    names = [reencode(upload(encoded(picture()), "../../etc/passwd.php")).name for _ in range(2)]

    assert names[0] != names[1]
    for name in names:
        stem, _, ending = name.partition(".")
        assert (len(stem), ending) == (32, "jpg")
        assert set(stem) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xff\xd8\xff\xe0" + b"\x00" * 50,
        b"\x89PNG\r\n\x1a\n" + b"<script>alert(1)</script>",
        b"%PDF-1.7\n",
        b"MZ" + b"\x00" * 100,
    ],
    ids=["empty", "html", "svg", "jpeg start only", "png start only", "pdf", "program"],
)
def test_reencode_refuses_what_is_no_photo_whatever_its_name(content):
    with pytest.raises(ValidationError) as caught:
        reencode(upload(content, "vakantie.jpg"))

    assert caught.value.messages == [NOT_A_PHOTO]


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_reencode_refuses_other_picture_formats(kind):
    with pytest.raises(ValidationError) as caught:
        reencode(upload(encoded(picture((16, 16)), kind), "foto.jpg"))

    assert caught.value.messages == [NOT_A_PHOTO]


@pytest.mark.parametrize("others_want_it", [False, True])
def test_reencode_refuses_a_photo_that_is_cut_off(others_want_it, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", others_want_it)
    whole = encoded(Image.effect_noise((400, 400), 80))

    with pytest.raises(ValidationError) as caught:
        reencode(upload(whole[: len(whole) // 2]))

    assert caught.value.messages == [NOT_A_PHOTO]


def test_reencode_drops_html_behind_the_picture():
    content = encoded(picture()) + b"<script>alert(1)</script>"

    assert b"script" not in reencode(upload(content)).read()


def test_reencode_refuses_a_file_that_is_too_heavy(monkeypatch):
    content = encoded(picture())
    monkeypatch.setattr(photos, "MAX_BYTES", len(content))
    assert stored(content).size == (60, 40)

    with pytest.raises(ValidationError) as caught:
        reencode(upload(content + b"\x00"))

    assert caught.value.messages == [TOO_HEAVY]


@pytest.mark.parametrize(
    ("width", "height"),
    [(8_000, 5_001), (10_000, 10_000), (60_000, 60_000), (2_000_000_000, 1)],
    ids=["just over", "where Pillow warns", "where Pillow stops", "one line"],
)
def test_reencode_refuses_a_pixel_bomb_before_decoding_it(width, height):
    content = png_that_says_it_is(width, height)
    assert len(content) < 200

    with pytest.raises(ValidationError) as caught:
        reencode(upload(content, "bom.png"))

    assert caught.value.messages == [TOO_LARGE]


def test_reencode_takes_the_largest_size_allowed(monkeypatch):
    monkeypatch.setattr(photos, "MAX_PIXELS", 60 * 40)

    assert stored(encoded(picture())).size == (60, 40)


def test_reencode_scales_down_and_keeps_the_proportions():
    assert stored(encoded(picture((3200, 1000)))).size == (1600, 500)


def test_reencode_never_scales_up():
    assert stored(encoded(picture((10, 6)))).size == (10, 6)


def test_reencode_strips_place_camera_and_comments():
    exif = Image.Exif()
    exif[MAKE] = "Kamera van Jan"
    exif.get_ifd(GPS)[2] = (50.0, 53.0, 1.0)
    content = encoded(picture(), exif=exif, comment=b"thuis bij Jan", icc_profile=b"profiel" * 30)
    for secret in (b"Kamera van Jan", b"thuis bij Jan", b"profielprofiel"):
        assert secret in content
    assert dict(Image.open(BytesIO(content)).getexif().get_ifd(GPS))

    new = reencode(upload(content)).read()

    for secret in (b"Kamera van Jan", b"thuis bij Jan", b"profielprofiel", b"Exif"):
        assert secret not in new
    image = Image.open(BytesIO(new))
    assert dict(image.getexif()) == {}
    assert set(image.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_reencode_strips_the_texts_of_a_png():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Jan Jansen")
    content = encoded(picture(), "PNG", pnginfo=texts)
    assert b"Jan Jansen" in content

    assert b"Jan Jansen" not in reencode(upload(content, "foto.png")).read()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_reencode_turns_the_picture_upright(orientation):
    image = picture((60, 40))
    image.paste(BLUE, (0, 0, 30, 20))
    image.paste(GREEN, (30, 0, 60, 20))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    content = encoded(image, exif=exif, quality=95)

    upright = stored(content)

    expected = ImageOps.exif_transpose(Image.open(BytesIO(content)))
    assert upright.size == expected.size == ((60, 40) if orientation < 5 else (40, 60))
    width, height = expected.size
    corners = [(5, 5), (width - 5, 5), (5, height - 5), (width - 5, height - 5)]
    for corner in corners:
        assert about(upright.getpixel(corner), expected.getpixel(corner))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_reencode_takes_a_photo_with_damaged_metadata():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[RESOLUTION] = 72.0
    whole = encoded(picture(), exif=exif)
    # The resolution says that it is a text (2) instead of a fraction (5).
    damaged = whole
    for order in "<>":
        tag = struct.Struct(f"{order}HH")
        damaged = damaged.replace(tag.pack(RESOLUTION, 5), tag.pack(RESOLUTION, 2))
    assert damaged != whole
    with pytest.raises(TypeError):
        ImageOps.exif_transpose(Image.open(BytesIO(damaged)))  # what an editor ran into

    assert stored(damaged).size == (40, 60)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_reencode_lays_transparency_on_white(mode):
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    image.paste((*GREEN, 255), (0, 0, 10, 20))
    options = {"transparency": 0} if mode == "P" else {}
    if mode == "P":
        image = Image.new("P", (20, 20), 0)
        image.putpalette([0, 0, 0, *GREEN])
        image.paste(1, (0, 0, 10, 20))
    else:
        image = image.convert(mode)

    result = stored(encoded(image, "PNG", **options))

    assert about(result.getpixel((16, 10)), (255, 255, 255))
    assert not about(result.getpixel((4, 10)), (255, 255, 255))


def _samples():
    noise = Image.effect_noise((24, 24), 60).convert("RGB")
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKE] = "Kamera"
    return [encoded(noise, kind, exif=exif) for kind in photos.FORMATS]


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(derandomize=True, deadline=None, database=None, max_examples=300)
@given(st.sampled_from(_samples()), st.data())
def test_reencode_of_a_damaged_file_gives_a_jpeg_or_a_readable_error(sample, data):
    damaged = bytearray(sample)
    # The first part holds the headers and the metadata: that is where it gets difficult.
    spots = st.tuples(st.integers(0, min(len(sample), 300) - 1), st.integers(0, 255))
    for position, value in data.draw(st.lists(spots, min_size=1, max_size=6)):
        damaged[position] = value

    try:
        outcome = [Image.open(reencode(upload(bytes(damaged)))).format]
    except ValidationError as refused:
        outcome = refused.messages

    assert outcome in (["JPEG"], [NOT_A_PHOTO], [TOO_LARGE])


# --- in the form of an entry ----------------------------------------------------------


def apng():
    frames = [picture((30, 20), colour) for colour in (RED, BLUE)]
    return encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])


def moving_webp():
    frames = [picture((30, 20), colour) for colour in (RED, BLUE)]
    return encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])


@pytest.mark.parametrize("moving", [apng, moving_webp])
def test_reencode_keeps_the_first_picture_of_a_moving_one(moving):
    with Image.open(BytesIO(moving())) as before:
        assert before.n_frames == 2

    still = stored(moving())

    assert getattr(still, "n_frames", 1) == 1
    assert about(still.getpixel((15, 10)), RED)


def test_reencode_makes_a_picture_of_16_bits_as_light_as_it_was():
    assert about(
        stored(encoded(Image.new("I;16", (8, 8), 65535), "PNG")).getpixel((4, 4)), (255,) * 3
    )


def polyglot():
    """At the same time a picture and an archive that a program would run."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("index.html", "<script>alert(1)</script>")
    return encoded(picture(), comment=b"/*<script>alert(2)</script>*/") + archive.getvalue()


def test_reencode_leaves_only_the_picture_of_a_polyglot():
    assert zipfile.is_zipfile(BytesIO(polyglot()))

    clean = reencode(upload(polyglot())).read()

    assert not zipfile.is_zipfile(BytesIO(clean))
    assert b"script" not in clean
    assert b"index.html" not in clean


def fifty_megapixels():
    return encoded(Image.new("L", (8_660, 5_774), 120))


def cut_off():
    whole = encoded(Image.effect_noise((400, 400), 80))
    return whole[: len(whole) // 2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        ("groot.jpg", fifty_megapixels, TOO_LARGE),
        ("bom.png", lambda: png_that_says_it_is(60_000, 60_000), TOO_LARGE),
        ("foto.jpg", lambda: b"<!doctype html><script>alert(1)</script>", NOT_A_PHOTO),
        ("logo.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", NOT_A_PHOTO),
        ("logo.jpg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", NOT_A_PHOTO),
        ("half.jpg", cut_off, NOT_A_PHOTO),
        ("zwaar.jpg", lambda: b"\xff\xd8\xff" + bytes(photos.MAX_BYTES), TOO_HEAVY),
        ("plaatje.gif", lambda: encoded(picture(), "GIF"), NOT_A_PHOTO),
    ],
    ids=["50 megapixels", "bomb", "html", "svg", "svg as jpg", "cut off", "heavy", "gif"],
)
def test_editor_is_told_what_is_wrong_with_a_file(superuser_client, media, name, make, message):
    practice = PracticeFactory()
    data = a_row(superuser_client, practice, upload(make(), name))

    assert save(superuser_client, change_url(practice), data) == [message]
    assert not practice.photos.exists()
    assert list(media.rglob("*.*")) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"alt": ""}, "Dit veld is verplicht."),
        ({"focus_x": "101"}, "Kies een punt binnen de foto: 0 tot en met 100."),
        ({"focus_y": "-1"}, "Zorg ervoor dat deze waarde minstens 0 is."),
    ],
)
def test_editor_is_told_what_is_wrong_with_the_rest(superuser_client, changed, message):
    practice = PracticeFactory()
    data = a_row(superuser_client, practice, upload(encoded(picture())), **changed)

    assert save(superuser_client, change_url(practice), data) == [message]
    assert not practice.photos.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("make", [polyglot, apng, moving_webp])
def test_uploaded_photo_is_stored_anew_with_its_focus(superuser_client, make):
    practice = PracticeFactory()
    data = a_row(superuser_client, practice, upload(make(), "x.php.jpg"), focus_x="20")

    assert save(superuser_client, change_url(practice), data) == []

    photo = practice.photos.get()
    assert (photo.focus_x, photo.focus_y) == (20, 50)
    with photo.image.open() as content:
        assert Image.open(content).format == "JPEG"
    assert [photo.image.storage.exists(name) for name in photo.files()] == [True] * len(
        photo.files()
    )


def a_row(client, practice, image, **fields):
    asked = {
        "image": image, "alt": "Een werkplaats", "maker": "Jo Smit", "licence": "CC BY 4.0",
        "focus_x": "50", "focus_y": "50", "position": "0",
    }  # fmt: skip
    return with_row(opened(client, change_url(practice)), "photos", **(asked | fields))
