"""The files next to a photo: which there are, what is on them, and that none is left behind."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from PIL import Image

from practices import version
from practices.models import Photo
from practices.photo_sizes import Focus, Size, card_area, card_sizes, whole_sizes
from practices.photos import reencode
from tests.factories import PhotoFactory, PracticeFactory
from tests.practices.test_photos import about, encoded, upload

RED, GREEN, BLUE = (220, 20, 20), (20, 200, 20), (20, 20, 220)
MIDDLE = Focus(50, 50)


def striped(width=1500, height=1000):
    """Red, green and blue from left to right."""
    image = Image.new("RGB", (width, height), GREEN)
    image.paste(RED, (0, 0, width // 3, height))
    image.paste(BLUE, (width * 2 // 3, 0, width, height))
    return ContentFile(encoded(image), "strepen.jpg")


def a_photo(image=None, **fields):
    return PhotoFactory(image=image or striped(), **fields)


def on_disk(media):
    return sorted(str(path.relative_to(media)) for path in media.rglob("*.jpg"))


def size_of(media, name):
    with Image.open(media / name) as image:
        return image.size


def colour(media, name):
    with Image.open(media / name) as image:
        return image.getpixel((image.width // 2, image.height // 2))


# --- pure -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1600, 1200, [("a-480.jpg", 480, 360), ("a-960.jpg", 960, 720), ("a.jpg", 1600, 1200)]),
        (900, 1600, [("a-480.jpg", 480, 853), ("a.jpg", 900, 1600)]),
        (480, 20, [("a.jpg", 480, 20)]),
        (1600, 1, [("a-480.jpg", 480, 1), ("a-960.jpg", 960, 1), ("a.jpg", 1600, 1)]),
    ],
    ids=["lying", "standing", "just as wide", "a line"],
)
def test_whole_sizes_are_never_wider_than_the_photo(width, height, expected):
    assert whole_sizes("a.jpg", width, height) == [Size(*size) for size in expected]


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1600, 1200, [("a-kaart-50-50-320.jpg", 320, 213), ("a-kaart-50-50-640.jpg", 640, 427)]),
        (1600, 300, [("a-kaart-50-50-320.jpg", 320, 213)]),
        (40, 30, [("a-kaart-50-50-40.jpg", 40, 27)]),
    ],
)
def test_card_sizes_are_never_wider_than_what_is_cut(width, height, expected):
    assert card_sizes("a.jpg", width, height, MIDDLE) == [Size(*size) for size in expected]


@pytest.mark.parametrize(
    ("focus", "expected"),
    [
        (Focus(0, 0), (0, 0, 600, 400)),
        (MIDDLE, (200, 0, 800, 400)),
        (Focus(100, 100), (400, 0, 1000, 400)),
    ],
)
def test_card_area_keeps_the_focus_in_sight_and_stays_inside(focus, expected):
    assert tuple(card_area(1000, 400, focus)) == expected


# --- saving ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_saving_stores_the_size_and_every_file_that_a_page_names(media):
    photo = a_photo()

    assert (photo.width, photo.height) == (1500, 1000)
    assert on_disk(media) == sorted(photo.files())
    assert len(photo.files()) == 5
    for size in (*photo.sizes, *photo.card_sizes):
        assert size_of(media, size.name) == (size.width, size.height)


@pytest.mark.django_db
@pytest.mark.parametrize(("focus_x", "expected"), [(0, RED), (50, GREEN), (100, BLUE)])
def test_card_shows_the_part_around_the_focus(media, focus_x, expected):
    photo = a_photo(striped(1500, 300), focus_x=focus_x)

    assert about(colour(media, photo.card_sizes[0].name), expected)


@pytest.mark.django_db
def test_another_focus_makes_new_cuts_and_takes_the_old_ones_away(
    media, django_capture_on_commit_callbacks
):
    a_photo(striped(1500, 300))
    photo = Photo.objects.get()
    before = on_disk(media)

    with django_capture_on_commit_callbacks(execute=True):
        photo.focus_x = 100
        photo.save()
        assert set(before) < set(on_disk(media))  # Until it is certain, both are there.

    assert on_disk(media) == sorted(photo.files())
    assert about(colour(media, photo.card_sizes[0].name), BLUE)
    assert set(before) & set(on_disk(media)) == {size.name for size in photo.sizes}


@pytest.mark.django_db
def test_another_picture_takes_the_old_files_away(media, django_capture_on_commit_callbacks):
    a_photo()
    photo = Photo.objects.get()
    before = on_disk(media)

    with django_capture_on_commit_callbacks(execute=True):
        photo.image = reencode(upload(encoded(Image.new("RGB", (800, 600)))))
        photo.save(update_fields=["image"])

    stored = Photo.objects.get()
    assert (stored.width, stored.height) == (800, 600)
    assert on_disk(media) == sorted(stored.files())
    assert set(before) & set(on_disk(media)) == set()


@pytest.mark.django_db
def test_saving_something_else_touches_no_file(media, django_capture_on_commit_callbacks):
    a_photo()
    before = {path: path.stat().st_mtime_ns for path in media.rglob("*.jpg")}

    with django_capture_on_commit_callbacks() as waiting:
        photo = Photo.objects.get()
        photo.alt = "Een andere beschrijving"
        photo.save()
        Photo.objects.defer("image").get().save(update_fields=["alt"])

    assert {path: path.stat().st_mtime_ns for path in media.rglob("*.jpg")} == before
    assert waiting == []


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["photo", "practice", "queryset"])
def test_deleting_takes_the_files_away_once_it_is_certain(
    what, media, django_capture_on_commit_callbacks
):
    photo, kept = a_photo(), a_photo()
    doomed = {
        "photo": photo,
        "practice": photo.practice,
        "queryset": Photo.objects.filter(pk=photo.pk),
    }[what]

    with django_capture_on_commit_callbacks(execute=True):
        doomed.delete()
        assert set(photo.files()) < set(on_disk(media))

    assert on_disk(media) == sorted(kept.files())


# --- existing photos ------------------------------------------------------------------


def run():
    out = StringIO()
    call_command("make_photo_sizes", stdout=out)
    return out.getvalue().strip()


@pytest.mark.django_db
def test_command_makes_what_is_missing_and_nothing_else(media):
    old, complete = a_photo(), a_photo()
    for name in old.files()[1:3]:
        (media / name).unlink()
    Photo.objects.filter(pk=old.pk).update(width=None, height=None)
    missing = set(old.files()) - set(on_disk(media))
    assert missing != set()
    before = version.current()

    assert run() == f"Bestanden gemaakt: {len(missing)}."
    assert version.current() != before
    assert on_disk(media) == sorted([*old.files(), *complete.files()])
    old.refresh_from_db()
    assert (old.width, old.height) == (1500, 1000)
    assert run() == "Bestanden gemaakt: 0."


@pytest.mark.django_db
def test_command_goes_on_after_a_file_that_is_gone_and_names_it(media):
    gone, other = a_photo(), a_photo()
    for name in (*gone.files(), other.card_sizes[0].name):
        (media / name).unlink()

    with pytest.raises(CommandError) as told:
        run()

    assert str(told.value) == f"Niet te lezen: {gone.image.name} (FileNotFoundError)."
    assert on_disk(media) == sorted(other.files())


# --- on the page ----------------------------------------------------------------------


@pytest.mark.django_db
def test_page_offers_every_width_and_keeps_room_for_the_photo(client):
    practice = PracticeFactory()
    photo = a_photo(practice=practice, alt="Twee mensen bij een werkbank", maker="Jo Smit")

    text = client.get(practice.get_absolute_url()).content.decode()

    stem = photo.image.url.removesuffix(".jpg")
    assert (
        f'<img src="{stem}.jpg" alt="Twee mensen bij een werkbank" width="1500" height="1000" '
        f'srcset="{stem}-480.jpg 480w, {stem}-960.jpg 960w, {stem}.jpg 1500w"'
    ) in text
    assert 'loading="lazy" decoding="async"' in text
    assert "Foto: Jo Smit (CC BY 4.0)" in text


@pytest.mark.django_db
def test_page_shows_a_photo_of_before_without_promising_files(client):
    practice = PracticeFactory()
    photo = a_photo(practice=practice)
    Photo.objects.update(width=None)

    text = client.get(practice.get_absolute_url()).content.decode()

    assert f'src="{photo.image.url}"' in text
    assert "-480.jpg" not in text


@pytest.mark.django_db
def test_every_file_of_a_photo_is_served(client):
    photo = a_photo()

    for name in photo.files():
        response = client.get(reverse("media", args=[name]))
        assert (name, response.status_code) == (name, 200)
        response.close()


@pytest.mark.django_db
def test_photo_of_a_concept_is_named_nowhere_that_visitors_come(client):
    """Its name cannot be guessed (a random number of 122 bits); so nothing may tell it."""
    image = reencode(upload(encoded(Image.new("RGB", (900, 600)))))
    practice = PracticeFactory()
    photo = PhotoFactory(practice=practice, image=image)
    stem = photo.image.name.removeprefix("praktijken/").removesuffix(".jpg")
    pages = (
        practice.get_absolute_url(), "/", "/praktijken/", "/praktijken.csv", "/sitemap.xml",
        "/praktijken.geojson", "/kaart/", "/media/praktijken/",
    )  # fmt: skip

    def told():
        answers = [client.get(page) for page in pages]
        return any(stem.encode() in answer.getvalue() for answer in answers)

    assert len(stem) == 32
    assert told()
    practice.state = "concept"
    practice.save()
    assert not told()


@pytest.mark.django_db
def test_card_in_the_list_shows_the_first_photo_cut_around_its_focus(client):
    practice = PracticeFactory()
    a_photo(practice=practice, position=2)
    first = a_photo(practice=practice, position=1, focus_x=10, alt="Een bank")
    PracticeFactory(title="Zonder foto")

    text = client.get("/praktijken/").content.decode()

    stem = f"{first.image.url.removesuffix('.jpg')}-kaart-10-50"
    assert f'src="{stem}-640.jpg" srcset="{stem}-320.jpg 320w, {stem}-640.jpg 640w"' in text
    assert 'width="640" height="427" alt="Een bank"' in text
    assert text.count("card__photo") == 1


@pytest.mark.django_db
def test_card_shows_no_photo_that_was_never_cut(client):
    a_photo(practice=PracticeFactory())
    Photo.objects.update(width=None)

    assert "card__photo" not in client.get("/praktijken/").content.decode()
