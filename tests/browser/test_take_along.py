"""Taking practices along, as people do it: keep, share, compare, download, print."""

import re

import pytest
from playwright.sync_api import expect

from practices.notes import pdf_writer
from tests import pdf, showcase

pytestmark = pytest.mark.browser

FULL, REGIONAL = "werkcooperatie-schinnen", "regionaal-plan"
BOTH = f"?praktijk={FULL}&praktijk={REGIONAL}"


@pytest.fixture
def site(transactional_db):
    return showcase.build()


def save(page, title):
    return page.get_by_role("button", name=re.compile(rf"Bewaard?\s?: {title}"))


def header_link(page):
    return page.locator("#selection-link")


def test_practice_is_kept_from_the_list_and_counted_on_every_page(page, site):
    page.goto("/praktijken/?thema=werkgevers")

    save(page, "Regionaal plan").click()

    expect(save(page, "Regionaal plan")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#selection-status")).to_have_text("Bewaard. In uw selectie: 1 praktijk.")
    expect(header_link(page)).to_have_text("Mijn selectie (1)")
    page.goto(f"/praktijken/{FULL}/")
    expect(header_link(page)).to_have_text("Mijn selectie (1)")
    save(page, "Werkcoöperatie Schinnen").click()
    header_link(page).click()
    expect(page).to_have_url(re.compile(re.escape(f"?praktijk={REGIONAL}&praktijk={FULL}")))
    expect(page.locator("[data-only-foreign]")).to_be_hidden()
    assert page.context.cookies() == []


def test_button_works_on_results_that_came_later(page, site):
    page.goto("/praktijken/")
    page.check("#thema-werkgevers")
    expect(page.locator("#finder-status")).to_have_text("2 praktijken gevonden")

    save(page, "Regionaal plan").click()

    expect(save(page, "Regionaal plan")).to_have_text(re.compile("^Bewaard"))


def test_selection_is_moved_and_emptied_and_stays_so(page, site):
    page.goto(f"/selectie/{BOTH}")
    page.get_by_role("button", name="Zet deze praktijken in mijn selectie").click()
    expect(header_link(page)).to_have_text("Mijn selectie (2)")

    page.get_by_role("link", name=re.compile(r"Omhoog\s?: Regionaal plan")).click()
    expect(page.locator(".card__title").first).to_have_text("Regionaal plan")
    page.goto("/selectie/")
    expect(page.locator(".card__title").first).to_have_text("Regionaal plan")
    page.get_by_role("link", name=re.compile(r"Haal weg\s?: Regionaal plan")).click()
    expect(header_link(page)).to_have_text("Mijn selectie (1)")
    page.get_by_role("link", name="Maak de selectie leeg").click()

    expect(page.get_by_text("Er staat nog niets in deze selectie")).to_be_visible()
    expect(header_link(page)).to_have_text("Mijn selectie")


def test_pasted_address_is_added_and_kept(page, live_server, site):
    page.goto("/selectie/")

    page.get_by_label("Plak hier het adres").fill(f"{live_server.url}/praktijken/{FULL}/")
    page.get_by_role("button", name="Voeg toe").click()

    expect(header_link(page)).to_have_text("Mijn selectie (1)")
    expect(page).to_have_url(f"{live_server.url}/selectie/?praktijk={FULL}")


def test_shared_address_shows_the_same_elsewhere_and_changes_nothing_there(open_page, site):
    mine, _ = open_page()
    mine.context.grant_permissions(["clipboard-read", "clipboard-write"])
    mine.goto(f"/selectie/{BOTH}")
    mine.get_by_role("button", name="Kopieer het adres").click()
    expect(mine.locator("#selection-status")).to_have_text("Het adres is gekopieerd.")
    address = mine.evaluate("navigator.clipboard.readText()")

    other, _ = open_page()
    other.goto(f"/praktijken/{REGIONAL}/")
    save(other, "Regionaal plan").click()
    other.goto(address)

    expect(other.locator(".card__title")).to_have_text(
        ["Werkcoöperatie Schinnen", "Regionaal plan"]
    )
    expect(header_link(other)).to_have_text("Mijn selectie (1)")
    expect(other.locator("[data-only-foreign]")).to_be_visible()


def test_stored_nonsense_does_no_harm(page, site):
    page.goto("/over/")
    for stored in ('{"a":', '"tekst"', '[1, null, "<b>", {}]', '["bestaat-niet"]'):
        page.evaluate("value => localStorage.setItem('parelkaart.selectie', value)", stored)
        page.goto("/selectie/")
        page.wait_for_load_state("load")
        expect(page.get_by_text("Er staat nog niets in deze selectie")).to_be_visible()

    expect(header_link(page)).to_have_text("Mijn selectie")


def test_full_selection_says_so(page, site):
    page.goto("/over/")
    slugs = [f"buurtproject-{number}" for number in range(20)]
    page.evaluate("s => localStorage.setItem('parelkaart.selectie', JSON.stringify(s))", slugs)
    page.goto(f"/praktijken/{FULL}/")

    save(page, "Werkcoöperatie Schinnen").click()

    expect(page.locator("#selection-status")).to_have_text(
        "Uw selectie is vol (20). Haal er eerst een weg."
    )
    expect(save(page, "Werkcoöperatie Schinnen")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("width", [360, 1280])
def test_comparison_marks_differences_in_words(open_page, site, width):
    page, _ = open_page(viewport={"width": width, "height": 800})
    page.goto(f"/vergelijken/{BOTH}")

    table = page.get_by_role("table")
    approach = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Aanpak"))
    expect(approach.get_by_role("rowheader")).to_contain_text("verschilt")
    expect(approach.get_by_role("cell").first).to_contain_text("richten een coöperatie op")
    page.get_by_role("link", name="Toon alleen de verschillen").click()
    expect(page).to_have_url(re.compile("alleen=verschillen"))
    expect(table.get_by_text("gelijk", exact=True)).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_everything_works_without_script(open_page, site):
    page, _ = open_page(java_script_enabled=False)
    page.goto(f"/praktijken/{FULL}/")
    expect(save(page, "Werkcoöperatie Schinnen")).to_be_hidden()

    page.get_by_role("link", name="Zet in een selectie").click()
    page.get_by_label("Plak hier het adres").fill(f"/praktijken/{REGIONAL}/")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.locator(".card__title")).to_have_text(["Werkcoöperatie Schinnen", "Regionaal plan"])
    page.get_by_role("link", name=re.compile(r"Omlaag\s?: Werkcoöperatie Schinnen")).click()
    expect(page.locator(".card__title").first).to_have_text("Regionaal plan")
    page.get_by_role("link", name="Notitie").click()
    page.get_by_label("Titel").fill("Naar werk")
    page.get_by_role("button", name="Zet in de notitie").click()

    expect(page.locator(".document h2").first).to_have_text("Naar werk")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download ODT").click()
    assert download.value.suggested_filename == "notitie.odt"


@pdf.needs_pdf
def test_note_and_factsheet_are_downloaded(page, site):
    page.goto(f"/notitie/{BOTH}")
    names = []
    for label in ("PDF", "ODT", "Word"):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Download {label}").click()
        names.append((download.value.suggested_filename, download.value.path().stat().st_size > 0))
    page.goto(f"/praktijken/{FULL}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Factsheet").click()

    assert names == [("notitie.pdf", True), ("notitie.odt", True), ("notitie.docx", True)]
    assert download.value.suggested_filename == f"{FULL}.pdf"


def tab_to(page, target, key="Tab"):
    """By keyboard alone; where the focus is, is seen."""
    for _ in range(120):
        page.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
            expect(target).to_be_in_viewport()
            return
    raise AssertionError(f"not reached by keyboard: {target}")


def test_keyboard_path_from_home_to_a_downloaded_note(page, site):
    page.goto("/")
    tab_to(page, page.locator("main input[name=q]"))
    page.keyboard.type("werkgevers")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/praktijken/\?q=werkgevers"))
    tab_to(page, page.locator(".card__title a").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/praktijken/[a-z0-9-]+/"))
    tab_to(page, page.locator("[data-save]").first)
    page.keyboard.press("Space")
    expect(header_link(page)).to_have_text("Mijn selectie (1)")
    tab_to(page, header_link(page), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/selectie/\?praktijk="))
    tab_to(page, page.get_by_role("link", name="Notitie"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/notitie/\?praktijk="))
    tab_to(page, page.get_by_role("link", name="Download ODT"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    assert download.value.suggested_filename == "notitie.odt"


def test_printed_note_is_the_note_alone(page, site):
    page.goto(f"/notitie/{BOTH}")
    page.emulate_media(media="print")

    expect(page.locator(".document")).to_be_visible()
    for what in ("form", ".site-nav", ".site-footer", ".downloads", "h1"):
        expect(page.locator(what).first).to_be_hidden()
    expect(page.locator(".document__caution").first).to_be_visible()


def test_printed_practice_has_no_buttons(page, site):
    page.goto(f"/praktijken/{FULL}/")
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="Wat is de aanpak?")).to_be_visible()
    for what in (".actions", ".site-nav", ".selection-link", ".breadcrumb"):
        expect(page.locator(what).first).to_be_hidden()


def test_axe_finds_nothing_on_the_page_without_pdf(opened, axe, site, monkeypatch):
    monkeypatch.setattr(pdf_writer, "_weasyprint", lambda: None)
    page, log = opened
    assert page.goto(f"/notitie.pdf{BOTH}").status == 503

    report = axe(page)

    log.complaints = [line for line in log.complaints if "status of 503" not in line]
    assert (report.violations, report.incomplete) == ([], [])
