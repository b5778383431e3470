"""Signing in with the account of one's organisation, against a provider on this machine."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import UserFactory
from tests.outline import Outline
from tests.parelkaart.accounts.conftest import sign_in
from tests.parelkaart.accounts.provider import CLIENT, Provider

START = "/inloggen/met/oidc/"
ELS = {
    "sub": "els-of-venlo",
    "email": "els@venlo.example.org",
    "preferred_username": "els",
    "given_name": "Els",
    "family_name": "Jansen",
}


@pytest.fixture
def provider(settings):
    provider = Provider()
    provider.person = ELS
    app = settings.OIDC_APP | {"client_id": CLIENT[0], "secret": CLIENT[1], "name": "Venlo"}
    app["settings"] = {"server_url": provider.issuer, "uid_field": "sub"}
    settings.OIDC_ISSUER, settings.OIDC_NAME = provider.issuer, "Venlo"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield provider
    provider.close()


def walk(client, start=START):
    """From the link to the provider and back; returns the answer to the way back."""
    away = client.get(start)["Location"]
    back = requests.get(away, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def who(client):
    return client.get("/account/").context["user"].get_username()


@pytest.fixture
def els(db):
    """Has an account for a while already, linked to the one of the provider."""
    user = UserFactory(username="els", email=ELS["email"], staff=True)
    SocialAccount.objects.create(user=user, provider="oidc", uid=ELS["sub"])
    return user


def test_without_a_provider_there_is_no_link_and_no_address(client, db):
    page = client.get("/inloggen/").content.decode()

    assert (START in page, client.get(START).status_code) == (False, 404)


def test_link_is_on_the_page(client, db, provider):
    links = Outline(client.get("/inloggen/?next=/beheer/").content.decode()).all("a")

    found = [link["href"] for link in links if link["href"].startswith(START)]
    assert found == [f"{START}?process=login&next=%2Fbeheer%2F"]


def test_known_person_gets_in_by_sub(client, provider, els):
    provider.person = ELS | {"email": "els@elders.example.org"}
    response = walk(client)

    assert (response["Location"], who(client), provider.problems) == ("/beheer/", "els", [])
    assert client.get("/beheer/").status_code == 200
    assert User.objects.count() == 1


def test_new_person_gets_an_account_without_rights(client, db, provider, events):
    response = walk(client)

    user = User.objects.get()
    assert (response["Location"], who(client)) == ("/account/", "els")
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (False, False, False)
    assert (user.first_name, user.last_name, user.email) == ("Els", "Jansen", ELS["email"])
    assert "Je hebt nog geen rechten" in client.get("/account/").content.decode()
    assert client.get("/beheer/", follow=True).redirect_chain[-1][0] == "/account/"
    assert [event["user"] for event in events("account_created")] == [user.pk]


def test_new_person_gets_in_again_as_the_same(client, db, provider):
    walk(client)
    again = Client()
    walk(again)

    assert (User.objects.count(), who(again)) == (1, "els")


@pytest.mark.parametrize("email", [ELS["email"], ELS["email"].upper()])
def test_email_address_of_an_existing_account_does_not_open_it(client, db, provider, email, events):
    UserFactory(superuser=True, username="baas", email=email)
    provider.person = ELS | {"email_verified": True}
    response = walk(client)

    assert response.status_code == 409
    assert "Er is al een account met dit e-mailadres" in response.content.decode()
    assert client.get("/account/").status_code == 302
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)
    assert len(events("provider_email_taken")) == 1


def test_name_of_an_existing_account_does_not_open_it_either(client, db, provider):
    boss = UserFactory(superuser=True, username="els")
    walk(client)

    assert who(client) not in ("", "els")
    assert SocialAccount.objects.get().user != boss


def test_owner_links_the_account_and_then_gets_in(client, provider, anna, events):
    sign_in(client)
    response = walk(client, START + "?process=connect")
    other = Client()
    walk(other)

    assert response["Location"] == "/account/koppeling/"
    assert (who(other), User.objects.count()) == ("anna", 1)
    assert [event["user"] for event in events("provider_linked")] == [anna.pk]
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"
    assert sign_in(Client(), ELS["email"]).status_code == 200


def test_link_is_undone(client, provider, anna, events):
    sign_in(client)
    walk(client, START + "?process=connect")
    client.post("/account/koppeling/", {"account": SocialAccount.objects.get().pk})

    assert SocialAccount.objects.count() == 0
    assert len(events("provider_unlinked")) == 1


def test_account_that_is_turned_off_stays_out(client, provider, els):
    els.is_active = False
    els.save()

    assert walk(client)["Location"] == "/inloggen/inactief/"
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("methods", "location"), [(["pwd"], "/account/tweede-stap/"), (["pwd", "mfa"], None)]
)
def test_second_step_at_the_provider_counts(client, provider, els, settings, methods, location):
    settings.REQUIRE_SECOND_FACTOR = True
    provider.methods = methods
    walk(client)

    assert client.get("/beheer/").headers.get("Location") == location


@pytest.mark.parametrize("wrong", ["state", "audience", "code", "refused"])
def test_answer_that_is_not_right_lets_nobody_in(client, provider, els, wrong, events):
    if wrong == "audience":
        provider.audience = "another-site"
    away = client.get(START)["Location"]
    back = requests.get(away, allow_redirects=False, timeout=5).headers["Location"]
    path = back.removeprefix("http://testserver")
    if wrong == "state":
        path = path.replace("state=", "state=x")
    if wrong == "code":
        provider.codes.clear()
    if wrong == "refused":
        path = path.replace("code=", "error=server_error&x=")
    response = client.get(path)

    assert Outline(response.content.decode()).text("h1") == ["Het inloggen is niet gelukt"]
    assert client.get("/account/").status_code == 302
    assert len(events("provider_failed")) == 1


def test_answer_for_one_browser_is_no_use_in_another(client, provider, els):
    away = client.get(START)["Location"]
    back = requests.get(away, allow_redirects=False, timeout=5).headers["Location"]
    victim = Client()
    victim.get(back.removeprefix("http://testserver"))

    assert victim.get("/account/").status_code == 302


def test_who_stops_at_the_provider_is_told_so(client, provider, db):
    away = client.get(START)["Location"]
    back = requests.get(away, allow_redirects=False, timeout=5).headers["Location"]
    path = back.removeprefix("http://testserver").replace("code=", "error=access_denied&x=")
    response = client.get(path, follow=True)

    assert Outline(response.content.decode()).text("h1") == ["Je bent gestopt met inloggen"]
