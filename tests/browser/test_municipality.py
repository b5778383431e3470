"""The page of a municipality, the white spots and the order by likeness, as people use them."""

import re

import pytest
from playwright.sync_api import expect

from municipalities.models import Municipality
from practices.models import Practice, Theme
from tests import showcase
from tests.factories import AdoptionFactory, PracticeFactory, WelfareFigureFactory
from tests.municipalities.test_borders import square

pytestmark = pytest.mark.browser


@pytest.fixture
def site(transactional_db):
    site = showcase.build()
    heerlen = Municipality.objects.get(slug="heerlen")
    for year, recipients in ((2016, 2000), (2018, 1500)):
        WelfareFigureFactory(municipality=heerlen, year=year, recipients=recipients)
    practices = Practice.objects.filter(slug__startswith="buurtproject")
    for practice in practices[:3]:
        practice.themes.add(Theme.objects.get())
    AdoptionFactory(practice=practices[0], municipality=site.today)
    return site


@pytest.fixture
def bordered(site):
    """The same with boundaries: Beekdaelen and Heerlen lie side by side."""
    for slug, west in (("beekdaelen", 5.9), ("heerlen", 6.0)):
        municipality = Municipality.objects.get(slug=slug)
        municipality.boundary = square(west, 50.9)
        municipality.save()
    return site


def test_chart_and_place_are_seen_and_named(page, bordered):
    page.goto("/gemeenten/heerlen/")

    chart = page.get_by_role("img", name="Mensen met bijstand in Heerlen")
    expect(chart).to_be_visible()
    expect(chart).to_have_accessible_description(re.compile(r"2016: 2\.000, 2018: 1\.500\."))
    bars = [bar.bounding_box() for bar in page.locator(".chart__bar").all()]
    assert bars[1]["height"] / bars[0]["height"] == pytest.approx(0.75, abs=0.02)
    expect(page.get_by_role("img", name=re.compile("Kaartje van Limburg"))).to_be_visible()


def test_table_behind_the_chart_opens_by_keyboard(page, bordered):
    page.goto("/gemeenten/heerlen/")
    table = page.get_by_role("region", name="Tabel met cijfers")
    expect(table).to_be_hidden()

    page.get_by_text("De cijfers in een tabel").focus()
    page.keyboard.press("Enter")

    expect(table).to_be_visible()


def test_white_spots_scroll_inside_their_frame_with_the_names_in_sight(open_page, site):
    for number in range(20):
        PracticeFactory(municipalities=[site.today], themes=[Theme.objects.first()])
        Theme.objects.create(name=f"Een lang thema nummer {number}", slug=f"lang-{number}")
    page, _ = open_page(viewport={"width": 360, "height": 640})
    page.goto("/witte-vlekken/")
    name = page.get_by_role("rowheader", name="Heerlen")
    before = name.bounding_box()["x"]

    page.get_by_role("region", name=re.compile("Aantal praktijken")).focus()
    page.keyboard.press("End")
    page.locator(".white-spots").evaluate("el => { el.scrollLeft = 400; }")

    assert page.locator(".white-spots").evaluate("el => el.scrollLeft") == 400
    assert name.bounding_box()["x"] == pytest.approx(before, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_cell_opens_its_list(page, site):
    page.goto("/witte-vlekken/")

    page.get_by_role("link", name="Werken met werkgevers in Heerlen: 3 praktijken").click()

    expect(page).to_have_url(re.compile(r"\?thema=werkgevers&gemeente=heerlen$"))
    expect(page.locator("#finder-status")).to_have_text("4 praktijken gevonden")


def test_white_spots_per_region_without_script(open_page, site):
    page, _ = open_page(java_script_enabled=False)
    page.goto("/gemeenten/")
    page.get_by_role("main").get_by_role("link", name="witte vlekken").click()
    page.get_by_role("link", name="Per regio").click()

    expect(page.get_by_role("rowheader", name="Zuid-Limburg")).to_be_visible()


# --- the order by likeness -------------------------------------------------------------------


def titles(page):
    return page.locator(".card__title")


def test_naming_a_municipality_sorts_by_likeness(page, site):
    page.goto("/praktijken/?thema=werkgevers")
    page.evaluate("window.sameDocument = true")

    page.get_by_label("Zoals mijn gemeente").select_option("beekdaelen")

    expect(page).to_have_url(re.compile(r"\?thema=werkgevers&volgorde=lijkt&zoals=beekdaelen$"))
    expect(titles(page).first).to_have_text("Werkcoöperatie Schinnen")
    expect(page.get_by_label("Volgorde")).to_have_value("lijkt")
    assert page.evaluate("window.sameDocument") is True

    # Another facet keeps the order; another order takes the comparison away.
    page.locator("#facet-soort > summary").click()
    page.locator("#soort-samenwerking").check()
    expect(page).to_have_url(re.compile("soort=samenwerking&volgorde=lijkt&zoals=beekdaelen$"))
    page.locator("#soort-samenwerking").uncheck()
    expect(page).to_have_url(re.compile("thema=werkgevers&volgorde=lijkt&zoals=beekdaelen$"))
    page.get_by_label("Volgorde").select_option("titel")
    expect(page).to_have_url(re.compile("thema=werkgevers&volgorde=titel$"))
    expect(page.get_by_label("Zoals mijn gemeente")).to_have_value("")


def test_order_by_likeness_without_script(open_page, site):
    page, _ = open_page(java_script_enabled=False)
    page.goto("/praktijken/?thema=werkgevers")

    page.get_by_label("Zoals mijn gemeente").select_option("beekdaelen")
    page.get_by_role("button", name="Sorteer").click()

    expect(page).to_have_url(re.compile(r"\?thema=werkgevers&volgorde=lijkt&zoals=beekdaelen$"))
    expect(titles(page).first).to_have_text("Werkcoöperatie Schinnen")
    page.get_by_role("link", name="Verwijder volgorde Zoals Beekdaelen").click()
    expect(page).to_have_url(re.compile(r"\?thema=werkgevers$"))
