"""Signing in with a browser: an app, a passkey, the strict policy, axe.

What a page complains about (the Content-Security-Policy too) fails the test by itself.
"""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache

from tests import chromium
from tests.factories import PASSWORD, UserFactory
from tests.parelkaart.accounts.conftest import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def anna(settings):
    cache.clear()
    settings.REQUIRE_SECOND_FACTOR = True
    return UserFactory(superuser=True, username="anna")


@pytest.fixture
def at_host(live_server):
    """Passkeys belong to a name, not to a number."""
    return live_server.url.replace("127.0.0.1", "localhost")


def fill_in_password(page):
    page.get_by_label("Gebruikersnaam of e-mailadres").fill("anna")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def heading(page):
    return page.get_by_role("heading", level=1).inner_text()


def test_app_is_set_up_at_the_first_visit_and_used_at_the_next(page, anna):
    page.goto("/beheer/")
    fill_in_password(page)
    page.get_by_role("link", name="Instellen met een app").click()
    page.get_by_text("Scannen lukt niet").click()
    secret = page.locator(".account__secret").inner_text()
    page.wait_for_load_state("load")
    assert page.locator("img[alt^='QR-code']").evaluate("img => img.naturalWidth") > 0
    page.get_by_label("Code uit de app").fill(code_of(secret))
    page.get_by_role("button", name="Aanzetten").click()
    page.get_by_role("link", name="Ik heb de codes bewaard").click()
    assert heading(page) == "Beheer"

    page.get_by_role("button", name="Uitloggen").click()
    page.goto("/beheer/")
    fill_in_password(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Inloggen", exact=True).click()
    assert (heading(page), page.url.endswith("/beheer/")) == ("Beheer", True)


def test_passkey_is_added_and_gets_in_without_a_password(browser, at_host, anna):
    with chromium.opened(browser, at_host) as (page, log):
        with_authenticator(page)
        page.goto("/account/tweede-stap/sleutels/toevoegen/")
        fill_in_password(page)
        page.get_by_label("Naam van de sleutel").fill("Laptop")
        page.get_by_label("zonder wachtwoord inloggen").check()
        page.get_by_role("button", name="Toevoegen").click()
        page.get_by_role("link", name="Ik heb de codes bewaard").click()
        assert heading(page) == "Beheer"

        page.get_by_role("button", name="Uitloggen").click()
        page.goto("/inloggen/")
        page.get_by_role("button", name="Inloggen met een passkey").click()
        page.wait_for_url("**/beheer/")
        assert heading(page) == "Beheer"
        assert log.complaints == []
    assert Authenticator.objects.filter(user=anna, type="webauthn").count() == 1


def with_authenticator(page):
    """A security key that is part of the browser and always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True}
    options |= {"automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_password_and_code_get_in_without_a_script(open_page, anna):
    secret = generate_totp_secret()
    TOTP.activate(anna, secret)
    page, _ = open_page(java_script_enabled=False)
    page.goto("/inloggen/")
    assert page.get_by_role("button", name="Inloggen met een passkey").count() == 0
    fill_in_password(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Inloggen", exact=True).click()

    assert heading(page) == "Beheer"


def test_axe_finds_nothing_on_the_way_in(open_page, axe, anna):
    page, _ = open_page(color_scheme="dark", viewport={"width": 360, "height": 800})
    found = {}

    def look(name):
        report = axe(page)
        if report.violations or report.incomplete:
            found[name] = report.violations + report.incomplete

    page.goto("/inloggen/")
    look("form")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.locator("[role=alert]:focus").wait_for()
    look("form with errors")
    fill_in_password(page)
    for path in ("", "app/", "sleutels/", "sleutels/toevoegen/"):
        page.goto(f"/account/tweede-stap/{path}")
        look(path)
    page.goto("/account/wachtwoord/wijzigen/")
    look("password")
    page.goto("/account/")
    look("account")

    assert found == {}
