"""The steps of an entry and its history in a browser, at both widths."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from tests import chromium
from tests.admin_forms import change_url
from tests.browser.admin_judged import is_judged
from tests.factories import (
    PASSWORD,
    MunicipalityFactory,
    PracticeFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.parelkaart.accounts.conftest import code_of
from tests.practices.editorial.entries import a_ready_entry
from tests.practices.editorial.people import eindredacteur, redacteur

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_entry_of_somebody_new_is_sent_back_mended_and_published(open_page, settings, tmp_path):
    """The whole way: two people sign in with a code, and the site shows it at once."""
    cache.clear()
    settings.REQUIRE_SECOND_FACTOR = True
    settings.MAP_TILES_URL = ""
    heerlen = MunicipalityFactory(name="Heerlen", slug="heerlen", lat=50.88, lon=5.98)
    ThemeFactory(name="Werk"), SourceFactory(title="Jaarverslag")
    picture = tmp_path / "keuken.png"
    picture.write_bytes(chromium.ONE_PIXEL_PNG)
    people = redacteur(heerlen, username="rosa"), eindredacteur(username="ed")
    editor, chief = (signed_in_with_a_code(open_page, user) for user in people)

    editor.get_by_role("link", name="Nieuwe praktijk beschrijven").click()
    editor.locator("#id_title").press_sequentially("Kookhuis")
    editor.locator("#id_kind").select_option("initiatief")
    editor.locator("#id_summary").fill("Bewoners koken samen en leren het vak.")
    editor.locator("#id_approach").fill("Bel 06-12345678.")
    choose(editor, ".field-themes", "Werk")
    add_row(editor, "municipality_links")
    choose(editor, "#municipality_links-0", "Heerlen")
    add_row(editor, "claims")
    editor.locator("#id_claims-0-statement").fill("Van de 40 deelnemers vonden er 12 werk.")
    choose(editor, "#claims-0", "Jaarverslag")
    add_row(editor, "photos")
    editor.locator("#id_photos-0-image").set_input_files(picture)
    for name, text in (("alt", "Een keuken"), ("maker", "Rosa"), ("licence", "CC BY 4.0")):
        editor.locator(f"#id_photos-0-{name}").fill(text)
    save(editor)
    expect(step_of(editor)).to_have_text("Stand: Concept")
    editor.get_by_role("button", name="Ter beoordeling indienen").click()
    expect(step_of(editor)).to_have_text("Stand: Ter beoordeling")

    chief.reload()
    chief.locator(".pile a", has_text="Kookhuis").click()
    chief.get_by_role("button", name="Terugsturen…").click()
    chief.get_by_label("Reden:").fill("Noem ook het doel.")
    chief.get_by_role("button", name="Terugsturen", exact=True).click()
    expect(step_of(chief)).to_have_text("Stand: Concept")

    editor.goto("/beheer/")
    assert "Kookhuis: teruggestuurd" in editor.locator(".pile").inner_text()
    editor.locator(".pile a", has_text="Kookhuis").click()
    assert "Noem ook het doel." in editor.locator(".sent-back").inner_text()
    editor.locator("#id_goal").fill("Meer mensen aan het werk.")
    editor.get_by_role("button", name="Ter beoordeling indienen").click()
    expect(step_of(editor)).to_have_text("Stand: Ter beoordeling")

    chief.goto("/beheer/")
    chief.locator(".pile a", has_text="Kookhuis").click()
    chief.get_by_role("button", name="Publiceren").click()
    assert "06-12345678" in chief.locator("#content-main").inner_text()
    chief.get_by_label("Waarom mag het blijven staan?").fill("Het nummer van het loket.")
    chief.get_by_role("button", name="Publiceren").click()
    expect(step_of(chief)).to_have_text("Stand: Gepubliceerd")

    visitor, _ = open_page()
    visitor.goto("/kaart/")
    expect(visitor.get_by_role("button", name="Heerlen, 1 praktijk")).to_have_count(1)
    visitor.goto("/praktijken/?q=kookhuis")
    visitor.get_by_role("link", name="Kookhuis", exact=True).click()
    visitor.wait_for_url("**/praktijken/kookhuis/")
    told = visitor.locator("main").inner_text()
    shown = "Meer mensen aan het werk.", "Van de 40 deelnemers vonden er 12 werk."
    assert [text for text in shown if text not in told] == []
    visitor.get_by_role("img", name="Een keuken").scroll_into_view_if_needed()
    visitor.wait_for_function("() => document.querySelector('[alt=\"Een keuken\"]').naturalWidth")


def signed_in_with_a_code(open_page, user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    page, _ = open_page()
    page.goto("/beheer/")
    page.get_by_label("Gebruikersnaam of e-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Inloggen", exact=True).click()
    return page


def add_row(page, prefix):
    page.locator(f"#{prefix}-group .add-row a, #{prefix}-group .addlink").first.click()


def choose(page, place, name):
    page.locator(f"{place} .select2-selection").first.click()
    page.keyboard.type(name)
    page.locator(".select2-results__option", has_text=name).click()


def save(page):
    page.get_by_role("button", name="Opslaan", exact=True).first.click()


def step_of(page):
    return page.locator("#steps-heading")


def test_link_of_what_is_missing_leads_to_the_field(open_as):
    heerlen = MunicipalityFactory()
    practice = PracticeFactory(owner=heerlen, concept=True)
    page = open_as(redacteur(heerlen))
    page.goto(change_url(practice))

    for link in page.locator(".missing a").all():
        link.click()
        assert page.evaluate("document.querySelector(':target') !== null")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
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
