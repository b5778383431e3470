"""In with a password and a second step, and not in without."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.factories import UserFactory
from tests.outline import Outline
from tests.parelkaart.accounts.conftest import code_of, sign_in, wrong_code

ADMIN = "/beheer/"


def is_in(client):
    return client.get(ADMIN).status_code == 200


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


# --- a password -----------------------------------------------------------------------


@pytest.mark.parametrize("login", ["anna", "ANNA", "anna@example.org", " anna "])
def test_name_or_email_address_with_the_password_gets_in(client, anna, login):
    response = sign_in(client, login)

    assert (response.status_code, response["Location"], is_in(client)) == (302, ADMIN, True)


@pytest.mark.parametrize(
    ("login", "message"),
    [
        ("anna", "De naam of het wachtwoord klopt niet."),
        ("niemand", "De naam of het wachtwoord klopt niet."),
        ("anna@example.org", "Het e-mailadres of het wachtwoord klopt niet."),
        ("niemand@example.org", "Het e-mailadres of het wachtwoord klopt niet."),
    ],
)
def test_wrong_password_says_the_same_for_who_exists_and_who_does_not(client, anna, login, message):
    response = sign_in(client, login, "fout")

    assert (errors(response), is_in(client)) == ({"__all__": [message]}, False)


def test_inactive_account_is_told_so_only_with_the_right_password(client, anna):
    anna.is_active = False
    anna.save()

    wrong, right = sign_in(client, password="fout"), sign_in(client)

    assert (wrong.status_code, right["Location"]) == (200, "/inloggen/inactief/")
    assert is_in(client) is False


def test_old_email_address_no_longer_gets_in(client, anna):
    client.post("/account/wachtwoord/vergeten/", {"email": "anna@example.org"})
    # django-allauth has its own list of addresses that get in.
    assert anna.emailaddress_set.count() == 1
    anna.email = "nieuw@example.org"
    anna.save()

    sign_in(client, "anna@example.org")
    with_old = is_in(client)
    sign_in(client, "nieuw@example.org")

    assert (with_old, is_in(client)) == (False, True)


def test_admin_has_no_form_of_its_own(client, anna):
    asked = client.get("/beheer/auth/user/?q=a", follow=True)

    assert [url for url, _ in asked.redirect_chain] == [
        "/beheer/login/?next=/beheer/auth/user/%3Fq%3Da",
        "/inloggen/?next=/beheer/auth/user/%3Fq%3Da",
    ]
    assert client.post("/beheer/login/", {"username": "anna", "password": "x"}).status_code == 405


def test_after_signing_in_one_is_where_one_wanted_to_be(client, anna):
    response = sign_in(client, path="/inloggen/?next=/beheer/practices/practice/")

    assert response["Location"] == "/beheer/practices/practice/"


@pytest.mark.parametrize("target", ["https://kwaad.example.org/", "//kwaad.example.org/"])
def test_nobody_is_sent_to_another_site(client, anna, target):
    response = sign_in(client, path=f"/inloggen/?next={target}")

    assert response["Location"] == ADMIN
    assert client.get(f"/beheer/login/?next={target}")["Location"] == ADMIN


def test_cookie_of_the_session_is_not_for_scripts_and_ends_with_the_browser(client, anna):
    cookie = sign_in(client).cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_signing_out_takes_a_post(signed_in):
    signed_in.get("/uitloggen/")
    after_get = is_in(signed_in)
    response = signed_in.post("/beheer/logout/")

    assert (after_get, response["Location"], is_in(signed_in)) == (True, "/", False)
    assert "messages" not in response.cookies


# --- who has no account, or no rights -----------------------------------------------------


def test_nobody_can_sign_up(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/account/signup/").status_code == 404


def test_person_without_rights_is_told_so(client, events):
    UserFactory(username="lezer")

    response = sign_in(client, "lezer")
    admin = client.get(ADMIN, follow=True)

    assert response["Location"] == "/account/"
    assert admin.redirect_chain[-1][0] == "/account/"
    assert "Je hebt nog geen rechten" in admin.content.decode()
    assert len(events("permission_denied")) == 1


# --- the second step ------------------------------------------------------------------------


def test_password_alone_does_not_get_in_with_an_app(client, secret):
    response = sign_in(client)

    assert (response["Location"], is_in(client)) == ("/inloggen/tweede-stap/", False)


def test_code_of_the_app_gets_in(client, secret):
    sign_in(client)
    response = client.post("/inloggen/tweede-stap/", {"code": code_of(secret)})

    assert (response["Location"], is_in(client)) == (ADMIN, True)


def test_code_may_be_half_a_minute_old_but_not_more(client, secret):
    sign_in(client)
    client.post("/inloggen/tweede-stap/", {"code": code_of(secret, periods_ago=3)})
    with_old = is_in(client)
    client.post("/inloggen/tweede-stap/", {"code": code_of(secret, periods_ago=1)})

    assert (with_old, is_in(client)) == (False, True)


def test_wrong_code_does_not_get_in(client, secret):
    sign_in(client)
    response = client.post("/inloggen/tweede-stap/", {"code": wrong_code(secret)})

    assert errors(response) == {
        "code": ["Deze code klopt niet. Wacht op een nieuwe code en probeer het opnieuw."]
    }
    assert is_in(client) is False


def test_code_counts_once(client, secret):
    code = code_of(secret)
    results = []
    for _ in range(2):
        sign_in(client)
        client.post("/inloggen/tweede-stap/", {"code": code})
        results.append(is_in(client))
        client.post("/uitloggen/")

    assert results == [True, False]


def test_recovery_code_gets_in_once(client, secret, recovery_codes):
    results = []
    for code in (recovery_codes[0], recovery_codes[0], recovery_codes[1]):
        sign_in(client)
        client.post("/inloggen/tweede-stap/", {"code": code})
        results.append(is_in(client))
        client.post("/uitloggen/")

    assert results == [True, False, True]


def test_second_step_cannot_be_reached_without_the_first(client, secret):
    response = client.post("/inloggen/tweede-stap/", {"code": code_of(secret)})

    assert (response["Location"], is_in(client)) == ("/inloggen/", False)


# --- limits -----------------------------------------------------------------------------------


def test_sixth_guess_of_a_password_is_refused_even_when_right(client, anna, events):
    for _ in range(5):
        sign_in(client, password="fout")
    response = sign_in(client)

    assert errors(response) == {
        "__all__": ["Het is te vaak misgegaan. Wacht vijf minuten en probeer het dan opnieuw."]
    }
    assert is_in(client) is False
    assert len(events("sign_in_limited")) == 1


def test_sixth_guess_of_a_code_is_refused_even_when_right(client, secret):
    sign_in(client)
    for _ in range(5):
        client.post("/inloggen/tweede-stap/", {"code": wrong_code(secret)})
    client.post("/inloggen/tweede-stap/", {"code": code_of(secret)})

    assert is_in(client) is False


def test_many_attempts_from_one_address_are_stopped(client, db, events):
    statuses = [sign_in(client, f"naam-{n}", "").status_code for n in range(31)]

    assert (statuses[:30], statuses[30]) == ([200] * 30, 429)
    assert len(events("too_many_requests")) == 1
    page = Outline(sign_in(client).content.decode())
    assert page.text("h1") == ["Dit ging te vaak achter elkaar"]


def test_attempts_of_visitors_behind_a_proxy_are_counted_apart(client, db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(31):
        last = sign_in(client, f"naam-{n}", "", headers={"x-forwarded-for": "192.0.2.1"})
    other = sign_in(client, "naam", "", headers={"x-forwarded-for": "192.0.2.1, 192.0.2.2"})

    assert (last.status_code, other.status_code) == (429, 200)
