"""The admin in a browser: the map that sets a point, the selects, the strict policy, axe.

What a page complains about (the Content-Security-Policy too) fails the test by itself.
"""

import pytest

from practices.models import Practice
from tests.admin_forms import add_url, change_url, list_url
from tests.browser.admin_judged import is_judged
from tests.factories import (
    AdoptionFactory,
    ClaimFactory,
    ContactFactory,
    MunicipalityFactory,
    PhotoFactory,
    PracticeFactory,
    RelationFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def practice():
    practice = PracticeFactory(title="Werkhuis", slug="werkhuis")
    practice.municipalities.add(MunicipalityFactory(name="Venray"))
    practice.themes.add(ThemeFactory(name="Zorg"))
    for factory in (AdoptionFactory, ClaimFactory, ContactFactory, PhotoFactory):
        factory(practice=practice)
    RelationFactory(from_practice=practice)
    return practice


@pytest.fixture
def open_admin(open_page, sign_in_as):
    def open_it(**options):
        page, log = open_page(**options)
        sign_in_as(page, UserFactory(superuser=True))
        return page, log

    return open_it


def test_signing_in_leads_to_the_index(page):
    UserFactory(superuser=True, username="redactie", password="Geheim-woord-1")
    page.goto("/beheer/")
    page.get_by_label("Gebruikersnaam of e-mailadres").fill("redactie")
    page.get_by_label("Wachtwoord").fill("Geheim-woord-1")
    page.get_by_role("button", name="Inloggen", exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text() == "Beheer"


def test_click_on_the_map_fills_both_fields_and_is_saved(open_admin, practice):
    page, log = open_admin()
    page.goto(change_url(practice))
    box = page.locator(".point-picker-map")
    box.scroll_into_view_if_needed()
    box.click(position={"x": 200, "y": 150})

    lat, lon = page.locator("#id_lat").input_value(), page.locator("#id_lon").input_value()
    assert (lat[:3], lon[:2], len(lat), len(lon)) == (lat[:2] + ",", "5,", 8, 7)
    assert page.locator(".point-picker-map path").count() == 1

    page.get_by_role("button", name="Opslaan", exact=True).first.click()
    page.wait_for_url("**/beheer/practices/practice/")
    saved = Practice.objects.get(pk=practice.pk)
    assert (str(saved.lat).replace(".", ","), str(saved.lon).replace(".", ",")) == (lat, lon)
    assert log.outside == []


def test_point_on_the_map_follows_what_is_typed(open_admin, practice):
    page, _ = open_admin()
    page.goto(add_url(Practice))
    marker = page.locator(".point-picker-map path")
    assert marker.count() == 0

    page.locator("#id_lat").fill("50,88365")
    assert marker.count() == 0
    page.locator("#id_lon").fill("5.98154")
    assert marker.count() == 1
    page.locator("#id_lon").fill("geen getal")
    assert marker.count() == 0
    page.locator("#id_lon").fill("5,98154")
    page.get_by_role("button", name="Wis punt").click()
    assert marker.count() == 0
    assert page.locator("#id_lat").input_value() == ""


def test_map_works_without_tiles(open_admin, practice, settings):
    settings.MAP_TILES_URL = ""
    page, log = open_admin()
    page.goto(change_url(practice))
    page.locator(".point-picker-map").click(position={"x": 100, "y": 100})

    assert page.locator("#id_lat").input_value() != ""
    assert (log.tiles, log.outside) == ([], [])


def test_point_can_be_typed_without_a_script(open_admin, practice):
    page, _ = open_admin(java_script_enabled=False)
    page.goto(change_url(practice))
    page.locator("#id_lat").fill("50,88365")
    page.locator("#id_lon").fill("5,98154")
    page.get_by_role("button", name="Opslaan", exact=True).first.click()

    assert str(Practice.objects.get(pk=practice.pk).lat) == "50.88365"


def test_municipality_is_added_with_the_autocomplete(open_admin, practice):
    MunicipalityFactory(name="Beesel")
    page, _ = open_admin()
    page.goto(change_url(practice))
    page.get_by_text("Nog een Uitvoerende gemeente toevoegen").click()
    page.locator("#municipality_links-1 .select2-selection").click()
    page.keyboard.type("bees")
    page.get_by_role("option", name="Beesel").click()
    page.get_by_role("button", name="Opslaan", exact=True).first.click()
    page.wait_for_url("**/beheer/practices/practice/")

    names = practice.municipalities.order_by("name").values_list("name", flat=True)
    assert list(names) == ["Beesel", "Venray"]


@pytest.mark.parametrize("name", ["index", "list", "change", "add", "history", "delete"])
def test_page_obeys_the_policy_with_everything_opened(name, open_admin, practice):
    change = change_url(practice)
    url = {
        "index": "/beheer/",
        "list": list_url(Practice) + "?_facets=True",
        "change": change,
        "add": add_url(Practice),
        "history": change.replace("change", "history"),
        "delete": change.replace("change", "delete"),
    }[name]
    page, log = open_admin()
    response = page.goto(url)
    assert response.status == 200
    assert "unsafe" not in response.headers["content-security-policy"]

    for select in page.locator(".select2-selection:visible").all():
        select.click()
        page.keyboard.press("Escape")
    for link in page.locator(".add-row a:visible").all():
        link.click()
    for calendar in page.locator("a:has(> .date-icon):visible").all()[:2]:
        calendar.click()
        page.keyboard.press("Escape")
    page.locator(".theme-toggle:visible").first.click()

    assert log.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing_but_what_was_judged(width, scheme, open_admin, axe, practice):
    size = {"width": width, "height": 900}
    # The checker sets styles of its own; what the pages do is tried above.
    page, _ = open_admin(color_scheme=scheme, viewport=size, bypass_csp=True)
    found = {}
    for url in (
        "/beheer/",
        list_url(Practice),
        list_url(Practice) + "?q=niets",
        change_url(practice),
        add_url(Practice),
        change_url(practice).replace("change", "history"),
        change_url(practice).replace("change", "delete"),
    ):
        page.goto(url)
        report = axe(page)
        if lines := [line for line in report.violations if not is_judged(line)]:
            found[url] = lines

    assert found == {}
