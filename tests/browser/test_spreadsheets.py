"""A spreadsheet in a browser: wrong first, then right, looked at, and done; and axe."""

import pytest

from practices.models import Practice
from tests.admin_forms import list_url
from tests.browser.admin_judged import is_judged
from tests.factories import MunicipalityFactory, PracticeFactory, ThemeFactory
from tests.practices.editorial.people import redacteur
from tests.practices.spreadsheets.sheets import NEW, a_file, rows_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def heerlen():
    ThemeFactory(name="Werk", slug="werk")
    heerlen = MunicipalityFactory(name="Heerlen", slug="heerlen")
    PracticeFactory(title="Taalhuis", slug="taalhuis", owner=heerlen, goal="Minder mensen thuis.")
    return heerlen


def choose(page, data, name):
    page.get_by_label("Bestand:").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Controleren").click()


def test_downloaded_file_comes_back_after_a_mistake(open_as, heerlen):
    page = open_as(redacteur(heerlen))
    page.goto(list_url(Practice))
    page.get_by_role("link", name="Downloaden").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="ODS").click()
    (row,) = rows_of(download.value.path().read_bytes())
    row |= {"doel": "Meer mensen aan het werk.", "thema's": "werkk"}

    page.goto(list_url(Practice))
    page.get_by_role("link", name="Importeren").click()
    choose(page, a_file(row, NEW, kind="ods"), "mijn.ods")
    assert page.locator(".import-rows tbody tr").all_inner_texts() == [
        "2\tthema's\t'werkk' bestaat niet. Bedoel je werk? Kies uit: werk."
    ]

    choose(page, a_file(row | {"thema's": "werk"}, NEW, kind="ods"), "mijn.ods")
    assert page.locator(".import-rows del").all_inner_texts() == ["Minder", "thuis."]
    assert Practice.objects.count() == 1
    page.get_by_role("button", name="Importeren").click()

    page.wait_for_url("**/beheer/practices/practice/")
    told = page.locator(".messagelist").inner_text()
    assert told == "Geïmporteerd uit 'mijn.ods': 1 nieuw, 1 gewijzigd, 0 ongewijzigd."
    assert Practice.objects.get(slug="taalhuis").goal == "Meer mensen aan het werk."
    assert Practice.objects.get(slug="werkhuis").owner == heerlen


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing_but_what_was_judged(width, scheme, open_as, heerlen, axe):
    size = {"width": width, "height": 900}
    user = redacteur(heerlen)
    page = open_as(user, color_scheme=scheme, viewport=size, bypass_csp=True)
    found = {}

    def look(what):
        page.evaluate("document.querySelectorAll('details').forEach(el => { el.open = true; })")
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        report = [line for line in axe(page).violations if not is_judged(line)]
        if wide or report:
            found[what] = (wide, report)

    page.goto(f"{list_url(Practice)}exporteren/")
    look("export")
    page.goto(f"{list_url(Practice)}importeren/")
    look("import")
    choose(page, a_file(NEW | {"soort": "x", "thema's": "y"}), "mijn.csv")
    look("complaints")
    choose(page, b"<html>", "mijn.csv")
    look("wrong file")
    choose(page, a_file(NEW | {"doel": "Werk."}), "mijn.csv")
    look("preview")

    assert found == {}
