"""The pages behind the links in a reminder, as somebody follows them from a mail."""

import pytest

from practices.editorial.preferences import wants_digests
from practices.editorial.reminder_links import confirm_token, unsubscribe_token
from practices.models import Practice
from tests.browser.judged import wrong
from tests.factories import MunicipalityFactory
from tests.practices.editorial.people import redacteur
from tests.practices.editorial.upkeep import an_old_entry, reminded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reminder():
    heerlen = MunicipalityFactory(name="Heerlen")
    editor = redacteur(heerlen, first_name="An", last_name="Smeets")
    return reminded(an_old_entry(title="Werkhuis", owner=heerlen), editor, days=3)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_entry_is_confirmed_from_a_mail_without_signing_in(open_page, reminder, script):
    page, _ = open_page(java_script_enabled=script)
    page.goto(f"/herinnering/{confirm_token(reminder.pk)}/")
    assert page.locator("h2").first.inner_text() == "Werkhuis"

    page.keyboard.press("Tab")
    page.get_by_role("button", name="Ja, dit klopt nog").press("Enter")

    page.get_by_role("heading", name="Bedankt, deze praktijk is bevestigd").wait_for()
    assert Practice.objects.get().confirmed_by == reminder.digest.recipient


def test_second_of_two_open_pages_shows_the_text_of_now(open_page, axe, reminder):
    url = f"/herinnering/{confirm_token(reminder.pk)}/"
    page, log = open_page()
    page.goto(url)
    reminder.practice.summary = "Nu staat er iets anders."
    reminder.practice.save()

    page.get_by_role("button", name="Ja, dit klopt nog").click()

    assert "Nog niet bevestigd." in page.get_by_role("alert").inner_text()
    assert page.get_by_text("Nu staat er iets anders.").is_visible()
    assert Practice.objects.get().confirmed_on is None
    assert wrong(axe(page)) == []
    # The browser tells of the status; that is what this page is for.
    log.complaints = [line for line in log.complaints if "status of 409" not in line]


def test_reminders_are_turned_off_and_on_again(page, reminder):
    editor = reminder.digest.recipient
    page.goto(f"/herinneringen-uit/{unsubscribe_token(editor.pk)}/")

    page.get_by_role("button", name="Zet de herinneringen uit").click()
    page.get_by_text("Je krijgt geen herinneringen.").wait_for()
    assert not wants_digests(editor)

    page.get_by_role("button", name="Zet de herinneringen weer aan").click()
    page.get_by_text("Je krijgt hoogstens één keer").wait_for()
    assert wants_digests(editor)
