"""Who is away for a while is warned, and finds back what was not saved."""

import pytest
from django.contrib.sessions.models import Session

from tests.admin_forms import change_url
from tests.factories import ClaimFactory, MunicipalityFactory, PracticeFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Een tekst waar een uur werk in zit."


@pytest.fixture
def boss():
    return UserFactory(superuser=True)


@pytest.fixture
def practice():
    practice = PracticeFactory(title="Werkhuis", municipalities=[MunicipalityFactory()])
    ClaimFactory(practice=practice)
    return practice


DRAFTS = "Object.keys(sessionStorage).filter(name => name.includes('draft')).length"


def wait_for_drafts(page, number):
    """Playwright's own waiting needs `eval`, which the policy of the site refuses."""
    for _ in range(50):
        if page.evaluate(DRAFTS) == number:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(DRAFTS) == number


def save(page):
    page.get_by_role("button", name="Opslaan", exact=True).first.click()


def test_warning_comes_in_time_and_a_click_keeps_the_session(open_as, boss, settings, axe):
    page = open_as(boss)
    page.clock.install()
    page.goto("/beheer/")
    question = page.get_by_role("alertdialog", name="Ben je er nog?")
    page.clock.run_for("54:00")
    before = question.is_visible()
    page.clock.run_for("02:00")
    assert (before, question.is_visible()) == (False, True)
    assert axe(page, "#stay").violations == []

    with page.expect_response("**/beheer/blijven/") as answer:
        question.get_by_role("button", name="Ik ben er nog").press("Enter")
    question.wait_for(state="hidden")
    assert answer.value.status == 204

    page.clock.run_for("01:01:00")
    assert "Je bent uitgelogd." in question.inner_text()


def test_warning_waits_for_what_is_done_in_another_tab(open_as, boss):
    page = open_as(boss)
    page.clock.install()
    page.goto("/beheer/")
    page.clock.run_for("56:00")
    question = page.get_by_role("alertdialog")
    assert question.is_visible()

    # Its clock is the real one, so it says that something was asked just now.
    page.evaluate("localStorage.setItem('parelkaart.seen', Date.now())")
    page.evaluate("window.dispatchEvent(new StorageEvent('storage', {key: 'parelkaart.seen'}))")

    assert question.is_hidden()


def test_text_of_a_lost_session_is_put_back_and_saved(open_as, sign_in_as, boss, practice):
    page = open_as(boss)
    address = change_url(practice)
    page.goto(address)
    page.locator("#id_summary").fill(TEXT)
    page.locator("#claims-group .add-row a").click()
    page.locator("#id_claims-1-statement").fill("Erbij gekomen")
    Session.objects.all().delete()
    save(page)
    assert page.url.partition("?")[0].endswith("/inloggen/")

    sign_in_as(page, boss)
    page.goto(address)
    assert page.locator("#id_summary").input_value() == practice.summary
    page.get_by_role("button", name="Zet mijn tekst terug").click()
    assert page.locator("#id_summary").input_value() == TEXT
    assert page.locator("#id_claims-1-statement").input_value() == "Erbij gekomen"

    page.locator("#id_claims-1-statement").fill("")
    page.locator("#claims-1 .inline-deletelink").click()
    save(page)
    page.locator(".messagelist .success").wait_for()
    practice.refresh_from_db()
    assert practice.summary == TEXT
    page.goto(address)
    assert page.locator("#draft").is_hidden()


def test_old_text_does_not_overwrite_what_somebody_else_wrote(open_as, boss, practice):
    page = open_as(boss)
    address = change_url(practice)
    page.goto(address)
    page.locator("#id_summary").fill(TEXT)
    wait_for_drafts(page, 1)
    practice.summary = "Van een ander."
    practice.save()
    page.goto(address)
    page.get_by_role("button", name="Zet mijn tekst terug").click()
    save(page)

    assert "Iemand anders heeft dit intussen gewijzigd" in page.locator("#content").inner_text()
    practice.refresh_from_db()
    assert practice.summary == "Van een ander."


def test_signing_out_and_throwing_away_leave_nothing_behind(open_as, boss, practice):
    page = open_as(boss)
    address = change_url(practice)
    for leave in ("#draft [data-throw-away]", "#logout-form button"):
        page.goto(address)
        page.locator("#id_summary").fill(TEXT)
        wait_for_drafts(page, 1)
        page.goto(address)
        page.locator(leave).click()
        wait_for_drafts(page, 0)
