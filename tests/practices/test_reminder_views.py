"""The links in a reminder, as people, mail programs and scanners follow them."""

import re
import time

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from practices.editorial.confirming import confirm
from practices.editorial.preferences import set_wants_digests, wants_digests
from practices.editorial.reminder_links import confirm_token, seen_token, unsubscribe_token
from practices.enums import State, VersionAction
from practices.models import Practice, Version
from tests.factories import MunicipalityFactory
from tests.outline import Outline
from tests.practices.editorial.people import eindredacteur, redacteur
from tests.practices.editorial.upkeep import an_old_entry, reminded

pytestmark = pytest.mark.django_db


@pytest.fixture
def heerlen():
    return MunicipalityFactory(name="Heerlen")


@pytest.fixture
def editor(heerlen):
    return redacteur(heerlen, first_name="An", last_name="Smeets")


@pytest.fixture
def entry(heerlen):
    return an_old_entry(title="Werkhuis", slug="werkhuis", owner=heerlen)


@pytest.fixture
def reminder(entry, editor):
    return reminded(entry, editor, days=3)


@pytest.fixture
def url(reminder):
    return f"/herinnering/{confirm_token(reminder.pk)}/"


def heading(response):
    return Outline(response.content.decode()).text("h1")[0]


def press(client, url, page=None):
    """The button of a page, as a browser presses it."""
    page = page or client.get(url)
    text = page.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    return client.post(url, fields)


def state(entry):
    entry = Practice.objects.get(pk=entry.pk)
    return entry.confirmed_on, entry.confirmed_by


NOT_CONFIRMED = (None, None)


# --- confirming -----------------------------------------------------------------------------


def test_button_confirms_in_the_name_of_whom_the_mail_went_to(url, reminder, entry, editor):
    client = Client(enforce_csrf_checks=True)

    response = press(client, url)

    assert (response.status_code, response.headers["Location"]) == (302, url)
    assert state(entry) == (timezone.localdate(Practice.objects.get().modified), editor)
    reminder.refresh_from_db()
    assert (reminder.answer, reminder.answered_at is not None) == ("bevestigd", True)
    version = Version.objects.first()
    assert (version.action, version.by, version.reason) == (
        VersionAction.CONFIRMED,
        editor,
        "via de link in een herinnering",
    )
    assert heading(client.get(url)) == "Bedankt, deze praktijk is bevestigd"


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete", "patch"])
def test_what_only_follows_links_confirms_nothing(method, url, reminder, entry, client):
    for _ in range(3):
        getattr(client, method)(url)

    assert state(entry) == NOT_CONFIRMED
    reminder.refresh_from_db()
    assert (reminder.answer, Version.objects.count()) == ("", 0)


def test_post_without_what_the_page_gives_confirms_nothing(url, entry):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(url).status_code == 403
    for seen in ("", "x", seen_token(999, entry.modified)):
        assert Client().post(url, {"gezien": seen}).status_code == 409

    assert state(entry) == NOT_CONFIRMED


def test_page_shows_what_is_said_to_be_true(url, entry, client):
    text = client.get(url).content.decode()

    assert heading(client.get(url)) == "Klopt deze praktijk nog?"
    for shown in (entry.title, entry.summary, "Beschreven op 1 augustus 2018", "An Smeets"):
        assert shown in text


def test_page_is_kept_by_nobody_and_tells_no_other_site(url, client):
    response = client.get(url)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert Outline(response.content.decode()).meta("robots") == "noindex"
    assert 'rel="canonical"' not in response.content.decode()
    assert list(response.cookies) == ["csrftoken"]


def test_link_works_once_and_says_when(url, entry, client):
    first = client.get(url)
    press(client, url, first)
    Version.objects.all().delete()

    again = press(client, url, first)

    assert (again.status_code, Version.objects.count()) == (302, 0)
    page = client.get(url)
    assert "is bevestigd op" in page.content.decode()
    assert ("<form" in page.content.decode(), list(page.cookies)) == (False, [])


def test_entry_that_a_colleague_confirmed_needs_it_no_more(url, entry, heerlen, client):
    confirm(entry, redacteur(heerlen))

    assert heading(client.get(url)) == "Bedankt, deze praktijk is bevestigd"
    press(client, url)
    assert Version.objects.filter(action=VersionAction.CONFIRMED).count() == 1


def test_entry_that_changed_since_the_mail_can_be_confirmed_as_it_is_now(url, entry, client):
    Practice.objects.get().save()

    page = client.get(url)

    assert "gewijzigd nadat wij je mailden" in page.content.decode()
    press(client, url, page)
    assert state(entry) != NOT_CONFIRMED


def test_change_after_the_page_was_opened_is_shown_first(url, entry, client):
    page = client.get(url)
    entry.summary = "Nu staat er iets anders."
    entry.save()

    refused = press(client, url, page)

    assert refused.status_code == 409
    assert "Nu staat er iets anders." in refused.content.decode()
    assert state(entry) == NOT_CONFIRMED
    press(client, url, refused)
    assert state(entry) != NOT_CONFIRMED


def test_what_was_seen_of_another_reminder_does_not_count(url, entry, editor, client):
    other = reminded(entry, editor, days=2)

    response = client.post(url, {"gezien": seen_token(other.pk, entry.modified)})

    assert (response.status_code, state(entry)) == (409, NOT_CONFIRMED)


# --- links that work no more ------------------------------------------------------------------


def refused(client, url, entry):
    """Status and heading; the button of a page of before is refused too."""
    response = client.get(url)
    pressed = client.post(url, {"gezien": seen_token(1, entry.modified)})
    assert (pressed.status_code, state(entry)) == (response.status_code, NOT_CONFIRMED)
    assert "<form" not in response.content.decode()
    return response.status_code, heading(response)


def test_expired_link(url, entry, client, monkeypatch):
    later = time.time() + 46 * 24 * 3600
    monkeypatch.setattr(signing.time, "time", lambda: later)

    assert refused(client, url, entry) == (410, "Deze link werkt niet meer")


def test_forged_links(url, entry, reminder, editor, client):
    wrong = (404, "Deze link klopt niet")
    other = unsubscribe_token(reminder.pk)

    assert refused(client, f"{url[:-3]}/", entry) == wrong
    assert refused(client, f"/herinnering/{other}/", entry) == wrong
    assert refused(client, f"/herinnering/{confirm_token(999_999)}/", entry) == wrong
    assert refused(client, "/herinnering/%00%27/", entry) == wrong


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}], ids=str)
def test_account_that_was_closed(fields, url, entry, editor, client):
    type(editor).objects.filter(pk=editor.pk).update(**fields)

    assert refused(client, url, entry) == (403, "Je mag deze praktijk niet meer wijzigen")


def test_membership_that_is_gone(url, entry, editor, client):
    editor.memberships.all().delete()

    assert refused(client, url, entry) == (403, "Je mag deze praktijk niet meer wijzigen")


def test_account_that_is_gone(url, entry, editor, client):
    editor.delete()

    assert refused(client, url, entry) == (403, "Je mag deze praktijk niet meer wijzigen")


def test_eindredacteur_who_is_no_longer_one(entry, client):
    chief = eindredacteur()
    url = f"/herinnering/{confirm_token(reminded(entry, chief, days=3).pk)}/"
    assert client.get(url).status_code == 200

    chief.groups.clear()

    assert refused(client, url, entry)[0] == 403


@pytest.mark.parametrize("other", [State.ARCHIVED, State.CONCEPT, State.IN_REVIEW])
def test_entry_that_is_not_public_any_more(other, url, entry, client):
    Practice.objects.update(state=other)

    text = client.get(url).content.decode()

    assert refused(client, url, entry) == (410, "Deze praktijk staat niet meer op de site")
    assert ("Werkhuis" in text, entry.summary in text) == (False, False)


def test_entry_that_was_deleted(url, entry, client):
    entry.delete()

    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


# --- unsubscribing ------------------------------------------------------------------------


@pytest.fixture
def stop(editor):
    return f"/herinneringen-uit/{unsubscribe_token(editor.pk)}/"


def test_button_stops_the_reminders_and_starts_them_again(stop, editor):
    client = Client(enforce_csrf_checks=True)
    page = client.get(stop)
    assert "Mail over je account" in page.content.decode()
    assert wants_digests(editor)

    def choose(page):
        key = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
        choice = re.search(r'name="herinneringen" value="(\w+)"', page.content.decode())[1]
        client.post(stop, {"csrfmiddlewaretoken": key, "herinneringen": choice})
        return wants_digests(editor)

    assert not choose(page)
    off = client.get(stop)
    assert "Je krijgt geen herinneringen." in off.content.decode()
    assert choose(off)


def test_following_the_link_stops_nothing(stop, editor, client):
    for address in (stop, f"{stop}direct/"):
        client.get(address)
        client.head(address)

    assert client.get(f"{stop}direct/").headers["Location"] == stop
    assert wants_digests(editor)


def test_button_of_a_mail_program_stops_them_at_once(stop, editor):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(f"{stop}direct/", {"List-Unsubscribe": "One-Click"})

    assert (response.status_code, response.cookies.output()) == (200, "")
    assert not wants_digests(editor)


def test_that_button_does_only_that(stop, editor, url, entry):
    strict = Client(enforce_csrf_checks=True)
    set_wants_digests(editor, False)

    assert strict.post(f"{stop}direct/", {"herinneringen": "aan"}).status_code == 400
    assert strict.post(stop, {"herinneringen": "aan"}).status_code == 403
    assert not wants_digests(editor)
    assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 403


def test_link_of_another_purpose_or_account_stops_nobody(reminder, editor, client):
    for token in (confirm_token(editor.pk), unsubscribe_token(999_999), "x"):
        for address in (f"/herinneringen-uit/{token}/", f"/herinneringen-uit/{token}/direct/"):
            assert client.get(address).status_code == 404
            assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 404

    assert wants_digests(editor)


def test_preference_is_on_the_page_of_the_account_too(editor, client):
    client.force_login(editor)
    assert "staan aan" in client.get("/account/").content.decode()

    client.post("/account/herinneringen/", {"herinneringen": "uit"})

    assert not wants_digests(editor)
    assert "staan uit" in client.get("/account/").content.decode()
    client.post("/account/herinneringen/", {"herinneringen": "aan"})
    assert wants_digests(editor)
