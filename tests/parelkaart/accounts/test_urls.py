"""The addresses around signing in, and that their pages are whole."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template.loader import get_template

from parelkaart.accounts import urls
from tests.outline import Outline
from tests.parelkaart.accounts.conftest import code_of, sign_in
from tests.parelkaart.test_urls import addresses

FOR_VISITORS = [
    "/inloggen/",
    "/inloggen/inactief/",
    "/inloggen/geannuleerd/",
    "/account/wachtwoord/vergeten/",
    "/account/wachtwoord/vergeten/verstuurd/",
    "/account/wachtwoord/nieuw/1-abc/",
    "/account/wachtwoord/nieuw/klaar/",
]
FOR_PEOPLE = [
    "/uitloggen/",
    "/account/",
    "/account/bevestigen/",
    "/account/bevestigen/code/",
    "/account/bevestigen/sleutel/",
    "/account/herinneringen/",
    "/account/koppeling/",
    "/account/wachtwoord/wijzigen/",
    "/account/wachtwoord/geen/",
    "/account/tweede-stap/",
    "/account/tweede-stap/app/uitzetten/",
    "/account/tweede-stap/herstelcodes/nieuw/",
    "/account/tweede-stap/sleutels/",
    "/account/tweede-stap/sleutels/toevoegen/",
    "/account/tweede-stap/sleutels/99/naam/",
    "/account/tweede-stap/sleutels/99/verwijderen/",
]
# These are tried elsewhere: they answer with a redirect, or need somebody half-way.
NO_PAGE = {
    "inloggen/tweede-stap/",
    "inloggen/passkey/",
    "inloggen/met/<slug:provider_id>/",
    "inloggen/met/<slug:provider_id>/terug/",
    "account/tweede-stap/app/",
    "account/tweede-stap/herstelcodes/",
    "beheer/login/",
    "beheer/logout/",
    "beheer/password_change/",
}

OWN = ("/static/", "/site.webmanifest")


@pytest.fixture
def all_set(client, anna, secret):
    """Anna has everything there is to have, and has just signed in."""
    Authenticator.objects.create(
        pk=99, user=anna, type="webauthn", data={"name": "Telefoon", "credential": {}}
    )
    sign_in(client)
    client.post("/inloggen/tweede-stap/", {"code": code_of(secret)})
    return client


def test_every_address_is_tried_here_or_elsewhere():
    tried = {
        url.strip("/").replace("/99/", "/<int:pk>/") + "/" for url in (*FOR_VISITORS, *FOR_PEOPLE)
    }
    own = SimpleNamespace(url_patterns=urls.urlpatterns)
    written = {route for route in addresses(own) if "uidb36" not in route}

    assert written == (tried | NO_PAGE) - {"account/wachtwoord/nieuw/1-abc/"}


@pytest.mark.parametrize("url", FOR_VISITORS)
def test_page_for_visitors_is_whole(client, db, url):
    check(client.get(url))


@pytest.mark.parametrize("url", FOR_PEOPLE)
def test_page_for_people_is_whole_and_asks_others_to_sign_in(all_set, url, monkeypatch):
    # A key that was never made has no data to read.
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda _user: [])
    response = all_set.get(url)
    check(response)
    all_set.logout()
    refused = all_set.get(url)

    assert refused.status_code == 302
    assert refused["Location"].startswith("/inloggen/") or url == "/uitloggen/"


def check(response):
    page = Outline(response.content.decode())
    assert (response.status_code, len(page.text("h1")), page.inline) == (200, 1, [])
    assert page.meta("robots") == "noindex"
    assert [link for link in page.loaded if not link.startswith(OWN)] == []


def test_no_template_of_the_package_is_shown():
    """Theirs are English in form and have a menu of their own."""
    own = settings.BASE_DIR / "templates"
    names = [
        *(
            f"account/{name}.html"
            for name in ("login", "logout", "reauthenticate", "password_change")
        ),
        *(
            f"account/password_reset{name}.html"
            for name in ("", "_done", "_from_key", "_from_key_done")
        ),
        *(f"account/{name}.html" for name in ("account_inactive", "signup_closed")),
        *(f"mfa/{name}.html" for name in ("authenticate", "index", "reauthenticate")),
        *(f"mfa/totp/{name}.html" for name in ("activate_form", "deactivate_form")),
        *(f"mfa/recovery_codes/{name}.html" for name in ("index", "generate")),
        *(f"mfa/webauthn/{name}.html" for name in ("add_form", "edit_form", "reauthenticate")),
        *(f"mfa/webauthn/authenticator_{name}.html" for name in ("list", "confirm_delete")),
        *(f"socialaccount/{name}.html" for name in ("authentication_error", "login_cancelled")),
        "socialaccount/connections.html",
    ]

    found = [get_template(name).origin.name for name in names]
    assert [path for path in found if not path.startswith(str(own))] == []
