"""The map as people use it: mouse, keyboard, finger, with and without what may be missing."""

import re

import pytest
from playwright.sync_api import expect

from municipalities.models import Municipality
from practices.enums import Scope
from tests.factories import MunicipalityFactory, PracticeFactory, RegionFactory, ThemeFactory

pytestmark = pytest.mark.browser


def square(west, south, size=0.1):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


@pytest.fixture
def site(transactional_db):
    """Beek has nothing, Heerlen two, Venlo three; four are elsewhere or have an address."""
    limburg = RegionFactory(name="Limburg", slug="limburg")
    work = ThemeFactory(name="Werk", slug="werk")
    places = {
        name: MunicipalityFactory(
            name=name,
            slug=name.lower(),
            region=limburg,
            province=limburg,
            lat=lat,
            lon=lon,
            boundary=square(lon - 0.05, lat - 0.05),
        )
        for name, lat, lon in (
            ("Venlo", 51.37, 6.17),
            ("Beek", 50.94, 5.80),
            ("Heerlen", 50.88, 5.98),
        )
    }
    for number in range(3):
        PracticeFactory(title=f"Venlo {number}", municipalities=[places["Venlo"]])
    PracticeFactory(title="Wijkbaan", municipalities=[places["Heerlen"]], themes=[work])
    PracticeFactory(
        title="Werkhuis",
        slug="werkhuis",
        municipalities=[places["Heerlen"]],
        themes=[work],
        lat="51.10",
        lon="6.00",
        location_name="Raadhuisplein 1",
    )
    PracticeFactory(title="Overal", scope=Scope.REGION, regions=[limburg])
    return places


@pytest.fixture
def no_tiles(settings):
    settings.MAP_TILES_URL = ""


def ready(page, url="/kaart/"):
    page.goto(url)
    settled(page)


def settled(page):
    page.wait_for_function(
        """() => document.getElementById("map").dataset.ready
            === document.querySelector("[data-areas-url]").dataset.areasUrl"""
    )


def area(page, name):
    return page.get_by_role("button", name=re.compile(rf"^{name}, \d+ praktijk"))


def named(page):
    """What a screen reader hears of the areas, in the order of the keyboard."""
    return page.eval_on_selector_all("path.map-area", "all => all.map(el => el.ariaLabel)")


def found(page, number):
    noun = "praktijk" if number == 1 else "praktijken"
    expect(page.locator("#finder-status")).to_have_text(f"{number} {noun} gevonden")


def test_areas_are_named_with_their_number(page, site):
    ready(page)

    assert named(page) == ["Beek, 0 praktijken", "Heerlen, 2 praktijken", "Venlo, 3 praktijken"]
    assert page.locator("path.map-area--circle").count() == 0


def test_legend_names_the_classes(page, site):
    ready(page)

    assert page.locator("#map-legend li").all_inner_texts() == ["0", "1", "2", "3"]


def test_hover_tells_name_number_and_titles(page, site):
    ready(page)

    area(page, "Venlo").hover()

    expect(page.locator("#map-panel")).to_have_text(
        "Venlo: 3 praktijkenVenlo 0Venlo 1Venlo 2", use_inner_text=False
    )
    page.locator("h1").hover()
    expect(page.locator("#map-panel")).to_contain_text("Wijs een gemeente aan")


def test_click_on_an_area_filters_and_again_takes_it_away(page, site):
    ready(page, "/kaart/?thema=werk")
    found(page, 2)

    area(page, "Heerlen").click()
    expect(page).to_have_url(re.compile(r"/kaart/\?thema=werk&gemeente=heerlen$"))
    expect(area(page, "Heerlen")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("path.map-outline--selected")).to_have_count(1)

    area(page, "Heerlen").click()
    expect(page).to_have_url(re.compile(r"/kaart/\?thema=werk$"))
    expect(area(page, "Heerlen")).to_have_attribute("aria-pressed", "false")


def test_facet_beside_the_map_changes_the_map_and_the_list(page, site):
    ready(page)

    page.check("#thema-werk")

    found(page, 2)
    expect(area(page, "Venlo")).to_have_attribute("aria-label", "Venlo, 0 praktijken")
    expect(page).to_have_url(re.compile(r"/kaart/\?thema=werk$"))
    expect(page.locator(".map-group h4")).to_have_text(["Heerlen (2 praktijken)"])


def test_list_and_map_keep_each_others_filters(page, site):
    ready(page)
    page.check("#thema-werk")
    found(page, 2)

    page.get_by_role("link", name="Lijst", exact=True).click()
    expect(page).to_have_url(re.compile(r"/praktijken/\?thema=werk$"))
    page.get_by_role("link", name="Kaart", exact=True).last.click()

    expect(page).to_have_url(re.compile(r"/kaart/\?thema=werk$"))
    expect(page.locator("#thema-werk")).to_be_checked()


def test_back_button_gives_the_filter_of_before(page, site):
    ready(page)
    area(page, "Venlo").click()
    expect(page).to_have_url(re.compile("gemeente=venlo"))
    found(page, 4)

    page.go_back()

    expect(page).to_have_url(re.compile(r"/kaart/$"))
    found(page, 6)
    expect(area(page, "Venlo")).to_have_attribute("aria-pressed", "false")
    page.go_forward()
    expect(area(page, "Venlo")).to_have_attribute("aria-pressed", "true")


def test_keyboard_reaches_areas_one_by_one_and_leaves_again(page, site):
    ready(page)
    page.locator(".map-skip").focus()
    focused = page.locator(":focus")

    page.keyboard.press("Tab")
    expect(focused).to_have_attribute("id", "map-canvas")
    page.keyboard.press("Tab")
    expect(focused).to_have_attribute("aria-label", "Beek, 0 praktijken")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("aria-label", "Venlo, 3 praktijken")
    expect(page.locator("path.map-outline--focus")).to_have_count(1)
    expect(page.locator("#map-panel")).to_contain_text("Venlo: 3 praktijken")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("gemeente=venlo"))
    settled(page)
    expect(focused).to_have_attribute("aria-label", "Venlo, 3 praktijken")
    page.keyboard.press("Tab")  # the pin
    page.keyboard.press("Tab")
    for name in ("Inzoomen", "Uitzoomen"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    for _ in range(12):
        if page.evaluate("!document.activeElement.closest('#map')"):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#finder-results') !== null")


def test_list_is_one_key_away(page, site):
    ready(page)
    page.locator(".map-skip").focus()
    expect(page.locator(".map-skip")).to_be_visible()

    page.keyboard.press("Enter")

    expect(page.locator("#finder-results")).to_be_focused()


def test_pins_that_share_a_place_open_together(page, site):
    PracticeFactory(title="Leerbaan", lat="51.10", lon="6.00", location_name="Raadhuisplein 1")
    ready(page)
    pin = page.get_by_role("button", name="2 praktijken op één plek, Raadhuisplein 1")

    pin.focus()
    page.keyboard.press("Enter")

    links = page.locator(".leaflet-popup-content a")
    expect(links).to_have_text(["Werkhuis", "Leerbaan"])
    expect(links.first).to_be_focused()
    expect(page.get_by_role("button", name="Sluiten")).to_be_visible()
    page.keyboard.press("Escape")
    expect(links).to_have_count(0)
    expect(pin).to_be_focused()


def test_pin_out_of_sight_is_not_asked_for(page, site):
    ready(page)
    expect(page.get_by_role("button", name="Werkhuis, Raadhuisplein 1")).to_be_visible()

    with page.expect_response(re.compile("pins")) as answer:
        page.evaluate("document.getElementById('map-canvas').focus()")
        for _ in range(12):
            page.keyboard.press("ArrowUp")

    page.wait_for_timeout(500)
    assert "bbox=" in answer.value.url
    expect(page.locator(".map-pin")).to_have_count(0)


def test_map_without_boundaries_shows_circles_by_surface(page, site):
    for place in Municipality.objects.all():
        place.boundary = None
        place.save()
    ready(page)

    widths = {
        name: area(page, name).evaluate("el => el.getBBox().width") for name in ("Venlo", "Heerlen")
    }

    assert page.locator("path.map-area--circle").count() == 3
    assert (widths["Heerlen"] / widths["Venlo"]) ** 2 == pytest.approx(2 / 3, abs=0.05)
    expect(page.locator("#map-legend")).to_contain_text("Een grotere cirkel: meer praktijken.")


def test_merged_municipality_is_taken_away_on_the_map_of_today(page, site):
    old = MunicipalityFactory(
        name="Hoensbroek", slug="hoensbroek", valid_to="1982-01-01", successor=site["Heerlen"]
    )
    PracticeFactory(municipalities=[old])
    ready(page, "/kaart/?gemeente=hoensbroek")
    expect(area(page, "Heerlen")).to_have_attribute("aria-pressed", "true")

    area(page, "Heerlen").click()

    expect(page).to_have_url(re.compile(r"/kaart/$"))


# --- what may be missing --------------------------------------------------------------


def test_empty_tile_address_asks_nothing_outside(page, page_log, site, no_tiles):
    ready(page)
    page.wait_for_timeout(500)

    assert (page_log.tiles, page_log.outside) == ([], [])


def test_tiles_are_shown_with_their_source(page, page_log, site, settings):
    ready(page)

    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    assert page_log.tiles != []
    expect(page.locator(".leaflet-control-attribution")).to_contain_text(
        settings.MAP_TILES_ATTRIBUTION
    )
    expect(page.locator("#map-tiles-note")).to_be_hidden()


def test_tiles_that_fail_are_hidden_with_a_note(page, page_log, site, settings):
    page.route(f"{settings.MAP_TILES_URL.split('{')[0]}**", lambda route: route.abort())
    ready(page)

    expect(page.locator("#map-tiles-note")).to_be_visible()
    expect(page.locator(".leaflet-tile")).to_have_count(0)
    expect(area(page, "Venlo")).to_be_visible()
    page_log.complaints = [line for line in page_log.complaints if "pdok.nl" not in line]


def test_counts_that_fail_can_be_asked_for_again(page, page_log, site):
    page.route("**/praktijken.geojson*", lambda route: route.abort())
    page.goto("/kaart/")
    status = page.locator("#map-status")
    expect(status).to_contain_text("De aantallen zijn nu niet te laden.")

    page.unroute("**/praktijken.geojson*")
    page.get_by_role("button", name="Probeer het opnieuw").click()

    expect(area(page, "Venlo")).to_be_visible()
    expect(status).to_be_empty()
    page_log.complaints = [line for line in page_log.complaints if "geojson" not in line]


def test_without_script_the_page_is_a_list_with_working_filters(open_page, site):
    page, _ = open_page(java_script_enabled=False)
    page.goto("/kaart/")

    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator(".map-group h4")).to_have_text(
        ["Heerlen (2 praktijken)", "Venlo (3 praktijken)", "Overal in Limburg (1 praktijk)"]
    )
    page.check("#thema-werk")
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page.locator(".map-group h4")).to_have_text(["Heerlen (2 praktijken)"])


# --- places and devices ---------------------------------------------------------------


def test_nearby_asks_first_and_sends_nothing(open_page, site):
    page, _ = open_page(
        geolocation={"latitude": 50.88, "longitude": 5.98}, permissions=["geolocation"]
    )
    ready(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    assert page.locator("path.map-here").count() == 0

    page.get_by_role("button", name="In mijn buurt").click()

    expect(page.locator("path.map-here")).to_have_count(1)
    expect(page.locator("#map-status")).to_have_text(
        "Dit is uw buurt. Uw plaats wordt niet bewaard en niet verstuurd."
    )
    assert [url for url in asked if "50.88" in url or "5.98" in url] == []


def test_nearby_that_is_refused_is_said(open_page, site):
    page, _ = open_page(permissions=[])
    ready(page)

    page.get_by_role("button", name="In mijn buurt").click()

    expect(page.locator("#map-status")).to_contain_text("Uw plaats is niet bekend.")


def place_in_frame(page, name):
    inside, frame = area(page, name).bounding_box(), page.locator("#map-canvas").bounding_box()
    return round(inside["x"] - frame["x"]), round(inside["y"] - frame["y"]), round(inside["width"])


def test_reset_shows_the_whole_map_again(page, site):
    ready(page)
    before = place_in_frame(page, "Venlo")
    page.get_by_role("button", name="Inzoomen").click()
    page.get_by_role("button", name="Inzoomen").click()
    page.wait_for_timeout(300)
    assert place_in_frame(page, "Venlo") != before

    page.get_by_role("button", name="Hele kaart").click()

    page.wait_for_timeout(300)
    assert place_in_frame(page, "Venlo") == before


def test_tap_on_an_area_filters(open_page, site):
    page, _ = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    ready(page)

    area(page, "Venlo").tap()

    expect(page).to_have_url(re.compile("gemeente=venlo"))


# --- in somebody else's page ----------------------------------------------------------


def test_embedded_map_opens_the_list_in_a_new_window(page, site):
    ready(page, "/embed/kaart/?thema=werk")

    area(page, "Heerlen").click()

    link = page.get_by_role("link", name="Bekijk de lijst (nieuw venster)")
    expect(link).to_have_attribute("href", "/praktijken/?thema=werk&gemeente=heerlen")
    expect(link).to_have_attribute("target", "_blank")
    assert page.url.endswith("/embed/kaart/?thema=werk")


def test_code_is_copied_with_a_button(open_page, site):
    page, _ = open_page(permissions=["clipboard-read", "clipboard-write"])
    ready(page, "/kaart/?thema=werk")
    page.get_by_text("Zet deze kaart op uw eigen site").click()

    page.get_by_role("button", name="Kopieer de code").click()

    expect(page.locator("[data-copied]")).to_have_text("De code is gekopieerd.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "/embed/kaart/?thema=werk" in copied
