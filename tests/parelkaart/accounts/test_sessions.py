"""Sessions end: after a while, after a day, with a new password, with the account."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from practices.enums import State
from tests.factories import PASSWORD, PracticeFactory, UserFactory
from tests.parelkaart.accounts.conftest import sign_in

NEW = "Een-heel-ander-woord-2"


def status(client):
    return client.get("/beheer/").status_code


@pytest.fixture
def limits(settings):
    settings.SESSION_IDLE_MINUTES = 30
    settings.SESSION_MAX_HOURS = 2


@pytest.mark.parametrize(("minutes", "expected"), [(29, 200), (30, 302)])
def test_session_ends_when_nothing_is_done(limits, clock, signed_in, minutes, expected):
    clock.forward(minutes)

    assert status(signed_in) == expected


def test_each_request_starts_the_waiting_anew(limits, clock, signed_in):
    statuses = []
    for _ in range(3):
        clock.forward(29)
        statuses.append(status(signed_in))

    assert statuses == [200, 200, 200]


def test_session_ends_after_a_day_whatever_is_done(limits, clock, signed_in):
    statuses = []
    for _ in range(6):
        clock.forward(20)
        statuses.append(status(signed_in))

    assert statuses == [200, 200, 200, 200, 200, 302]


def test_who_was_signed_out_is_told_why(limits, clock, signed_in, events):
    clock.forward(31)
    page = signed_in.get("/beheer/practices/practice/", follow=True)

    assert page.redirect_chain[-1][0] == "/inloggen/?next=/beheer/practices/practice/"
    assert "Je bent uitgelogd, omdat je een tijd niets deed." in page.content.decode()
    assert [event["reason"] for event in events("session_ended")] == ["idle"]
    assert Session.objects.count() == 0


def test_session_that_ended_is_nobody_on_the_pages_for_visitors(limits, clock, client, db):
    client.force_login(UserFactory(superuser=True))
    url = PracticeFactory(state=State.CONCEPT).get_absolute_url()
    before = client.get(url).status_code
    clock.forward(31)

    assert (before, client.get(url).status_code) == (200, 404)


def test_looking_around_writes_the_session_once_a_minute(
    clock, signed_in, django_assert_num_queries
):
    # The session and the user.
    with django_assert_num_queries(2):
        signed_in.get("/beheer/jsi18n/")
    clock.forward(1)
    # And the session is written, in a savepoint.
    with django_assert_num_queries(5):
        signed_in.get("/beheer/jsi18n/")


def test_pages_of_an_editor_are_kept_by_no_cache(signed_in):
    paths = ("/beheer/", "/account/", "/account/tweede-stap/", "/uitloggen/", "/inloggen/")

    assert [path for path in paths if "no-store" not in signed_in.get(path)["Cache-Control"]] == []


def test_public_pages_leave_the_session_of_an_editor_alone(clock, signed_in):
    clock.forward(5)
    response = signed_in.get("/over/")

    assert (response.cookies.output(), response.get("Vary", "")) == ("", "Accept-Encoding")


def test_new_password_ends_all_other_sessions(client, signed_in, events):
    sign_in(client)
    client.post(
        "/account/wachtwoord/wijzigen/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert (status(client), status(signed_in)) == (200, 302)
    assert len(events("password_changed")) == 1


def test_account_that_is_turned_off_loses_its_sessions_for_good(anna, signed_in, events):
    other = Client()
    other.force_login(UserFactory(staff=True))
    anna.is_active = False
    anna.save()
    while_off = status(signed_in)
    anna.is_active = True
    anna.save()

    assert (while_off, status(signed_in), status(other)) == (302, 302, 200)
    assert [(event["user"], event["number"]) for event in events("sessions_ended")] == [
        (anna.pk, 1)
    ]


def test_session_of_before_these_limits_ends(signed_in):
    session = signed_in.session
    del session["sign_in.started"]
    session.save()

    assert status(signed_in) == 302


def test_who_says_to_be_there_still_stays(limits, clock, signed_in):
    statuses = []
    for _ in range(2):
        clock.forward(29)
        statuses.append(signed_in.post("/beheer/blijven/").status_code)

    assert (statuses, status(signed_in)) == ([204, 204], 200)


def test_that_is_too_late_when_the_session_is_over(limits, clock, signed_in):
    clock.forward(30)

    assert (signed_in.post("/beheer/blijven/").status_code, status(signed_in)) == (302, 302)


def test_link_from_elsewhere_keeps_nobody_in(signed_in):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies

    assert strict.post("/beheer/blijven/").status_code == 403
    assert signed_in.get("/beheer/blijven/").status_code == 405


def test_only_pages_of_an_editor_ask_who_is_still_there(signed_in, client, db):
    pages = [signed_in.get("/beheer/"), signed_in.get("/over/"), client.get("/inloggen/")]

    assert ['id="stay"' in page.content.decode() for page in pages] == [True, False, False]
