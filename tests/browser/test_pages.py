"""The public pages as people use them: with and without script, by keyboard, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests import showcase

pytestmark = pytest.mark.browser

THEME = "#thema-werkgevers"


@pytest.fixture
def site(transactional_db):
    return showcase.build()


def status(page):
    return page.locator("#finder-status[role=status]")


def test_visitor_without_script_searches_sorts_pages_and_reads(open_page, site):
    page, _ = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").first.fill("werkgevers")
    page.get_by_role("searchbox").first.press("Enter")
    expect(status(page)).to_have_text("2 praktijken gevonden")

    page.goto("/praktijken/")
    page.get_by_role("link", name="Volgende").click()
    expect(page).to_have_url(re.compile("pagina=2"))
    page.check(THEME)
    page.get_by_role("button", name="Toon resultaten").click()
    expect(status(page)).to_have_text("2 praktijken gevonden")
    expect(page.locator(THEME)).to_be_checked()
    page.get_by_label("Volgorde").select_option("titel")
    page.get_by_role("button", name="Sorteer").click()
    expect(page.locator(".card__title").first).to_have_text("Regionaal plan")
    page.get_by_role("link", name="Verwijder filter Thema").click()
    expect(status(page)).to_have_text(f"{showcase.ORDINARY + 2} praktijken gevonden")

    page.goto("/praktijken/werkcooperatie-schinnen/")
    meaning = page.locator(".terms .tip__text").first
    expect(meaning).to_be_hidden()
    page.locator(".terms .tip__button").first.click()
    expect(meaning).to_have_text("Uitleg.")
    page.get_by_role("link", name="Meld een fout").click()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_be_focused()


FOCUSABLE = "a[href], button, input, select, summary, textarea, [tabindex='0']"
UNSEEN = """(focusable) => [...document.querySelectorAll(focusable)]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled)
  .filter((element) => {
    element.focus();
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return document.activeElement === element
      && (outlineStyle === "none" || parseFloat(outlineWidth) < 2);
  }).map((element) => element.outerHTML.slice(0, 100))"""


def test_focus_and_what_is_chosen_are_seen_in_forced_colours(open_page, site):
    page, _ = open_page(forced_colors="active")
    unseen = {}
    for url in (
        "/praktijken/werkcooperatie-schinnen/",
        "/praktijk-voorstellen/",
        "/praktijken/?thema=werkgevers",
    ):
        page.goto(url)
        page.keyboard.press("Tab")
        unseen[url] = page.evaluate(UNSEEN, FOCUSABLE)

    assert {url: found for url, found in unseen.items() if found} == {}
    borders = page.locator(".view-switch a").evaluate_all(
        "links => links.map((link) => getComputedStyle(link).borderTopWidth)"
    )
    assert (borders[0], borders[0] != borders[1]) == ("2px", True)
    # A box that is ticked, not only a colour behind a word.
    expect(page.locator(THEME)).to_be_checked()
    expect(page.locator(THEME)).to_have_css("appearance", "auto")
    expect(page.get_by_role("link", name="Verwijder filter Thema")).to_be_visible()


def test_choosing_a_facet_changes_results_address_and_title(page, site):
    page.goto("/praktijken/")
    page.evaluate("window.sameDocument = true")
    page.locator("#facet-doelgroep > summary").click()

    page.check(THEME)

    expect(status(page)).to_have_text("2 praktijken gevonden")
    expect(page).to_have_url(re.compile(r"/praktijken/\?thema=werkgevers"))
    expect(page).to_have_title("2 praktijken gevonden – Parelkaart Limburg")
    expect(page.locator(THEME)).to_be_focused()
    expect(page.locator(".card")).to_have_count(2)
    # What the visitor unfolded stays so, and the page was not loaded again.
    assert page.locator("#facet-doelgroep").get_attribute("open") is not None
    assert page.evaluate("window.sameDocument") is True


def test_back_button_takes_the_filter_away_again(page, site):
    page.goto("/praktijken/")
    page.check(THEME)
    expect(status(page)).to_have_text("2 praktijken gevonden")

    page.go_back()

    expect(status(page)).to_have_text(f"{showcase.ORDINARY + 2} praktijken gevonden")
    expect(page.locator(THEME)).not_to_be_checked()
    # Back loads the page anew; only its script answers to forward.
    page.wait_for_load_state("load")
    page.go_forward()
    expect(status(page)).to_have_text("2 praktijken gevonden")
    expect(page.locator(THEME)).to_be_checked()


def test_search_box_and_order_swap_the_results_too(page, site):
    page.goto("/praktijken/")

    page.get_by_label("Waar zoekt u naar?").fill("werkgevers")
    page.get_by_label("Waar zoekt u naar?").press("Enter")
    expect(status(page)).to_have_text("2 praktijken gevonden")
    page.get_by_label("Volgorde").focus()
    page.get_by_label("Volgorde").select_option("titel")

    expect(page).to_have_url(re.compile("volgorde=titel"))
    expect(page.locator(".card__title").first).to_have_text("Regionaal plan")
    expect(page.get_by_label("Volgorde")).to_be_focused()


def test_lost_connection_falls_back_to_an_ordinary_request(opened, site):
    page, log = opened
    page.goto("/praktijken/")
    page.route(
        "**/praktijken/?**",
        lambda route: route.abort() if "hx-request" in route.request.headers else route.fallback(),
    )

    page.check(THEME)

    expect(status(page)).to_have_text("2 praktijken gevonden")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].name").count("thema=") == 1
    log.complaints = [
        line for line in log.complaints if "ERR_FAILED" not in line and "htmx" not in line
    ]


def test_keyboard_leads_from_the_skip_link_to_a_practice(page, site):
    page.goto("/praktijken/?thema=werkgevers")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Direct naar de hoofdinhoud")).to_be_focused()
    expect(page.get_by_role("link", name="Direct naar de hoofdinhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Waar zoekt u naar?")).to_be_focused()
    first = page.locator(".card__title a").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if first.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/praktijken/[a-z-]+/$"))


def test_filters_are_folded_on_a_phone_and_beside_the_list_on_a_desk(open_page, site):
    phone, _ = open_page(viewport={"width": 360, "height": 640})
    phone.goto("/praktijken/?thema=werkgevers")
    desk, _ = open_page()
    desk.goto("/praktijken/?thema=werkgevers")

    expect(phone.locator(THEME)).to_be_hidden()
    expect(phone.get_by_role("link", name="Verwijder filter Thema")).to_be_visible()
    phone.locator("#filters > summary").click()
    expect(phone.locator(THEME)).to_be_visible()
    expect(desk.locator(THEME)).to_be_visible()
