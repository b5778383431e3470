"""Who works in the admin must have a second step, and can set it up."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from parelkaart.accounts import factors
from practices.enums import State
from tests.factories import PASSWORD, PracticeFactory, UserFactory
from tests.outline import Outline
from tests.parelkaart.accounts.conftest import code_of, sign_in

pytestmark = pytest.mark.django_db
SETUP = "/account/tweede-stap/"


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def admin_urls():
    return ["/beheer/", "/beheer/auth/user/", "/beheer/jsi18n/", "/beheer/bestaat-niet/"]


@pytest.fixture
def at_work(worker):
    client = Client()
    client.force_login(worker)
    return client


# --- enforced ---------------------------------------------------------------------------


def test_without_a_second_step_no_address_of_the_admin_is_reached(required, at_work):
    assert {at_work.get(url).headers.get("Location") for url in admin_urls()} == {SETUP}


def test_without_the_setting_they_are(at_work):
    assert at_work.get("/beheer/").status_code == 200


def test_direct_post_does_nothing_without_a_second_step(required, client):
    boss = UserFactory(superuser=True)
    client.force_login(boss)
    fields = {"first_name": "S.", "last_name": "Pook", "email": "spook@example.org"}
    fields |= {"role": "eindredacteur"}

    refused = client.post("/beheer/auth/user/add/", fields)
    before = User.objects.filter(email="spook@example.org").exists()
    Authenticator.objects.create(user=boss, type="totp", data={"secret": "x"})
    client.post("/beheer/auth/user/add/", fields)

    assert (refused["Location"], before) == (SETUP, False)
    assert User.objects.filter(email="spook@example.org").exists()


def test_recovery_codes_alone_are_no_second_step(required, worker, at_work):
    Authenticator.objects.create(user=worker, type="recovery_codes", data={})

    assert at_work.get("/beheer/")["Location"] == SETUP


def test_outside_the_admin_one_without_a_second_step_is_a_visitor(client, settings):
    client.force_login(UserFactory(superuser=True))
    url = PracticeFactory(state=State.CONCEPT).get_absolute_url()
    statuses = []
    for settings.REQUIRE_SECOND_FACTOR in (False, True):
        statuses.append(client.get(url).status_code)

    assert statuses == [200, 404]


def test_signing_out_is_always_possible(required, at_work):
    assert at_work.post("/beheer/logout/")["Location"] == "/"


def test_second_step_costs_one_query_on_a_page_of_the_admin(
    settings, client, django_assert_num_queries
):
    user = UserFactory(superuser=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    client.force_login(user)
    # The session and the user; then also whether there is a second step.
    for settings.REQUIRE_SECOND_FACTOR, queries in ((False, 2), (True, 3)):
        with django_assert_num_queries(queries):
            client.get("/beheer/jsi18n/")


# --- setting it up ------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_from_createsuperuser_to_the_admin(required, client, monkeypatch):
    from django.core.management import call_command

    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser", "--noinput", username="eerste", email="e@example.org", verbosity=0
    )
    sign_in(client, "eerste")
    first = client.get("/beheer/")
    page = client.get("/account/tweede-stap/app/")
    code = code_of(page.context["form"].secret)
    done = client.post("/account/tweede-stap/app/", {"code": code}, follow=True)

    assert first["Location"] == SETUP
    assert Outline(done.content.decode()).text("h1") == ["Herstelcodes"]
    assert len(done.context["unused_codes"]) == 10
    assert client.get("/beheer/").status_code == 200
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["e@example.org"], "Tweede stap aangezet – Parelkaart Limburg")
    ]


def test_app_is_shown_as_a_picture_and_as_text(signed_in):
    page = signed_in.get("/account/tweede-stap/app/", follow=True)

    # An old sign-in: first the password again.
    assert page.redirect_chain[-1][0].startswith("/account/bevestigen/")
    page = signed_in.post(
        "/account/bevestigen/?next=/account/tweede-stap/app/", {"password": PASSWORD}, follow=True
    )
    images = Outline(page.content.decode()).all("img")
    assert [image["src"][:26] for image in images] == ["data:image/svg+xml;base64,"]
    assert page.context["form"].secret in page.content.decode()


def test_recovery_codes_are_shown_once(client, anna, secret):
    sign_in(client)
    client.post("/inloggen/tweede-stap/", {"code": code_of(secret)})
    shown = client.post("/account/tweede-stap/herstelcodes/nieuw/", follow=True)
    again = client.get("/account/tweede-stap/herstelcodes/")

    codes = shown.context["unused_codes"]
    assert len(codes) == 10
    assert [code for code in codes if code in again.content.decode()] == []
    assert codes[0] in shown.content.decode()


def test_app_can_be_turned_off_after_the_password(client, anna, secret, required):
    sign_in(client)
    client.post("/inloggen/tweede-stap/", {"code": code_of(secret)})
    client.post("/account/tweede-stap/app/uitzetten/")

    assert factors.has_one(anna) is False
    assert client.get("/beheer/")["Location"] == SETUP


def test_session_that_is_left_open_cannot_turn_the_app_off(signed_in, anna, secret):
    response = signed_in.post("/account/tweede-stap/app/uitzetten/")

    assert response["Location"].startswith("/account/bevestigen/")
    assert factors.has_one(anna) is True


# --- secrets ---------------------------------------------------------------------------------


def test_secret_is_not_readable_in_the_database(anna, secret):
    assert secret not in str(Authenticator.objects.get(user=anna).data)


def test_key_of_before_still_opens_the_secret(client, anna, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-of-at-least-fifty-characters-for-this-test"
    sign_in(client)
    client.post("/inloggen/tweede-stap/", {"code": code_of(secret)})

    assert client.get("/beheer/").status_code == 200


def test_no_code_fits_a_secret_that_cannot_be_opened(client, anna, secret, settings, events):
    settings.SECRET_KEY = "a-new-key-of-at-least-fifty-characters-for-this-test"
    sign_in(client)
    response = client.post("/inloggen/tweede-stap/", {"code": code_of(secret)})

    assert (response.status_code, client.get("/beheer/").status_code) == (200, 302)
    assert len(events("factor_unreadable")) == 1
