"""The steps of an entry and its history in a browser, at both widths."""

import pytest
from django.utils import timezone

from practices.models import Practice
from tests.admin_forms import change_url
from tests.browser.admin_judged import is_judged
from tests.factories import MunicipalityFactory, PracticeFactory
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import eindredacteur, redacteur

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_entry_is_handed_in_sent_back_and_published(open_as):
    heerlen = MunicipalityFactory(name="Heerlen")
    practice = a_ready_entry(owner=heerlen, concept=True, title="Werkhuis", slug="werkhuis")
    editor, chief = open_as(redacteur(heerlen)), open_as(eindredacteur())

    editor.goto(change_url(practice))
    editor.locator("#id_goal").fill("Meer mensen aan het werk.")
    editor.get_by_role("button", name="Ter beoordeling indienen").click()
    assert editor.locator("#steps-heading").inner_text() == "Stand: Ter beoordeling"

    chief.goto(change_url(practice))
    chief.get_by_role("button", name="Terugsturen…").click()
    chief.get_by_label("Reden:").fill("Noem ook een telefoonnummer.")
    chief.get_by_role("button", name="Terugsturen", exact=True).click()
    assert chief.locator("#steps-heading").inner_text() == "Stand: Concept"

    editor.reload()
    assert "Noem ook een telefoonnummer." in editor.locator(".sent-back").inner_text()
    editor.locator("#id_approach").fill("Bel 06-12345678.")
    editor.get_by_role("button", name="Ter beoordeling indienen").click()

    chief.goto(change_url(practice))
    chief.get_by_role("button", name="Publiceren").click()
    assert "06-12345678" in chief.locator("#content-main").inner_text()
    chief.get_by_label("Waarom mag het blijven staan?").fill("Het nummer van het loket.")
    chief.get_by_role("button", name="Publiceren").click()
    assert chief.locator("#steps-heading").inner_text() == "Stand: Gepubliceerd"

    chief.goto("/praktijken/?q=werkhuis")
    assert chief.get_by_role("link", name="Werkhuis", exact=True).count() == 1
    assert Practice.objects.get().goal == "Meer mensen aan het werk."


def test_link_of_what_is_missing_leads_to_the_field(open_as):
    heerlen = MunicipalityFactory()
    practice = PracticeFactory(owner=heerlen, concept=True)
    page = open_as(redacteur(heerlen))
    page.goto(change_url(practice))

    for link in page.locator(".missing a").all():
        link.click()
        assert page.evaluate("document.querySelector(':target') !== null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_but_what_was_judged(width, scheme, open_as, axe):
    size = {"width": width, "height": 900}
    heerlen = MunicipalityFactory()
    practice = a_ready_entry(owner=heerlen, concept=True, approach="Bel 06-12345678.", goal="Oud")
    empty = PracticeFactory(in_review=True)
    page = open_as(eindredacteur(), color_scheme=scheme, viewport=size, bypass_csp=True)
    page.goto(change_url(practice))
    page.locator("#id_goal").fill("Nieuw")
    page.get_by_role("button", name="Opslaan", exact=True).first.click()
    page.wait_for_url("**/beheer/practices/practice/")
    versions = page.request.get(change_url(practice).replace("change", "history"))
    assert versions.ok

    change = change_url(practice)
    found = {}
    for url in (
        change,
        change_url(empty),
        change.replace("/change/", "/history/"),
        change.replace("/change/", "/stap/publiceren/"),
        change_url(empty).replace("/change/", "/stap/terugsturen/"),
        change_url(empty).replace("/change/", "/stap/publiceren/"),
    ):
        page.goto(url)
        if lines := [line for line in axe(page).violations if not is_judged(line)]:
            found[url] = lines
    page.goto(change.replace("/change/", "/history/"))
    link = page.get_by_role("link", name="Deze versie terugzetten")
    page.goto(link.get_attribute("href"))
    assert page.get_by_role("button", name="Deze versie terugzetten").count() == 1
    if lines := axe(page).violations:
        found["restore"] = lines

    assert found == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_entry_is_confirmed_from_the_work_list_with_one_click(open_as, axe, width):
    heerlen = MunicipalityFactory(name="Heerlen")
    practice = a_ready_entry(owner=heerlen, title="Werkhuis", slug="werkhuis")
    page = open_as(redacteur(heerlen), viewport={"width": width, "height": 900})
    page.goto("/beheer/practices/practice/")
    page.get_by_role("link", name="Volgende beste correctie").click()
    assert "nooit bevestigd" in page.locator("#content-main").inner_text()
    page.get_by_text("Hier aanvullen").click()
    assert [line for line in axe(page).violations if not is_judged(line)] == []

    page.get_by_role("button", name="Klopt nog: Werkhuis").click()

    assert page.locator(".messagelist").inner_text() == "Bevestigd: 'Werkhuis' klopt nog."
    practice.refresh_from_db()
    assert practice.confirmed_on == timezone.localdate()
    page.goto("/praktijken/werkhuis/")
    assert "Actueel" in page.locator("main").inner_text()


def test_button_on_the_form_confirms_and_leaves_the_form_as_it_is(open_as):
    heerlen = MunicipalityFactory(name="Heerlen")
    practice = a_ready_entry(owner=heerlen, title="Werkhuis", slug="werkhuis")
    page = open_as(redacteur(heerlen))
    page.goto(change_url(practice))

    page.get_by_role("button", name="Klopt nog").click()

    assert page.url.endswith(change_url(practice))
    assert page.locator(".messagelist").inner_text() == "Bevestigd: 'Werkhuis' klopt nog."


@pytest.mark.parametrize("java_script", [True, False])
def test_gap_is_filled_in_on_the_work_list(open_as, axe, java_script):
    heerlen = MunicipalityFactory(name="Heerlen")
    practice = a_ready_entry(owner=heerlen, title="Werkhuis", slug="werkhuis")
    # The checker sets styles of its own.
    page = open_as(redacteur(heerlen), java_script_enabled=java_script, bypass_csp=True)
    page.goto("/beheer/")
    page.get_by_role("link", name="Volgende beste correctie").click()
    page.get_by_text("Hier aanvullen").click()
    page.get_by_label("Wat niet werkte", exact=True).fill("Bel 06-12345678.")
    page.get_by_role("button", name="Opslaan: Werkhuis").click()

    assert "telefoonnummer" in page.locator(".errornote").inner_text()
    if java_script:
        assert [line for line in axe(page).violations if not is_judged(line)] == []
    page.get_by_label("Wat niet werkte", exact=True).fill("Een avond per week was te weinig.")
    page.get_by_role("button", name="Opslaan").click()

    told = page.locator(".messagelist").inner_text()
    assert told == "Opgeslagen bij 'Werkhuis': wat niet werkte."
    practice.refresh_from_db()
    assert practice.did_not_work == "Een avond per week was te weinig."
    assert page.get_by_label("Wat niet werkte", exact=True).count() == 0
