"""The picker of a focal point, and merging two terms, as an editor uses them."""

from functools import partial

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from practices.models import Photo, Theme
from tests.admin_forms import change_url
from tests.browser.admin_judged import is_judged
from tests.factories import PhotoFactory, PracticeFactory, ThemeFactory, UserFactory
from tests.practices.test_photos import encoded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_admin(open_as):
    return partial(open_as, UserFactory(superuser=True))


def a_picture(width=1200, height=600):
    image = Image.new("RGB", (width, height), (210, 225, 235))
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((0, height * 2 // 3, width, height), fill=(120, 150, 90))
    drawing.ellipse((80, 120, 380, 420), fill=(200, 80, 40))
    return encoded(image)


def values(page):
    return [page.locator(f"#id_photos-0-focus_{axis}").input_value() for axis in "xy"]


def save(page):
    page.get_by_role("button", name="Opslaan", exact=True).first.click()
    page.wait_for_url("**/beheer/practices/practice/")


def test_focus_is_set_by_a_click_and_by_keys(open_admin):
    practice = PracticeFactory()
    PhotoFactory(practice=practice, image=ContentFile(a_picture(), "a.jpg"))
    page = open_admin()
    page.goto(change_url(practice))
    picker = page.get_by_role("button", name="Kies het midden van de foto")
    picker.scroll_into_view_if_needed()
    box = picker.locator("img").bounding_box()

    page.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.4)
    assert values(page) == ["20", "40"]
    picker.press("ArrowRight")
    picker.press("ArrowDown")
    assert values(page) == ["25", "45"]
    assert page.get_by_role("status").filter(has_text="25% van links").count() == 1
    picker.press("Enter")
    assert values(page) == ["25", "45"]
    for _ in range(9):
        picker.press("ArrowLeft")
    assert values(page) == ["0", "45"]

    save(page)
    photo = Photo.objects.get()
    assert (photo.focus_x, photo.focus_y) == (0, 45)
    response = page.goto(photo.card_url)
    assert (response.status, response.headers["content-type"]) == (200, "image/jpeg")


def test_new_photo_is_shown_before_it_is_saved(open_admin, tmp_path):
    (tmp_path / "nieuw.jpg").write_bytes(a_picture())
    (tmp_path / "geen.txt").write_text("geen foto")
    practice = PracticeFactory()
    page = open_admin()
    page.goto(change_url(practice))
    page.get_by_text("Nog een Foto toevoegen").click()
    picker = page.get_by_role("button", name="Kies het midden van de foto")
    assert picker.count() == 0

    page.locator("#id_photos-0-image").set_input_files(tmp_path / "geen.txt")
    page.locator("#id_photos-0-image").set_input_files(tmp_path / "nieuw.jpg")
    picker.wait_for()
    picker.click(position={"x": 5, "y": 5})
    page.locator("#id_photos-0-alt").fill("Een heuvel")
    page.locator("#id_photos-0-maker").fill("Jo Smit")
    page.locator("#id_photos-0-licence").fill("CC BY 4.0")
    save(page)

    photo = Photo.objects.get()
    assert photo.focus_x < 10
    assert (photo.width, photo.height) == (1200, 600)


def test_focus_can_be_typed_without_a_script(open_admin):
    practice = PracticeFactory()
    PhotoFactory(practice=practice, image=ContentFile(a_picture(), "a.jpg"))
    page = open_admin(java_script_enabled=False)
    page.goto(change_url(practice))
    page.locator("#id_photos-0-focus_x").fill("75")
    page.get_by_role("button", name="Opslaan", exact=True).first.click()

    assert Photo.objects.get().focus_x == 75


@pytest.mark.parametrize("width", [1280, 360])
def test_card_and_page_show_the_photo(page, width, open_page):
    practice = PracticeFactory(title="Werkhuis", slug="werkhuis")
    PhotoFactory(practice=practice, image=ContentFile(a_picture(), "a.jpg"))
    page, _ = open_page(viewport={"width": width, "height": 900})

    for url in ("/praktijken/", "/praktijken/werkhuis/"):
        page.goto(url)
        shown = page.locator("main img").first
        shown.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('main img').naturalWidth > 0")
        assert shown.bounding_box()["width"] <= width
        overflow = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert (url, overflow) == (url, False)


def test_terms_are_merged_after_a_look_at_what_happens(open_admin):
    kept = ThemeFactory(name="Werk", slug="werk")
    absorbed = ThemeFactory(name="Baan", slug="baan", definition="Betaald werk.")
    PracticeFactory(title="Werkhuis", themes=[absorbed])
    page = open_admin()
    page.goto(change_url(absorbed))
    page.get_by_role("link", name="Samenvoegen met…").click()
    page.get_by_label("'Baan' gaat op in").select_option(label="Werk")
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    assert "1 praktijk krijgt 'Werk'" in page.locator("#content-main").inner_text()

    page.get_by_role("button", name="Samenvoegen").click()

    assert page.url.endswith(change_url(kept))
    assert "'Baan' is opgegaan in 'Werk'" in page.locator(".messagelist").inner_text()
    assert list(Theme.objects.all()) == [kept]
    page.goto("/praktijken/?thema=baan")
    assert page.url.endswith("/praktijken/?thema=werk")
    assert page.get_by_role("link", name="Werkhuis", exact=True).count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing_but_what_was_judged(width, scheme, open_admin, axe):
    kept, absorbed = ThemeFactory(name="Werk"), ThemeFactory(name="Baan", definition="Uitleg.")
    practice = PracticeFactory(themes=[absorbed], slug="werkhuis")
    PhotoFactory(practice=practice, image=ContentFile(a_picture(), "a.jpg"))
    size = {"width": width, "height": 900}
    page = open_admin(color_scheme=scheme, viewport=size, bypass_csp=True)
    change = change_url(absorbed)
    found = {}
    for url in (
        change,
        change.replace("/change/", "/samenvoegen/"),
        change.replace("/change/", f"/samenvoegen/?met={kept.pk}"),
        change.replace("/change/", f"/samenvoegen/?met={absorbed.pk}"),
        change.replace("/change/", "/delete/"),
        "/praktijken/",
        "/praktijken/werkhuis/",
    ):
        page.goto(url)
        if lines := [line for line in axe(page).violations if not is_judged(line)]:
            found[url] = lines

    assert found == {}
