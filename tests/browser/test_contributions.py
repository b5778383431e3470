"""What readers send in, from the form to the concept, in a browser."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from practices.contributions import traps
from practices.enums import SuggestionState
from practices.models import Practice, Suggestion
from tests.browser.admin_judged import is_judged
from tests.browser.judged import wrong
from tests.factories import PASSWORD, MunicipalityFactory, PracticeFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def at_ease(settings, monkeypatch):
    cache.clear()
    settings.REQUIRE_SECOND_FACTOR = False
    monkeypatch.setattr(traps, "TOO_FAST", 0)


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen")


def heading(page):
    return page.get_by_role("heading", level=1).inner_text()


def unjudged_in_admin(report):
    return [line for line in report.violations if not is_judged(line)]


def link_in(sent):
    return re.search(r"http://[^/]+(/voorstel-bevestigen/\S+)", sent.body)[1]


def sign_in(page):
    UserFactory(superuser=True, username="chef")
    page.goto("/beheer/")
    page.get_by_label("Gebruikersnaam of e-mailadres").fill("chef")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


@pytest.mark.parametrize("java_script", [True, False])
def test_proposal_is_sent_after_an_error_and_confirmed(open_page, axe, heerlen, java_script):
    PracticeFactory(title="Vacaturecafés Heerlen")
    page, _ = open_page(java_script_enabled=java_script)
    page.goto("/gezocht/")
    page.get_by_role("link", name="Stel uw praktijk voor").click()

    page.get_by_label("Naam van de praktijk").fill("Vacaturecafe Heerlen")
    page.get_by_label("Gemeente (niet verplicht)").select_option("Heerlen")
    page.get_by_role("button", name="Verstuur").click()
    expect(page).to_have_title(re.compile("^Fout: "))
    page.locator(".alert:focus").wait_for()
    assert page.get_by_role("link", name="Vacaturecafés Heerlen").is_visible()

    page.get_by_role("link", name="Vul uw e-mailadres in.").click()
    page.keyboard.type("anna@example.org")
    assert page.get_by_label("Naam van de praktijk").input_value() == "Vacaturecafe Heerlen"
    page.get_by_label("Wat doet de gemeente?").fill("Werkzoekenden ontmoeten werkgevers.")
    page.get_by_role("button", name="Verstuur").click()
    page.wait_for_url("**/voorstel-verstuurd/")
    assert heading(page) == "Bijna klaar: bevestig uw bericht"

    page.goto(link_in(mail.outbox[0]))
    assert Suggestion.objects.get().state == SuggestionState.UNCONFIRMED
    page.get_by_role("button", name="Ja, bevestig mijn bericht").click()
    assert heading(page) == "Uw bericht is bevestigd"
    assert not java_script or wrong(axe(page)) == []

    sent = Suggestion.objects.get()
    assert (sent.state, sent.municipality, sent.sender_email) == (
        SuggestionState.NEW,
        heerlen,
        "anna@example.org",
    )


def test_mistake_is_reported_from_the_page_of_a_practice(page):
    practice = PracticeFactory(title="Taalhuis")
    page.goto(practice.get_absolute_url())
    page.get_by_role("link", name="Meld een fout").click()

    page.get_by_label("Wat klopt er niet?").fill("Het bedrag klopt niet meer.")
    page.get_by_label("Uw e-mailadres").fill("anna@example.org")
    page.keyboard.press("Enter")

    page.wait_for_url("**/voorstel-verstuurd/")
    assert heading(page) == "Bijna klaar: bevestig uw bericht"
    assert Suggestion.objects.get().practice == practice


def test_going_back_from_a_refused_form_finds_the_text_again(opened):
    """Whoever came without the cookie is told to go back."""
    page, log = opened
    page.goto("/praktijk-voorstellen/")
    page.get_by_label("Naam van de praktijk").fill("Ruilwinkel")
    page.context.clear_cookies()
    page.get_by_role("button", name="Verstuur").click()
    assert heading(page) == "Het formulier is niet verstuurd"

    page.go_back()

    assert page.get_by_label("Naam van de praktijk").input_value() == "Ruilwinkel"
    log.complaints = [line for line in log.complaints if "status of 403" not in line]


@pytest.mark.parametrize("checked", [False, True])
def test_editor_sees_duplicates_while_typing_and_takes_over_a_proposal(
    open_page, axe, heerlen, checked
):
    """Twice: the checker sets styles of its own, which the policy does not allow."""
    page, _ = open_page(bypass_csp=checked)

    def judge(part=None):
        return unjudged_in_admin(axe(page, part)) if checked else []

    PracticeFactory(title="Vacaturecafés Heerlen", municipalities=[heerlen])
    proposal = Suggestion.objects.create(
        kind="nieuw",
        title="Vacaturecafe Heerlen",
        summary="Werkzoekenden ontmoeten werkgevers.",
        municipality=heerlen,
        sender_email="anna@example.org",
    )
    sign_in(page)

    page.goto("/beheer/practices/practice/add/")
    page.get_by_label("Titel:").press_sequentially("Vacaturecafe Heerlen")
    shown = page.locator(".duplicates")
    shown.get_by_text("bijna dezelfde titel").wait_for()
    assert shown.get_attribute("role") == "status"
    found = {"typing": judge(".duplicates")}
    page.get_by_label("Titel:").fill("Iets heel anders")
    shown.get_by_text("bijna dezelfde titel").wait_for(state="detached")

    page.goto("/beheer/practices/suggestion/")
    page.get_by_role("link", name="Nieuwe praktijk: Vacaturecafe Heerlen").click()
    page.wait_for_url("**/change/")
    found["page"] = judge()
    page.get_by_role("link", name="Overnemen als concept…").click()
    page.wait_for_url("**/stap/overnemen/")
    found["step"] = judge()
    page.get_by_role("button", name="Overnemen als concept").click()
    page.get_by_text("Kies wat er met dit voorstel moet gebeuren.").wait_for()
    found["error"] = judge()
    page.get_by_label("Toch als nieuw concept").check()
    page.get_by_role("button", name="Overnemen als concept").click()

    page.wait_for_url("**/practice/*/change/")
    assert page.get_by_label("Titel:").input_value() == "Vacaturecafe Heerlen"
    concept = Practice.objects.get(title="Vacaturecafe Heerlen")
    proposal.refresh_from_db()
    assert (proposal.accepted_as, concept.owner) == (concept, heerlen)
    assert {state: lines for state, lines in found.items() if lines} == {}
